"""What a mistake in data or in formulas is recognised by: the last value, the form, the letters.

Each looks at recorded calls of an answer, or at a result, and is for `Exercise.wrong` or
`Exercise.compared_by`.

Not here: errors and changed arguments (`annkit.exercises.judging.diagnose`), batches dealt at
random (`deals`), slopes that were measured (`measured`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.tasks.compare import as_array


def last_value(test: Callable[[Any], bool]) -> Callable[[list[Call]], bool]:
    """Recognise an answer that is data: the latest value passes the test."""
    return lambda calls: bool(calls) and bool(test(calls[-1].value))


def outline(value: Any) -> Any:
    """The form of a result without its numbers: shapes of arrays, in lists as they are nested.

    Example:
        >>> outline([(np.zeros((2, 3)), np.zeros(3)), [0.5, 0.25]])
        [['(2, 3)', '(3,)'], '(2,)']
    """
    array = as_array(value)
    if isinstance(array, np.ndarray):
        return str(array.shape)
    return (
        [outline(one) for one in value] if isinstance(value, list | tuple) else type(value).__name__
    )


def letters_of_its_own(calls: list[Call]) -> bool:
    """Recognise a formula with letters that were not handed in, in the first call's result."""
    return bool(_letters(calls[0].value) - _letters(calls[0].args))


def letters_of_the_first_call(calls: list[Call]) -> bool:
    """Recognise formulas in the first call's letters, whichever a later call hands in."""
    own = [_letters(call.value) - _letters(call.args) for call in calls]
    return not own[0] and any(own) and set().union(*own) <= _letters(calls[0].args)


def _letters(value: Any) -> set[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return set().union(*map(_letters, value))
    return set(getattr(value, "free_symbols", ()))
