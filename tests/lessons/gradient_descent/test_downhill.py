"""Ways down: compared with closed forms and with each other."""

import numpy as np
import pytest

from annkit import nn
from annkit.lessons.gradient_descent import downhill
from annkit.nn.gradient_checking import measured_gradient

RNG_SEEDS = (0, 1, 2)


def bowl(seed: int, dim: int = 4) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(dim + 3, dim))
    return A.T @ A / dim, rng.normal(size=dim)


@pytest.mark.parametrize("seed", RNG_SEEDS)
def test_every_direction_shrinks_by_its_own_factor(seed: int) -> None:
    H, lowest = bowl(seed)
    curvatures, directions = np.linalg.eigh(H)
    rate = 1.3 / curvatures[-1]
    path = downhill.descend(lambda v: H @ (v - lowest), np.zeros(4), rate, 9)
    assert path.shape == (10, 4)
    left = directions.T @ (path - lowest).T
    np.testing.assert_allclose(left[:, 9], (1 - rate * curvatures) ** 9 * left[:, 0])


@pytest.mark.parametrize("seed", RNG_SEEDS)
def test_newton_reaches_the_bottom_of_a_bowl_in_one_step(seed: int) -> None:
    H, lowest = bowl(seed)
    path = downhill.newton(lambda v: H @ (v - lowest), lambda v: H, np.ones(4), 1)
    np.testing.assert_allclose(path[1], lowest)


@pytest.mark.parametrize("seed", RNG_SEEDS)
def test_bfgs_only_falls_and_arrives(seed: int) -> None:
    H, lowest = bowl(seed)

    def cost(v: np.ndarray) -> float:
        return float((v - lowest) @ H @ (v - lowest) / 2)

    path = downhill.bfgs(cost, lambda v: H @ (v - lowest), np.ones(4), 60)
    assert (np.diff([cost(v) for v in path]) < 0).all()
    np.testing.assert_allclose(path[-1], lowest, atol=1e-6)


def test_bfgs_stops_where_nothing_can_be_gained() -> None:
    path = downhill.bfgs(lambda v: float(v @ v), lambda v: 2 * v, np.zeros(3), 5)
    assert path.shape == (1, 3)


@pytest.mark.parametrize("seed", RNG_SEEDS)
def test_what_is_learned_explains_the_step(seed: int) -> None:
    H, _ = bowl(seed)
    step = np.random.default_rng(seed).normal(size=4)
    inverse = downhill.learned(np.eye(4), step, H @ step)
    np.testing.assert_allclose(inverse @ H @ step, step)
    np.testing.assert_allclose(inverse, inverse.T)
    assert np.linalg.eigvalsh(inverse)[0] > 0
    assert downhill.learned(inverse, step, -H @ step) is inverse


def test_a_network_s_landscape_is_its_cost_and_its_slopes() -> None:
    rng = np.random.default_rng(0)
    network = nn.Network([3, 4, 2], hidden="tanh", output="identity", rng=rng)
    X, y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    before = network.flat.copy()
    cost, gradient = downhill.landscape(network, X, y)
    assert cost(before) == pytest.approx(network.cost(X, y))
    v = before + 0.1
    np.testing.assert_allclose(gradient(v), measured_gradient(cost, v), atol=1e-8)
    assert (network.flat == before).all()


def test_a_measured_hessian_is_the_hessian() -> None:
    H, lowest = bowl(0)
    measured = downhill.measured_hessian(lambda v: H @ (v - lowest), np.ones(4))
    np.testing.assert_allclose(measured, H, atol=1e-9)


def test_steps_are_counted_without_being_taken() -> None:
    H, start = np.array([[3.0, 1.0], [1.0, 0.5]]), np.array([2.0, -1.0])
    path = downhill.descend(lambda v: H @ v, start, 0.4, 200)
    heights = 0.5 * np.einsum("ki,ij,kj->k", path, H, path)
    for height in (1.0, 1e-3, 1e-6):
        assert downhill.steps_until(H, start, 0.4, height) == np.argmax(heights < height)
