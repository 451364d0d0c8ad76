"""Naming the mistake: which known wrong answer behaves like this one?

The calls that were made of the learner's answer are made again, of each known wrong answer. The
mistake is named only if exactly one wrong answer did the same every time: same values, same
errors, same changes to its input, same warnings; or, if none fits so closely, all but warnings.

Not here: the wrong answers themselves; they stand in the exercise's file.
"""

import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call, here, read_reply
from annkit.exercises.tasks.compare import as_array, close_entries
from annkit.exercises.tasks.task import Exercise, Wrong

# Wrong answers of an exercise differ from each other by far more than rounding: a learner's own
# arrangement of the same mistake may round differently, so this is looser than equality.
RTOL = 1e-4
ATOL = 1e-7


@dataclass(frozen=True)
class Diagnosis:
    """The mistake found, if any.

    Attributes:
        mistake: name of the only known wrong answer that fits, or None.
        text: what it tells the learner.
        hint: the hint it points to; 0 if none.
        suspects: names of all that fit, if there are several.
    """

    mistake: str | None = None
    text: str = ""
    hint: int = 0
    suspects: tuple[str, ...] = ()


def diagnose(exercise: Exercise, calls: list[Call]) -> Diagnosis:
    """Find the known wrong answers that fit the recorded calls."""
    fitting = [wrong for wrong in exercise.wrongs if _fits(wrong, calls, warnings_count=True)]
    if not fitting:
        # The same mistake in other words may warn where ours does not.
        fitting = [wrong for wrong in exercise.wrongs if _fits(wrong, calls, warnings_count=False)]
    if len(fitting) == 1:
        return Diagnosis(fitting[0].name, fitting[0].text, fitting[0].hint)
    return Diagnosis(suspects=tuple(wrong.name for wrong in fitting))


def _fits(wrong: Wrong, calls: list[Call], *, warnings_count: bool) -> bool:
    if wrong.recognise is not None:
        try:
            return bool(wrong.recognise(calls))
        except Exception:
            # A predicate meets whatever a learner returned; not understanding it is no match.
            return False
    transport = here(wrong.target)
    return bool(calls) and all(
        _same(call, read_reply(call.request, transport(call.request)), warnings_count)
        for call in calls
    )


def _same(learner: Call, known: Call, warnings_count: bool) -> bool:
    if (learner.error is None) != (known.error is None):
        return False
    if learner.error is not None and known.error is not None:
        return learner.error.type == known.error.type
    return (
        # Parameters may be named differently; that something was changed is what counts.
        bool(learner.mutated) == bool(known.mutated)
        and (learner.warned == known.warned or not warnings_count)
        and same_value(learner.value, known.value)
    )


def same_value(a: Any, b: Any) -> bool:
    """Whether two results are the same up to rounding: structure, shapes, numbers, formulas."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same_value(a[key], b[key]) for key in a)
    x, y = as_array(a), as_array(b)
    if isinstance(x, np.ndarray) and isinstance(y, np.ndarray):
        return x.shape == y.shape and bool(close_entries(x, y, RTOL, ATOL).all())
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(same_value, a, b))
    if "sympy" in sys.modules and type(a).__module__.startswith("sympy."):
        from annkit.symbolic.equivalence import alike

        return alike(a, b)
    return type(a) is type(b) and bool(a == b)
