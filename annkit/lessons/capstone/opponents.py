"""Other readers of digits, simpler ones and somebody else's, to hold one's own network against.

Each is a training, (X, labels, rng) → a fitted model with `.predict`, as `many_splits` takes it.

Not here: one's own network, and the course's in its place (`reader`).
"""

import warnings
from typing import Any

import numpy as np

from annkit.arguments import Array


class Ghosts:
    """Reads a picture as the digit whose mean picture is nearest.

    Args:
        means: the mean picture of each class, (n_classes, n_in).
    """

    def __init__(self, means: Array) -> None:
        self.means = means

    def predict(self, X: Array) -> Array:
        """Return the class with the nearest mean, (n,); X (n, n_in)."""
        squares = ((X[:, None] - self.means) ** 2).sum(axis=2)  # (n, n_classes)
        return np.asarray(squares.argmin(axis=1))


def nearest_mean(X: Array, labels: Array, rng: np.random.Generator) -> Ghosts:
    """Average the pictures of each class; nothing is random here.

    Args:
        X: pictures, (n, n_in).
        labels: their classes, 0 … n_classes − 1, each at least once, (n,).
        rng: not used.
    """
    return Ghosts(np.array([X[labels == one].mean(axis=0) for one in range(labels.max() + 1)]))


def scikit_learns(X: Array, labels: Array, rng: np.random.Generator) -> Any:
    """Train scikit-learn's network of 64 hidden units as the chapter trains its own.

    Raises:
        ImportError: if scikit-learn isn't installed.
    """
    from sklearn.neural_network import MLPClassifier

    alike = {"solver": "sgd", "learning_rate_init": 0.5, "momentum": 0, "alpha": 0}
    steps = {"max_iter": 20, "batch_size": 32, "tol": 0, "n_iter_no_change": 99}
    net = MLPClassifier((64,), **alike, **steps, random_state=int(rng.integers(1000)))
    with warnings.catch_warnings(action="ignore"):  # it would rather go on than stop after 20
        return net.fit(X, labels)
