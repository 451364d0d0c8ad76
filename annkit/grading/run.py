"""Grading a class: submissions are found, shared out to workers, and written down one by one.

It can be interrupted or killed at any moment and run again: what is in the ledger and in the
gradebook is not done twice, the rest is done.

Not here: a single submission (`marking.official_judge`), how results are shown (`report_table`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from annkit.exercises import Catalogue
from annkit.grading.books.filing import LEDGER, Filing, Ledger
from annkit.grading.books.gradebook import CourseGradebook
from annkit.grading.dask_pool import DaskPool
from annkit.grading.intake.course import Course
from annkit.grading.intake.submissions import Refused, Submission, find
from annkit.grading.marking.digests import content_digest, digest, grader_digest
from annkit.grading.marking.official_judge import Graded, Order
from annkit.grading.marking.seeds import course_secret, seed_for
from annkit.grading.marking.verdict import Verdict
from annkit.grading.pool import Pool
from annkit.grading.rebuild.notebook import UnreadableNotebook, read_bytes
from annkit.grading.rebuild.release import Release, ReleaseError, read_assignment
from annkit.grading.sandbox.tiers import Tier


@dataclass
class Results:
    """What became of an assignment.

    Attributes:
        assignment: its name.
        verdicts: of all submissions, those graded earlier included, without the checks' lines.
        refused: folders that were not graded, and why.
        fresh: how many were graded now.
        strangers: students who were not in the gradebook, where there were others.
        absent: students of the gradebook who handed nothing in.
    """

    assignment: str
    verdicts: list[Verdict] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    fresh: int = 0
    strangers: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Grader:
    """Grades the assignments of a course directory.

    Attributes:
        course: the course directory.
        catalogue: the exercises.
        tier: of the sandboxes.
        workers: how many processes.
        force: grade again what is done.
        dask: address of a Dask scheduler whose workers do it instead; "" for none.
    """

    course: Course
    catalogue: Catalogue
    tier: Tier
    workers: int = 2
    force: bool = False
    dask: str = ""

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
            ReleaseError: the assignment was not released, or with other exercises.
            GradebookError: the gradebook cannot be opened for writing.
            FilingError: marks could not be written down.
            WorkerError: the sandbox does not work.
        """
        releases = self._releases(assignment)
        with CourseGradebook(self.course) as book:
            self._expect_known(releases, book)
            results, keyed = self._collect(assignment, releases, students, book)
            ledger = Ledger(self.course.root / LEDGER)
            done, faults = self._done(keyed, ledger, book)
            done = {} if self.force else done
            results.verdicts += done.values()
            left = [value for key, value in keyed.items() if key not in done]
            fresh = self._grade_all(left, faults, Filing(self.course, book, ledger))
            for verdict in progress(len(left), fresh):
                results.verdicts.append(slim(verdict))
                results.fresh += 1
            results.verdicts = book.with_manual_points(releases, results.verdicts)
        results.verdicts.sort(key=lambda verdict: (verdict.student, verdict.notebook))
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
        assignment: str,
        releases: dict[str, Release],
        students: Collection[str],
        book: CourseGradebook,
    ) -> tuple[Results, dict[str, Submission]]:
        """What was handed in, by key, and results that say who is a stranger or absent."""
        found, refused = find(self.course.submitted, releases.values(), students)
        known, there = book.roster().ids, {one.student for one in found}
        results = Results(
            assignment,
            refused=refused,
            strangers=sorted(there - known) if known else [],
            absent=[] if students else sorted(known - there),
        )
        return results, {self._key(one, *_read(one)): one for one in found}

    def _releases(self, assignment: str) -> dict[str, Release]:
        releases = read_assignment(self.course.release / assignment)
        unknown = [
            id
            for release in releases.values()
            for id in release.ids
            if id not in self.catalogue.paths
        ]
        if unknown:
            raise ReleaseError(
                f"{assignment}: this version of the course has no exercise {', '.join(unknown)}; "
                "grade with the version that released it"
            )
        return releases

    def _grade_all(
        self, left: list[Submission], faults: Counter[str], filing: Filing
    ) -> Iterator[Verdict]:
        secret = course_secret(self.course.root)
        handed_in: dict[str, Submission] = {}

        def orders() -> Iterator[Order]:
            for submission in left:
                order = self._order(submission, secret, faults)
                handed_in[order.key] = submission
                yield order

        with self._pool(len(left)) as pool:
            for order, graded in judged_fairly(pool, orders()):
                filing.file(graded, order.release, handed_in[order.key].timestamp)
                yield graded.verdict

    def _pool(self, count: int) -> Pool | DaskPool:
        if self.dask and count:
            return DaskPool(self.dask, self.catalogue, self.tier)
        return Pool(min(self.workers, count), self.catalogue, self.tier)

    def _order(self, submission: Submission, secret: bytes, faults: Counter[str]) -> Order:
        """What is sent to a worker: the key is that of the very bytes that are judged."""
        release = submission.release
        seeds = {id: seed_for(secret, submission.student, id) for id in release.ids}
        content, problem = _read(submission)
        key = self._key(submission, content, problem)
        return Order(
            submission.student,
            release,
            seeds,
            content,
            problem,
            submission.notes,
            key,
            faults[key],
        )

    def _done(
        self, keyed: dict[str, Submission], ledger: Ledger, book: CourseGradebook
    ) -> tuple[dict[str, Verdict], Counter[str]]:
        """Key → verdict of what is in the ledger, in the gradebook and on the disk.

        And key → how many runs met a fault of the machine, which leaves a submission undone.
        """
        in_book: dict[str, set[str]] = {}
        done: dict[str, Verdict] = {}
        faults: Counter[str] = Counter()
        for verdict in ledger.verdicts():
            submission = keyed.get(verdict.key)
            if submission is None:
                continue
            if verdict.is_unjudged:
                faults[verdict.key] += 1
                done.pop(verdict.key, None)
                continue
            release = submission.release
            if release.notebook not in in_book:
                in_book[release.notebook] = book.graded(release)
            folder = self.course.autograded / verdict.student / verdict.assignment
            is_filed = (folder / f"{verdict.notebook}.ipynb").is_file()
            if is_filed and verdict.student in in_book[release.notebook]:
                done[verdict.key] = slim(verdict)
        return done, faults

    def _key(self, submission: Submission, content: bytes | None, problem: str) -> str:
        """What a verdict depends on: grader, secret, submission and release."""
        secret = course_secret(self.course.root)
        return digest(
            grader_digest(tuple(map(self.catalogue.path, submission.release.ids))),
            digest(secret),
            submission.student,
            submission.release.assignment,
            submission.release.notebook,
            submission.release.digest,
            problem if content is None else content_digest(content),
            str(submission.timestamp),
        )


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
    a second run, alone again, is taken to be its cause: else it could put off its mark for ever.
    """
    again = []
    for order, graded in pool.run(orders):
        if graded.verdict.ran_out_of_time or graded.verdict.is_unjudged:
            again.append(order)
        else:
            yield order, graded
    for order in again:
        for _, graded in pool.run([replace(order, blames=order.faults > 0)]):
            yield order, replace(graded, verdict=replace(graded.verdict, is_second=True))


def slim(verdict: Verdict) -> Verdict:
    """A verdict without the checks' lines and advice: a class of a thousand fits in memory."""
    marks = tuple(
        replace(mark, checks=(), mistake_text="", next_step="", suspects=(), seen="")
        for mark in verdict.marks
    )
    return replace(verdict, marks=marks)
