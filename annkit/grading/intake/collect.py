"""From a download to `submitted/<student>/<assignment>/<notebook>.ipynb`.

Of several notebooks of one student that answer anything the newest counts. What was handed in
before is replaced where the download holds something else; nothing else is removed. What nobody
can be told to own for sure waits for the teacher.

Not here: reading the download (`download`), whose a file is (`owners`), the list that says all
this (`handed_in`), grading (`run`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from annkit.exercises.tasks.edition import FOLDER
from annkit.files import write
from annkit.grading.intake.download import Download, DownloadError, Entry
from annkit.grading.intake.groups import Groups
from annkit.grading.intake.handed_in import BY_TEACHER, HandedIn
from annkit.grading.intake.owners import Owner, Roster, choose
from annkit.grading.intake.submissions import (
    LATE_MARK,
    TIMESTAMP,
    Refused,
    timestamp_line,
    why_no_student,
)
from annkit.grading.rebuild.notebook import UnreadableNotebook, parse_cells
from annkit.grading.rebuild.release import Release
from annkit.grading.spreadsheets import as_text

NO_NOTEBOOK = "no notebook"
_File = tuple[Entry, Owner]
# Whether anything is answered; number of the upload, where a platform counts; time; how many
# exercises are answered, and how many have a cell.
_Rank = tuple[bool, int, datetime, tuple[int, int]]


@dataclass
class Collected:
    """What became of a download.

    Attributes:
        new: students whose notebook was put in its place.
        replaced: students who had handed in something else before.
        same: students whose notebook was there already.
        refused: files that do not count, and why.
        files: the notebooks, each with its student and what became of it.
        strangers: ids, read off names, that the class list does not hold.
    """

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    files: dict[str, HandedIn] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)

    @property
    def waiting(self) -> list[HandedIn]:
        """Notebooks that are nobody's until the teacher says whose."""
        return [one for one in self.files.values() if not one.student]

    def note(self, entry: Entry, student: str, counts: bool, why: str) -> None:
        """Say what became of a notebook; one that counts for anything counts."""
        earlier = self.files.get(entry.name)
        if earlier is None or counts or not earlier.counts:
            self.files[entry.name] = HandedIn(entry.name, student, counts, why)


def collect(
    download: Download,
    submitted: Path,
    releases: Sequence[Release],
    roster: Roster,
    *,
    rule: str | None = None,
    decided: Mapping[str, str] | None = None,
    groups: Groups | None = None,
    times: Mapping[str, datetime] = MappingProxyType({}),
) -> Collected:
    """Put the notebooks of a download where nbgrader wants them.

    Args:
        download: the files.
        submitted: the course's folder of submissions.
        releases: the notebooks of the assignment.
        roster: who is in the class.
        rule: whose a file is by its name; see `owners.choose`.
        decided: file, as the list shows it → student, for files that would wait.
        groups: who hands in together: their notebooks compete, and go to the first of them.
        times: the platform's number of a student → when they handed in, UTC without a zone.

    Raises:
        OSError: `submitted` cannot be written.
        DownloadError: all of it looks like a mistake; nothing was written.
        RuleError: the rule says nothing, or it takes a teacher to say which holds.
    """
    done = Collected()
    found = _by_student(download, rule, roster, decided or {}, groups or Groups(), done)
    _refuse_mistakes(download, found, releases, roster, done)
    for student, files in found.items():
        for release in releases:
            best = _best(download, student, files, release, done, is_only=len(releases) == 1)
            if best is not None:
                content, owner = best
                folder, at = submitted / student / release.assignment, times.get(owner.number)
                _put(folder, release.notebook, content, owner, at, done)
    done.refused += [
        Refused(one.file, one.why if one.student else f"waits for you: {one.why}")
        for one in done.files.values()
        if not one.counts
    ]
    return done


def _put(
    folder: Path, notebook: str, content: bytes, owner: Owner, at: datetime | None, done: Collected
) -> None:
    """Put a notebook in its place, with what its platform says of its time."""
    student, path, mark = folder.parent.name, folder / f"{notebook}.ipynb", folder / LATE_MARK
    if path.is_symlink():
        done.refused.append(Refused(student, f"{path} is a link: not written"))
        return
    if path.is_file() and path.read_bytes() == content:
        done.same.append(student)
    else:
        (done.replaced if path.exists() else done.new).append(student)
        # The time there is that of another file.
        (folder / TIMESTAMP).unlink(missing_ok=True)
        write(path, content, on_disk=True)
    if at is not None:
        write(folder / TIMESTAMP, timestamp_line(at), on_disk=True)
    if owner.is_late:
        write(mark, b"The platform's name of this file says LATE.\n", on_disk=True)
    else:
        mark.unlink(missing_ok=True)


def _by_student(
    download: Download,
    rule: str | None,
    roster: Roster,
    decided: Mapping[str, str],
    groups: Groups,
    done: Collected,
) -> dict[str, list[_File]]:
    """The notebooks of every student; what waits, and what is no notebook, is noted."""
    start = _wrapping(download)
    notebooks = []
    for entry in download.entries:
        if PurePosixPath(entry.name).suffix == ".ipynb":
            notebooks.append(entry)
        elif FOLDER not in PurePosixPath(entry.name).parts:  # that was handed out with it
            done.refused.append(Refused(entry.name, NO_NOTEBOOK))
    chosen = choose([entry.name[start:] for entry in notebooks], rule)
    owners = {entry: chosen.owner(entry.name[start:], roster) for entry in notebooks}
    found: dict[str, list[_File]] = defaultdict(list)
    for entry, owner in _told_apart(owners).items():
        shown = str(as_text(entry.name))
        is_known = not roster.ids or owner.student in roster.ids
        if shown in decided and not (owner.student and is_known):
            owner = replace(owner, student=decided[shown], why=BY_TEACHER)
        elif owner.student and not is_known:
            done.strangers.append(owner.student)
            owner = replace(owner, student="", why=f"{owner.student} is not in the class list")
        reason = why_no_student(owner.student) if owner.student else owner.why
        if reason:
            done.note(entry, "", False, reason)
        else:
            together = groups.words(owner.student)
            owner = replace(owner, why="; ".join(filter(None, (owner.why, together))))
            found[groups.keeper(owner.student)].append((entry, owner))
    return found


def _told_apart(owners: Mapping[Entry, Owner]) -> dict[Entry, Owner]:
    """The owners; two people whose names both mean one student are left open."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for owner in owners.values():
        numbers[owner.student].add(owner.number)
    return {
        entry: Owner("", f"{len(numbers[owner.student])} people hand in as {owner.student}")
        if owner.student and len(numbers[owner.student]) > 1
        else owner
        for entry, owner in owners.items()
    }


def _refuse_mistakes(
    download: Download,
    found: Mapping[str, Sequence[_File]],
    releases: Sequence[Release],
    roster: Roster,
    done: Collected,
) -> None:
    """A download without a single student or answer is the wrong one, or read by the wrong rule."""
    if not found and not done.waiting:
        why = f"{done.refused[0].name}: {done.refused[0].reason}" if done.refused else "no file"
        raise DownloadError(f"no notebook in it could be taken ({why}); see --names")
    if not found and done.strangers and len(done.strangers) == len(done.waiting):
        some = ", ".join(done.strangers[:3])
        raise DownloadError(
            f"nobody in it is in the class list (it seems to be from {some}): say with --names "
            "whose a file is, or add them to the list: nbgrader db student add ID"
        )
    is_readable = False
    for entry, _ in (file for files in found.values() for file in files):
        try:
            content = download.read(entry)
        except DownloadError:
            continue  # said when it is its turn
        counts = [_answers(content, release) for release in releases]
        # Some programs drop the ids of cells; the calls of `check` and `hint` are still there.
        ids = (id for release in releases for id in release.ids)
        has_cells = any(one and one[1] for one in counts)
        if has_cells or any(rf"(\"{id}\"".encode() in content for id in ids):
            return
        is_readable = is_readable or None not in counts
    if is_readable:
        name = releases[0].assignment
        raise DownloadError(f"no notebook in it answers {name}: is it of another assignment?")


def _wrapping(download: Download) -> int:
    """Length of a folder's name around everything, as in `class/ada/x.ipynb`, `class/ben/…`."""
    parts = [entry.name.split("/") for entry in download.entries]
    shared = {part[0] for part in parts}
    if len(shared) != 1 or any(len(part) < 3 for part in parts):
        return 0
    return len(parts[0][0]) + 1 if len({part[1] for part in parts}) > 1 else 0


def _best(
    download: Download,
    student: str,
    files: Sequence[_File],
    release: Release,
    done: Collected,
    *,
    is_only: bool,
) -> tuple[bytes, Owner] | None:
    """The newest notebook that answers anything, and its owner; None if none does.

    A single one is taken whatever it holds: that it cannot be read is for the grader to say.
    """
    rivals: list[tuple[_Rank, Entry, bytes]] = []
    owners = dict(files)

    def leave(entry: Entry, why: str) -> None:
        said = f"; {BY_TEACHER}" if BY_TEACHER in owners[entry].why else ""
        done.note(entry, student, False, f"{why}{said}")

    for entry, owner in files:
        try:
            content = download.read(entry)
        except DownloadError as error:
            leave(entry, str(error))
            continue
        written, there = answers = _answers(content, release) or (0, 0)
        if there or (is_only and len(files) == 1):
            rank = (written > 0, owner.upload, entry.modified, answers)
            rivals.append((rank, entry, content))
        else:
            leave(entry, f"{student}: no answers to {release.notebook} in it")
    rivals.sort(key=lambda rival: (rival[0], rival[1].name))
    if not rivals:
        return None
    best, counting, content = rivals[-1]
    others = f"; {len(rivals)} compete" if len(rivals) > 1 else ""
    done.note(counting, student, True, f"{owners[counting].why}{others}")
    for rank, entry, _ in rivals[:-1]:
        leave(entry, f"{student}: {counting.name} counts, which {_advantage(best, rank)}")
    return content, owners[counting]


def _advantage(best: _Rank, other: _Rank) -> str:
    """Why one file of a student counts and another does not."""
    if best[0] > other[0]:
        return "is not as it was handed out"
    if best[:3] > other[:3]:
        return "is newer"
    return "answers more" if best > other else "comes later by name; both are of the same time"


def _answers(content: bytes, release: Release) -> tuple[int, int] | None:
    """How many exercises a notebook answers, and has cells for; None if it cannot be read."""
    try:
        return release.answered_in(parse_cells(content))
    except UnreadableNotebook:
        return None
