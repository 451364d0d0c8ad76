"""The right equations are right, and every planted bug is wrong in a way of its own."""

import re
from itertools import combinations

import numpy as np
import pytest

from annkit.lessons.backpropagation.blind_spots import flat
from annkit.lessons.backpropagation.bug_fingerprints import random_case
from annkit.lessons.backpropagation.planted_bugs import (
    BUGS,
    Backpropagation,
    faulty_gradients,
    true_gradients,
)


def cost(X, y, params):
    """Mean binary cross-entropy, from the definition."""
    (W1, b1), (W2, b2) = params
    p = 1 / (1 + np.exp(-(np.tanh(X @ W1 + b1) @ W2 + b2)))
    return np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p))


def problem(seed):
    case = random_case("mean_missing", np.random.default_rng(seed))
    return case["X"], case["y"], case["params"]


@pytest.mark.parametrize("seed", range(3))
def test_the_right_equations_agree_with_central_differences(seed):
    X, y, params = problem(seed)
    arrays = [array for pair in params for array in pair]
    gradients = [array for pair in true_gradients(X, y, params) for array in pair]
    for array, gradient in zip(arrays, gradients, strict=True):
        for place in np.ndindex(array.shape):
            old, costs = array[place], []
            for nudge in (1e-5, -1e-5):
                array[place] = old + nudge
                costs.append(cost(X, y, params))
            array[place] = old
            assert gradient[place] == pytest.approx((costs[0] - costs[1]) / 2e-5, abs=1e-8)


def test_there_are_fifteen_and_each_is_told_in_a_sentence():
    assert len(BUGS) == 15
    for name, equations in BUGS.items():
        assert re.fullmatch(r"\w+", name)
        assert (equations.__doc__ or "").endswith(".")


@pytest.mark.parametrize("seed", range(50))
def test_no_two_bugs_and_no_bug_and_the_truth_are_alike(seed):
    X, y, params = problem(seed)
    found = {bug: flat(faulty_gradients(bug, X, y, params)) for bug in BUGS}
    found["none"] = flat(true_gradients(X, y, params))
    for one, other in combinations(found, 2):
        difference = np.linalg.norm(found[one] - found[other])
        assert difference > 1e-4 * np.linalg.norm(found[one]), (one, other)


def test_a_bug_keeps_the_shapes():
    X, y, params = problem(0)
    for bug in BUGS:
        pairs = faulty_gradients(bug, X, y, params)
        shapes = [(dW.shape, db.shape) for dW, db in pairs]
        assert shapes == [(W.shape, b.shape) for W, b in params], bug


def test_only_the_early_step_looks_at_the_learning_rate():
    X, y, params = problem(0)
    for bug in BUGS:
        slow, fast = (flat(faulty_gradients(bug, X, y, params, rate)) for rate in (0.1, 1.0))
        assert np.allclose(slow, fast) == (bug != "updated_W2")


def test_large_scores_do_not_overflow():
    X = np.array([[9.0, -9.0], [9.0, 9.0]])
    params = [(np.eye(2), np.zeros(2)), (np.array([[5e3], [5e3]]), np.zeros(1))]
    with np.errstate(over="raise"):
        assert Backpropagation(X, np.zeros((2, 1)), params).a2[1] == 1
