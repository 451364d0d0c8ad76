"""The vocabulary of recognisers: what recorded calls show of the mistake behind them.

Mostly a mistake is told by making the same calls of the known wrong answer. Here is what helps
where that is not enough: errors, letters, answers that are data, and answers that draw at random,
of which only what no luck can change is compared.

Not here: comparing itself (`annkit.exercises.judging.diagnose`).
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.tasks.compare import as_array

# So many batches do not come in their old order by chance.
_MANY = 7

Recogniser = Callable[[list[Call]], bool]


def raises(
    *words: str, where: Callable[[Call], bool] = lambda call: True, alone: bool = False
) -> Recogniser:
    """Recognise by an error: every call that counts ended in one.

    Args:
        words: one of them stands in "ValueError: the message".
        where: the calls that count.
        alone: whether all others have to do without an error.
    """

    def recognise(calls: list[Call]) -> bool:
        errors = [call.error for call in calls if where(call)]
        others = [call.error for call in calls if not where(call)]
        said = [error and f"{error.type}: {error.message}" for error in errors]
        told = bool(said) and all(text and any(one in text for one in words) for text in said)
        return told and not (alone and any(others))

    return recognise


def on_arrays(call: Call) -> bool:
    """Whether the first argument has several entries: a single one hides some mistakes."""
    return int(np.size(call.args[0])) > 1


def last_value(test: Callable[[Any], bool]) -> Recogniser:
    """Recognise an answer that is data: the latest value passes the test."""
    return lambda calls: bool(calls) and bool(test(calls[-1].value))


def letters_of_its_own(calls: list[Call]) -> bool:
    """Recognise a formula with letters that were not handed in, in the first call's result."""
    return bool(_letters(calls[0].value) - _letters(calls[0].args))


def _letters(value: Any) -> set[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return set().union(*map(_letters, value))
    return set(getattr(value, "free_symbols", ()))


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


def fault_of_a_deal(
    rows: Sequence[Sequence[int]], partners: Sequence[Sequence[int]], n: int, batch_size: int
) -> list[Any]:
    """What is wrong with an epoch's batches, whatever the order drawn.

    Luck plays no part from about ten examples on.

    Args:
        rows: numbers of the examples in each batch, as its inputs have them.
        partners: the same, as its targets have them.
        n: how many examples there are.
        batch_size: how many a batch should have, the last one excepted.

    Returns:
        The first fault as a name and what belongs to it; nothing for a right deal.
    """
    dealt = [row for batch in rows for row in batch]
    mates = [row for batch in partners for row in batch]
    sizes = [len(batch) for batch in rows]
    if len(set(dealt)) < len(dealt):
        return ["some come twice", all(size == n for size in sizes)]
    if sorted(sizes) != sorted(min(batch_size, n - start) for start in range(0, n, batch_size)):
        return ["sizes", *sorted(sizes)]
    if mates != dealt:
        return ["parted", mates == sorted(mates), sorted(mates) == sorted(dealt)]
    if len(rows) < _MANY:
        return []
    if dealt == sorted(dealt):
        return ["old order"]
    if all((b - a) % n == 1 for a, b in pairwise(dealt)):
        return ["old order, begun elsewhere"]
    if batch_size > 1 and all(b == a + 1 for batch in rows for a, b in pairwise(batch)):
        return ["old neighbours"]
    return []
