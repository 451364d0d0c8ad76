"""The gradient check passes right gradients, kinks included, and catches faulty ones."""

from collections.abc import Callable

import numpy as np
import pytest

from annkit.nn import ACTIVATIONS, Activation, Network, gradient_check
from annkit.nn.layers import Layer

RNG = np.random.default_rng


def example(
    hidden: str = "relu", dtype: type = np.float64
) -> tuple[Network, np.ndarray, np.ndarray]:
    rng = RNG(0)
    network = Network([6, 5, 4, 3], hidden, dtype=dtype, rng=rng)
    return network, rng.normal(size=(12, 6)), rng.integers(0, 3, 12)


@pytest.mark.parametrize("exhaustive", [False, True])
@pytest.mark.parametrize("hidden", ["relu", "leaky_relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_right_gradient_passes(hidden: str, dtype: type, exhaustive: bool) -> None:
    network, X, y = example(hidden, dtype)
    before = network.flat.copy()
    report = gradient_check(network, X, y, exhaustive=exhaustive, l2=0.1, rng=RNG(1))
    assert list(report.errors) == ["W1", "b1", "W2", "b2", "W3", "b3"]
    assert report
    assert report.worst < 1e-7
    np.testing.assert_array_equal(network.flat, before)


def forget_f_prime(layer: Layer, da: np.ndarray) -> np.ndarray:
    layer.a_prev.T.dot(da, layer.dWb)
    return da @ layer.W.T


def double_b(layer: Layer, da: np.ndarray) -> np.ndarray:
    delta = RIGHT(layer, da)
    layer.db *= 2
    return delta


def one_wrong_weight(layer: Layer, da: np.ndarray) -> np.ndarray:
    delta = RIGHT(layer, da)
    layer.dW[0, 0] += 0.01
    return delta


RIGHT = Layer.backward


@pytest.mark.parametrize("exhaustive", [False, True])
@pytest.mark.parametrize(
    ("faulty", "suspects"),
    [
        (forget_f_prime, {"W1", "b1", "W2", "b2"}),
        (double_b, {"b1", "b2", "b3"}),
        (one_wrong_weight, {"W1", "W2", "W3"}),
    ],
)
def test_a_wrong_gradient_is_caught_and_located(
    monkeypatch: pytest.MonkeyPatch,
    faulty: Callable[[Layer, np.ndarray], np.ndarray],
    suspects: set[str],
    exhaustive: bool,
) -> None:
    monkeypatch.setattr(Layer, "backward", faulty)
    report = gradient_check(*example("tanh"), exhaustive=exhaustive, rng=RNG(2))
    assert not report
    assert {name for name, error in report.errors.items() if not error < 1e-6} == suspects
    assert "DIFFERS" in str(report)


def test_a_wrong_derivative_of_an_activation_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    tanh = ACTIVATIONS["tanh"]
    faulty = Activation("tanh", tanh.f, lambda z: 1 - tanh.f(tanh.f(z)) ** 2, tanh.formula)
    monkeypatch.setitem(ACTIVATIONS, "tanh", faulty)
    assert not gradient_check(*example("tanh"), rng=RNG(3))


@pytest.mark.parametrize("exhaustive", [False, True])
def test_no_false_alarm_at_a_kink(exhaustive: bool) -> None:
    network, X, y = example("relu")
    X[::2] = 0  # with biases 0 these examples stand exactly on the kink of every unit
    assert gradient_check(network, X, y, exhaustive=exhaustive, rng=RNG(4))


def test_examples_that_pass_a_kink_are_left_out() -> None:
    rng = RNG(4)
    network = Network([6, 200, 3], "relu", rng=rng)
    X, y = rng.normal(size=(400, 6)), rng.integers(0, 3, 400)
    report = gradient_check(network, X, y, h=1e-4, rng=rng)
    assert report
    assert 0 < report.left_out["W1"] < 0.5
    assert report.left_out["W2"] == 0
    assert "left out at a kink" in str(report)


def test_nothing_left_to_compare_is_not_a_pass() -> None:
    network, X, y = example("relu")
    report = gradient_check(network, 0 * X, y, h=1.0, rng=RNG(5))
    assert np.isnan(report.worst)
    assert not report


def test_dead_layers_raise_no_alarm() -> None:
    network, X, y = example("relu")
    network.layers[0].b[:] = -100
    assert gradient_check(network, X, y, rng=RNG(6))
