"""The way back is right until a piece is replaced, and then it is wrong."""

import inspect

import numpy as np
import pytest

from annkit.lessons.backpropagation import faulty_passes as faulty
from annkit.lessons.backpropagation.slopes import cross_entropy_slopes, random_params

STEPS = {
    "mean_at_every_layer": faulty.mean_at_every_layer,
    "slope_missing": faulty.slope_missing,
    "own_weights": faulty.own_weights,
    "not_transposed": faulty.not_transposed,
    "through_the_inverse": faulty.through_the_inverse,
    "through_gradients": faulty.through_gradients,
    "through_updated_weights": faulty.through_updated_weights(0.5),
    "slope_of_a_sigmoid": faulty.slope_of_a_sigmoid,
    "slope_of_the_layer_left": faulty.slope_of_the_layer_left,
    "sums_separately": faulty.sums_separately,
}
GRADIENTS = [
    function
    for name, function in inspect.getmembers(faulty, inspect.isfunction)
    if list(inspect.signature(function).parameters) == ["a_prev", "delta"]
]


def walk(**replaced):
    """(right slopes, those of a walk) of a ReLU network with equal widths."""
    rng = np.random.default_rng(1)
    X, labels, params = rng.normal(size=(5, 3)), np.arange(5) % 3, random_params(rng, 3, 3, 3, 3)
    a, cache = X, []
    for W, b in params:
        cache.append((a, a @ W + b))
        a = np.maximum(cache[-1][1], 0)
    e = np.exp(cache[-1][1])
    delta = (e / e.sum(axis=1, keepdims=True) - np.eye(3)[labels]) / 5
    noted = replaced.pop("noted", lambda cache: cache)(cache)
    got = faulty.walk_back(params, noted, delta, lambda layer: noted[layer][1] > 0, **replaced)
    return cross_entropy_slopes(X, labels, params), got


def agree(one, other):
    return all(
        np.shape(a) == np.shape(b) and np.allclose(a, b)
        for pair, same in zip(one, other, strict=True)
        for a, b in zip(pair, same, strict=True)
    )


def test_with_nothing_replaced_it_is_right():
    assert agree(*walk())


@pytest.mark.parametrize("name", STEPS)
def test_a_faulty_step_spoils_the_layers_before_it_only(name):
    right, got = walk(step=STEPS[name])
    assert agree(right[-1:], got[-1:])
    assert not agree(right[:1], got[:1])


@pytest.mark.parametrize("gradients", GRADIENTS)
def test_faulty_gradients_spoil_every_layer(gradients):
    right, got = walk(gradients=gradients)
    assert not any(agree([a], [b]) for a, b in zip(right, got, strict=True))


@pytest.mark.parametrize("noted", [faulty.sums_for_inputs, faulty.first_inputs_for_all])
def test_what_was_noted_wrongly_shows_from_layer_2_on(noted):
    right, got = walk(noted=noted)
    assert agree(right[:1], got[:1])
    assert not agree(right[1:], got[1:])


def test_weights_are_reshaped_in_reading_order():
    at = faulty.Crossing(
        1, np.array([[1.0]]), np.ones((2, 1)),
        [(np.ones((3, 2)),) * 2, (np.array([[4.0], [5.0]]),) * 2],
        [], lambda layer: np.ones((1, 2)),
    )  # fmt: skip
    np.testing.assert_allclose(faulty.reshaped(at), [[4.0, 5.0]])
    assert len(GRADIENTS) == 10
