"""What is told of a wrong result is true: nothing is told of noise, and what is told can be redone.

The right results are of all kinds that the course knows, numbers, labels, truth values; the wrong
ones are drawn at random.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annkit.exercises.calls.answer import Call
from annkit.exercises.calls.wire import encode
from annkit.exercises.judging.resemblance import resemblance

RIGHT: dict[str, Callable[[Any], Any]] = {
    "the same shape": np.tanh,
    "cut off": lambda X: np.maximum(X, 0),
    "a column each": lambda X: X.mean(axis=0),
    "a row each": lambda X: X.sum(axis=-1),
    "one number": lambda X: float(X.sum()),
    "labels": lambda X: np.argmax(np.atleast_2d(X), axis=-1),
    "signs": np.sign,
    "truth": lambda X: X > 0,
    "one-hot": lambda X: (X.max(axis=-1, keepdims=True) == X).astype(float),
}
NOISE: dict[str, Callable[[Any, Any], Any]] = {
    "normal": lambda rng, want: rng.normal(size=np.shape(want)),
    "uniform": lambda rng, want: rng.random(size=np.shape(want)),
    "whole numbers": lambda rng, want: rng.integers(-3, 4, size=np.shape(want)),
    "bits": lambda rng, want: rng.integers(0, 2, size=np.shape(want)),
    "signs": lambda rng, want: rng.choice([-1.0, 1.0], size=np.shape(want)),
    "a little off": lambda rng, want: want + 0.01 * rng.normal(size=np.shape(want)),
    "some": lambda rng, want: np.where(
        rng.random(np.shape(want)) < 0.3, rng.normal(size=np.shape(want)), want
    ),
    "another shape": lambda rng, want: rng.normal(size=(*np.shape(want), 2)),
}
SHAPES: list[list[tuple[int, ...]]] = [
    [(4,)],
    [(5,), (3,)],
    [(3, 2)],
    [(2, 3), (4, 2)],
    [(3, 4), (5, 2), (1, 3)],
    [(8, 3)],
]
DRAWS = 6


def call(value: Any, *args: Any) -> Call:
    return Call({"kind": "call", "args": encode(args), "kwargs": encode({})}, value=value)


def told(inputs: list[Any], right: Callable[[Any], Any], wrong: Callable[[Any], Any]) -> str:
    """What is said of a function that does `wrong` to the right result."""
    pairs = [(call(wrong(right(X)), X), call(right(X), X)) for X in inputs]
    return resemblance(pairs, ["X"])


def is_constant(values: list[Any]) -> bool:
    return len(np.unique(np.concatenate([np.ravel(value) for value in values]))) == 1


@pytest.mark.slow
def test_of_noise_nothing_untrue_is_told() -> None:
    """Of 2 592 random results: that one is the same number everywhere is true where it is said."""
    rng = np.random.default_rng(0)
    count, untrue = 0, []
    for right in RIGHT.values():
        for noise in NOISE.values():
            for shapes in SHAPES * DRAWS:
                inputs: list[Any] = [rng.normal(size=shape) for shape in shapes]
                wrong = [noise(rng, right(X)) for X in inputs]
                pairs = [
                    (call(value, X), call(right(X), X))
                    for value, X in zip(wrong, inputs, strict=True)
                ]
                sentence = resemblance(pairs, ["X"])
                count += 1
                if sentence and not ("everywhere" in sentence and is_constant(wrong)):
                    untrue.append(sentence)
    assert count >= 2_500
    assert len(untrue) < 0.01 * count, untrue


def grids(seed: int) -> list[Any]:
    """Three tables of different shapes, none of them square."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in ((3, 2), (4, 5), (2, 3))]


SEEDS = st.integers(0, 10_000)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(SEEDS, st.floats(-50, 50).filter(lambda factor: abs(factor - np.rint(factor)) > 0.01))
def test_any_factor_is_told_as_it_is(seed: int, factor: float) -> None:
    """Entry by entry, in plain Python."""

    def wrong(want: Any) -> Any:
        return np.array([[factor * float(x) for x in row] for row in want])

    sentence = told(grids(seed), np.tanh, wrong)
    number = sentence.removeprefix("Your result is exactly ").split(" times the expected")[0]
    assert float(number.replace("−", "-")) == pytest.approx(factor, rel=1e-4)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.floats(0.01, 50), st.booleans())
def test_any_offset_is_told_with_its_direction(seed: int, amount: float, is_up: bool) -> None:
    """Entry by entry, in plain Python."""
    signed = amount if is_up else -amount

    def wrong(want: Any) -> Any:
        return np.array([[float(x) + signed for x in row] for row in want])

    sentence = told(grids(seed), np.tanh, wrong)
    assert f"too {'large' if is_up else 'small'} by exactly " in sentence
    number = sentence.split("exactly ")[1].rstrip(".")
    assert float(number) == pytest.approx(amount, rel=1e-4)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 4))
def test_rounding_is_told_with_its_decimals(seed: int, decimals: int) -> None:
    """Rounded by Python's own formatting."""

    def wrong(want: Any) -> Any:
        return np.array([[float(f"{x:.{decimals}f}") for x in row] for row in want])

    assert f"rounded to {decimals} decimals" in told(grids(seed), np.tanh, wrong)


LARGE = [np.linspace(-9.0, 9.0, 19).reshape(1, -1), np.linspace(-8.5, 8.5, 24).reshape(4, 6)]


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        (lambda X: X.var(axis=0), lambda X: X.var(axis=0, ddof=1), "n / (n − 1) times"),
        (lambda X: X.var(axis=0, ddof=1), lambda X: X.var(axis=0), "(n − 1) / n times"),
        (np.tanh, lambda X: -np.tanh(X)[::-1], "−1 times the right numbers, from the last"),
        (np.tanh, lambda X: 3 * np.tanh(X)[:, ::-1], "3 times the right numbers, with the columns"),
        (np.tanh, lambda X: np.sort(np.tanh(X), axis=0), "right numbers, in another order"),
        (lambda X: X.mean(axis=0), lambda X: list(map(str, X.mean(axis=0))), "written out"),
        (lambda X: X.mean(axis=0), lambda X: [f"{x} V" for x in X.mean(axis=0)], ""),
    ],
)
def test_more_of_what_a_mistake_does(right: Any, wrong: Any, words: str) -> None:
    inputs = grids(1)
    calls = [(call(wrong(X), X), call(right(X), X)) for X in inputs]
    sentence = resemblance(calls, ["X"])
    assert words in sentence
    assert bool(words) == bool(sentence)


def test_wrong_far_out_only() -> None:
    """From 6 on in size; where wrong and right ones mix, nothing is told."""
    calls = [
        (call(np.where(np.abs(X) >= 6, np.nan, np.tanh(X)), X), call(np.tanh(X), X)) for X in LARGE
    ]
    sentence = resemblance(calls, ["X"])
    assert "where the input is about 6 or more in size: there yours is nan" in sentence
    mixed = [
        (call(np.where(np.sin(9 * X) > 0.2, 5.0, np.tanh(X)), X), call(np.tanh(X), X))
        for X in LARGE
    ]
    assert "in size" not in resemblance(mixed, ["X"])
