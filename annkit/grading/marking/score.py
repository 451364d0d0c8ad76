"""From a rebuilt submission to marks: the verdict, reached outside the sandbox.

Each exercise is judged by its own checks through a transport into the sandbox. Whatever goes
wrong there costs that exercise only, and is said in words: no points, but a state of its own. An
answer that may have failed because of an earlier one gets a second sandbox, in which what it needs
is lent.

Not here: what a mark is (`verdict`), what is lent (`follow_through`), where marks are written
(`books.gradebook`), what a learner reads (`feedback`).
"""

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from itertools import takewhile
from types import MappingProxyType

from annkit.exercises import Catalogue, CheckResult, Exercise, Explanation, Report, judge_through
from annkit.exercises.calls.containment import OutOfTime, time_limit
from annkit.exercises.tasks.task import Task
from annkit.grading.marking.behaviour import observed
from annkit.grading.marking.faulty_exercise import fault_of
from annkit.grading.marking.follow_through import followed, lent_for, may_follow
from annkit.grading.marking.verdict import OUT_OF_TIME, CheckLine, MarkLine
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.sandbox.sandbox import Limits, Sandbox
from annkit.grading.sandbox.session import CellOutcome, Session, SubmissionFault
from annkit.grading.states import (
    CRASHED,
    FOR_A_PERSON,
    GRADED,
    MACHINE_FAULT,
    NOT_ATTEMPTED,
    TAMPERED,
    TIMED_OUT,
)

# Processor time that judging what one answer sends may take, here; the course's own right and wrong
# answers take a seventh of it at most.
JUDGE_SECONDS = 4.0
_LEAST_SECONDS = 0.01
# What a cell says follows: it is the submission's own words, for the teacher alone.
CELL_RAISED = "The cell raised "
# What honest mistakes raise; which of them it was says little more than that it failed.
_USUAL = (
    "AttributeError",
    "IndexError",
    "KeyError",
    "NameError",
    "NotImplementedError",
    "RecursionError",
    "TypeError",
    "UnboundLocalError",
    "ValueError",
    "ZeroDivisionError",
)


def object_names(catalogue: Catalogue, ids: Iterable[str]) -> dict[str, str]:
    """Exercise id → name of the object that answers it; explanations are left out."""
    tasks = [catalogue.load(id) for id in ids]
    return {
        task.id: task.object_name if isinstance(task, Exercise) else task.id
        for task in tasks
        if not isinstance(task, Explanation)
    }


def score(
    catalogue: Catalogue,
    seeds: Mapping[str, int],
    rebuilt: Rebuilt,
    sandbox: Sandbox,
    limits: Limits | None = None,
    broken: Mapping[str, str] = MappingProxyType({}),
    blames: bool = False,
    kept: Mapping[str, MarkLine] = MappingProxyType({}),
    observes: bool = True,
    at: Callable[[str], None] = lambda id: None,
) -> list[MarkLine]:
    """Judge every exercise of an assignment.

    Args:
        catalogue: where the checks are.
        seeds: exercise id → seed of its inputs, for all of the assignment, in order.
        rebuilt: the submission.
        sandbox: where it runs.
        limits: of the submission.
        broken: exercise id → why it earns nothing, whatever its answer gives.
        blames: whether it is the submission's own fault if its process is killed from outside.
        kept: exercise id → its mark, where that is not made again.
        observes: whether wrong answers without a name are told apart by what they do.
        at: is told which exercise is judged next, whose checks may end this process; "" if none.

    Raises:
        MachineFault: nothing can be said of the submission.
        SandboxError: the sandbox does not work.
    """
    attempted = {
        id: name
        for id, name in object_names(catalogue, seeds).items()
        if id in rebuilt.answers and id not in broken and id not in kept
    }
    marks = {
        id: kept.get(id) or _not_run(catalogue, id, rebuilt, broken)
        for id in seeds
        if id not in attempted
    }
    if attempted:
        with Session(sandbox, rebuilt.job(attempted, limits), blames) as session:
            for id in attempted:
                # What an answer does on a wrong one tells little of its own mistake.
                stands_alone = partial(_stands_alone, catalogue, rebuilt, id, marks, seeds)
                wanted = stands_alone if observes else _never
                at(id)
                marks[id] = _mark(catalogue, id, session, seeds[id], wanted)
        again = _Again(catalogue, rebuilt, sandbox, session, limits or Limits(), blames)
        for id in filter(lambda id: may_follow(marks[id]), attempted):
            at(id)
            earlier = _before(id, marks, seeds)
            marks[id] = again.marked(marks[id], attempted[id], seeds[id], earlier)
        at("")
    return [marks[id] for id in seeds]


def _before(id: str, marks: Mapping[str, MarkLine], ids: Iterable[str]) -> list[MarkLine]:
    """Marks of the exercises before one."""
    return [marks[other] for other in takewhile(lambda other: other != id, ids)]


def _stands_alone(
    catalogue: Catalogue,
    rebuilt: Rebuilt,
    id: str,
    marks: Mapping[str, MarkLine],
    ids: Iterable[str],
) -> bool:
    """Whether an answer uses no earlier one that has failed."""
    return lent_for(catalogue, rebuilt, id, _before(id, marks, ids)) is None


def _never() -> bool:
    return False


class _Again:
    """Judging once more what may have failed because of earlier answers, in what time is left.

    Args:
        catalogue: where the checks are.
        rebuilt: the submission.
        sandbox: where it runs.
        first: the session in which it ran on its own.
        limits: of the submission.
        blames: as in `score`.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        rebuilt: Rebuilt,
        sandbox: Sandbox,
        first: Session,
        limits: Limits,
        blames: bool,
    ) -> None:
        self._catalogue = catalogue
        self._rebuilt = rebuilt
        self._sandbox = sandbox
        self._fatal = {cell.key for cell in first.outcomes if cell.state in (CRASHED, TIMED_OUT)}
        self._limits = replace(limits, total_seconds=first.seconds_left)
        self._blames = blames

    def marked(self, mark: MarkLine, name: str, seed: int, earlier: Sequence[MarkLine]) -> MarkLine:
        """The better of a mark and of what its answer earns on references of earlier exercises.

        Args:
            mark: as it was made on the learner's own.
            name: of the object.
            seed: of the inputs.
            earlier: marks of the exercises before it.
        """
        lent = lent_for(self._catalogue, self._rebuilt, mark.id, earlier, self._fatal)
        if lent is None or self._limits.total_seconds <= 0:
            return mark
        job = lent.rebuilt.job({mark.id: name}, self._limits)
        with Session(self._sandbox, job, self._blames) as session:
            second = _mark(self._catalogue, mark.id, session, seed, _never)
        self._limits = replace(self._limits, total_seconds=session.seconds_left)
        if second.state != GRADED:
            return mark
        second = followed(self._catalogue, second, lent.ids)
        return second if (second.points or 0.0) > (mark.points or 0.0) else mark


def all_marks(catalogue: Catalogue, ids: list[str], state: str, words: str) -> list[MarkLine]:
    """The same state for every exercise: of a submission that cannot be read, for example."""
    points = None if state == MACHINE_FAULT else 0.0
    return [_line(catalogue.load(id), state, points, words) for id in ids]


def _not_run(
    catalogue: Catalogue, id: str, rebuilt: Rebuilt, broken: Mapping[str, str]
) -> MarkLine:
    """The mark of an exercise that is not judged by running it."""
    task = catalogue.load(id)
    if id in catalogue.edition.faulty:
        return at_fault(task, catalogue.edition.faulty[id])
    if id in broken:
        return _line(task, GRADED, 0.0, broken[id])
    if isinstance(task, Explanation) and rebuilt.answers.get(id, "").strip():
        return _line(task, FOR_A_PERSON, None, "A person reads and marks this one.")
    return _line(task, NOT_ATTEMPTED, 0.0, "The answer cell is as it was handed out.")


def _mark(
    catalogue: Catalogue, id: str, session: Session, seed: int, observes: Callable[[], bool]
) -> MarkLine:
    """Judge one answer; of a mistake without a name it is told what it does, too, if `observes`.

    Where the exercise's own file is at fault, that is no mark.
    """
    mark = _judged(catalogue, id, session, seed, observes)
    if mark.points == mark.max_points or mark.state == NOT_ATTEMPTED:
        return mark
    fault = fault_of(catalogue, id, seed)
    return at_fault(catalogue.load(id), fault) if fault else mark


def at_fault(task: Task, fault: str) -> MarkLine:
    """No mark, since an exercise of a teacher's own is at fault: it follows in words."""
    words = f"No mark yet, since the exercise itself is at fault: {fault}."
    return _line(task, MACHINE_FAULT, None, words)


def _judged(
    catalogue: Catalogue, id: str, session: Session, seed: int, observes: Callable[[], bool]
) -> MarkLine:
    task = catalogue.load(id)
    if id not in session.captured:
        outcome = next((cell for cell in session.outcomes if cell.key == id), None)
        return _line(task, *_without_object(outcome))
    end = time.thread_time() + JUDGE_SECONDS
    try:
        with _judging_until(end):
            report = judge_through(task, session.transport(id), seed)
    except SubmissionFault as fault:
        return _line(task, fault.state, 0.0, str(fault))
    except OutOfTime:
        words = "What it sent back takes too long to judge."
        session.give_up(id, SubmissionFault(TIMED_OUT, words))
        return _line(task, TIMED_OUT, 0.0, words)
    except Exception as surprise:
        # Judging honest answers raises nothing; a reply that can make it raise is no honest one.
        words = f"The answer's process sent what no answer is ({type(surprise).__name__})."
        return _line(task, TAMPERED, 0.0, words)
    if not report.attempted:
        return with_report(_line(task, NOT_ATTEMPTED, 0.0, "Nothing was filled in."), report)
    if _timed_out(report):
        return with_report(_line(task, TIMED_OUT, report.points), report)
    mark = with_report(_line(task, GRADED, report.points), report)
    has_no_name = not (report.passed or report.mistake or report.suspects)
    if isinstance(task, Exercise) and has_no_name and observes():
        try:
            with _judging_until(end):
                behaviour, seen = observed(task, session.transport(id))
        except OutOfTime:
            session.give_up(id, SubmissionFault(TIMED_OUT, "It is judged already."))
        else:
            return replace(mark, behaviour=behaviour, seen=seen)
    return mark


def _judging_until(end: float) -> AbstractContextManager[None]:
    """Interrupt the block when this process has worked for so long; how long it waits is no matter.

    Args:
        end: of the processor time of this thread.
    """
    return time_limit(max(end - time.thread_time(), _LEAST_SECONDS), math.inf)


def _line(task: Task, state: str, points: float | None, words: str = "") -> MarkLine:
    return MarkLine(task.id, state, points, float(task.points), words)


def _timed_out(report: Report) -> bool:
    """Whether the answer used up its time and earned nothing."""
    failures = [check.failure for check in report.checks if check.failure is not None]
    return not report.points and any(
        failure.error is not None and failure.error.type == "OutOfTime" for failure in failures
    )


def _without_object(outcome: CellOutcome | None) -> tuple[str, float, str]:
    """State, points and words where running the cell left nothing to judge."""
    if outcome is None or outcome.state == "not reached":
        return CRASHED, 0.0, "The cell was not reached: one before it failed."
    if outcome.state == "ran":
        return GRADED, 0.0, "The cell ran, but defined no such name."
    if outcome.state == "raised":
        return GRADED, 0.0, f"{CELL_RAISED}{outcome.error}"
    return outcome.state, 0.0, outcome.error


def with_report(mark: MarkLine, report: Report) -> MarkLine:
    """A mark with what the checks found, and nothing a submission could have written into it."""
    return replace(
        mark,
        checks=tuple(_check_lines(report)),
        mistake=report.mistake or "",
        mistake_text=report.mistake_text,
        suspects=report.suspects,
        next_step=report.next_step,
    )


def _check_lines(report: Report) -> list[CheckLine]:
    return [
        CheckLine(check.label, check.passed, check.points, check.max_points, _instead(check))
        for check in report.checks
    ]


def _instead(check: CheckResult) -> str:
    """What the answer did in place of what was asked, if it is worth a word."""
    if check.besides:
        return "changed its input"
    error = check.failure.error if check.failure is not None else None
    return "" if error is None else error_words(error.type)


def error_words(kind: str) -> str:
    """The kind of an exception, where it is a usual one; never its message nor its line.

    An answer is called with hidden inputs: a message, a class made up for the purpose, or the line
    that raises, chosen among a thousand, could carry them out into the feedback.
    """
    if kind == "OutOfTime":
        return OUT_OF_TIME
    return f"raised {kind if kind in _USUAL else 'an exception'}"
