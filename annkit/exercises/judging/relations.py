"""What a wrong array can be to the right one: a multiple of it, its negative, wrong where x < 0.

Each kind of relation is a function of all pairs that have been seen, and says in a sentence what
holds in every one of them, or nothing. The most definite kinds come first.

Not here: places where a result is wrong (`places`), arrays of another shape (`one_step_away`),
which results are compared (`resemblance`), when pairs are evidence (`witnesses`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import permutations
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.exercises.judging.one_step_away import ATOL, RTOL, same_numbers, step
from annkit.exercises.judging.places import places
from annkit.exercises.judging.witnesses import ENOUGH, Pair, is_evidence
from annkit.show.tables import in_words


def relation(pairs: list[Pair]) -> str:
    """The first relation that holds in all pairs, as a sentence."""
    # What is rightly empty bears no witness.
    pairs = [pair for pair in pairs if pair.want.size or pair.got.size]
    with np.errstate(all="ignore"):
        if sentence := _constant(pairs):
            return sentence
        if not is_evidence(pairs):
            return ""
        same_shape = all(pair.fits for pair in pairs)
        if not same_shape:
            return step([(pair.got, pair.want) for pair in pairs])
        return next((sentence for kind in _OF_ENTRIES if (sentence := kind(pairs))), "")


def besides(pairs: list[Pair]) -> str:
    """What is done to a result on top of a mistake, as a sentence that goes on after "Besides".

    Args:
        pairs: what came, beside what comes of the mistake alone.
    """
    sentence = _on_top(pairs) if is_evidence(pairs) else ""
    for alone, words in _ALONE.items():
        if alone in sentence:
            return sentence.replace("Your", "your").replace(alone, words)
    return ""


def may_be_besides(pairs: list[Pair]) -> bool:
    """Whether something may be done on top, however few numbers say so."""
    return bool(_on_top(pairs))


def _on_top(pairs: list[Pair]) -> str:
    if not all(pair.fits for pair in pairs):
        return step([(pair.got, pair.want) for pair in pairs])
    return next((sentence for kind in _DONE_TO_ALL if (sentence := kind(pairs))), "")


_ALONE = {
    "the expected one": "what that alone gives",
    "the right numbers": "the numbers that it alone gives",
}


def _factor(pairs: list[Pair]) -> str:
    """A constant factor, or one that can be counted."""
    telling = [pair for pair in pairs if (np.abs(pair.want) > ATOL).any() or not pair.is_right]
    factors = [_ratio(pair) for pair in telling]
    if any(np.isnan(factor) for factor in factors):
        return ""
    first = factors[0]
    varying = list(_that_vary(telling))
    for size, counted in varying:
        for times, words in _TIMES.items():
            if np.allclose(factors, times * counted, RTOL):
                return f"Your result is exactly {words}{size} times the expected one."
            if counted.all() and np.allclose(factors, times / counted, RTOL):
                times_too = _TIMES_TOO[times]
                return f"Your result is exactly the expected one{times_too} divided by {size}."
    for size, n in varying:
        for words, ratio in (("n / (n − 1)", n / (n - 1)), ("(n − 1) / n", (n - 1) / n)):
            if (n > 1).all() and np.allclose(factors, ratio, RTOL):
                return f"Your result is exactly {words} times the expected one; n is {size}."
    for (one, mine), (other, right) in permutations(varying, 2):
        if np.allclose(factors * mine, right, RTOL) and not np.allclose(mine, right):
            if "number of" not in one + other:  # letters of a formula are mostly multiplied
                return f"Your result is exactly {other} / {one} times the expected one."
            return f"Your result is exactly what comes of dividing by {one} instead of {other}."
    if not np.allclose(factors, first, RTOL) or np.isclose(first, (0, 1)).any():
        return ""
    if np.isclose(first, -1):
        return "Your result is exactly the expected one with the other sign."
    return f"Your result is exactly {in_words(first, 5)} times the expected one, every time."


def _that_vary(pairs: list[Pair]) -> Iterator[tuple[str, Array]]:
    """What is counted in every call; what is always the same is no cause."""
    shared = set(pairs[0].sizes).intersection(*(pair.sizes for pair in pairs))
    for size in sorted(shared, key=list(pairs[0].sizes).index):
        counted = np.array([pair.sizes[size] for pair in pairs])
        if len(set(counted)) > 1 or len(pairs) == 1:
            yield size, counted


_TIMES = {1.0: "", 2.0: "twice ", 0.5: "half ", -1.0: "minus "}
_TIMES_TOO = {1.0: "", 2.0: " times 2", 0.5: " times ½", -1.0: " times −1"}


def _ratio(pair: Pair) -> float:
    """Got / want if it is one number for all entries, else nan."""
    there = np.abs(pair.want) > ATOL
    if not np.isfinite(pair.got).all() or (np.abs(pair.got[~there]) > ATOL).any():
        return float("nan")
    ratios = pair.got[there] / pair.want[there]
    if not ratios.size:
        return float("nan")
    return float(ratios.flat[0]) if np.allclose(ratios, ratios.flat[0], RTOL, 0) else float("nan")


def _offset(pairs: list[Pair]) -> str:
    """The same amount too much everywhere, or one that can be counted."""
    amounts = np.array([np.mean(pair.got - pair.want) for pair in pairs])
    if not all(
        np.allclose(pair.got - pair.want, amount, RTOL, ATOL)
        for pair, amount in zip(pairs, amounts, strict=True)
    ):
        return ""
    for size, counted in _that_vary(pairs):
        for times in (1.0, 2.0, -1.0, -2.0):
            if np.allclose(amounts, times * counted, RTOL, ATOL):
                way = "large" if times > 0 else "small"
                return f"Every number is too {way} by exactly {_TIMES[abs(times)]}{size}."
    if not np.allclose(amounts, amounts[0], RTOL, ATOL):
        return ""
    way = "large" if amounts[0] > 0 else "small"
    return f"Every number is too {way} by exactly {in_words(abs(amounts[0]), 5)}."


def _function(pairs: list[Pair]) -> str:
    """The right number, and something more done to it."""
    for words, function in _FUNCTIONS.items():
        if all(np.allclose(pair.got, function(pair.want), RTOL, ATOL) for pair in pairs):
            return f"Your result is exactly {words}" + "." * (not words.endswith("?"))
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
    """The right entries, or all of them times one number, in other places."""
    arrays = [pair for pair in pairs if pair.want.ndim]  # a single number has no order
    for words, function in _ORDERS.items():
        turned = [replace(pair, want=function(pair.want)) for pair in arrays]
        if not turned or not all(pair.fits for pair in turned):
            continue
        factors = np.array([_ratio(pair) for pair in turned if pair.want.any()])
        if factors.size and np.allclose(factors, factors[0], RTOL) and factors[0]:
            is_right = np.isclose(factors[0], 1)
            times = "" if is_right else f"{in_words(float(factors[0]), 5)} times "
            return f"Your result holds {times}the right numbers, {words}."
    telling = [pair for pair in arrays if pair.want.size >= ENOUGH]
    if telling and all(_is_shuffled(pair) for pair in arrays):
        return "Your result holds the right numbers, in another order."
    return ""


def _is_shuffled(pair: Pair) -> bool:
    """Whether numbers that all differ are there, wherever they stand."""
    got, want = (np.sort(array, axis=None) for array in (pair.got, pair.want))
    return len(np.unique(want)) == want.size and same_numbers(got, want)


_ORDERS: dict[str, Callable[[Array], Array]] = {
    "from the last to the first": lambda want: want[::-1],
    "with rows and columns exchanged": lambda want: want.T,
    "with the columns from right to left": lambda want: want[..., ::-1],
    "one place too late": lambda want: np.roll(want, 1, axis=0),
    "one place too early": lambda want: np.roll(want, -1, axis=0),
}


def _with_input(pairs: list[Pair]) -> str:
    """An argument, or the right number and an argument put together."""
    for name in pairs[0].given:
        given = [pair.given.get(name) for pair in pairs]
        for words, function in _WITH_INPUT.items():
            if all(
                x is not None
                and x.shape == pair.want.shape
                and np.allclose(pair.got, function(pair.want, x), RTOL, ATOL)
                for pair, x in zip(pairs, given, strict=True)
            ):
                return f"Your result is exactly {words.format(name)}."
    return ""


_WITH_INPUT: dict[str, Callable[[Array, Array], Array]] = {
    "the argument `{}`": lambda want, x: x,
    "the argument `{}` with the other sign": lambda want, x: -x,
    "the expected one times `{}`": lambda want, x: want * x,
    "the expected one plus `{}`": lambda want, x: want + x,
    "the expected one minus `{}`": lambda want, x: want - x,
}


def _instead(pairs: list[Pair]) -> str:
    """One certain number in place of another, wherever that one is expected."""
    want, got, wrong = (
        np.concatenate([np.ravel(part) for part in parts])
        for parts in zip(*((pair.want, pair.got, pair.wrong) for pair in pairs), strict=True)
    )
    missed, came = np.unique(want[wrong]), np.unique(got[wrong])
    if len(missed) > 1 or len(came) > 1 or not np.isfinite(came[0]):
        return ""
    expected = np.isclose(want, missed[0])
    if (expected != wrong).any() or expected.all():
        return ""
    expects, yours = in_words(missed[0], 5), in_words(came[0], 5)
    return f"Wherever {expects} is expected, yours is {yours}; everything else is right."


def constant(results: Sequence[Array | str]) -> str:
    """Say that results hold one number only, whatever goes in; nothing if they do not.

    Args:
        results: arrays, or the text that stands for what is none.
    """
    arrays = [array for array in results if isinstance(array, np.ndarray)]
    numeric = all(array.dtype.kind in "biuf" for array in arrays)
    if len(arrays) < len(results) or not numeric or sum(a.size for a in arrays) < ENOUGH:
        return ""
    (number, *others) = np.unique(np.concatenate([np.ravel(array) for array in arrays]))
    if others or not np.isfinite(number):
        return ""
    truth = all(array.dtype.kind == "b" for array in arrays)
    return (
        f"Your result is {number if truth else in_words(number, 5)} everywhere, whatever goes in."
    )


def _constant(pairs: list[Pair]) -> str:
    if all((pair.want == pair.got.flat[0]).all() for pair in pairs if pair.got.size):
        return ""  # the number is right, so something else is wrong
    truths = all(pair.is_truth and np.isin(pair.got, (0, 1)).all() for pair in pairs)
    return constant([pair.got.astype(bool) if truths else pair.got for pair in pairs])


def _first_row_only(pairs: list[Pair]) -> str:
    """An array of zeros of which only the beginning has been filled."""
    longer = [pair for pair in pairs if pair.want.ndim and len(pair.want) > 1]
    if not longer or any(pair.wrong[0].any() or pair.got[1:].any() for pair in longer):
        return ""
    kind = "row" if longer[0].want.ndim > 1 else "entry"
    return f"Only the first {kind} is filled in, and it is right: how often does your loop run?"


_OF_ENTRIES = (
    _factor,
    _offset,
    _order,
    _function,
    _instead,
    _with_input,
    _first_row_only,
    places,
)
_DONE_TO_ALL = (_factor, _order, _function)
