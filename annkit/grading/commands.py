"""`annkit grade`: options in, words and an exit status out.

Not here: the parser (`annkit.cli`), the grading (`run`), which sandbox (`machine`).
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from annkit.exercises import course as own_course
from annkit.grading.collect import collect
from annkit.grading.course import Course, CourseError, course_around, read_course
from annkit.grading.download import Download, DownloadError
from annkit.grading.filing import FilingError
from annkit.grading.gradebook import CourseGradebook, GradebookError
from annkit.grading.ledger import NAME as LEDGER
from annkit.grading.lock import only_grader
from annkit.grading.machine import NoTier, choose_tier, default_workers
from annkit.grading.names import RuleError, rules
from annkit.grading.pool import WorkerError
from annkit.grading.release import ReleaseError, read_assignment
from annkit.grading.report_table import plain, similarity_text, table
from annkit.grading.run import Grader, Results
from annkit.grading.sandbox import Tier
from annkit.grading.seeds import SecretError
from annkit.grading.similarity import matches, published
from annkit.grading.submissions import Refused
from annkit.grading.verdict import Verdict

_KNOWN = (
    CourseError,
    DownloadError,
    FilingError,
    GradebookError,
    NoTier,
    OSError,
    ReleaseError,
    RuleError,
    SecretError,
    WorkerError,
)


Progress = Callable[[int, Iterator[Verdict]], Iterator[Verdict]]


def grade(options: argparse.Namespace) -> int:
    """Grade a class; returns the exit status."""
    try:
        tier = choose_tier(options.tier, options.allow_weak_sandbox)
        course = read_course(course_around(options.folder, options.course))
        _say(f"Sandbox: {tier.value}: {tier.words}.")
        with only_grader(course.root, _say):
            return _grade(options, course, tier)
    except KeyboardInterrupt:
        _say("\nInterrupted. What is graded is written down; run it again to go on.")
        return 130
    except _KNOWN as error:
        _say(f"annkit grade: {error}")
        return 1


def _grade(options: argparse.Namespace, course: Course, tier: Tier) -> int:
    workers = options.workers or default_workers()
    grader = Grader(course, own_course(), tier, workers, options.force, options.dask)
    refused: list[Refused] = []
    if options.folder.resolve() not in (course.root, course.submitted):
        options.assignment = options.assignment or _only_assignment(course)
        refused = _collect(options, course)
    assignments = [options.assignment] if options.assignment else _with_submissions(course)
    if not assignments:
        raise CourseError(f"nothing was handed in: {course.submitted} has no assignment")
    everything = [
        grader.grade(assignment, options.student or (), _progress(assignment))
        for assignment in assignments
    ]
    everything[0].refused[:0] = refused
    if options.json:
        print(
            json.dumps(
                [plain(results, _published(results, course)) for results in everything], indent=1
            )
        )
        return 0
    for results in everything:
        _show(results, course)
    return 0


def _collect(options: argparse.Namespace, course: Course) -> list[Refused]:
    """Put a download in its place; returns what could not be."""
    chosen = rules(options.names)
    releases = read_assignment(course.release / options.assignment)
    with CourseGradebook(course) as book:
        roster = book.roster()
    with Download(options.folder) as download:
        done = collect(download, course.submitted, list(releases.values()), chosen, roster)
    counts = ((done.new, "new"), (done.replaced, "replaced"), (done.same, "there already"))
    words = ", ".join(f"{len(students)} {what}" for students, what in counts)
    _say(f"{options.folder}: {words}, {len(done.refused)} left out.")
    return done.refused


def _only_assignment(course: Course) -> str:
    """The assignment a download belongs to, if there is only one."""
    names = course.assignments()
    if len(names) != 1:
        raise CourseError(
            f"say which assignment the download is: {', '.join(names) or 'none was released'}"
        )
    return names[0]


def _with_submissions(course: Course) -> list[str]:
    """Released assignments that somebody handed in."""
    return [name for name in course.assignments() if any(course.submitted.glob(f"*/{name}"))]


def _progress(assignment: str) -> Progress:
    """A progress bar with the time left, on the terminal only."""

    def bar(total: int, verdicts: Iterator[Verdict]) -> Iterator[Verdict]:
        from tqdm import tqdm

        return iter(tqdm(verdicts, desc=assignment, total=total, unit="notebook", disable=None))

    return bar


def _show(results: Results, course: Course) -> None:
    print(table(results))
    found = matches(results.verdicts, _published(results, course))
    if found:
        print("\n" + similarity_text(found))
    earlier = len(results.verdicts) - results.fresh
    print(f"\n{results.fresh} graded now, {earlier} were done. In {course.db_url} and {LEDGER}.")


def _published(results: Results, course: Course) -> dict[str, str]:
    releases = read_assignment(course.release / results.assignment)
    return published(own_course(), [id for one in releases.values() for id in one.ids])


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def grade_path(options: argparse.Namespace) -> int:
    """`annkit grade`: a notebook of one's own, or a class."""
    path: Path = options.folder
    if path.suffix == ".ipynb":
        from annkit.grading.own_notebook import grade_own

        return grade_own(path, options.json)
    return grade(options)
