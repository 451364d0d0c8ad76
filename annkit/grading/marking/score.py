"""From a rebuilt submission to marks: the verdict, reached outside the sandbox.

Each exercise is judged by its own checks through a transport into the sandbox. Whatever goes
wrong there costs that exercise only, and is said in words: no points, but a state of its own.

Not here: where marks are written (`gradebook`), what a learner reads (`feedback`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from annkit.exercises import Catalogue, Exercise, Explanation, Report, judge_through
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.sandbox.sandbox import Limits, Sandbox
from annkit.grading.sandbox.session import CellOutcome, Session, SubmissionFault
from annkit.grading.states import (
    CRASHED,
    FOR_A_PERSON,
    GRADED,
    NOT_ATTEMPTED,
    TAMPERED,
    TIMED_OUT,
)


@dataclass(frozen=True)
class Mark:
    """The mark of one exercise.

    Attributes:
        id: the exercise.
        state: one of `states`.
        points: earned; None where a person gives them.
        max_points: that can be earned.
        words: one sentence on the state, empty if graded.
        report: what the checks found, if they were run.
    """

    id: str
    state: str
    points: float | None
    max_points: float
    words: str = ""
    report: Report | None = None


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
    ids: list[str],
    rebuilt: Rebuilt,
    sandbox: Sandbox,
    seed: Callable[[str], int],
    limits: Limits | None = None,
    broken: Mapping[str, str] = MappingProxyType({}),
) -> list[Mark]:
    """Judge every exercise of an assignment.

    Args:
        catalogue: where the checks are.
        ids: the exercises of the assignment, in order.
        rebuilt: the submission.
        sandbox: where it runs.
        seed: exercise id → seed of its inputs.
        limits: of the submission.
        broken: exercise id → why it earns nothing, whatever its answer gives.
    """
    names = object_names(catalogue, ids)
    attempted = {
        id: name for id, name in names.items() if id in rebuilt.answers and id not in broken
    }
    if not attempted:
        return [_not_run(catalogue, id, rebuilt, broken) for id in ids]
    with Session(sandbox, rebuilt.job(attempted, limits)) as session:
        return [
            _mark(catalogue, id, session, seed(id))
            if id in attempted
            else _not_run(catalogue, id, rebuilt, broken)
            for id in ids
        ]


def all_marks(catalogue: Catalogue, ids: list[str], state: str, words: str) -> list[Mark]:
    """The same state for every exercise: of a submission that cannot be read, for example."""
    tasks = [catalogue.load(id) for id in ids]
    return [Mark(task.id, state, 0.0, task.points, words) for task in tasks]


def _not_run(catalogue: Catalogue, id: str, rebuilt: Rebuilt, broken: Mapping[str, str]) -> Mark:
    """The mark of an exercise that is not judged by running it."""
    task = catalogue.load(id)
    if id in broken:
        return Mark(id, GRADED, 0.0, task.points, broken[id])
    if isinstance(task, Explanation) and rebuilt.answers.get(id, "").strip():
        return Mark(id, FOR_A_PERSON, None, task.points, "A person reads and marks this one.")
    return Mark(id, NOT_ATTEMPTED, 0.0, task.points, "The answer cell is as it was handed out.")


def _mark(catalogue: Catalogue, id: str, session: Session, seed: int) -> Mark:
    task = catalogue.load(id)
    outcome = next((cell for cell in session.outcomes if cell.key == id), None)
    if id not in session.captured:
        return _without_object(task.id, task.points, outcome)
    try:
        report = judge_through(task, session.transport(id), seed)
    except SubmissionFault as fault:
        return Mark(id, fault.state, 0.0, task.points, str(fault))
    except Exception as surprise:
        # Judging honest answers raises nothing; a reply that can make it raise is no honest one.
        words = f"The answer's process sent what no answer is ({type(surprise).__name__})."
        return Mark(id, TAMPERED, 0.0, task.points, words)
    if not report.attempted:
        return Mark(id, NOT_ATTEMPTED, 0.0, task.points, "Nothing was filled in.", report)
    state = TIMED_OUT if _timed_out(report) else GRADED
    return Mark(id, state, report.points, task.points, "", report)


def _timed_out(report: Report) -> bool:
    """Whether the answer used up its time and earned nothing."""
    failures = [check.failure for check in report.checks if check.failure is not None]
    return not report.points and any(
        failure.error is not None and failure.error.type == "OutOfTime" for failure in failures
    )


def _without_object(id: str, max_points: float, outcome: CellOutcome | None) -> Mark:
    """The mark where running the cell left nothing to judge."""
    if outcome is None or outcome.state == "not reached":
        return Mark(id, CRASHED, 0.0, max_points, "The cell was not reached: one before it failed.")
    if outcome.state == "ran":
        return Mark(id, GRADED, 0.0, max_points, "The cell ran, but defined no such name.")
    if outcome.state == "raised":
        return Mark(id, GRADED, 0.0, max_points, f"The cell raised {outcome.error}")
    return Mark(id, outcome.state, 0.0, max_points, outcome.error)
