"""An exercise of a teacher's own whose file is at fault, met while marks are made: nobody's zero.

The course's exercises are tried with many seeds before anybody gets them. A teacher's own may hold
a check that fails, never ends, or refuses the reference, and with the inputs of one student only.
So the reference is judged like an answer that has not passed: what refuses both is the file's
fault.

Not here: what an exercise promises (`annkit.exercises.judging.selfcheck`), the state of such a mark
(`annkit.grading.states`).
"""

import inspect
import time
import traceback

from annkit.exercises import Catalogue, Exercise
from annkit.exercises.calls.answer import Answer, CheckFailed, here
from annkit.exercises.calls.containment import OutOfTime, time_limit
from annkit.exercises.judging.judge import check_rng, run_check
from annkit.exercises.tasks.task import Check

_SECONDS = 4.0  # of processor time, for each check


def fault_of(catalogue: Catalogue, id: str, seed: int) -> str:
    """What is wrong with an exercise's file, with these inputs: where, and how it shows.

    Args:
        catalogue: where the exercise is.
        id: its id.
        seed: of the inputs.

    Returns:
        words; "" if nothing is, or if it is one of the course's.
    """
    task = catalogue.load(id)
    if not (catalogue.is_own(id) and isinstance(task, Exercise)):
        return ""
    path = catalogue.path(id)
    for check in task.checks:
        line, words = _fault(task, check, seed, str(path))
        if words:
            return f"{path.parent.name}/{path.name}:{line}: {words} in the check “{check.label}”"
    return ""


def _fault(task: Exercise, check: Check, seed: int, file: str) -> tuple[int, str]:
    """The line of a file and what happens there when the reference meets a check; "" if nothing."""
    reference = Answer(here(task.answer), task.object_name, task.seconds)
    words, frames, began = "the reference fails", traceback.StackSummary(), time.thread_time()
    try:
        with time_limit(_SECONDS):
            if run_check(task, check, reference, seed).passed:
                return 0, ""
            # Once more, to see how.
            check.function(reference, check_rng(seed, task.id, check.label))
    except (CheckFailed, OutOfTime) as refused:
        frames = traceback.extract_tb(refused.__traceback__)
    except Exception as error:
        frames, words = traceback.extract_tb(error.__traceback__), type(error).__name__
    # The limit may strike in a call, which then ends as one that has failed.
    if time.thread_time() - began >= _SECONDS:
        words = "no end"
    lines = [frame.lineno or 0 for frame in frames if frame.filename == file]
    return lines[-1] if lines else inspect.getsourcelines(check.function)[1], words
