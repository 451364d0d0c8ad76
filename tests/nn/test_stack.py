"""Backpropagation against the complex step, over shapes, depths, activations, costs and types."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annkit.nn import Network
from annkit.nn.dropout import Dropout
from annkit.nn.stack import PIECE, add_l2, with_ones
from tests.nn import oracle

HIDDEN = ["identity", "sigmoid", "tanh", "relu", "leaky_relu"]
OUTPUTS = [
    ("softmax", "softmax_cross_entropy"),
    ("sigmoid", "binary_cross_entropy"),
    ("sigmoid", "half_squared_error"),
    ("identity", "half_squared_error"),
    ("tanh", "half_squared_error"),
    ("leaky_relu", "half_squared_error"),
]


def targets(output: str, n: int, n_out: int, rng: np.random.Generator) -> np.ndarray:
    """Labels for softmax, (n, n_out) zeros and ones for sigmoid, else (n, n_out) numbers."""
    if output == "softmax":
        return rng.integers(0, n_out, n)
    if output == "sigmoid":
        return rng.integers(0, 2, (n, n_out))
    return rng.normal(size=(n, n_out))


@st.composite
def problems(draw: Any) -> tuple[Network, np.ndarray, np.ndarray]:
    """A random network with non-zero biases and a batch for it."""
    output, cost = draw(st.sampled_from(OUTPUTS))
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    sizes[-1] += output == "softmax"
    hidden = draw(
        st.lists(st.sampled_from(HIDDEN), min_size=len(sizes) - 2, max_size=len(sizes) - 2)
    )
    dtype = draw(st.sampled_from([np.float32, np.float64]))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    network = Network(sizes, hidden, output, cost=cost, dtype=dtype, rng=rng)
    network.flat[:] = rng.normal(size=network.flat.shape)
    n = draw(st.integers(1, 6))
    return network, rng.normal(size=(n, sizes[0])), targets(output, n, sizes[-1], rng)


@settings(max_examples=60)
@given(problem=problems(), l2=st.sampled_from([0.0, 0.3]))
def test_the_gradient_is_exact(problem: tuple[Network, np.ndarray, np.ndarray], l2: float) -> None:
    network, X, y = problem
    made_of = network.design
    X = X.astype(network.dtype)

    def cost(params: oracle.Params) -> complex:
        penalty = sum((W**2).sum() for W, _ in params) * l2 / 2
        inputs = X.astype(float)
        return (
            oracle.cost(params, inputs, y, made_of.hidden, made_of.output, made_of.cost) + penalty
        )

    params = [(W.astype(float), b.astype(float)) for W, b in network.params]
    found, grads = network.backprop(X, y, l2)
    expected = oracle.complex_step(cost, params)
    rtol, atol = (1e-10, 1e-12) if network.dtype == np.float64 else (2e-4, 2e-5)
    np.testing.assert_allclose(found, cost(params).real, rtol, atol)
    for got, wanted in zip(grads, expected, strict=True):
        for array, right in zip(got, wanted, strict=True):
            assert array.shape == right.shape
            assert array.dtype == network.dtype
            np.testing.assert_allclose(array, right, rtol, atol)


@pytest.mark.parametrize("n", [PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7])
def test_a_large_batch_is_the_mean_of_its_pieces(n: int) -> None:
    rng = np.random.default_rng(0)
    network = Network([3, 5, 4], "tanh", rng=rng)
    X, y = rng.normal(size=(n, 3)), rng.integers(0, 4, n)
    cost, grads = network.backprop(X, y)
    one_by_one = [network.backprop(X[i : i + 1], y[i : i + 1]) for i in range(n)]
    assert cost == pytest.approx(np.mean([c for c, _ in one_by_one]), rel=1e-12)
    for layer in range(2):
        for part in range(2):
            mean = np.mean([g[layer][part] for _, g in one_by_one], axis=0)
            np.testing.assert_allclose(grads[layer][part], mean, rtol=1e-9, atol=1e-14)


def test_dropout_scales_the_survivors_and_the_gradient_knows_the_mask() -> None:
    rng = np.random.default_rng(1)
    network = Network([4, 6, 5, 3], "tanh", rng=rng)
    X, y = rng.normal(size=(7, 4)), rng.integers(0, 3, 7)
    x, Y = with_ones(X), np.eye(3)[y]
    network.gradient(x, Y, dropout=Dropout(0.4, rng))
    masks = [layer.mask for layer in network.layers]
    assert masks[-1] is None
    grads = [(layer.dW.copy(), layer.db.copy()) for layer in network.layers]

    def cost(params: oracle.Params) -> complex:
        a = X
        for (W, b), mask in zip(params[:-1], masks, strict=False):
            a = np.tanh(a @ W + b) * mask
        W, b = params[-1]
        z = a @ W + b
        return complex(np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(7), y]))

    for got, wanted in zip(grads, oracle.complex_step(cost, network.params), strict=True):
        np.testing.assert_allclose(got[0], wanted[0], atol=1e-13)
        np.testing.assert_allclose(got[1], wanted[1], atol=1e-13)


def test_parameters_and_derivatives_lie_in_the_flat_vectors_w_before_b() -> None:
    network = Network([2, 3, 2], rng=np.random.default_rng(0))
    network.flat[:] = np.arange(network.flat.size)
    (W1, b1), (W2, b2) = network.params
    np.testing.assert_array_equal(W1, np.arange(6).reshape(2, 3))
    np.testing.assert_array_equal(b1, [6, 7, 8])
    np.testing.assert_array_equal(W2, np.arange(9, 15).reshape(3, 2))
    np.testing.assert_array_equal(b2, [15, 16])
    np.testing.assert_array_equal(np.flatnonzero(network.is_weight == 0), [6, 7, 8, 15, 16])
    _, grads = network.backprop(np.ones((1, 2)), [0])
    flat = np.concatenate([array.ravel() for pair in grads for array in pair])
    np.testing.assert_array_equal(flat, network.flat_gradient)


def test_hidden_units_may_change_places() -> None:
    rng = np.random.default_rng(2)
    network = Network([3, 5, 2], rng=rng)
    X, y = rng.normal(size=(9, 3)), rng.integers(0, 2, 9)
    order = rng.permutation(5)
    (W1, b1), (W2, b2) = network.params
    other = network.copy()
    other.params = [(W1[:, order], b1[order]), (W2[order], b2)]
    cost, ((dW1, db1), (dW2, db2)) = network.backprop(X, y)
    other_cost, grads = other.backprop(X, y)
    assert other_cost == pytest.approx(cost, rel=1e-14)
    for got, wanted in zip(
        [array for pair in grads for array in pair],
        [dW1[:, order], db1[order], dW2[order], db2],
        strict=True,
    ):
        np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-15)


def test_a_relu_layer_may_trade_scale_with_the_next() -> None:
    rng = np.random.default_rng(3)
    network = Network([3, 5, 2], rng=rng)
    X, y = rng.normal(size=(9, 3)), rng.integers(0, 2, 9)
    (W1, b1), (W2, b2) = network.params
    other = network.copy()
    other.params = [(4 * W1, 4 * b1), (W2 / 4, b2)]
    cost, ((dW1, db1), (dW2, db2)) = network.backprop(X, y)
    other_cost, grads = other.backprop(X, y)
    assert other_cost == pytest.approx(cost, rel=1e-14)
    np.testing.assert_allclose(grads[0][0], dW1 / 4, rtol=1e-12)
    np.testing.assert_allclose(grads[1][0], 4 * dW2, rtol=1e-12)
    np.testing.assert_allclose(grads[0][1], db1 / 4, rtol=1e-12)
    np.testing.assert_allclose(grads[1][1], db2, rtol=1e-12)


def test_the_penalty_and_its_derivative_leave_biases_out() -> None:
    flat, is_weight = np.array([1.0, -2.0, 3.0, 4.0]), np.array([1.0, 1.0, 0.0, 1.0])
    gradient = np.full(4, 10.0)
    penalty = add_l2(gradient, flat, is_weight, 0.5)
    assert penalty == pytest.approx(0.25 * (1 + 4 + 16))
    np.testing.assert_allclose(gradient, [10.5, 9, 10, 12])
    np.testing.assert_array_equal(flat, [1, -2, 3, 4])
