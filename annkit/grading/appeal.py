"""An appeal: why an answer earned what it did, and points that a person gives with a reason.

`annkit explain` shows a teacher what no learner's feedback may hold: the failing input of the
official check, what was expected, what came, the answer's text, the seed. It judges the kept
attempt again in the sandbox and writes nothing down. `annkit points` enters what a person decides,
and why.

Not here: what learners read (`marking.feedback`), which attempt counts (`books.attempts`).
"""

import argparse
import gzip
import sys
from dataclasses import dataclass, replace
from functools import partial

from annkit.exercises import Catalogue, Exercise, Explanation, Report, judge_through
from annkit.exercises.calls.elsewhere import Ended, each_elsewhere
from annkit.exercises.cards.report import failure_text, points_text
from annkit.exercises.tasks.edition import Edition
from annkit.grading.books.by_hand import give, with_points_by_hand
from annkit.grading.books.filing import place_of
from annkit.grading.books.gradebook import CourseGradebook, GradebookError
from annkit.grading.books.ledger import EnteredMark, Ledger, MarkChange
from annkit.grading.intake.course import Course, CourseError, course_around, read_course
from annkit.grading.intake.course_file import CourseFile, file_of
from annkit.grading.intake.groups import Groups
from annkit.grading.intake.lock import only_grader
from annkit.grading.intake.submissions import drawn_for
from annkit.grading.marking.class_points import in_points, other_points
from annkit.grading.marking.follow_through import with_references
from annkit.grading.marking.forbidden_marks import searched
from annkit.grading.marking.score import object_names
from annkit.grading.marking.seeds import SecretError, course_secret, seed_for
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.pool import OWN_SECONDS
from annkit.grading.rebuild.notebook import parse_cells
from annkit.grading.rebuild.rebuild import Rebuilt, rebuild
from annkit.grading.rebuild.release import Release, ReleaseError, read_assignment
from annkit.grading.sandbox.sandbox import Sandbox, SandboxError
from annkit.grading.sandbox.session import MachineFault, Session, SubmissionFault
from annkit.grading.sandbox.tiers import NoTier, Tier, choose_tier
from annkit.grading.states import MACHINE_FAULT

_KNOWN = (CourseError, GradebookError, MachineFault, NoTier, OSError, ReleaseError, SandboxError)


@dataclass(frozen=True)
class Appeal:
    """One answer that counts, as it was judged.

    Attributes:
        course: the course directory.
        release: what was handed out.
        verdict: the one that counts.
        mark: of the exercise.
        rebuilt: the submission.
        seed: of the official inputs.
        by_hand: points a person gave for it, which count; None if nobody did.
    """

    course: Course
    release: Release
    verdict: Verdict
    mark: MarkLine
    rebuilt: Rebuilt
    seed: int
    by_hand: float | None = None


def explain(options: argparse.Namespace) -> int:
    """Print why an answer earned what it did; returns the exit status."""
    try:
        tier = choose_tier(options.tier, options.allow_weak_sandbox)
        course = read_course(course_around(options.folder, None))
        decided = file_of(course)
        appeal = find_appeal(course, decided, options.student, options.exercise)
        print(appeal_text(appeal, decided.catalogue, tier))
    except (*_KNOWN, SecretError) as error:
        print(f"annkit explain: {error}", file=sys.stderr)
        return 1
    return 0


def find_appeal(course: Course, decided: CourseFile, student: str, id: str) -> Appeal:
    """The answer of a student that counts.

    Raises:
        CourseError: there is none; the text says what there is.
    """
    release = _release_with(course, id)
    catalogue = decided.catalogue
    ledger = Ledger(course.root)
    counted = ledger.counting().get((student, release.assignment, release.notebook))
    verdicts = ledger.verdicts(release.assignment)
    known = {verdict.key for verdict in verdicts if verdict.student == student}
    if counted is None or counted.key not in known:
        raise CourseError(f"{student}: nothing has been graded of {release.notebook}")
    worth = other_points(catalogue, [release])
    verdict = in_points(ledger.verdict(counted.key), worth)
    content = gzip.decompress(place_of(course.root, counted.key).read_bytes())
    rebuilt = rebuild(release.cells, parse_cells(content), object_names(catalogue, release.ids))
    mark = next(mark for mark in verdict.marks if mark.id == id)
    group = Groups(decided.groups_of(release.assignment)).of.get(student, "")
    seed = seed_for(course_secret(course.root), drawn_for(student, group), id)
    with CourseGradebook(course) as book:
        (counts,) = with_points_by_hand(book, {release.notebook: release}, [verdict])
    given = next(one.points for one in counts.marks if one.id == id)
    by_hand = None if given == mark.points else given
    return Appeal(course, release, verdict, mark, rebuilt, seed, by_hand)


def _release_with(course: Course, id: str) -> Release:
    releases = [
        release
        for assignment in course.assignments()
        for release in read_assignment(course.release / assignment).values()
    ]
    for release in releases:
        if id in release.ids:
            return release
    there = ", ".join(id for release in releases for id in release.ids)
    raise CourseError(f"no released chapter has an exercise {id}; there are: {there}")


def appeal_text(appeal: Appeal, catalogue: Catalogue, tier: Tier) -> str:
    """All a teacher needs to answer an appeal.

    Raises:
        MachineFault: the machine failed; nothing can be said.
        SandboxError: the sandbox does not work.
    """
    mark, verdict = appeal.mark, appeal.verdict
    earned = [] if mark.points is None else [points_text(mark.points, mark.max_points)]
    if appeal.by_hand is not None:
        earned.append(f"by hand {points_text(appeal.by_hand, mark.max_points)}, which count")
    waits = "no mark yet" if mark.state == MACHINE_FAULT else "a person marks it"
    said = "; ".join(earned) or waits
    source = appeal.rebuilt.answers.get(mark.id, "")
    parts = [
        f"{mark.id}, {verdict.student}: {mark.state}, {said}",
        f"file {verdict.content[:12] or '–'}, sandbox {verdict.tier or '–'}, seed {appeal.seed}",
        _indented(source) if source else "The answer cell is as it was handed out.",
    ]
    if mark.words:
        parts.append(mark.words)
    if source and isinstance(catalogue.load(mark.id), Exercise):
        is_own = catalogue.is_own(mark.id)
        parts.append((_judged_elsewhere if is_own else _judged_again)(appeal, catalogue, tier))
    return "\n\n".join(parts)


def _judged_elsewhere(appeal: Appeal, catalogue: Catalogue, tier: Tier) -> str:
    """The same, where the checks are the teacher's own: they may end the process they run in."""
    # nbgrader's configuration is a program's, and need not travel.
    travels = replace(appeal, course=replace(appeal.course, config=None))
    judges = partial(_told_again, travels, catalogue)
    (found,) = each_elsewhere(judges, [tier], OWN_SECONDS)
    if isinstance(found, Ended):
        return f"{catalogue.path(appeal.mark.id)}: {found.words}, when it is judged again"
    if isinstance(found, str):
        return found
    raise found


def _told_again(
    appeal: Appeal, catalogue: Catalogue, tier: Tier
) -> str | MachineFault | SandboxError:
    try:
        return _judged_again(appeal, catalogue, tier)
    except (MachineFault, SandboxError) as fault:
        return fault


def _judged_again(appeal: Appeal, catalogue: Catalogue, tier: Tier) -> str:
    """The checks on the official inputs, each failure in full, and how to see it oneself."""
    ruled_out = searched(catalogue, appeal.rebuilt).get(appeal.mark.id)
    if ruled_out is not None and ruled_out.broken:
        return f"It was not run: {ruled_out.broken}"
    try:
        report = _report(appeal, catalogue, tier)
    except SubmissionFault as fault:
        return f"It ended: {fault}"
    if report is None:
        return "Running its cells left nothing of that name."
    lines = []
    for check in report.checks:
        points = points_text(check.points, check.max_points)
        lines.append(check.line + (f" ({points})" if points else ""))
        if check.failure is not None:
            lines.append(_indented(failure_text(check.failure)))
    told = report.mistake_text or report.related
    called = f'run("{report.id}", {_object_name(appeal, catalogue)}, seed={appeal.seed})'
    lent = ", ".join(f'solution("{id}")' for id in appeal.mark.lent)
    after = f" after what {lent} shows" if lent else ""
    # The class's edition, with a teacher's own exercises and points, lies there.
    chosen = appeal.course.release / appeal.release.assignment
    there = f" in {chosen}" if catalogue.edition != Edition() else ""
    again = (
        f"To see it yourself, run the answer above in a notebook{there}{after}, then:\n"
        "    from annkit.exercises import run\n"
        f"    print({called}.message)"
    )
    return "\n\n".join(filter(None, ["\n".join(lines), told, again]))


def _report(appeal: Appeal, catalogue: Catalogue, tier: Tier) -> Report | None:
    id = appeal.mark.id
    sandbox = Sandbox(tier)
    try:
        rebuilt = with_references(catalogue, appeal.rebuilt, appeal.mark.lent)
        job = rebuilt.job({id: _object_name(appeal, catalogue)})
        with Session(sandbox, job) as session:
            if id not in session.captured:
                return None
            report = judge_through(catalogue.load(id), session.transport(id), appeal.seed)
            return report.worth(appeal.mark.max_points)
    finally:
        sandbox.close()


def _object_name(appeal: Appeal, catalogue: Catalogue) -> str:
    return object_names(catalogue, [appeal.mark.id])[appeal.mark.id]


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def give_points(options: argparse.Namespace) -> int:
    """`annkit points`: enter what a person gives for an answer; returns the exit status."""
    try:
        course = read_course(course_around(options.folder, None))
        with only_grader(course.root, lambda words: print(words, file=sys.stderr)):
            said = _give(course, options)
    except _KNOWN as error:
        print(f"annkit points: {error}", file=sys.stderr)
        return 1
    print(said)
    return 0


def _give(course: Course, options: argparse.Namespace) -> str:
    release = _release_with(course, options.exercise)
    task = file_of(course).catalogue.load(options.exercise)
    worth = release.points[task.id]
    if not 0 <= options.points <= worth:
        raise CourseError(
            f"{task.id} is worth {worth:g} points; {options.points:g} cannot be given"
        )
    if not options.because.strip():
        raise CourseError('say why: --because "…"; the student reads it, and it is kept')
    with CourseGradebook(course) as book:
        share = options.points / worth
        was = give(book, options.student, release, task.id, share, options.because)
    before = None if was is None else EnteredMark(was * worth)
    now = EnteredMark(options.points)
    place = (options.student, release.assignment, release.notebook)
    change = MarkChange(*place, before, now, "by hand", options.because, exercise=task.id)
    Ledger(course.root).add_mark(change)
    first = "–" if before is None else f"{before.total:g}"
    if isinstance(task, Explanation):
        return f"{options.student}, {task.id}: {first} → {options.points:g}"
    return f"{options.student}, {task.id}: {first} → {options.points:g}; annkit grade leaves it so"
