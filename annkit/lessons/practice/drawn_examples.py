"""Examples for many runs at once: every run has its own.

Not here: the generators themselves (`annkit.data`), what networks make of them (`trials`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.data import blobs, circles, digits, split

Examples = tuple[Array, Array]

N_CLOUDS = 3
MISLABELLED = 0.1


def draw(make: Callable[..., Examples], runs: int, *args: Any, **options: Any) -> Examples:
    """Call a generator once per run and stack what it gives.

    Args:
        make: returns X (n, n_in) and labels (n,).
        runs: how often.
        *args: for the generator.
        **options: likewise.

    Returns:
        X (runs, n, n_in) and labels (runs, n).
    """
    X, labels = zip(*(make(*args, **options) for _ in range(runs)), strict=True)
    return np.stack(X), np.stack(labels)


def in_three(
    make: Callable[..., Examples], runs: int, sizes: tuple[int, int, int], *args: Any
) -> tuple[Examples, Examples, Examples]:
    """Draw training, validation and test examples, as `draw` does, of the given sizes."""
    training, validation, test = (draw(make, runs, n, *args) for n in sizes)
    return training, validation, test


def mislabel(labels: Array, n_classes: int, rng: np.random.Generator) -> Array:
    """Return labels of which one in ten, picked by chance, is replaced by another class."""
    wrong = rng.random(labels.shape) < MISLABELLED
    others = (labels + rng.integers(1, n_classes, labels.shape)) % n_classes
    return np.asarray(np.where(wrong, others, labels))


def noisy_clouds(n: int, useless: int, rng: np.random.Generator) -> Examples:
    """Draw three clouds with inputs that mean nothing beside; one label in ten is wrong.

    Args:
        n: number of examples.
        useless: number of inputs beside the first two.
        rng: source of randomness.

    Returns:
        X (n, 2 + useless), each column standardised or nearly, and labels (n,).
    """
    X, labels = blobs(n, rng, N_CLOUDS)
    X = np.hstack([X / 1.5, rng.normal(size=(n, useless))])
    return X, mislabel(labels, N_CLOUDS, rng)


def noisy_rings(n: int, rng: np.random.Generator) -> Examples:
    """Draw two blurred circles, X (n, 2) and labels (n,); one label in ten is wrong."""
    X, labels = circles(n, rng, noise=0.15)
    return X, mislabel(labels, 2, rng)


def digit_splits(
    runs: int, n_training: int, n_test: int, rng: np.random.Generator
) -> tuple[Examples, Examples]:
    """Split the handwritten digits anew for every run: (training, test), brightness 0 … 16."""
    X, labels = digits()
    parts = [split(16 * X, labels, n_training / len(X), rng) for _ in range(runs)]
    X_train, y_train, X_test, y_test = (np.stack(part) for part in zip(*parts, strict=True))
    return (X_train, y_train), (X_test[:, :n_test], y_test[:, :n_test])


def standardised(training: Array, other: Array) -> tuple[Array, Array]:
    """Standardise inputs (runs, n, n_in) run by run, by mean and spread of the training part."""
    mean, sd = training.mean(axis=1, keepdims=True), training.std(axis=1, keepdims=True)
    scale = np.where(sd == 0, 1, sd)
    return (training - mean) / scale, (other - mean) / scale
