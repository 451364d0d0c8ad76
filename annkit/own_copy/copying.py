"""A copy of the course in a folder: laid out, completed, compared, corrected; nothing overwritten.

Beside the chapters lies `.annkit/`: in `handed-out/` each notebook as it was handed out, in
`before-update/` the learner's as it was before each correction. A notebook is written before
its twin in `handed-out/`, so that whatever is killed in between is done when it runs again. What
lies in the folder without such a twin is somebody else's, and left alone.

Not here: what a correction is (`corrected`), the words around it (`start`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annkit.exercises.my_ann.file_swap import locked
from annkit.exercises.my_ann.own_module import FILE_NAME as MY_ANN
from annkit.exercises.own_work import FILE_NAME as OWN_WORK
from annkit.files import free_name, write
from annkit.grading.rebuild.notebook import UnreadableNotebook, read_bytes
from annkit.grading.rebuild.release import Release, ReleaseError, read_release
from annkit.own_copy.corrected import corrected, differences

_KEPT = ".annkit"
# How names begin that are no sign of somebody else's folder; ones beside `my_ann.py` are copies.
_OURS = (".", "__", Path(MY_ANN).stem, Path(OWN_WORK).stem)
# The learner's notebooks as they were.
BEFORE = f"{_KEPT}/before-update"
_SHOWN = 3


class CopyError(Exception):
    """Nothing was written; the text says why and what to do."""


@dataclass(frozen=True)
class Copy:
    """A learner's copy.

    Attributes:
        folder: where it is.
        carried: chapter → the notebook of today.
    """

    folder: Path
    carried: Mapping[str, Path]

    @property
    def is_begun(self) -> bool:
        """Whether a copy was ever begun here."""
        return is_copy(self.folder)

    def notebook(self, chapter: str) -> Path:
        """Where the learner works."""
        return self.folder / chapter / f"{chapter}.ipynb"

    def lay_out(self) -> list[str]:
        """Write what was never handed out here; a copy that was broken off is completed.

        Returns:
            Chapters that were there already, and not from here: they are left as they are.

        Raises:
            CopyError: the folder holds other things.
            OSError: it cannot be written.
        """
        if not self.is_begun:
            self._expect_room()
        strangers = []
        with self._alone():
            for chapter, path in self.carried.items():
                if self._handed_out(chapter).is_file():
                    continue
                content, place = path.read_bytes(), self.notebook(chapter)
                if place.exists() and place.read_bytes() != content:
                    strangers.append(chapter)
                    continue
                if not place.exists():
                    write(place, content)
                write(self._handed_out(chapter), content)
        return strangers

    def news(self) -> dict[str, str]:
        """Chapter → what is different today, in words; chapters without any are left out."""
        found = {}
        for chapter in self.carried:
            releases = self._releases(chapter)
            changed = differences(*releases) if releases else []
            if releases is None and self._handed_out(chapter).is_file():
                changed = ["what is new cannot be told"]
            if changed:
                found[chapter] = _in_words(changed)
        return found

    def missing(self) -> list[str]:
        """Chapters that were handed out and are gone."""
        return [
            chapter
            for chapter in self.carried
            if self._handed_out(chapter).is_file() and not self.notebook(chapter).exists()
        ]

    def update(self, say: Callable[[str], None]) -> None:
        """Bring corrections into the notebooks; chapters that are gone are handed out afresh.

        Args:
            say: told, for each notebook with news, what was done.

        Raises:
            OSError: a file could not be written; run again, it goes on from there.
        """
        with self._alone():
            for chapter in self.missing():
                content = self.carried[chapter].read_bytes()
                write(self.notebook(chapter), content)
                write(self._handed_out(chapter), content)
                say(f"{chapter}: put back, as it is handed out")
            for chapter, changed in self.news().items():
                say(f"{chapter}: {self._correct(chapter)} ({changed})")

    def _correct(self, chapter: str) -> str:
        releases = self._releases(chapter)
        place = self.notebook(chapter)
        try:
            mine = read_bytes(place)
            if releases is None:
                raise UnreadableNotebook("what was handed out cannot be read")
            content = corrected(mine, *releases)
        except UnreadableNotebook as error:
            return (
                f"left as it is, for {error}; rename it, and the same command puts a fresh one here"
            )
        write(free_name(self.folder / BEFORE / place.name, "before"), mine)
        write(place, content)
        write(self._handed_out(chapter), self.carried[chapter].read_bytes())
        return "brought up to date"

    def _releases(self, chapter: str) -> tuple[Release, Release] | None:
        """What was handed out, and what is today; None where nothing was."""
        try:
            before = read_release(self._handed_out(chapter), chapter)
        except ReleaseError:
            return None
        return before, read_release(self.carried[chapter], chapter)

    def _handed_out(self, chapter: str) -> Path:
        return self.folder / _KEPT / "handed-out" / f"{chapter}.ipynb"

    def _expect_room(self) -> None:
        names = {path.name for path in self.folder.iterdir()} if self.folder.exists() else set()
        others = sorted(name for name in names - {*self.carried} if not name.startswith(_OURS))
        if others:
            raise CopyError(
                f"{self.folder} holds other things ({', '.join(others[:3])}): name a new folder"
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep a second `annkit start` in the same folder waiting."""
        try:
            with locked(self.folder / _KEPT / "copying"):
                yield
        except BlockingIOError:
            raise CopyError(
                f"another annkit start is at work in {self.folder}, or was killed there a moment "
                "ago: run it again in ten seconds"
            ) from None


def _in_words(headings: list[str]) -> str:
    """The first few headings, and how many more there are."""
    more = f" and {len(headings) - _SHOWN} more" if len(headings) > _SHOWN else ""
    return "; ".join(headings[:_SHOWN]) + more


def is_copy(folder: Path) -> bool:
    """Whether a folder is a copy of the course that was made here, whole or broken off."""
    return (folder / _KEPT).is_dir()
