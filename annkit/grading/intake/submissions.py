"""Finding what was handed in: `submitted/<student>/<assignment>/<notebook>.ipynb`.

Names come from outside, and become ids and file names: those that nbgrader or a file system would
trip over are set aside in words. A notebook under another name is found, and said to be.

Not here: downloads from Moodle or Canvas (`collect`), reading a notebook (`rebuild.notebook`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from annkit.grading.rebuild.notebook import UnreadableNotebook, read_cells
from annkit.grading.rebuild.release import Release

_MAX_CANDIDATES = 5
TIMESTAMP = "timestamp.txt"
# Beside a notebook whose name said that it came late, though not when.
LATE_MARK = "annkit-late.txt"
_MAX_TIMESTAMP = 100


@dataclass(frozen=True)
class Submission:
    """One notebook of one student, or its absence.

    Attributes:
        student: who handed it in: the name of the folder.
        release: what was handed out.
        path: where it lies; None if it was not handed in.
        timestamp: when, UTC without a zone; None if there is no readable `timestamp.txt`.
        notes: remarks on the files.
        is_marked_late: whether the platform it comes from said so.
        group: whose it is, where students hand in together; "" for one alone.
    """

    student: str
    release: Release
    path: Path | None
    timestamp: datetime | None
    notes: tuple[str, ...] = ()
    is_marked_late: bool = False
    group: str = ""

    @property
    def drawn_for(self) -> str:
        """Whom the inputs of its marks are drawn for."""
        return drawn_for(self.student, self.group)

    @property
    def place(self) -> tuple[str, str]:
        """Student and notebook."""
        return self.student, self.release.notebook


def drawn_for(student: str, group: str) -> str:
    """Whom the inputs of marks are drawn for: the student, or the group if there is one."""
    return f"group {group}" if group else student


@dataclass(frozen=True)
class Refused:
    """A folder that is not graded, and why; it needs a person."""

    name: str
    reason: str


def find(
    submitted: Path, releases: Iterable[Release], students: Collection[str] = ()
) -> tuple[list[Submission], list[Refused]]:
    """Find the submissions of an assignment.

    Args:
        submitted: the folder with one folder for each student.
        releases: the notebooks of the assignment.
        students: only these; all if empty.
    """
    found: list[Submission] = []
    refused: list[Refused] = []
    for folder in sorted(submitted.iterdir()) if submitted.is_dir() else []:
        if students and folder.name not in students:
            continue
        for release in releases:
            place = folder / release.assignment
            if not place.is_dir() and not place.is_symlink():
                continue
            reason = why_no_student(folder.name)
            if folder.is_symlink() or place.is_symlink():
                reason = "the folder is a link, which is not followed"
            if reason:
                refused.append(Refused(folder.name, reason))
                break
            found.append(_submission(folder.name, place, release))
    return found, refused


def why_no_student(name: str) -> str:
    """Why a name cannot be a student's id; empty if it can."""
    if not name:
        return "it is empty"
    if name.startswith("."):
        return "a name that begins with a dot is no student's id"
    if any(ord(letter) < 32 or ord(letter) == 127 or letter in "/\\" for letter in name):
        return "a slash, a line break or another control character is in the name"
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "the name is not valid Unicode"
    # With the ends that file systems and nbgrader put to it; they take 255.
    is_short = len(name) <= 128 and len(name.encode()) <= 200
    return "" if is_short else "the name is longer than 128 letters, or 200 bytes"


def _submission(student: str, folder: Path, release: Release) -> Submission:
    notes: list[str] = []
    exact = folder / f"{release.notebook}.ipynb"
    others = sorted(path for path in folder.glob("*.ipynb") if path != exact)
    path: Path | None = exact
    if not exact.exists() and not exact.is_symlink():
        path = _best(others[:_MAX_CANDIDATES], release)
        if path is not None:
            notes.append(f"the notebook was called {path.name!r}")
    elif others:
        names = ", ".join(repr(other.name) for other in others[:3])
        notes.append(f"further notebooks were handed in and not graded: {names}")
    moment = _timestamp(folder)
    if moment is None and (folder / TIMESTAMP).exists():
        notes.append(f"{TIMESTAMP} is no date and time: it counts as in time")
    is_marked_late = (folder / LATE_MARK).exists()
    return Submission(student, release, path, moment, tuple(notes), is_marked_late)


def _best(candidates: Iterable[Path], release: Release) -> Path | None:
    """The notebook that answers most of the release, if any has a cell of it."""
    best, most = None, (0, 0)
    for path in candidates:
        try:
            count = release.answered_in(read_cells(path))
        except UnreadableNotebook:
            continue
        if count > most:
            best, most = path, count
    return best


def timestamp_line(moment: datetime) -> bytes:
    """What nbgrader's `timestamp.txt` holds of a time, UTC without a zone."""
    return f"{moment.isoformat()} UTC\n".encode("ascii")


def _timestamp(folder: Path) -> datetime | None:
    """The time in nbgrader's `timestamp.txt`."""
    path = folder / TIMESTAMP
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _MAX_TIMESTAMP:
        return None
    from nbgrader.utils import parse_utc

    try:
        moment: datetime = parse_utc(path.read_text(encoding="utf-8").strip())
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return moment
