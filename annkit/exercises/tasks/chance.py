"""What chance has drawn: a random result has no expected value, but a form, a spread, a source.

Tests ask for what many numbers show. The standard deviation of n draws is known up to 1/√(2n) of
itself, so that of 15 000 normal ones up to 0.6 %; an honest answer is further off than five times
as much less than once in a million times, and a known mistake always is.

Below stands what the exercises of first weights share: their checks, and their mistakes of form.

Not here: shuffled orders (`expect`), batches of examples (`deals`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.exercises.calls.answer import Answer, Call
from annkit.exercises.calls.probe import probe
from annkit.exercises.calls.wire import Rng, encode
from annkit.exercises.tasks.compare import expect_shape, expect_that

Parts = list[tuple[Any, tuple[Any, ...]]]

STANDARD_ERRORS = 5.0
ENOUGH = 15_000


@probe
def asked_again(function, args, rng, times):  # type: ignore[no-untyped-def]
    """Call with the same arguments and the same generator, several times; stack the results."""
    import numpy as np

    return np.array([function(*args, rng) for _ in range(times)])


def form_of(draws: Any) -> str:
    """What many numbers show of the distribution they come from, whatever its mean and spread.

    Args:
        draws: at least 15 000 numbers, in an array of any shape.

    Returns:
        "one number", "repeated" (every tenth was there before), "normal", "uniform" or "other";
        with "positive" in front if all of them are.
    """
    values = np.asarray(draws, dtype=float).ravel()
    distinct = np.unique(values).size
    if distinct == 1:
        return "one number"
    if distinct < 0.9 * values.size:
        return "repeated"
    centred = (values - values.mean()) / values.std()
    # Third and fourth moment: 0 and 3 for a normal distribution, 0 and 1.8 for a uniform one. Of
    # 15 000 normal draws they are known up to 0.02 and 0.04.
    skewness, tails = np.mean(centred**3), np.mean(centred**4)
    form = "other"
    if abs(skewness) < 0.15:
        form = "normal" if abs(tails - 3) < 0.3 else "uniform" if abs(tails - 1.8) < 0.1 else form
    return f"positive {form}" if values.min() > 0 else form


def has_spread(draws: Any, spread: float) -> bool:
    """Whether the standard deviation of so many numbers is this one, but for chance."""
    values = np.asarray(draws, dtype=float)
    return bool(abs(values.std() / spread - 1) < STANDARD_ERRORS / np.sqrt(2 * values.size))


def has_mean_0(draws: Any) -> bool:
    """Whether the mean of so many numbers is 0, but for chance."""
    values = np.asarray(draws, dtype=float)
    return bool(abs(values.mean()) <= STANDARD_ERRORS * values.std() / np.sqrt(values.size))


def expect_normal(draws: Any, spread: float, *, what: str = "weights", why: str = "") -> None:
    """Expect many independent draws from a normal distribution with mean 0.

    Args:
        draws: at least 15 000 numbers, in an array of any shape.
        spread: standard deviation, positive.
        what: how the learner knows the numbers.
        why: half a sentence: where the spread comes from.
    """
    values = np.asarray(draws, dtype=float).ravel()
    all_of_them = f"the {values.size} {what}"
    expect_that(
        bool(np.isfinite(values).all()), f"Some of {all_of_them} are not finite.", got=values[:4]
    )
    form = form_of(values)
    expect_that(form != "one number", f"{all_of_them.capitalize()} are equal.", got=values[:4])
    expect_that(
        form != "repeated",
        f"Among {all_of_them} there are only {np.unique(values).size} different ones.",
        got=values[:4],
        why="each is to be drawn anew",
    )
    expect_that(
        has_mean_0(values),
        f"The mean of {all_of_them} should be 0, but for chance.",
        expected=0.0,
        got=float(values.mean()),
    )
    expect_that(
        has_spread(values, spread),
        f"The standard deviation of {all_of_them} is not right.",
        expected=float(spread),
        got=float(values.std()),
        why=why,
    )
    expect_that(
        form == "normal",
        f"Mean and standard deviation of {all_of_them} are right, but they are not normal: few "
        "should be far from 0, many near it.",
        expected="68 % within one standard deviation, 99.7 % within three",
        got=" and ".join(f"{_within(values, k * spread):.1f} % within {k}" for k in (1, 3)),
    )


def _within(values: Array, distance: float) -> float:
    return 100 * float(np.mean(np.abs(values) < distance))


def expect_rng_decides(draw: Callable[[Rng], Any], rng: np.random.Generator, what: str) -> None:
    """Expect one result from one seed, and another from another.

    Args:
        draw: calls the answer with this generator.
        rng: source of the two seeds.
        what: how the learner knows the result.
    """
    first, second = (Rng(int(seed)) for seed in rng.integers(2**32, size=2))
    one, again, other = map(_plain, map(draw, (first, first, second)))
    expect_that(
        one == again,
        f"Two generators with the same seed gave different {what}.",
        why="`rng` must be the only source of chance",
    )
    expect_that(
        one != other,
        f"Two generators with different seeds gave the same {what}.",
        why="chance must come from `rng`",
    )


def _plain(value: Any) -> str:
    return str(encode(value))


def source_of_chance(calls: list[Call]) -> str:
    """Where the chance in recorded calls came from.

    Returns:
        "elsewhere" if one call, made again, gave something else; "nowhere" if other seeds never
        did, in calls that had any; else "rng".
    """
    seen: dict[str, dict[str, str]] = {}
    for call in calls if len(calls) > 1 else ():  # one alone tells nothing
        if call.error is None and "args" in call.request:
            given = call.request["args"]["tuple"]
            seeds = [one for one in given if type(one) is dict and "rng" in one]
            rest = [one for one in given if one not in seeds]
            results = seen.setdefault(f"{call.probe}{rest}", {})
            value = _plain(call.value)
            if results.setdefault(str(seeds), value) != value:
                return "elsewhere"
    several = [results for results in seen.values() if len(results) > 1]
    same = [len(set(results.values())) == 1 for results in several]
    return "nowhere" if same and all(same) else "rng"


def _the_result(call: Call) -> Parts:
    return [(call.value, call.args[:-1])]


def drawn_as(
    spread: Callable[..., float],
    form: str = "normal",
    *,
    source: str = "rng",
    parts: Callable[[Call], Parts] = _the_result,
) -> Callable[[list[Call]], bool]:
    """Recognise many random numbers by their form and spread, whatever the draw.

    Args:
        spread: standard deviation, from what belongs to the draws.
        form: what `form_of` says of them.
        source: what `source_of_chance` says of the calls.
        parts: the draws in a call's result, each with what belongs to it; if not given, the result
            with the call's arguments but for the generator, the last.
    """

    def recognise(calls: list[Call]) -> bool:
        found = [
            (draws, spread(*given))
            for call in calls
            if call.probe is None and call.error is None
            for values, given in parts(call)
            if (draws := np.asarray(values, dtype=float)).size >= ENOUGH
        ]
        return (
            bool(found)
            and all(has_spread(draws, wanted) for draws, wanted in found)
            and all(form_of(draws) == form for draws, _ in found)
            and (form.startswith("positive") or all(has_mean_0(draws) for draws, _ in found))
            and source_of_chance(calls) == source
        )

    return recognise


# From here on: weights of a layer, drawn by (n_in, n_out, rng) with the variance 2 / divisor.

Divisor = Callable[[int, int], int]


def _seed(rng: np.random.Generator) -> Rng:
    return Rng(int(rng.integers(2**32)))


def expect_weight_shapes(answer: Answer, rng: np.random.Generator) -> None:
    """Expect arrays of shape (n_in, n_out)."""
    for n_in, n_out in ((3, 5), (4, 1), (1, 2)):
        expect_shape(answer(n_in, n_out, _seed(rng)), (n_in, n_out), what="W")


def expect_normal_weights(answer: Answer, rng: np.random.Generator, divisor: Divisor) -> None:
    """Expect wide layers to be normal, with mean 0 and the variance 2 / divisor(n_in, n_out)."""
    for n_in, n_out in ((100, 200), (200, 100)):
        W = answer(n_in, n_out, _seed(rng))
        expect_shape(W, (n_in, n_out), what="W")
        below = divisor(n_in, n_out)
        why = f"the variance should be 2/{below}, the deviation is its square root"
        expect_normal(W, (2 / below) ** 0.5, why=why)


def expect_weights_drawn_anew(answer: Answer, rng: np.random.Generator, divisor: Divisor) -> None:
    """Expect that one generator draws small layers that differ, by the same rule."""
    many = answer.probe(asked_again, (2, 3), _seed(rng), 2500)
    expect_shape(many, (2500, 2, 3), what="the stack of 2500 matrices")
    below = divisor(2, 3)
    expect_normal(
        many,
        (2 / below) ** 0.5,
        what="weights of 2500 small matrices, all drawn with one generator,",
        why=f"the variance should be 2/{below}, the deviation is its square root",
    )


def weights_all_equal(calls: list[Call]) -> bool:
    """Recognise matrices that hold one number only."""
    direct = [call.value for call in calls if call.probe is None]
    return all(np.ndim(W) == 2 and np.ptp(W) == 0 for W in direct)


def rows_all_equal(calls: list[Call]) -> bool:
    """Recognise matrices whose rows, or whose columns, are all the same."""
    direct = [np.asarray(call.value) for call in calls if call.probe is None]
    tables = [W for W in direct if W.ndim == 2 and min(W.shape) > 1]
    by_axis = [all((np.ptp(W, axis=axis) == 0).all() for W in tables) for axis in (0, 1)]
    return bool(tables) and any(by_axis) and not all(by_axis)


def weights_turned(calls: list[Call]) -> bool:
    """Recognise matrices of shape (n_out, n_in)."""
    direct = [call for call in calls if call.probe is None]
    return all(np.shape(call.value) == call.args[1::-1] for call in direct)


def weights_single(calls: list[Call]) -> bool:
    """Recognise a single number where a matrix is asked for."""
    direct = [call.value for call in calls if call.probe is None]
    return all(isinstance(W, int | float) for W in direct)
