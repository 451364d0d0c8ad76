"""Both passes written out agree with central differences, and with paper."""

from itertools import pairwise

import numpy as np
import pytest

from annkit.lessons.backpropagation.passes import (
    backward_pass,
    corner_network,
    forward_pass,
    mean_half_square,
)
from annkit.nn.gradient_checking import measured_gradient


@pytest.mark.parametrize("names", [["tanh", "identity"], ["sigmoid", "tanh", "sigmoid"]])
def test_the_gradients_are_those_of_the_cost(names):
    rng = np.random.default_rng(3)
    sizes = [3, 4, 2] if len(names) == 2 else [3, 5, 4, 2]
    shapes = [((n, m), (m,)) for n, m in pairwise(sizes)]
    params = [(rng.normal(size=W), rng.normal(size=b)) for W, b in shapes]
    X, Y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))

    def cost(v):
        pairs, at = [], 0
        for W, b in shapes:
            split = at + W[0] * W[1]
            pairs.append((v[at:split].reshape(W), v[split : split + b[0]]))
            at = split + b[0]
        return mean_half_square(forward_pass(X, pairs, names)[-1].a, Y)

    flat = np.concatenate([part.ravel() for pair in params for part in pair])
    back = backward_pass(forward_pass(X, params, names), Y, params)
    found = np.concatenate([part.ravel() for layer in back for part in (layer.dW, layer.db)])
    np.testing.assert_allclose(found, measured_gradient(cost, flat), atol=1e-8)


def test_the_first_layer_knows_how_the_cost_answers_to_the_inputs():
    params = corner_network(2)
    names = ["sigmoid", "sigmoid"]
    X, Y = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])

    def cost(v):
        return mean_half_square(forward_pass(v.reshape(2, 2), params, names)[-1].a, Y)

    back = backward_pass(forward_pass(X, params, names), Y, params)
    np.testing.assert_allclose(
        back[0].da_prev.ravel(), measured_gradient(cost, X.ravel()), atol=1e-9
    )


def test_the_network_on_paper_has_round_numbers():
    hidden, output = forward_pass(np.array([[1.0, 2.0]]), corner_network(2), ["sigmoid"] * 2)
    np.testing.assert_allclose(hidden.a, [[0.75, 0.5]])
    np.testing.assert_allclose(output.a, [[0.5, 0.75]])
    _, answer = forward_pass(np.array([[1.0, 2.0]]), corner_network(1), ["sigmoid", "identity"])
    np.testing.assert_allclose(answer.a, [[1.0]])


def test_a_forgotten_transpose_spoils_the_layers_below_only():
    rng = np.random.default_rng(0)
    params = [(rng.normal(size=(3, 3)), rng.normal(size=3)) for _ in range(2)]
    X, Y = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    kept = forward_pass(X, params, ["tanh", "identity"])
    right, wrong = backward_pass(kept, Y, params), backward_pass(kept, Y, params, lambda W: W)
    np.testing.assert_array_equal(right[1].dW, wrong[1].dW)
    assert np.abs(right[0].dW - wrong[0].dW).max() > 0.1
