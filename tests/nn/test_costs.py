"""Every cost against its formula, and its gradient against two other ways to get one."""

from typing import Any

import numpy as np
import pytest
import sympy

from annkit.nn import COSTS, Cost, ShapeError

every = pytest.mark.parametrize("cost", COSTS.values(), ids=COSTS)


def batch(cost: Cost, seed: int, scale: float = 3.0) -> tuple[np.ndarray, np.ndarray]:
    """Scores (5, 3) and matching targets."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(5, 3)) * scale
    if cost.output == "softmax":
        return scores, np.eye(3)[rng.integers(0, 3, 5)]
    if cost.output == "sigmoid":
        return scores, rng.integers(0, 2, (5, 3)).astype(float)
    return scores, rng.normal(size=(5, 3))


@every
def test_value_and_gradient_are_those_of_the_formula(cost: Cost) -> None:
    scores, y = batch(cost, 1)
    s, t = sympy.symbols("s:3", real=True), sympy.symbols("t:3", real=True)
    loss = cost.formula(sympy, s, t)
    at = [
        dict(zip(s + t, map(sympy.Float, [*row, *target]), strict=True))
        for row, target in zip(scores, y, strict=True)
    ]
    losses = [float(loss.subs(values)) for values in at]
    assert cost.value(scores, y) == pytest.approx(np.mean(losses), rel=1e-12)
    slopes = [[float(sympy.diff(loss, symbol).subs(values)) for symbol in s] for values in at]
    np.testing.assert_allclose(cost.gradient(scores, y), np.array(slopes) / 5, atol=1e-14)


@every
def test_gradient_is_the_central_difference(cost: Cost) -> None:
    scores, y = batch(cost, 2)
    difference = np.empty_like(scores)
    for index in np.ndindex(scores.shape):
        up, down = scores.copy(), scores.copy()
        up[index] += 1e-5
        down[index] -= 1e-5
        difference[index] = (cost.value(up, y) - cost.value(down, y)) / 2e-5
    np.testing.assert_allclose(cost.gradient(scores, y), difference, atol=1e-9)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "softmax_cross_entropy"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cross_entropies_are_exact_for_huge_scores(name: str, dtype: Any) -> None:
    cost = COSTS[name]
    scores: np.ndarray = np.array([[1e4, -1e4], [-1e4, 1e4]], dtype)
    y: np.ndarray = np.eye(2, dtype=dtype)
    with np.errstate(all="raise", under="ignore"):
        assert cost.value(scores, y) == 0
        np.testing.assert_array_equal(cost.gradient(scores, y), 0)
        wrong = cost.value(scores, y[::-1].copy())
        gradient = cost.gradient(scores, y[::-1].copy())
    assert wrong == pytest.approx(2e4)  # two questions of 1e4 each, or one of 2e4
    np.testing.assert_allclose(gradient, [[0.5, -0.5], [-0.5, 0.5]])
    assert gradient.dtype == dtype


@pytest.mark.parametrize("size", [49.0, 51.0, 700.0])
def test_softmax_cost_does_not_jump_where_rows_begin_to_be_shifted(size: float) -> None:
    scores = np.array([[size, 0.0, -size], [1.0, 2.0, 3.0]])
    labels = np.array([1, 0])
    shifted = scores - scores.max(axis=1, keepdims=True)
    losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[[0, 1], labels]
    assert COSTS["softmax_cross_entropy"].value(scores, labels) == pytest.approx(losses.mean())


def test_labels_stand_for_their_targets() -> None:
    z = np.random.default_rng(3).normal(size=(4, 3))
    cost, labels = COSTS["softmax_cross_entropy"], np.array([2, 0, 1, 1])
    assert cost.value(z, labels) == cost.value(z, np.eye(3)[labels])
    binary = COSTS["binary_cross_entropy"]
    assert binary.value(z[:, :1], [0, 1, 1, 0]) == binary.value(z[:, :1], [[0], [1], [1], [0]])


@every
def test_arguments_stay_and_results_are_not_buffers(cost: Cost) -> None:
    scores, y = batch(cost, 4, scale=100)
    before = scores.copy(), y.copy()
    first = cost.gradient(scores, y)
    kept = first.copy()
    cost.gradient(scores + 1, y)
    np.testing.assert_array_equal(first, kept)
    np.testing.assert_array_equal(scores, before[0])
    np.testing.assert_array_equal(y, before[1])


@every
def test_a_uniform_guess_costs_what_theory_says(cost: Cost) -> None:
    scores, y = np.zeros((6, 4)), np.eye(4)[[0, 1, 2, 3, 0, 1]]
    expected = {"softmax": np.log(4), "sigmoid": 4 * np.log(2), "identity": 0.5}[cost.output]
    assert cost.value(scores, y) == pytest.approx(expected)


@every
def test_shapes_that_would_broadcast_are_refused(cost: Cost) -> None:
    with pytest.raises(ShapeError, match="rows like the scores"):
        cost.value(np.zeros((4, 3)), batch(cost, 0)[1] if cost.output != "softmax" else [0, 1])
    with pytest.raises(ShapeError, match=r"\(batch, n_out\)"):
        cost.value(np.zeros(4), np.zeros(4))
