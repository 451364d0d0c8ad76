"""Whether what was kept still does what it passed for, asked before a chapter relies on it.

A name that could not be kept with it, a helper that has become another, an edit by hand: the checks
that it has passed find out, and within seconds, since a chapter asks much more of it.

Not here: fetching it (`own_parts`), the verdict on an answer (`annkit.exercises.judging`).
"""

from collections.abc import Iterable
from typing import Any

from annkit.exercises.calls.answer import Answer, CheckFailed, Failure, here, rng_of_check
from annkit.exercises.calls.containment import OutOfTime, time_limit
from annkit.exercises.tasks.catalogue import course_here
from annkit.exercises.tasks.task import Exercise

_SEED = 0  # the notebook's
SECONDS = 3.0  # of processor time; the course's own take 0.2 at the most


def why_not_relied_on(found: Any, ids: Iterable[str]) -> str:
    """What goes wrong with a learner's object in its checks; empty if nothing does.

    Args:
        found: what the learner's own module has.
        ids: the exercises that it was kept for; others are left out.
    """
    slow = f"yours was not done with its checks after {SECONDS:g} seconds"
    try:
        with time_limit(SECONDS):
            for id in ids:
                task = course_here().load(id) if id in course_here().paths else None
                if isinstance(task, Exercise):
                    answer = Answer(here(found), task.object_name, min(SECONDS, task.seconds))
                    for check in task.checks:
                        check.function(answer, rng_of_check(_SEED, id, check.label))
    except OutOfTime:
        return slow
    except CheckFailed as failed:
        return slow if _ends_late(failed.failure) else _words(failed.failure)
    except Exception as fault:  # a check that cannot cope with what came back
        return f"yours does not pass its check: {type(fault).__name__}"
    return ""


def _ends_late(failure: Failure) -> bool:
    return failure.error is not None and failure.error.type == OutOfTime.__name__


def _words(failure: Failure) -> str:
    if failure.error is None:
        return "yours does not pass its check any more"
    return f"yours raised {failure.error.type}: {failure.error.message}".removesuffix(": ")
