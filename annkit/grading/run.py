"""Grading a class: submissions are found, shared out to workers, and written down one by one.

It can be interrupted or killed at any moment and run again: what is in the ledger and in the
gradebook is not done twice, the rest is done.

Not here: a single submission (`marking.official_judge`), how results are shown (`report_table`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from annkit.exercises import Catalogue
from annkit.grading.books.attempts import Policy
from annkit.grading.books.by_hand import with_points_by_hand
from annkit.grading.books.filing import Filing, Settled
from annkit.grading.books.gradebook import CourseGradebook
from annkit.grading.books.lateness import Lateness, dated
from annkit.grading.books.ledger import Judged, Ledger
from annkit.grading.books.pseudonyms import Pseudonyms
from annkit.grading.dask_pool import DaskPool
from annkit.grading.intake.chosen import expect_as_chosen
from annkit.grading.intake.course import Course
from annkit.grading.intake.course_file import CourseFile, file_of
from annkit.grading.intake.groups import Groups
from annkit.grading.intake.submissions import Refused, Submission, find
from annkit.grading.marking.class_points import other_points
from annkit.grading.marking.digests import content_digest, digest, grader_digest
from annkit.grading.marking.follow_through import deciding
from annkit.grading.marking.official_judge import Graded, Order
from annkit.grading.marking.seeds import course_secret, seed_for
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.pool import Pool
from annkit.grading.rebuild.notebook import UnreadableNotebook, read_bytes
from annkit.grading.rebuild.release import Release, ReleaseError, read_assignment
from annkit.grading.sandbox.tiers import Tier

# Student and notebook → verdicts, oldest first.
History = dict[tuple[str, str], list[Judged]]


@dataclass
class Results:
    """What became of an assignment.

    Attributes:
        assignment: its name.
        verdicts: those that count, without the checks' lines and with the points a person gave.
        refused: folders that were not graded, and why.
        fresh: how many were graded now.
        strangers: students who were not in the gradebook, where there were others.
        absent: students of the gradebook who handed nothing in.
        settled: student and notebook → what counts, and what has changed with this run.
        penalties: student and notebook → points taken, of all who came late; they may be none.
        policy: which attempt counts.
        groups: student → group, of those who hand in together.
        undated: students of whose notebook nobody knows the time, where there is a due date.
        marked_late: students whose platform said late, and not when.
        is_due: whether there is a due date to be late after.
        in_vain: verdicts of now that are no mark, where an earlier one counts.
    """

    assignment: str
    verdicts: list[Verdict] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    fresh: int = 0
    strangers: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    settled: dict[tuple[str, str], Settled] = field(default_factory=dict)
    penalties: dict[tuple[str, str], float] = field(default_factory=dict)
    policy: Policy = Policy.LAST
    groups: Mapping[str, str] = field(default_factory=dict)
    undated: list[str] = field(default_factory=list)
    marked_late: list[str] = field(default_factory=list)
    is_due: bool = False
    in_vain: list[Verdict] = field(default_factory=list)

    def note_times(self, found: list[Submission], due: datetime | None) -> list[Submission]:
        """The submissions as dated as can be; whose time nobody knows is noted."""
        bare = [one for one in found if one.timestamp is None and one.path is not None]
        self.is_due = due is not None
        self.marked_late = [one.student for one in bare if one.is_marked_late]
        self.undated = [one.student for one in bare if due and not one.is_marked_late]
        return [dated(one, due) for one in found]


@dataclass(frozen=True)
class Grader:
    """Grades the assignments of a course directory.

    Attributes:
        course: the course directory.
        catalogue: the exercises.
        tier: of the sandboxes.
        workers: how many processes.
        force: grade again what is done.
        only: exercises that `force` is about; all if empty.
        lets_drop: enter marks that are lower than before, too.
        dask: address of a Dask scheduler whose workers do it instead; "" for none.
        decided: the teacher's file, where it has been read; it is read here if None.
    """

    course: Course
    catalogue: Catalogue
    tier: Tier
    workers: int = 2
    force: bool = False
    only: tuple[str, ...] = ()
    lets_drop: bool = False
    dask: str = ""
    decided: CourseFile | None = None

    def grade(
        self,
        assignment: str,
        students: Collection[str] = (),
        progress: Callable[[int, Iterator[Verdict]], Iterator[Verdict]] = lambda _, them: them,
    ) -> Results:
        """Grade one assignment and write it down.

        Args:
            assignment: its name.
            students: only these; all if empty.
            progress: wraps the verdicts as they come; is told how many there will be.

        Raises:
            CourseError: the teacher's file means nothing.
            ReleaseError: the assignment was not released, or with other exercises.
            GradebookError: the gradebook cannot be opened for writing.
            FilingError: marks could not be written down.
            PenaltyError: the teacher's plug-in for late work does not work.
            WorkerError: the sandbox does not work.
        """
        decided = self.decided or file_of(self.course)
        policy = Policy(decided.attempts)
        releases = self._releases(assignment)
        with CourseGradebook(self.course) as book:
            self._expect_known(releases, book)
            lateness = Lateness(self.course, decided)
            ledger = Ledger(self.course.root)
            worth = other_points(self.catalogue, releases.values())
            filing = Filing(self.course, book, ledger, policy, lateness, self.lets_drop, worth)
            groups = Groups(decided.groups_of(assignment))
            known = book.roster().ids
            groups.expect_known(known)
            decided.expect_known(assignment, known, self.course.submitted)
            found, results = self._collect(releases, students, known, groups)
            results.policy = policy
            due = lateness.due(book.book, assignment).common
            found = results.note_times(found, due)
            keyed = {self._key(one, ledger.pseudonyms, *_read(one)): one for one in found}
            history = _history(ledger, assignment, keyed)
            left = [
                one
                for key, one in keyed.items()
                if self.force or not _is_done(history[one.place], key, filing)
            ]
            ledger.began(f"grade {assignment}", tier=self.tier.value, policy=policy.value)
            settled = results.settled
            fresh = self._grade_all(left, history, filing, settled)
            results.fresh = sum(1 for _ in progress(len(left), fresh))
            for key, one in keyed.items():
                if one.place not in settled:
                    settled[one.place] = filing.settle(one.release, history[one.place], key)
            verdicts = [settled[place].verdict for place in sorted(settled)]
            latest = [history[one.student, one.notebook][-1].verdict for one in verdicts]
            pairs = zip(latest, verdicts, strict=True)
            results.in_vain = [new for new, one in pairs if new.is_unjudged > one.is_unjudged]
            results.verdicts = with_points_by_hand(book, releases, verdicts)
            held = {place for place, one in settled.items() if one.is_held}
            results.penalties = book.enter_penalties(lateness, assignment, held)
        return results

    def _expect_known(self, releases: dict[str, Release], book: CourseGradebook) -> None:
        for release in releases.values():
            if not book.knows(release):
                raise ReleaseError(
                    f"{release.assignment}: the gradebook does not know {release.notebook}; "
                    f"run: nbgrader generate_assignment {release.assignment} --force"
                )

    def _collect(
        self,
        releases: dict[str, Release],
        students: Collection[str],
        known: Collection[str],
        groups: Groups,
    ) -> tuple[list[Submission], Results]:
        """What was handed in, and results that say who is a stranger, absent, or in a group."""
        near = groups.with_fellows(students)
        found, refused = find(self.course.submitted, releases.values(), near)
        shared, waiting = groups.shared(found)
        here = [one for one in shared if not students or one.student in students]
        there = {one.student for one in [*found, *here]}
        asked = {one.group for one in here if one.group}
        results = Results(
            next(iter(releases.values())).assignment,
            refused=[*refused, *waiting],
            strangers=sorted(there.difference(known)) if known else [],
            absent=[] if students else sorted(set(known) - there),
            groups={one.student: one.group for one in shared if one.group in asked},
        )
        return here, results

    def _releases(self, assignment: str) -> dict[str, Release]:
        releases = read_assignment(self.course.release / assignment)
        for release in releases.values():
            expect_as_chosen(release, self.catalogue.edition, self.course.root)
        ids = [id for release in releases.values() for id in release.ids]
        unknown = [id for id in ids if not self.catalogue.knows(id)]
        if unknown:
            raise ReleaseError(
                f"{assignment}: this version of the course has no exercise {', '.join(unknown)}; "
                "grade with the version that released it"
            )
        return releases

    def _grade_all(
        self,
        left: list[Submission],
        history: History,
        filing: Filing,
        settled: dict[tuple[str, str], Settled],
    ) -> Iterator[Verdict]:
        """Judge what is left, keep each verdict, and settle at once what counts."""
        secret = course_secret(self.course.root)
        handed_in: dict[str, Submission] = {}

        def orders() -> Iterator[Order]:
            for submission in left:
                order = self._order(submission, secret, history[submission.place], filing)
                handed_in[order.key] = submission
                yield order

        with self._pool(len(left)) as pool:
            for order, graded in judged_fairly(pool, orders()):
                submission = handed_in[order.key]
                before = history[submission.place]
                before.append(slim(filing.keep(graded, submission.timestamp)))
                settled[submission.place] = filing.settle(submission.release, before, order.key)
                yield graded.verdict

    def _pool(self, count: int) -> Pool | DaskPool:
        if self.dask and count:
            return DaskPool(self.dask, self.catalogue, self.tier)
        return Pool(min(self.workers, count), self.catalogue, self.tier)

    def _order(
        self, submission: Submission, secret: bytes, before: list[Judged], filing: Filing
    ) -> Order:
        """What is sent to a worker: the key is that of the very bytes that are judged."""
        release = submission.release
        content, problem = _read(submission)
        key = self._key(submission, filing.pseudonyms, content, problem)
        hits = Counter(one.verdict.key for one in before if one.verdict.is_lost)
        seeds = {id: seed_for(secret, submission.drawn_for, id) for id in release.ids}
        return Order(
            submission.student,
            release,
            seeds,
            content,
            problem,
            submission.notes,
            key,
            hits[key],
            earlier=self._earlier(key, before, filing),
        )

    def _earlier(self, key: str, before: list[Judged], filing: Filing) -> tuple[MarkLine, ...]:
        """Marks that stay as they are, where single exercises are graded again."""
        if not self.only or not _is_done(before, key, filing):
            return ()
        return tuple(mark for mark in filing.whole(key).marks if mark.id not in self.only)

    def _key(
        self, submission: Submission, names: Pseudonyms, content: bytes | None, problem: str
    ) -> str:
        """What a verdict depends on: grader, secret, submission and release.

        The student is in it by pseudonym: a key says nothing of whoever is forgotten.
        """
        secret = course_secret(self.course.root)
        exercises = deciding(self.catalogue, submission.release, content or b"")
        return digest(
            grader_digest(tuple(map(self.catalogue.path, exercises))),
            digest(secret),
            names.of(submission.student),
            submission.group,
            submission.release.assignment,
            submission.release.notebook,
            submission.release.digest,
            problem if content is None else content_digest(content),
        )


def _history(ledger: Ledger, assignment: str, keyed: dict[str, Submission]) -> History:
    """What has been judged of an assignment; of files that are there now, with the time there."""
    history: History = defaultdict(list)
    for judged in ledger.judged(assignment):
        verdict = judged.verdict
        there = keyed.get(verdict.key)
        now = judged if there is None else replace(judged, handed_in=there.timestamp)
        history[verdict.student, verdict.notebook].append(slim(now))
    return history


def _is_done(before: list[Judged], key: str, filing: Filing) -> bool:
    """Whether a submission has been judged, and its graded notebook is kept."""
    latest = next((one for one in reversed(before) if one.verdict.key == key), None)
    return latest is not None and not latest.verdict.is_open and filing.has_kept(key)


def _read(submission: Submission) -> tuple[bytes | None, str]:
    """The file that was handed in, or why there is none to judge; "" if none was handed in."""
    if submission.path is None:
        return None, ""
    try:
        return read_bytes(submission.path), ""
    except UnreadableNotebook as error:
        return None, str(error)


def judged_fairly(pool: Pool | DaskPool, orders: Iterable[Order]) -> Iterator[tuple[Order, Graded]]:
    """Grade orders; one that comes to harm beside others is judged again, alone: that counts.

    Harm is to run out of time (budgets are processor time, but programs that share a processor's
    memory slow each other down) or a fault of the machine. A submission that meets such a fault in
    a second run, alone again, is taken to be its cause: else it could put off its mark for ever. It
    earns nothing then, until a run comes to another end.
    """
    again = []
    for order, graded in pool.run(orders):
        if graded.verdict.ran_out_of_time or graded.verdict.is_lost:
            again.append(order)
        else:
            yield order, graded
    for order in again:
        for _, graded in pool.run([replace(order, blames=order.faults > 0)]):
            yield order, replace(graded, verdict=replace(graded.verdict, is_second=True))


def slim(judged: Judged) -> Judged:
    """A verdict without the checks' lines and advice: a class of a thousand fits in memory."""
    verdict = judged.verdict
    marks = tuple(
        replace(mark, checks=(), mistake_text="", next_step="", suspects=(), seen="")
        for mark in verdict.marks
    )
    return replace(judged, verdict=replace(verdict, marks=marks))
