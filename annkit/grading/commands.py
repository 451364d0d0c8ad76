"""`annkit grade` and `annkit doctor`: options in, words and an exit status out.

Not here: the parser (`annkit.cli`), the grading (`run`).
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from annkit.exercises import course as own_course
from annkit.grading.course import Course, CourseError, read_course
from annkit.grading.filing import FilingError
from annkit.grading.gradebook import GradebookError
from annkit.grading.ledger import NAME as LEDGER
from annkit.grading.lock import only_grader
from annkit.grading.pool import WorkerError
from annkit.grading.release import ReleaseError, read_assignment
from annkit.grading.report_table import similarity_text, table
from annkit.grading.run import Grader, Results
from annkit.grading.sandbox import Tier, best_tier, why_not
from annkit.grading.seeds import SecretError
from annkit.grading.similarity import matches, published
from annkit.grading.verdict import Verdict

_KNOWN = (
    CourseError,
    FilingError,
    GradebookError,
    OSError,
    ReleaseError,
    SecretError,
    WorkerError,
)


Progress = Callable[[int, Iterator[Verdict]], Iterator[Verdict]]


class NoTier(Exception):
    """There is no sandbox that official marks may be made in."""


def grade(options: argparse.Namespace) -> int:
    """Grade a class; returns the exit status."""
    try:
        tier = choose_tier(options.tier, options.allow_weak_sandbox)
        course = read_course(options.folder)
        _say(f"Sandbox: {tier.value}: {tier.words}.")
        with only_grader(course.root, _say):
            return _grade(options, course, tier)
    except KeyboardInterrupt:
        _say("\nInterrupted. What is graded is written down; run it again to go on.")
        return 130
    except (*_KNOWN, NoTier) as error:
        _say(f"annkit grade: {error}")
        return 1


def _grade(options: argparse.Namespace, course: Course, tier: Tier) -> int:
    grader = Grader(course, own_course(), tier, options.workers or default_workers(), options.force)
    assignments = [options.assignment] if options.assignment else _with_submissions(course)
    if not assignments:
        raise CourseError(f"nothing was handed in: {course.submitted} has no assignment")
    everything = [
        grader.grade(assignment, options.student or (), _progress(assignment))
        for assignment in assignments
    ]
    if options.json:
        print(json.dumps([_plain(results, course) for results in everything], indent=1))
        return 0
    for results in everything:
        _show(results, course)
    return 0


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


def _plain(results: Results, course: Course) -> dict[str, object]:
    return {
        "assignment": results.assignment,
        "graded_now": results.fresh,
        "submissions": [
            {
                **verdict.plain(),
                "points": verdict.points,
                "max_points": verdict.max_points,
                "state": verdict.state,
                "for_a_person": verdict.for_a_person,
            }
            for verdict in results.verdicts
        ],
        "not_graded": [{"name": one.name, "reason": one.reason} for one in results.refused],
        "similar": [
            {"id": one.id, "students": one.students, "published": one.published}
            for one in matches(results.verdicts, _published(results, course))
        ],
    }


def choose_tier(name: str | None, weak_is_fine: bool) -> Tier:
    """The tier to use.

    Args:
        name: the one asked for; the strongest there is if None.
        weak_is_fine: whether a sandbox with limits only will do.

    Raises:
        NoTier: it is not available, or too weak.
    """
    tier = Tier(name) if name else best_tier()
    obstacle = why_not(tier)
    if obstacle:
        raise NoTier(f"the sandbox “{tier.value}” is not available: {obstacle}")
    if tier is Tier.LIMITS and not weak_is_fine:
        raise NoTier(
            "this machine offers no sandbox that keeps a submission away from your files "
            "(annkit doctor says why). If you trust every submission, add --allow-weak-sandbox"
        )
    return tier


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def default_workers() -> int:
    """One worker for each processor this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def doctor(options: argparse.Namespace) -> int:
    """Say which sandboxes this machine offers and what is missing; 0 if marks can be made."""
    for tier in Tier:
        obstacle = why_not(tier)
        print(f"{'✗' if obstacle else '✓'} {tier.value}: {obstacle or tier.words}")
    best = best_tier()
    if best is Tier.LIMITS:
        print("Official marks need --allow-weak-sandbox here: a submission could read and change")
        print("what you can. On Linux, install bubblewrap (Debian: apt install bubblewrap).")
        return 1
    print(f"annkit grade would use: {best.value}")
    return 0


def grade_path(options: argparse.Namespace) -> int:
    """`annkit grade`: a notebook of one's own, or a class."""
    path: Path = options.folder
    if path.suffix == ".ipynb":
        from annkit.grading.own_notebook import grade_own

        return grade_own(path, options.json)
    return grade(options)
