"""Where a result is wrong, if something can be said about the place, and what stands there.

Wrong exactly where the input is negative, on the diagonal, in the last row: a place is told if all
that is wrong lies in it and nothing that is right does.

Not here: what holds for all numbers of a result (`relations`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.exercises.judging.witnesses import Pair
from annkit.exercises.tasks.compare import close_entries
from annkit.show.tables import in_words

# So many entries, and so many of them right, mark out a place by more than chance.
_ENTRIES = 10
_RIGHT = 3
# Of ten inputs the five largest are wrong by chance once in 252 times.
_FAR = 5


def places(pairs: list[Pair]) -> str:
    """Wrong exactly where something can be said about the place."""
    size = sum(pair.want.size for pair in pairs)
    wrong = sum(int(pair.wrong.sum()) for pair in pairs)
    if size < _ENTRIES or size - wrong < _RIGHT:
        return ""
    for words, choose in _PLACES.items():
        masks = [choose(pair) for pair in pairs]
        if all(
            mask is not None and mask.shape == pair.want.shape and (mask == pair.wrong).all()
            for mask, pair in zip(masks, pairs, strict=True)
        ):
            return f"Wrong are exactly the entries {words}{_what_is_there(pairs)}."
    return _far_out(pairs)


def _far_out(pairs: list[Pair]) -> str:
    """Wrong from some size of the input on."""
    inputs = [_input_like(pair) for pair in pairs]
    if any(array is None for array in inputs):
        return ""
    sizes = np.abs(np.concatenate([np.ravel(np.asarray(array)) for array in inputs]))
    wrong = np.concatenate([pair.wrong.ravel() for pair in pairs])
    if min(wrong.sum(), (~wrong).sum()) < _FAR or sizes[wrong].min() <= sizes[~wrong].max():
        return ""
    if sizes[~wrong].max() == 0:  # a zero shows no mistake in what is multiplied by it
        return ""
    first = in_words(float(sizes[wrong].min()), 3)
    there = _what_is_there(pairs)
    return f"Wrong are exactly the entries where the input is about {first} or more in size{there}."


def _what_is_there(pairs: list[Pair]) -> str:
    """What stands in the wrong places, as half a sentence; nothing if it cannot be said."""
    for words, function in _THERE.items():
        if all(
            close_entries(pair.got[pair.wrong], np.asarray(function(pair))[pair.wrong]).all()
            for pair in pairs
            if pair.wrong.any()
        ):
            return f": there yours is {words}"
    return ""


def _same_as(number: float) -> Callable[[Pair], Array]:
    return lambda pair: np.full(pair.want.shape, number)


_THERE: dict[str, Callable[[Pair], Any]] = {
    "0": _same_as(0),
    "1": _same_as(1),
    "nan (not a number)": lambda pair: np.where(np.isnan(pair.got), pair.got, np.inf),
    "the input itself": lambda pair: (
        _same_as(np.inf)(pair) if (x := _input_like(pair)) is None else x
    ),
    "the expected one with the other sign": lambda pair: -pair.want,
    "the expected one without its sign": lambda pair: np.abs(pair.want),
}


def _input_like(pair: Pair) -> Array | None:
    """The first argument with the shape of the result; a single number is no place in one."""
    alike = (array for array in pair.given.values() if array.shape == pair.want.shape)
    return next(alike, None) if pair.want.ndim else None


def _where(test: Callable[[Array], Array]) -> Callable[[Pair], Array | None]:
    return lambda pair: None if (array := _input_like(pair)) is None else test(array)


def _grid(test: Callable[[Any, Any, int, int], Any]) -> Callable[[Pair], Array | None]:
    """Choose by row and column, given with the last ones there are."""

    def choose(pair: Pair) -> Array | None:
        if pair.want.ndim != 2 or min(pair.want.shape) < 2:
            return None
        rows, columns = np.indices(pair.want.shape)
        return np.asarray(test(rows, columns, pair.want.shape[0] - 1, pair.want.shape[1] - 1))

    return choose


_PLACES: dict[str, Callable[[Pair], Array | None]] = {
    "where the input is negative": _where(lambda x: x < 0),
    "where the input is positive": _where(lambda x: x > 0),
    "where the input is 0": _where(lambda x: x == 0),
    "where the input is 0 or negative": _where(lambda x: x <= 0),
    "on the diagonal": _grid(lambda i, j, *_: i == j),
    "off the diagonal": _grid(lambda i, j, *_: i != j),
    "of the first row": _grid(lambda i, j, *_: i == 0),
    "of the last row": _grid(lambda i, j, last, _: i == last),
    "of the first column": _grid(lambda i, j, *_: j == 0),
    "of the last column": _grid(lambda i, j, _, last: j == last),
}
