"""Filing: verdicts are kept, and what counts of them is entered, in an order that survives a kill.

1. The graded notebook of an attempt is kept, on the disk; the ledger gets the verdict's line. From
   here on nothing has to be judged again.
2. What counts is chosen among a student's attempts. If that has changed, the notebook waits beside
   its place, the gradebook is committed, the notebook takes its place, and the ledger gets the
   mark's line.

Killed anywhere in between, the next run finds in the ledger what is done and does the rest. Whoever
only reads sees old or new, never half. Points that would drop are not entered before the teacher
has seen them and says so.

Not here: the gradebook's tables (`gradebook`), the rules that choose (`attempts`), what coming late
costs (`lateness`).
"""

import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from annkit.files import staged, write
from annkit.grading.books.attempts import Attempt, Policy, attempts, that_counts
from annkit.grading.books.entries import InBook, entries
from annkit.grading.books.exchange_secret import exchange_files
from annkit.grading.books.gradebook import CourseGradebook, GradebookError, Penalty
from annkit.grading.books.lateness import DueDates, Lateness, PenaltyError
from annkit.grading.books.ledger import EnteredMark, Judged, Ledger, MarkChange
from annkit.grading.books.pseudonyms import Pseudonyms
from annkit.grading.intake.course import Course
from annkit.grading.intake.submissions import TIMESTAMP, timestamp_line
from annkit.grading.marking.class_points import in_points
from annkit.grading.marking.graded_notebook import in_other_points
from annkit.grading.marking.official_judge import Graded
from annkit.grading.marking.verdict import Verdict
from annkit.grading.rebuild.release import Release
from annkit.grading.states import MACHINE_FAULT

ATTEMPTS = "annkit-attempts"
# How hard kept notebooks are packed: the hardest takes four times as long and gains two per cent.
_PACKED = 5


class FilingError(Exception):
    """Marks could not be written down; what had been written before is complete."""


@dataclass(frozen=True)
class Settled:
    """What counts for one notebook of one student.

    Attributes:
        verdict: the one that counts.
        number: of the attempt, and of how many there are.
        counted: its points and penalty.
        change: what has changed with this run; None if nothing.
        is_held: whether the change waits for the teacher, and what counted before still does.
        is_restored: whether somebody else had written over it in the gradebook.
    """

    verdict: Verdict
    number: tuple[int, int]
    counted: EnteredMark
    change: MarkChange | None = None
    is_held: bool = False
    is_restored: bool = False


class Filing:
    """Where verdicts are written.

    Args:
        course: the course directory.
        book: its gradebook, open.
        ledger: its ledger.
        policy: which attempt counts.
        lateness: what coming late costs.
        lets_drop: whether points that drop are entered.
        worth: exercise id → its points for this class, where those are not the file's.
    """

    def __init__(
        self,
        course: Course,
        book: CourseGradebook,
        ledger: Ledger,
        policy: Policy,
        lateness: Lateness,
        lets_drop: bool = False,
        worth: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        """Nothing is written yet."""
        self._course = course
        self._book = book
        self._ledger = ledger
        self._policy = policy
        self._lateness = lateness
        self._lets_drop = lets_drop
        self._worth = worth
        self._counting = ledger.counting()
        self._dates: dict[str, DueDates] = {}
        self._in_book: dict[str, dict[str, InBook]] = {}
        self._latest: Graded | None = None

    @property
    def pseudonyms(self) -> Pseudonyms:
        """Of the students whose marks are filed."""
        return self._ledger.pseudonyms

    def has_kept(self, key: str) -> bool:
        """Whether the graded notebook of a verdict is kept."""
        return place_of(self._course.root, key).is_file()

    def keep(self, graded: Graded, handed_in: datetime | None) -> Judged:
        """Keep a verdict and its notebook: both, or the verdict is not in the ledger.

        Raises:
            FilingError: it is not in the ledger; the text says why.
        """
        verdict = graded.verdict
        with _told(verdict):
            content = gzip.compress(graded.notebook, _PACKED, mtime=0)
            write(place_of(self._course.root, verdict.key), content, mode=0o600, on_disk=True)
            self._ledger.add_verdict(verdict, handed_in)
            self._latest = graded
        return Judged(verdict, handed_in)

    def _kept(self, key: str) -> Graded:
        """What was kept; most often it is what was kept last, and need not be read again."""
        if self._latest is not None and self._latest.verdict.key == key:
            return self._latest
        place = place_of(self._course.root, key)
        try:
            packed = place.read_bytes()
            if not packed:
                raise EOFError("it is empty")  # which is, for gzip, nothing packed
            return Graded(self.whole(key), gzip.decompress(packed))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            words = "is damaged; delete it, and the submission is judged again"
            raise OSError(f"{place} {words} ({error})") from None

    def whole(self, key: str) -> Verdict:
        """A verdict that was kept, with all its lines, in the points it was judged with."""
        return self._ledger.verdict(key)

    def settle(self, release: Release, history: Sequence[Judged], current: str) -> Settled:
        """Choose what counts for one student, and enter it if that has changed.

        Args:
            release: the notebook.
            history: the student's verdicts on it, at least one, oldest first, as they were judged;
                they may be slim.
            current: key of the file that lies there now.

        Returns:
            what counts, in the class's points.

        Raises:
            FilingError: nothing of it was entered; the text says why.
        """
        history = [replace(one, verdict=in_points(one.verdict, self._worth)) for one in history]
        tries = attempts(history, current) or [Attempt(history[-1], 1)]
        with _told(history[-1].verdict):
            due = self._due(release.assignment, history[-1].verdict.student)
            chosen = that_counts(self._policy, tries, due, self._penalty)
            settled = self._compared(chosen, tries, history)
            counts = chosen.judged
            if settled.is_held:
                key = settled.verdict.key
                counts = next(one for one in reversed(history) if one.verdict.key == key)
            if settled.change is None or settled.is_held:
                settled = replace(settled, is_restored=self._is_other(counts.verdict, release))
            if settled.is_held:
                self._enter_again(settled, counts, release, history)
            elif settled.change is not None or not self._is_entered(settled, counts, release):
                self._enter(settled, counts, release, history, self._taken)
        return settled

    def _enter_again(
        self, settled: Settled, judged: Judged, release: Release, history: Sequence[Judged]
    ) -> None:
        """What still counts, should the gradebook or the folder not have it any more."""
        if not self._is_entered(settled, judged, release):
            as_it_was = replace(settled, change=None)
            self._enter(as_it_was, judged, release, history, lambda *_: settled.counted.penalty)

    def _compared(
        self, chosen: Attempt, tries: Sequence[Attempt], history: Sequence[Judged]
    ) -> Settled:
        """What is chosen, beside what has counted so far."""
        verdict = chosen.judged.verdict
        worth = {mark.id: self._worth[mark.id] for mark in verdict.marks if mark.id in self._worth}
        now = EnteredMark(None, key=verdict.key, worth=worth)
        if not verdict.is_unjudged:
            now = replace(now, points=verdict.points, penalty=self._penalty(chosen.judged))
        was = self._counting.get((verdict.student, verdict.assignment, verdict.notebook))
        number = (chosen.number, len(tries))
        if was == now:
            return Settled(verdict, number, now)
        before = next((one.verdict for one in history if was and one.verdict.key == was.key), None)
        why = _why(was, before, verdict, worth)
        place = (verdict.student, verdict.assignment, verdict.notebook)
        change = MarkChange(*place, was, now, why)
        if was is None or before is None or self._lets_drop:
            return Settled(verdict, number, now, change)
        then = _in_points_of(now, was, before)
        if now.total < then.total:
            of_file = {one.judged.verdict.content: one.number for one in tries}
            kept = (of_file.get(before.content, chosen.number), len(tries))
            return Settled(before, kept, then, change, is_held=True)
        return Settled(verdict, number, now, change)

    def _enter(
        self,
        settled: Settled,
        judged: Judged,
        release: Release,
        history: Sequence[Judged],
        penalty: Penalty,
    ) -> None:
        graded = self._kept(judged.verdict.key)
        verdict = in_points(graded.verdict, self._worth)
        place = (verdict.student, verdict.assignment, verdict.notebook)
        folder = self._course.autograded / verdict.student / verdict.assignment
        notebook = graded.notebook
        if settled.counted.worth:
            notebook = in_other_points(notebook, release, verdict)
        files = exchange_files(self._course, verdict.student, verdict.assignment)
        files[folder / f"{verdict.notebook}.ipynb"] = notebook
        if judged.handed_in is not None:
            files[folder / TIMESTAMP] = timestamp_line(judged.handed_in)
        was = self._counting.get(place)
        old = next((one.verdict for one in history if was and one.verdict.key == was.key), None)
        with staged(files, on_disk=True):
            self._book.write(
                verdict, release, judged.handed_in, changed_answers(old, verdict), penalty
            )
        if folder / TIMESTAMP not in files:
            # The time of an earlier attempt is not that of this one.
            (folder / TIMESTAMP).unlink(missing_ok=True)
        if settled.change is not None:
            self._ledger.add_mark(settled.change)
        self._counting[place] = settled.counted

    def _entry(self, verdict: Verdict, release: Release) -> InBook | None:
        """What the gradebook held of a student's notebook at the start; None if no points."""
        if release.notebook not in self._in_book:
            self._in_book[release.notebook] = entries(self._book, release)
        entry = self._in_book[release.notebook].get(verdict.student)
        return entry if entry is not None and entry.is_graded else None

    def _is_other(self, verdict: Verdict, release: Release) -> bool:
        """Whether the gradebook holds what no grader of annkit has entered."""
        entry = self._entry(verdict, release)
        return entry is not None and not entry.is_of(verdict, release)

    def _is_entered(self, settled: Settled, judged: Judged, release: Release) -> bool:
        """Whether the gradebook and the folder of graded notebooks hold what the ledger says.

        When a file was handed in may become known long after it was judged.
        """
        verdict, entry = judged.verdict, self._entry(judged.verdict, release)
        folder = self._course.autograded / verdict.student / verdict.assignment
        is_there = (folder / f"{verdict.notebook}.ipynb").is_file()
        is_known = entry is not None and entry.handed_in == judged.handed_in
        return is_there and is_known and not settled.is_restored

    def _due(self, assignment: str, student: str) -> datetime | None:
        if assignment not in self._dates:
            self._dates[assignment] = self._lateness.due(self._book.book, assignment)
        return self._dates[assignment].of(student)

    def _penalty(self, judged: Judged) -> float:
        """What the points of the checks lose."""
        verdict = judged.verdict
        return self._taken(verdict, verdict.points, judged.handed_in)

    def _taken(self, verdict: Verdict, points: float, at: datetime | None) -> float:
        due = self._due(verdict.assignment, verdict.student)
        return self._lateness.penalty(due, verdict.student, points, at)


def place_of(course: Path, key: str) -> Path:
    """Where the graded notebook of a verdict is kept, compressed."""
    return course / ATTEMPTS / key[:2] / f"{key}.ipynb.gz"


def changed_answers(old: Verdict | None, new: Verdict) -> set[str]:
    """Exercises whose answer is another text than in an earlier verdict; all if none is known."""
    if old is None or old.versions is None or new.versions is None:
        return {mark.id for mark in new.marks}
    before, now = old.versions, new.versions
    return {mark.id for mark in new.marks if before.get(mark.id) != now.get(mark.id)}


def _in_points_of(now: EnteredMark, was: EnteredMark, before: Verdict) -> EnteredMark:
    """What counted before, as if its exercises had been worth what they are worth now.

    Args:
        now: says what they are worth.
        was: what counted.
        before: the verdict of `was`, in the points of now.
    """
    if was.points is None or was.worth == now.worth:
        return was
    factor = before.points / was.points if was.points else 1.0
    return EnteredMark(before.points, was.penalty * factor, was.key, now.worth)


def _why(
    was: EnteredMark | None, before: Verdict | None, now: Verdict, worth: Mapping[str, float]
) -> str:
    """Why another mark counts, in words."""
    if now.is_unjudged:
        return MACHINE_FAULT
    if was is None or was.points is None:
        return "first mark"
    if was.key == now.key and was.worth != worth:
        return "exercises are worth other points"
    if was.key == now.key and was.points == now.points:
        return "being late costs something else"
    if before is None or before.content == now.content:
        return "judged anew"
    return "another attempt counts"


@contextmanager
def _told(verdict: Verdict) -> Iterator[None]:
    """Say whose marks could not be written down."""
    try:
        yield
    except (OSError, GradebookError, PenaltyError) as error:
        raise FilingError(f"{verdict.student}, {verdict.notebook}: {error}") from error
