"""Clouds of points in the plane, made from a seed: shapes that one line separates, or cannot.

All return `(X, labels)`: X (n, 2) floats, labels (n,) integers 0 … C-1, the rows in random order
and the classes as equal in size as n allows.

Not here: real data (`handwriting`), regression (`housing`).
"""

import numpy as np

from annkit.arguments import Array, check_count, check_rng


def moons(n: int, rng: np.random.Generator, noise: float = 0.1) -> tuple[Array, Array]:
    """Two interleaved half circles of radius 1.

    Args:
        n: number of points.
        rng: source of randomness.
        noise: standard deviation of the Gaussian noise added to both coordinates.

    Returns:
        X (n, 2) and labels (n,): 0 is the upper moon around (0, 0), 1 the lower around (1, 0.5).
    """
    labels = _shuffled_labels(n, 2, rng)
    angle = rng.uniform(0, np.pi, n)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.array([1.0, 0.5]) - upper
    return _blur(np.where(labels[:, None] == 0, upper, lower), noise, rng), labels


def circles(
    n: int, rng: np.random.Generator, noise: float = 0.05, inner: float = 0.5
) -> tuple[Array, Array]:
    """A circle inside a circle, both around the origin.

    Args:
        n: number of points.
        rng: source of randomness.
        noise: standard deviation of the Gaussian noise added to both coordinates.
        inner: radius of the inner circle; the outer has radius 1.

    Returns:
        X (n, 2) and labels (n,): 0 outside, 1 inside.
    """
    labels = _shuffled_labels(n, 2, rng)
    angle = rng.uniform(0, 2 * np.pi, n)
    radius = np.where(labels == 0, 1.0, inner)
    X = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _blur(X, noise, rng), labels


def spirals(
    n: int, rng: np.random.Generator, n_classes: int = 3, noise: float = 0.02, turns: float = 0.75
) -> tuple[Array, Array]:
    """Arms that wind out of the origin to radius 1, one per class.

    Args:
        n: number of points.
        rng: source of randomness.
        n_classes: number of arms, spread evenly over the circle.
        noise: standard deviation of the Gaussian noise added to both coordinates.
        turns: how many times each arm winds around the origin.

    Returns:
        X (n, 2) and labels (n,) of 0 … n_classes-1.
    """
    labels = _shuffled_labels(n, n_classes, rng)
    radius = np.sqrt(rng.uniform(0.01, 1, n))  # the root keeps the points evenly spread
    angle = 2 * np.pi * (turns * radius + labels / n_classes)
    X = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _blur(X, noise, rng), labels


def blobs(
    n: int, rng: np.random.Generator, n_classes: int = 3, spread: float = 0.5, radius: float = 2.0
) -> tuple[Array, Array]:
    """Round Gaussian clouds whose centres stand evenly on a circle.

    Args:
        n: number of points.
        rng: source of randomness.
        n_classes: number of clouds.
        spread: standard deviation of each cloud.
        radius: distance of the centres from the origin; the first lies on the positive x-axis.

    Returns:
        X (n, 2) and labels (n,) of 0 … n_classes-1.
    """
    labels = _shuffled_labels(n, n_classes, rng)
    angle = 2 * np.pi * labels / n_classes
    X = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    return _blur(X, spread, rng), labels


def _shuffled_labels(n: int, n_classes: int, rng: np.random.Generator) -> Array:
    """Labels (n,) in random order, each class as often as the others or once more."""
    check_count(n, "n")
    check_count(n_classes, "n_classes")
    check_rng(rng)
    return rng.permutation(np.arange(n) % n_classes)


def _blur(X: Array, noise: float, rng: np.random.Generator) -> Array:
    """Add Gaussian noise of the given standard deviation to every coordinate."""
    if noise < 0:
        raise ValueError(f"noise: expected a standard deviation of at least 0, got {noise}")
    return X + noise * rng.normal(size=X.shape)
