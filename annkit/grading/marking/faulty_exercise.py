"""An exercise of a teacher's own whose file is at fault, met while marks are made: nobody's zero.

The course's exercises are tried with many seeds before anybody gets them. A teacher's own may hold
a check that fails, never ends, or refuses the reference, and with the inputs of one student only.
So the reference is judged like an answer that has not passed: what refuses both is the file's
fault. Before anything is handed out, every answer that the file knows is tried.

Not here: what an exercise promises (`annkit.exercises.judging.selfcheck`), the state of such a mark
(`annkit.grading.states`).
"""

import inspect
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from annkit.exercises import Catalogue, Exercise
from annkit.exercises.calls.answer import Answer, CheckFailed, Transport, here, rng_of_check
from annkit.exercises.calls.containment import INTERRUPTIONS, OutOfTime, time_limit
from annkit.exercises.judging.judge import run_check
from annkit.exercises.tasks.task import Check

# Of processor time: for each check, and what makes a call a long one.
_SECONDS, _LONG = 4.0, 0.1

Result = TypeVar("Result")
Met = BaseException | None


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
            return _told(path, line, words, check)
    return ""


def endless_check(catalogue: Catalogue, id: str, seconds: float) -> str:
    """Which check of an exercise's own file does not end on an answer that the file knows.

    Args:
        catalogue: where the exercise is.
        id: its id.
        seconds: of processor time that a check may take itself.

    Returns:
        words with the line; "" if all do.
    """
    task = catalogue.load(id)
    if not isinstance(task, Exercise):
        return ""
    path = catalogue.path(id)
    wrongs = (wrong.target for wrong in task.wrongs)
    for target in (task.answer, *task.alternatives, *wrongs):
        for check in task.checks:
            timed = _Timed(here(target))
            answer = Answer(timed, task.object_name, task.seconds)
            meets = partial(run_check, task, check, answer, 0)
            _, met, used = _tried(seconds + task.seconds, meets)
            if used - timed.seconds >= seconds:
                words = _told(path, _line(met, check, str(path)), "no end", check)
                return f"{words}, when it meets {getattr(target, '__name__', task.object_name)}"
    return ""


class _Timed:
    """A way to an answer that knows what its long calls have taken, in seconds of processor time.

    They are the answer's own affair, and end by themselves; short ones can go on for ever.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.seconds = 0.0

    def __call__(self, request: dict[str, Any]) -> dict[str, Any]:
        began = time.thread_time()
        try:
            return self._transport(request)
        finally:
            used = time.thread_time() - began
            self.seconds += used if used > _LONG else 0.0


def _fault(task: Exercise, check: Check, seed: int, file: str) -> tuple[int, str]:
    """The line of a file and what happens there when the reference meets a check; "" if nothing."""
    reference = Answer(here(task.answer), task.object_name, task.seconds)

    def passes() -> bool:
        if run_check(task, check, reference, seed).passed:
            return True
        # Once more, to see how.
        check.function(reference, rng_of_check(seed, task.id, check.label))
        return False

    passed, met, _ = _tried(_SECONDS, passes)
    if passed:
        return 0, ""
    words = "the reference fails"
    if isinstance(met, OutOfTime):
        words = "no end"
    elif met is not None and not isinstance(met, CheckFailed):
        words = type(met).__name__
    return _line(met, check, file), words


def _tried(seconds: float, act: Callable[[], Result]) -> tuple[Result | None, Met, float]:
    """What a call came to, or what it met instead, and what it used of its processor time."""
    result: Result | None = None
    met: Met = None
    began = time.thread_time()
    try:
        with time_limit(seconds):
            result = act()
    except OutOfTime as over:
        met = over
    except INTERRUPTIONS:
        raise
    except BaseException as error:
        met = error
    return result, met, time.thread_time() - began


def _line(met: Met, check: Check, file: str) -> int:
    """The last line of a file on the way to what was met; else that in which the check begins."""
    frames = [] if met is None else traceback.extract_tb(met.__traceback__)
    lines = [frame.lineno or 0 for frame in frames if frame.filename == file]
    return lines[-1] if lines else inspect.getsourcelines(check.function)[1]


def _told(path: Path, line: int, words: str, check: Check) -> str:
    return f"{path.parent.name}/{path.name}:{line}: {words} in the check “{check.label}”"
