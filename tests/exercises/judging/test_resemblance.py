"""What a wrong result does to the right one is found, and nothing is found where nothing holds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp

from annkit.exercises.calls.answer import Answer, here
from annkit.exercises.judging.resemblance import resemblance

RNG = np.random.default_rng(0)
GRIDS = [(RNG.normal(size=shape),) for shape in ((3, 2), (4, 5), (1, 3), (2, 2))]
ROWS = [(RNG.normal(size=n),) for n in (3, 5, 8)]


def mean_of_rows(X):
    return X.sum(axis=1).mean()


def columns(X):
    return X.mean(axis=0)


def same(x):
    return np.tanh(x)


def pair(X):
    return X.mean(axis=0), X.std(axis=0)


def layers(X):
    return [(X.T @ X, X.sum(axis=0)), (X @ X.T, X.sum(axis=1))]


def deep(X):
    return [*layers(X), (X, X[0])]


def changed(right: Callable[..., Any], change: Callable[[Any], Any]) -> Callable[..., Any]:
    """The right function, and what a mistake does to its result."""
    return lambda *args: change(right(*args))


def told(mine: Callable[..., Any], right: Callable[..., Any], inputs: list[tuple[Any, ...]]) -> str:
    calls = []
    for args in inputs:
        observed = [Answer(here(f), "f").attempt(*args) for f in (mine, right)]
        calls.append((observed[0], observed[1]))
    return resemblance(calls, ["X"])


CASES = [
    (layers, changed(layers, lambda pairs: pairs[::-1]), GRIDS, "in the opposite order"),
    (layers, changed(layers, lambda pairs: [*pairs[0], *pairs[1]]), GRIDS, "together in pairs"),
    (deep, changed(deep, lambda pairs: pairs[:1]), GRIDS, "is the `return` inside a loop?"),
    (deep, changed(deep, lambda pairs: pairs[:-1]), GRIDS, "last pair is missing"),
    (
        mean_of_rows,
        lambda X: X.sum() / X.shape[1],
        GRIDS,
        "dividing by the number of columns of `X` instead of the number of rows of `X`",
    ),
    (mean_of_rows, lambda X: X.sum(), GRIDS, "exactly the number of rows of `X` times"),
    (
        mean_of_rows,
        lambda X: X.mean(),
        GRIDS,
        "the expected one divided by the number of columns of `X`",
    ),
    (
        mean_of_rows,
        lambda X: 0.5 * X.sum(),
        GRIDS,
        "half the number of rows of `X` times the expected one",
    ),
    (same, changed(same, np.negative), ROWS, "with the other sign"),
    (same, changed(same, lambda a: 2 * a), ROWS, "exactly 2 times the expected one, every time"),
    (same, changed(same, lambda a: a / np.log(2)), ROWS, "exactly 1.4427 times"),
    (same, changed(same, lambda a: a + 1), ROWS, "too large by exactly 1"),
    (same, changed(same, lambda a: 1 - a), ROWS, "1 minus the expected one"),
    (same, changed(same, np.abs), ROWS, "without its sign"),
    (same, changed(same, lambda a: np.round(a, 2)), ROWS, "rounded to 2 decimals"),
    (same, changed(lambda x: 3 * x, np.trunc), ROWS, ""),
    (same, changed(same, lambda a: a[::-1]), ROWS, "from the last to the first"),
    (same, changed(same, lambda a: np.roll(a, 1)), ROWS, "one place too late"),
    (same, lambda x: np.where(x < 0, 0, np.tanh(x)), ROWS, "with 0 for everything negative"),
    (
        same,
        lambda x: np.where(x < 0, x, np.tanh(x)),
        ROWS,
        "where the input is negative",
    ),
    (same, changed(same, lambda a: a[:-1]), ROWS, "the last entry is missing"),
    (same, changed(same, lambda a: np.append(a, 0)), ROWS, "one entry too many, your last"),
    (same, changed(same, np.sum), ROWS, "the sum of the expected one"),
    (same, changed(same, lambda a: a.T), GRIDS[:2], "the transpose"),
    (columns, lambda X: X / len(X), GRIDS[:2], "The sum of your result along axis 0"),
    (columns, lambda X: X, GRIDS[:2], "The mean of your result along axis 0"),
    (pair, lambda X: pair(X)[::-1], GRIDS[:2], "in the other order"),
    (
        pair,
        lambda X: (X.mean(axis=0), X.std(axis=0) ** 2),
        GRIDS[:2],
        "Only the second part of the result is wrong. It is exactly the square",
    ),
    (
        layers,
        lambda X: [(len(X) * W, b) for W, b in layers(X)],
        GRIDS[:2],
        "Only the first part of the result is wrong. It is exactly the number of rows",
    ),
    (same, changed(same, lambda a: a[:1]), ROWS, "ends after its first entry, which is right"),
    (
        lambda X: np.tanh(X),
        lambda X: np.tanh(X)[:1],
        GRIDS,
        "ends after its first row, which is right",
    ),
    (
        same,
        changed(same, lambda a: a * (np.arange(len(a)) == 0)),
        ROWS,
        "Only the first entry is filled in",
    ),
    (columns, lambda X: X.mean(axis=0)[:, None], GRIDS, "an axis of length 1 too many"),
    (same, changed(same, np.ravel), [*GRIDS, *ROWS], "in one long row"),
    (same, lambda x: 0 * x, ROWS, "Your result is 0 everywhere"),
    (same, lambda x: x, ROWS, "exactly the argument `X`"),
    (same, lambda x: x * np.tanh(x), ROWS, "the expected one times `X`"),
    (same, lambda x: np.where(x < 0, x, np.tanh(x)), ROWS, "negative: there yours is the input"),
    (lambda x: (x > 0).astype(int), lambda x: np.sign(x), ROWS, "Wherever 0 is expected, yours is"),
    (lambda x: x > 0, lambda x: x > 99, ROWS, "Your result is False everywhere"),
    (
        lambda b: 3 + b**2,
        lambda b: 3 + b**2 - 2 * b,
        [(b,) for b in (1.5, 2.0, 4.0)],
        "too small by exactly twice `X`",
    ),
    (
        same,
        lambda x: np.where(np.abs(x) < 1, np.nan, np.tanh(x)),
        ROWS,
        "",
    ),
    (same, changed(same, lambda a: a + 1), [*ROWS, (np.empty(0),)], "too large by exactly 1"),
    (
        lambda X: (X.sum(), layers(X)),
        lambda X: (3 * X.sum(), layers(X)),
        GRIDS,
        "Only the first part of the result is wrong. It is exactly 3 times",
    ),
    (same, np.sin, ROWS, ""),
    (same, same, ROWS, ""),
    (same, lambda x: None, ROWS, ""),
    (same, lambda x: 1 / 0, ROWS, ""),
    (same, changed(same, str), ROWS, ""),
]


@pytest.mark.parametrize(("right", "mine", "inputs", "words"), CASES)
def test_what_a_mistake_does_is_told(
    right: Callable[..., Any],
    mine: Callable[..., Any],
    inputs: list[tuple[Any, ...]],
    words: str,
) -> None:
    sentence = told(mine, right, inputs)
    assert words in sentence
    assert bool(words) == bool(sentence)


def test_two_numbers_are_no_evidence() -> None:
    assert told(lambda x: 2 * x, lambda x: x, [(2.0,), (3.0,)]) == ""


def test_one_call_that_does_not_fit_ends_the_claim() -> None:
    inputs = [*ROWS, (np.array([0.5, 0.25, 7.0]),)]
    assert told(lambda x: np.where(x == 7, 0, 2 * np.tanh(x)), same, inputs) == ""


def test_single_numbers_have_no_order() -> None:
    assert told(lambda X: np.max(X) ** 2 + 1, mean_of_rows, GRIDS) == ""


def formulas(symbols: dict[str, sp.Symbol]) -> dict[str, Any]:
    """Two derivatives, with the letters that come."""
    a, b = symbols["a"], symbols["b"]
    return {"a": sp.exp(a) * b, "b": sp.exp(a) * (b - 1)}


def with_factors(first: Any, second: Any) -> Any:
    def wrong(symbols: dict[str, sp.Symbol]) -> dict[str, Any]:
        right, (a, b) = formulas(symbols), symbols.values()
        return {"a": right["a"] * first(a, b), "b": right["b"] * second(a, b)}

    return wrong


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (lambda a, b: -2, lambda a, b: -2, "Your result is exactly −2 times the expected one"),
        (lambda a, b: b, lambda a, b: 1, "Only 'a' of the result is wrong. It is exactly "
         "`b` times"),
        (lambda a, b: a, lambda a, b: b, "'a': Your result is exactly `a` times the expected one. "
         "'b': Your result is exactly `b` times"),
        (lambda a, b: 1 + sp.sin(a), lambda a, b: b, ""),
        (lambda a, b: sp.Symbol("own"), lambda a, b: 1, ""),
    ],
)  # fmt: skip
def test_formulas_are_compared_by_their_values(first: Any, second: Any, words: str) -> None:
    letters = [(dict(zip("ab", sp.symbols(names), strict=True)),) for names in ("x y", "p q")]
    assert told(with_factors(first, second), formulas, letters).startswith(words)
    assert bool(words) == bool(told(with_factors(first, second), formulas, letters))


def test_a_matrix_of_formulas_is_wrong_in_places() -> None:
    x, y = sp.symbols("x y")

    def right(a: Any) -> Any:
        return sp.Matrix([[a, x], [y, a]])

    def wrong(a: Any) -> Any:
        return sp.Matrix([[a, -x], [-y, a]])

    assert "entries off the diagonal" in told(wrong, right, [(x * y,)])
