"""From a download to `submitted/<student>/<assignment>/<notebook>.ipynb`.

Of several notebooks of one student the one that answers most is taken. What was handed in before
is replaced where the download holds something else; nothing else is removed.

Not here: reading the download (`download`), whose a file is (`owners`), grading (`run`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from annkit.files import write
from annkit.grading.intake.download import Download, DownloadError, Entry
from annkit.grading.intake.owners import NameRule, Roster
from annkit.grading.intake.submissions import Refused, why_no_student
from annkit.grading.rebuild.notebook import UnreadableNotebook, parse_cells
from annkit.grading.rebuild.release import Release


@dataclass
class Collected:
    """What became of a download.

    Attributes:
        new: students whose notebook was put in its place.
        replaced: students who had handed in something else before.
        same: students whose notebook was there already.
        refused: files that are nobody's or no notebook, and why.
    """

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def collect(
    download: Download,
    submitted: Path,
    releases: Sequence[Release],
    rules: Sequence[NameRule],
    roster: Roster,
) -> Collected:
    """Put the notebooks of a download where nbgrader wants them.

    Args:
        download: the files.
        submitted: the course's folder of submissions.
        releases: the notebooks of the assignment.
        rules: tried in order on every name.
        roster: who is in the class.

    Raises:
        OSError: `submitted` cannot be written.
        DownloadError: all of it looks like a mistake; nothing was written.
    """
    done = Collected()
    found = _by_student(download, rules, roster, done)
    _refuse_mistakes(download, found, releases, roster, done)
    for student, entries in found.items():
        for release in releases:
            content = _best(download, entries, release, done, only=len(releases) == 1)
            if content is None:
                continue
            folder = submitted / student / release.assignment
            path = folder / f"{release.notebook}.ipynb"
            if path.is_symlink():
                done.refused.append(Refused(student, f"{path} is a link: not written"))
            elif path.is_file() and path.read_bytes() == content:
                done.same.append(student)
            else:
                (done.replaced if path.exists() else done.new).append(student)
                write(path, content, on_disk=True)
    return done


def _by_student(
    download: Download, rules: Sequence[NameRule], roster: Roster, done: Collected
) -> dict[str, list[Entry]]:
    """The notebooks of every student; what is none goes on the list of refusals."""
    found: dict[str, list[Entry]] = defaultdict(list)
    start = _wrapping(download)
    for entry in download.entries:
        if PurePosixPath(entry.name).suffix != ".ipynb":
            done.refused.append(Refused(entry.name, "no notebook"))
            continue
        students = (rule.student(entry.name[start:], roster) for rule in rules)
        student = next(filter(None, students), None)
        reason = "its name does not say whose it is" if student is None else why_no_student(student)
        if reason or student is None:
            done.refused.append(Refused(entry.name, reason))
        else:
            found[student].append(entry)
    return found


def _refuse_mistakes(
    download: Download,
    found: Mapping[str, Sequence[Entry]],
    releases: Sequence[Release],
    roster: Roster,
    done: Collected,
) -> None:
    """A download without a single student or answer is the wrong one, or read by the wrong rule."""
    if not found:
        why = f"{done.refused[0].name}: {done.refused[0].reason}" if done.refused else "no file"
        raise DownloadError(f"no notebook in it could be taken ({why}); see --names")
    if roster.ids and roster.ids.isdisjoint(found):
        some = ", ".join(list(found)[:3])
        raise DownloadError(
            f"nobody in it is in the class list (it seems to be from {some}): say with --names "
            "whose a file is, or add them to the list: nbgrader db student add ID"
        )
    is_readable = False
    for entry in (entry for entries in found.values() for entry in entries):
        try:
            content = download.read(entry)
        except DownloadError:
            continue  # said when it is its turn
        counts = [_answers(content, release) for release in releases]
        # Some programs drop the ids of cells; the calls of `check` and `hint` are still there.
        ids = (id for release in releases for id in release.ids)
        if any(counts) or any(rf"(\"{id}\"".encode() in content for id in ids):
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
    download: Download, entries: Sequence[Entry], release: Release, done: Collected, only: bool
) -> bytes | None:
    """The content of the notebook that answers most of a release; None if none answers any.

    A single one is taken whatever it holds: that it cannot be read is for the grader to say.
    """
    best: tuple[int, bytes] | None = None
    for entry in entries:
        try:
            content = download.read(entry)
        except DownloadError as error:
            done.refused.append(Refused(entry.name, str(error)))
            continue
        # Learning systems number newer files: of two that answer as much the later one counts.
        score = 1 if only and len(entries) == 1 else _answers(content, release) or 0
        if score and (best is None or score >= best[0]):
            best = score, content
    if best is None and entries:
        done.refused.append(Refused(entries[0].name, f"no answers to {release.notebook} in it"))
    return None if best is None else best[1]


def _answers(content: bytes, release: Release) -> int | None:
    """How many exercises a notebook has cells for; None if it cannot be read."""
    try:
        return release.answered_in(parse_cells(content))
    except UnreadableNotebook:
        return None
