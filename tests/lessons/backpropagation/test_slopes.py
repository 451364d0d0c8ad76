"""Slopes without going back agree with going back, and with real nudges."""

import numpy as np
import pytest

from annkit import nn
from annkit.lessons.backpropagation.passes import backward_pass, forward_pass
from annkit.lessons.backpropagation.slopes import (
    complex_step,
    cross_entropy,
    cross_entropy_slopes,
    forward_slopes,
    random_params,
    slopes_of,
)
from annkit.nn.activations import ACTIVATIONS


def case(*sizes, batch=5, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(batch, sizes[0])), rng, random_params(rng, *sizes)


def test_a_complex_step_is_right_to_the_last_digits():
    x = np.array([[0.5, -2.0], [1.5, 3.0]])
    np.testing.assert_allclose(complex_step(lambda x: (x**3).sum(), x), 3 * x**2, rtol=1e-15)


def test_a_complex_step_leaves_its_argument_alone():
    x = np.ones(2)
    complex_step(lambda x: x.prod(), x)
    assert x.dtype == float
    assert (x == 1).all()


@pytest.mark.parametrize("names", [["tanh"], ["sigmoid", "identity"], ["relu", "tanh", "sigmoid"]])
def test_slopes_sent_forward_are_those_of_the_way_back(names):
    X, rng, params = case(3, *(2 + i for i in range(len(names))))
    y = rng.normal(size=(5, 1 + len(names)))
    known = [ACTIVATIONS[name] for name in names]
    found = forward_slopes(X, y, params, [f.f for f in known], [f.f_prime for f in known])
    for (dW, db), layer in zip(
        found, backward_pass(forward_pass(X, params, names), y, params), strict=True
    ):
        np.testing.assert_allclose(dW, layer.dW, atol=1e-14)
        np.testing.assert_allclose(db, layer.db, atol=1e-14)


def test_slopes_sent_forward_are_those_handed_in():
    X, rng, params = case(2, 3)
    y = rng.normal(size=(5, 3))
    ((dW, db),) = forward_slopes(X, y, params, [np.round], [np.ones_like])
    delta = (np.round(X @ params[0][0] + params[0][1]) - y) / 5
    np.testing.assert_allclose(dW, X.T @ delta)
    np.testing.assert_allclose(db, delta.sum(axis=0))


def test_cross_entropy_and_its_slopes_are_those_of_the_library():
    X, _, params = case(3, 4, 3)
    labels = np.arange(5) % 3
    network = nn.Network((3, 4, 3), rng=np.random.default_rng(0))
    network.params = params
    cost, grads = network.backprop(X, labels)
    assert cross_entropy(X, labels, params) == pytest.approx(cost)
    for mine, theirs in zip(cross_entropy_slopes(X, labels, params), grads, strict=True):
        for a, b in zip(mine, theirs, strict=True):
            np.testing.assert_allclose(a, b, atol=1e-12)


def test_slopes_are_told_pair_by_pair():
    params = [(np.array([[2.0]]), np.array([3.0])), (np.array([[5.0]]), np.array([7.0]))]
    found = slopes_of(lambda p: p[0][0].sum() * p[1][1].sum() + p[0][1].sum() ** 2, params)
    assert [(float(W.item()), float(b.item())) for W, b in found] == [(7, 6), (0, 2)]
