"""How wrong results are related to the right ones: what a mistake does, whoever wrote it.

Known wrong answers are recognised as a whole. Most mistakes are not known; but "exactly as many
times the expected one as X has rows" is as good a lead. A relation is told only if it holds
exactly in every call, those with a right result included, and over numbers enough; so a
coincidence in one small case is not taken for a cause.

Not here: mistakes that have a name (`diagnose`), the entries that differ (`cards.values`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.exercises.calls.answer import Call
from annkit.exercises.tasks.compare import as_array, close_entries
from annkit.show.tables import in_words

RTOL = 1e-6
ATOL = 1e-12
# So many wrong numbers have to agree before a relation is more than chance.
ENOUGH = 3


@dataclass(frozen=True)
class Pair:
    """A result, or one piece of it, beside the right one.

    Attributes:
        want: what the reference returned.
        got: what came.
        sizes: what can be counted in the call's arguments: words → number.
        given: the arguments that are arrays.
    """

    want: Array
    got: Array
    sizes: dict[str, float] = field(default_factory=dict)
    given: dict[str, Array] = field(default_factory=dict)

    @property
    def fits(self) -> bool:
        """Whether both have one shape, so that entries can be compared."""
        return self.want.shape == self.got.shape

    @property
    def wrong(self) -> Array:
        """Which entries are wrong."""
        return ~close_entries(self.got, self.want, RTOL, ATOL)

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong here."""
        return self.fits and not self.wrong.any()


def resemblance(calls: Sequence[tuple[Call, Call]], names: Sequence[str] = ()) -> str:
    """Say in one sentence how wrong results are related to the right ones.

    Args:
        calls: calls of the answer, each with the same call of the reference.
        names: of the reference's parameters.

    Returns:
        the sentence; empty if no relation holds throughout.
    """
    both = [(mine, right) for mine, right in calls if not (mine.error or right.error)]
    if len(both) < len(calls) or not both:
        return ""
    if all(_swapped(mine.value, right.value) for mine, right in both):
        return "The two results are right, but in the other order."
    pieces: dict[str, list[Pair]] = {}
    for mine, right in both:
        counted, given = _counted(right, names)
        found = list(_leaves(mine.value, right.value))
        if not found:
            return ""
        for part, want, got in found:
            pieces.setdefault(part, []).append(Pair(want, got, counted, given))
    faulty = {
        part: pairs for part, pairs in pieces.items() if not all(pair.is_right for pair in pairs)
    }
    told = {part: _relation(pairs) for part, pairs in faulty.items()}
    if len(set(told.values())) != 1:
        return ""
    (sentence,) = set(told.values())
    if not sentence or len(faulty) == len(pieces):
        return sentence
    return (
        f"Only {' and '.join(faulty)} of the result {'is' if len(faulty) == 1 else 'are'} wrong. "
        + sentence
    )


def _swapped(got: Any, want: Any) -> bool:
    """Whether a pair came with its parts in the other order."""
    are_pairs = isinstance(got, list | tuple) and isinstance(want, tuple) and len(got) == 2
    if not are_pairs or len(want) != 2 or _same(got[0], want[0]):
        return False
    return _same(got[1], want[0]) and _same(got[0], want[1])


def _same(got: Any, want: Any) -> bool:
    """Whether two values are the same numbers in the same shape."""
    x, y = as_array(got), as_array(want)
    if isinstance(x, str) or isinstance(y, str) or x.shape != y.shape:
        return False
    return bool(close_entries(x, y, RTOL, ATOL).all())


def _leaves(got: Any, want: Any, part: str = "") -> Iterator[tuple[str, Array, Array]]:
    """Name, right and own numbers of every piece of a result; none if they are built otherwise."""
    if isinstance(want, list | tuple) and isinstance(as_array(want), str) | isinstance(want, tuple):
        if not isinstance(got, list | tuple) or len(got) != len(want):
            return
        is_list = isinstance(want, list)
        for place, (g, w) in enumerate(zip(got, want, strict=True)):
            # The layers of a network are told as one; the parts of a pair by their places.
            inner = part if is_list else _ORDINALS[min(place, len(_ORDINALS) - 1)]
            yield from _leaves(g, w, inner)
        return
    x, y = as_array(got), as_array(want)
    if not isinstance(x, str) and not isinstance(y, str) and x.dtype.kind in "biuf":
        yield part, y.astype(float), x.astype(float)


_ORDINALS = ("the first part", "the second part", "the third part", "a later part")


def _counted(call: Call, names: Sequence[str]) -> tuple[dict[str, float], dict[str, Array]]:
    """What can be counted in a call's arguments, and those that are arrays."""
    named = {**dict(zip(names, call.args, strict=False)), **call.kwargs}
    given = {
        name: array.astype(float)
        for name, value in named.items()
        if isinstance(array := as_array(value), np.ndarray) and array.dtype.kind in "biuf"
    }
    sizes: dict[str, float] = {}
    for name, array in given.items():
        if array.ndim == 0:
            sizes[f"`{name}`"] = float(array)
        else:
            kind = "rows" if array.ndim == 2 else "entries"
            sizes[f"the number of {kind} of `{name}`"] = float(len(array))
        if array.ndim == 2:
            sizes[f"the number of columns of `{name}`"] = float(array.shape[1])
            sizes[f"the number of entries of `{name}`"] = float(array.size)
    return sizes, given


def _relation(pairs: list[Pair]) -> str:
    """The first relation that holds in all pairs, as a sentence."""
    with np.errstate(all="ignore"):
        same_shape = all(pair.fits for pair in pairs)
        wrong = sum(int(pair.wrong.sum()) if pair.fits else pair.want.size for pair in pairs)
        if wrong < ENOUGH:
            return ""
        kinds = _OF_ENTRIES if same_shape else _OF_SHAPES
        return next((sentence for kind in kinds if (sentence := kind(pairs))), "")


def _factor(pairs: list[Pair]) -> str:
    """A constant factor, or one that can be counted."""
    factors = [_ratio(pair) for pair in pairs]
    if any(np.isnan(factor) for factor in factors):
        return ""
    first = factors[0]
    shared = set(pairs[0].sizes).intersection(*(pair.sizes for pair in pairs))
    for size in sorted(shared, key=list(pairs[0].sizes).index):
        counted = np.array([pair.sizes[size] for pair in pairs])
        if len(set(counted)) == 1 < len(pairs):
            continue  # a number that never changes is no cause
        for times, words in _TIMES.items():
            if np.allclose(factors, times * counted, RTOL):
                return f"Your result is exactly {words}{size} times the expected one."
            if counted.all() and np.allclose(factors, times / counted, RTOL):
                times_too = _TIMES_TOO[times]
                return f"Your result is exactly the expected one{times_too} divided by {size}."
    if not np.allclose(factors, first, RTOL):
        return ""
    if np.isclose(first, -1):
        return "Your result is exactly the expected one with the other sign."
    return f"Your result is exactly {in_words(first, 5)} times the expected one, every time."


_TIMES = {1.0: "", 2.0: "twice ", 0.5: "half ", -1.0: "minus "}
_TIMES_TOO = {1.0: "", 2.0: " times 2", 0.5: " times ½", -1.0: " times −1"}


def _ratio(pair: Pair) -> float:
    """Got / want if it is one number for all entries, else nan; 1 where both are 0."""
    there = np.abs(pair.want) > ATOL
    if (np.abs(pair.got[~there]) > ATOL).any():
        return float("nan")
    ratios = pair.got[there] / pair.want[there]
    if not ratios.size:
        return 1.0
    return float(ratios.flat[0]) if np.allclose(ratios, ratios.flat[0], RTOL, 0) else float("nan")


def _offset(pairs: list[Pair]) -> str:
    """The same amount too much everywhere."""
    differences = np.concatenate([(pair.got - pair.want).ravel() for pair in pairs])
    if not np.allclose(differences, differences[0], RTOL, ATOL):
        return ""
    way = "large" if differences[0] > 0 else "small"
    return f"Every number is too {way} by exactly {in_words(abs(differences[0]), 5)}."


def _function(pairs: list[Pair]) -> str:
    """The right number, and something more done to it."""
    for words, function in _FUNCTIONS.items():
        if all(np.allclose(pair.got, function(pair.want), RTOL, ATOL) for pair in pairs):
            return f"Your result is exactly {words}."
    return ""


_FUNCTIONS: dict[str, Callable[[Array], Any]] = {
    "1 minus the expected one": lambda want: 1 - want,
    "the size of the expected one, without its sign": np.abs,
    "the square of the expected one": np.square,
    "the square root of the expected one": np.sqrt,
    "e to the power of the expected one": np.exp,
    "the logarithm of the expected one": np.log,
    "1 divided by the expected one": lambda want: 1 / want,
    "the expected one, with 0 for everything negative": lambda want: np.maximum(want, 0),
    "the expected one, cut off to whole numbers: is an array of integers in between?": np.trunc,
    "the expected one, rounded to whole numbers": np.round,
    **{
        f"the expected one, rounded to {n} decimals": partial(np.round, decimals=n)
        for n in (1, 2, 3, 4)
    },
}


def _order(pairs: list[Pair]) -> str:
    """The right entries in other places."""
    arrays = [pair for pair in pairs if pair.want.ndim]  # a single number has no order
    for words, function in _ORDERS.items():
        if arrays and all(_same(pair.got, function(pair.want)) for pair in arrays):
            return f"Your result holds the right numbers, {words}."
    return ""


_ORDERS: dict[str, Callable[[Array], Array]] = {
    "from the last to the first": lambda want: want[::-1],
    "with rows and columns exchanged": lambda want: want.T,
    "with the columns from right to left": lambda want: want[..., ::-1],
    "one place too late": lambda want: np.roll(want, 1, axis=0),
    "one place too early": lambda want: np.roll(want, -1, axis=0),
}


def _places(pairs: list[Pair]) -> str:
    """Wrong exactly where something can be said about the place."""
    for words, choose in _PLACES.items():
        masks = [choose(pair) for pair in pairs]
        if all(
            mask is not None and mask.shape == pair.want.shape and (mask == pair.wrong).all()
            for mask, pair in zip(masks, pairs, strict=True)
        ):
            return f"Wrong are exactly the entries {words}."
    return ""


def _input_like(pair: Pair) -> Array | None:
    """The first argument with the shape of the result."""
    return next((array for array in pair.given.values() if array.shape == pair.want.shape), None)


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
_OF_ENTRIES = (_factor, _offset, _order, _function, _places)


def _step(pairs: list[Pair]) -> str:
    """The right result before its last step, or after one step more."""
    for words, test, is_larger in _STEPS:
        both = ((p.got, p.want) if is_larger else (p.want, p.got) for p in pairs)
        if all(test(larger, smaller) for larger, smaller in both):
            return f"{words}."
    return ""


def _becomes(by: Callable[..., Any], axis: int | None, larger: Array, smaller: Array) -> bool:
    """Whether adding up, or the like, makes the smaller array of the larger."""
    if larger.size < 2 or larger.ndim <= (axis or 0):
        return False
    return _same(by(larger, axis=axis), smaller)


def _lacks(rest: slice, longer: Array, shorter: Array) -> bool:
    """Whether the shorter array is the longer one without its first or last entry."""
    return longer.ndim > 0 and len(longer) > 1 and _same(longer[rest], shorter)


def _turned(one: Array, other: Array) -> bool:
    return one.ndim == 2 and _same(one.T, other)


def _steps() -> Iterator[tuple[str, Callable[[Array, Array], bool], bool]]:
    """Words, a test of two arrays, and whether what came is the larger one."""
    yield "Your result is the transpose of the expected one", _turned, True
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
_OF_SHAPES = (_step,)
