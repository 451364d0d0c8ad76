"""Optimisers against the rules of the text, number by number."""

import numpy as np
import pytest

from annkit.nn import OPTIMISERS, SGD, Adam, Momentum, Optimiser, RMSProp

RATE = 0.3


def run(optimiser: Optimiser, gradients: np.ndarray) -> np.ndarray:
    """The parameters after each step from (1, 1, …), (n_steps, n_parameters)."""
    flat = np.ones(gradients.shape[1])
    optimiser.start(flat)
    path = []
    for gradient in gradients:
        optimiser.step(flat, gradient, RATE)
        path.append(flat.copy())
    return np.array(path)


def gradients(n_steps: int = 6) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(n_steps, 4)) * [1, 10, 0.1, 0]


def test_sgd() -> None:
    np.testing.assert_allclose(run(SGD(), gradients()), 1 - RATE * gradients().cumsum(axis=0))


def test_momentum_weighs_older_gradients_less() -> None:
    g = gradients()
    velocity = [sum(0.8 ** (t - s) * g[s] for s in range(t + 1)) for t in range(len(g))]
    np.testing.assert_allclose(run(Momentum(0.8), g), 1 - RATE * np.cumsum(velocity, axis=0))


def test_rmsprop_divides_by_the_root_mean_square_with_eps_outside() -> None:
    g = gradients()
    square = [sum(0.1 * 0.9 ** (t - s) * g[s] ** 2 for s in range(t + 1)) for t in range(len(g))]
    steps = g / (np.sqrt(square) + 1e-8)
    np.testing.assert_allclose(run(RMSProp(), g), 1 - RATE * steps.cumsum(axis=0))


def test_adam_with_both_corrections() -> None:
    g = gradients()
    steps = []
    for t in range(1, len(g) + 1):
        weights = 0.9 ** np.arange(t)[::-1, None]
        mean = (weights * g[:t]).sum(axis=0) / weights.sum()  # the correction, said otherwise
        weights = 0.999 ** np.arange(t)[::-1, None]
        square = (weights * g[:t] ** 2).sum(axis=0) / weights.sum()
        steps.append(mean / (np.sqrt(square) + 1e-8))
    np.testing.assert_allclose(run(Adam(), g), 1 - RATE * np.cumsum(steps, axis=0))


def test_adams_first_step_is_the_learning_rate_whatever_the_gradient() -> None:
    first = run(Adam(), np.array([[1e-3, 5.0, -200.0]]))[0]
    np.testing.assert_allclose(first, [1 - RATE, 1 - RATE, 1 + RATE], rtol=1e-4)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_float32_stays_and_the_gradient_is_left_alone(name: str) -> None:
    flat, gradient = np.ones(3, np.float32), np.array([1, 2, 3], np.float32)
    optimiser = OPTIMISERS[name]()
    optimiser.start(flat)
    optimiser.step(flat, gradient, RATE)
    assert flat.dtype == np.float32
    assert (flat < 1).all()
    np.testing.assert_array_equal(gradient, [1, 2, 3])
