"""Splitting examples into those to learn from and those to be judged by.

Not here: mini-batches; they belong to training (`annkit.nn.descent`).
"""

import numpy as np

from annkit.arguments import Array, check_rng


def split(
    X: Array, y: Array, fraction: float, rng: np.random.Generator
) -> tuple[Array, Array, Array, Array]:
    """Shuffle the examples and deal them into a training and a test part.

    Args:
        X: examples, (n, features).
        y: labels (n,) or targets (n, n_out).
        fraction: share of the training part, rounded to whole examples.
        rng: source of randomness.

    Returns:
        X_train, y_train, X_test, y_test: copies, disjoint and complete.
    """
    X, y = np.asarray(X), np.asarray(y)
    check_rng(rng)
    if len(X) != len(y):
        raise ValueError(f"X and y: expected equally many rows, got {len(X)} and {len(y)}")
    if not 0 <= fraction <= 1:
        raise ValueError(f"fraction: expected a share between 0 and 1, got {fraction}")
    order = rng.permutation(len(X))
    n_train = round(fraction * len(X))
    train, test = order[:n_train], order[n_train:]
    return X[train], y[train], X[test], y[test]
