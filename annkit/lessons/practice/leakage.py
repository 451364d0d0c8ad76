"""A test that knew the answers: inputs chosen with the help of the examples that judge.

The labels are tosses of a coin and the inputs are noise, so no network can be right about more than
half of new examples. Choose the inputs that go best with the labels, with the test examples among
those who choose, and it seems to be.

Not here: leakage by copies, which a patient of the clinic has (`clinic`).
"""

import numpy as np

from annkit.arguments import Array
from annkit.lessons.practice.drawn_examples import Examples


def coin_tosses(runs: int, n: int, n_in: int, rng: np.random.Generator) -> Examples:
    """Draw noise (runs, n, n_in) and labels that have nothing to do with it, (runs, n)."""
    return rng.normal(size=(runs, n, n_in)), rng.integers(0, 2, (runs, n))


def best_inputs(X: Array, labels: Array, k: int) -> Array:
    """Return the k inputs that go best with the labels, (runs, k): largest difference of means.

    Args:
        X: (runs, n, n_in).
        labels: 0 or 1, (runs, n).
        k: how many.
    """
    sign = 2 * labels[..., None] - 1
    together = np.abs((X * sign).mean(axis=1))
    return np.asarray(np.argsort(-together, axis=1)[:, :k])


def only(X: Array, chosen: Array) -> Array:
    """Return X (runs, n, n_in) with the chosen inputs (runs, k) alone, (runs, n, k)."""
    return np.asarray(np.take_along_axis(X, chosen[:, None, :], axis=2))
