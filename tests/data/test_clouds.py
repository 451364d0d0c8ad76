"""Point clouds: the promised geometry, equal classes, and the seed."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from annkit import data

CLOUDS = {"moons": 2, "circles": 2, "spirals": 3, "blobs": 3}
every = pytest.mark.parametrize("name", CLOUDS)


def cloud(name: str, n: int = 300, seed: int = 0, **more: Any) -> tuple[np.ndarray, np.ndarray]:
    make: Callable[..., tuple[np.ndarray, np.ndarray]] = getattr(data, name)
    return make(n, np.random.default_rng(seed), **more)


@every
@pytest.mark.parametrize("n", [1, 2, 7, 300])
def test_shapes_types_and_equal_classes(name: str, n: int) -> None:
    X, labels = cloud(name, n)
    assert X.shape == (n, 2)
    assert X.dtype == float
    assert labels.shape == (n,)
    assert labels.dtype.kind == "i"
    counts = np.bincount(labels, minlength=CLOUDS[name])
    assert len(counts) == CLOUDS[name]
    assert counts.max() - counts.min() <= 1


@every
def test_the_seed_decides_everything(name: str) -> None:
    (X, labels), (again, same) = cloud(name), cloud(name)
    np.testing.assert_array_equal(X, again)
    np.testing.assert_array_equal(labels, same)
    assert (cloud(name, seed=1)[0] != X).any()


@every
def test_rows_come_in_random_order(name: str) -> None:
    labels = cloud(name)[1]
    assert 0.3 < np.mean(labels[1:] != labels[:-1]) < 0.9


def test_moons_are_half_circles() -> None:
    X, labels = cloud("moons", noise=0)
    upper, lower = X[labels == 0], X[labels == 1] - [1.0, 0.5]
    np.testing.assert_allclose(np.linalg.norm(upper, axis=1), 1)
    np.testing.assert_allclose(np.linalg.norm(lower, axis=1), 1)
    assert upper[:, 1].min() >= 0
    assert lower[:, 1].max() <= 0


def test_circles_have_their_radii() -> None:
    X, labels = cloud("circles", noise=0, inner=0.3)
    np.testing.assert_allclose(np.linalg.norm(X, axis=1), np.where(labels == 0, 1, 0.3))


def test_spirals_are_copies_of_one_arm_turned() -> None:
    X, labels = cloud("spirals", noise=0, n_classes=4, turns=1.5)
    radius = np.linalg.norm(X, axis=1)
    assert 0.1 <= radius.min() <= radius.max() <= 1
    angle = np.arctan2(X[:, 1], X[:, 0])
    off = angle - 2 * np.pi * (1.5 * radius + labels / 4)
    np.testing.assert_allclose(np.cos(off), 1)


def test_blobs_stand_on_a_circle_and_spread_as_told() -> None:
    X, labels = cloud("blobs", 30_000, n_classes=5, spread=0.7, radius=3)
    angle = 2 * np.pi * np.arange(5) / 5
    for k in range(5):
        centre = X[labels == k].mean(axis=0)
        np.testing.assert_allclose(
            centre, 3 * np.array([np.cos(angle[k]), np.sin(angle[k])]), atol=0.05
        )
        np.testing.assert_allclose(X[labels == k].std(axis=0), 0.7, rtol=0.03)


@pytest.mark.parametrize("name", ["moons", "circles", "spirals"])
def test_noise_is_a_standard_deviation(name: str) -> None:
    difference = cloud(name, 20_000, noise=0.3)[0] - cloud(name, 20_000, noise=0)[0]
    assert difference.std() == pytest.approx(0.3, rel=0.02)


@every
def test_arguments_that_cannot_be_meant(name: str) -> None:
    with pytest.raises(TypeError, match=r"default_rng\(0\)"):
        getattr(data, name)(10, 0)
    with pytest.raises(TypeError, match="n: expected a whole number"):
        cloud(name, n=10.0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="n: expected at least 1"):
        cloud(name, n=0)
    with pytest.raises(ValueError, match="noise"):
        cloud(name, 5, 0, **{"spread" if name == "blobs" else "noise": -1.0})
