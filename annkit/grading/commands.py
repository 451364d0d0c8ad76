"""`annkit grade`: options in, words and an exit status out.

Not here: the parser (`annkit.cli`), the grading (`run`), which sandbox (`sandbox.tiers`).
"""

import argparse
import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from annkit.exercises import Catalogue
from annkit.grading.books.audit import damage
from annkit.grading.books.filing import FilingError
from annkit.grading.books.gradebook import CourseGradebook, GradebookError
from annkit.grading.books.lateness import PenaltyError
from annkit.grading.doctor import expect_out_of_sight, private_places
from annkit.grading.intake.collect import collect
from annkit.grading.intake.course import Course, CourseError, course_around, read_course
from annkit.grading.intake.course_file import CourseFile, file_of
from annkit.grading.intake.course_words import expect_released, nearest
from annkit.grading.intake.csv_tables import TableError
from annkit.grading.intake.download import Download, DownloadError
from annkit.grading.intake.groups import Groups
from annkit.grading.intake.handed_in import decisions, list_of, write_list
from annkit.grading.intake.lock import only_grader
from annkit.grading.intake.moodle_times import submission_times
from annkit.grading.intake.owners import RuleError
from annkit.grading.intake.submissions import Refused
from annkit.grading.marking.seeds import SecretError
from annkit.grading.marking.similarity import matches, published
from annkit.grading.marking.verdict import Verdict
from annkit.grading.pool import WorkerError, default_workers
from annkit.grading.rebuild.release import ReleaseError, read_assignment
from annkit.grading.report_table import changes_text, plain, similarity_text, table
from annkit.grading.run import Grader, Results
from annkit.grading.sandbox.tiers import NoTier, Tier, choose_tier

_KNOWN = (
    CourseError,
    DownloadError,
    FilingError,
    GradebookError,
    NoTier,
    OSError,
    PenaltyError,
    ReleaseError,
    RuleError,
    SecretError,
    TableError,
    WorkerError,
)


Progress = Callable[[int, Iterator[Verdict]], Iterator[Verdict]]


def grade(options: argparse.Namespace) -> int:
    """Grade a class; returns the exit status."""
    try:
        tier = choose_tier(options.tier, options.allow_weak_sandbox)
        course = read_course(course_around(options.folder, options.course))
        if tier is not Tier.LIMITS:
            expect_out_of_sight(private_places(course))
        _say(f"Sandbox: {tier.value}: {tier.words}.")
        with only_grader(course.root, _say), course.closed_to_others():
            for words in damage(course.root):
                _say(f"Look at this first: {words}.")
            return _grade(options, course, tier)
    except KeyboardInterrupt:
        _say("\nInterrupted. What is graded is written down; run it again to go on.")
        return 130
    except _KNOWN as error:
        _say(f"annkit grade: {error}")
        return 1


def _grade(options: argparse.Namespace, course: Course, tier: Tier) -> int:
    workers = options.workers or default_workers()
    only = tuple(options.exercise or ())
    if only and not options.force:
        raise CourseError("--exercise says what --force grades again: add --force")
    decided = file_of(course)
    catalogue = decided.catalogue
    for words in decided.problems:
        _say(f"Look at this first: {words}.")
    for id in only:
        if id not in catalogue.paths:
            raise CourseError(f"there is no exercise {id}; {nearest(id, catalogue.paths)}")
    grader = Grader(
        course,
        catalogue,
        tier,
        workers,
        options.force,
        only,
        options.let_drop,
        options.dask,
        decided,
    )
    refused: list[Refused] = []
    if options.folder.resolve() not in (course.root, course.submitted):
        options.assignment = options.assignment or _only_assignment(course)
        refused = _collect(options, course, decided)
    elif options.times:
        raise CourseError("--times says when a download was handed in, and this is none")
    students = options.student or ()
    assignments = _with_submissions(course, decided, options.assignment, students)
    everything = [
        grader.grade(assignment, students, _progress(assignment)) for assignment in assignments
    ]
    everything[0].refused[:0] = refused
    if options.json:
        print(
            json.dumps(
                [plain(results, _published(results, course, catalogue)) for results in everything],
                indent=1,
            )
        )
        return 0
    print("\n\n".join(_shown(results, course, catalogue) for results in everything))
    print(f"\nPoints and comments are in {course.db_url.removeprefix('sqlite:///')}")
    return 0


def _collect(options: argparse.Namespace, course: Course, decided: CourseFile) -> list[Refused]:
    """Put a download in its place; returns what could not be."""
    expect_released(course, options.assignment)
    releases = read_assignment(course.release / options.assignment)
    with CourseGradebook(course) as book:
        groups = Groups(decided.groups_of(options.assignment))
        roster = book.roster(groups.members)
    place = list_of(course.root, options.assignment)
    with Download(options.folder) as download:
        done = collect(
            download,
            course.submitted,
            list(releases.values()),
            roster,
            rule=options.names,
            decided=decisions(place),
            groups=groups,
            times=submission_times(options.times) if options.times else {},
        )
    write_list(place, done.files.values())
    counts = ((done.new, "new"), (done.replaced, "replaced"), (done.same, "there already"))
    words = ", ".join(f"{len(students)} {what}" for students, what in counts)
    _say(f"{options.folder}: {words}, {len(done.refused)} left out. Whose is what: {place}")
    if done.waiting:
        _say(
            f"Waiting for you: {len(done.waiting)}. Write the student's id beside the file there, "
            "and run this again."
        )
    return done.refused


def _only_assignment(course: Course) -> str:
    """The assignment a download belongs to, if there is only one."""
    names = course.assignments()
    if len(names) != 1:
        raise CourseError(
            f"say which assignment the download is: {', '.join(names) or 'none was released'}"
        )
    return names[0]


def _with_submissions(
    course: Course, decided: CourseFile, assignment: str | None, students: Sequence[str]
) -> list[str]:
    """The assignments to grade: the one that was named, or all released; handed in by somebody."""
    if assignment:
        expect_released(course, assignment)
    names = [assignment] if assignment else course.assignments()
    near = {name: Groups(decided.groups_of(name)).with_fellows for name in names}
    for student in students:
        if not any(
            (course.submitted / one).is_dir() for name in names for one in near[name]([student])
        ):
            raise CourseError(f"{student} handed nothing in: no such folder in {course.submitted}")
    found = [
        name
        for name in names
        if any((folder / name).is_dir() for folder in _folders(course, near[name](students)))
    ]
    if not found:
        what = f"<student>/{assignment or '<assignment>'}"
        raise CourseError(f"nothing was handed in: {course.submitted} holds no {what}")
    return found


def _folders(course: Course, students: Collection[str]) -> list[Path]:
    """The folders of these students, or of all."""
    if students or not course.submitted.is_dir():
        return [course.submitted / student for student in students]
    return list(course.submitted.iterdir())


def _progress(assignment: str) -> Progress:
    """A progress bar with the time left, on the terminal only."""

    def bar(total: int, verdicts: Iterator[Verdict]) -> Iterator[Verdict]:
        from tqdm import tqdm

        return iter(tqdm(verdicts, desc=assignment, total=total, unit="notebook", disable=None))

    return bar


def _shown(results: Results, course: Course, catalogue: Catalogue) -> str:
    similar = similarity_text(
        matches(results.verdicts, _published(results, course, catalogue), results.groups)
    )
    earlier = len(results.verdicts) - results.fresh
    counts = f"{results.fresh} graded now, {earlier} were done."
    return "\n\n".join(filter(None, [table(results), similar, changes_text(results), counts]))


def _published(results: Results, course: Course, catalogue: Catalogue) -> dict[str, frozenset[str]]:
    releases = read_assignment(course.release / results.assignment)
    return published(catalogue, [id for one in releases.values() for id in one.ids])


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def grade_path(options: argparse.Namespace) -> int:
    """`annkit grade`: a notebook of one's own, or a class."""
    path: Path = options.folder
    if path.suffix == ".ipynb":
        from annkit.grading.own_notebook import grade_own

        return grade_own(path, options.json)
    return grade(options)
