"""One step before the right result or after it: not yet summed, an axis too many, an entry short.

Not here: results of the right shape (`relations`).
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.exercises.tasks.compare import as_array, close_entries

# Who is one step away has the same numbers, up to rounding.
RTOL = 1e-6
ATOL = 1e-12


def same_numbers(got: Any, want: Any) -> bool:
    """Whether two values are the same numbers in the same shape."""
    x, y = as_array(got), as_array(want)
    if isinstance(x, str) or isinstance(y, str) or x.shape != y.shape:
        return False
    return bool(close_entries(x, y, RTOL, ATOL).all())


def step(pairs: Sequence[tuple[Array, Array]]) -> str:
    """The right result before its last step, or after one step more.

    Args:
        pairs: what came, each with what was expected, an array of another shape.

    Returns:
        a sentence that holds for all of them; empty if there is none.
    """
    for words, test, is_larger in _STEPS:
        both = (pair if is_larger else pair[::-1] for pair in pairs)
        if all(test(larger, smaller) for larger, smaller in both):
            return words + "." * (not words.endswith("?"))
    return ""


def _becomes(by: Callable[..., Any], axis: int | None, larger: Array, smaller: Array) -> bool:
    """Whether adding up, or the like, makes the smaller array of the larger."""
    if larger.size < 2 or larger.ndim <= (axis or 0):
        return False
    return same_numbers(by(larger, axis=axis), smaller)


def _lacks(rest: slice, longer: Array, shorter: Array) -> bool:
    """Whether the shorter array is the longer one without its first or last entry."""
    return longer.ndim > 0 and len(longer) > 1 and same_numbers(longer[rest], shorter)


def _goes_on(ndim: int, longer: Array, shorter: Array) -> bool:
    """Whether the shorter array is the first entry (or row) of the longer one, and no more."""
    if longer.ndim != ndim or shorter.ndim != ndim or len(shorter) != min(len(longer), 1):
        return False
    return same_numbers(longer[:1], shorter)


def _lies_flat(one: Array, flat: Array) -> bool:
    """Whether a flat array holds the numbers of another, which may be flat itself, in its order."""
    return flat.ndim == 1 and same_numbers(one.ravel(), flat)


def _has_an_axis_more(one: Array, other: Array) -> bool:
    """Whether one array is the other with a further axis of length 1."""
    axes = (axis for axis, length in enumerate(one.shape) if length == 1)
    return any(same_numbers(one.squeeze(axis), other) for axis in axes)


def _turned(one: Array, other: Array) -> bool:
    return one.ndim == 2 and same_numbers(one.T, other)


def _steps() -> Iterator[tuple[str, Callable[[Array, Array], bool], bool]]:
    """Words, a test of two arrays, and whether what came is the larger one."""
    more = "All numbers are right, but your array has an axis of length 1 too many"
    yield more, _has_an_axis_more, True
    yield "All numbers are right, but an axis of length 1 is missing", _has_an_axis_more, False
    yield "Your result is the transpose of the expected one", _turned, True
    yield "All numbers are right, but in one long row: the shape is lost", _lies_flat, False
    for ndim, kind in ((1, "entry"), (2, "row")):
        ends = f"Your result ends after its first {kind}, which is right"
        yield f"{ends}: how often does your loop run?", partial(_goes_on, ndim), False
    for axis, along in ((0, " along axis 0"), (1, " along axis 1"), (None, "")):
        for by, words in ((np.sum, "sum"), (np.mean, "mean")):
            test = partial(_becomes, by, axis)
            yield f"The {words} of your result{along} is the expected one", test, True
            yield f"Your result is the {words} of the expected one{along}", test, False
    for rest, which in ((slice(1, None), "first"), (slice(None, -1), "last")):
        test = partial(_lacks, rest)
        yield f"All is right but for one entry too many, your {which}", test, True
        yield f"All is right, but the {which} entry is missing", test, False


_STEPS = tuple(_steps())
