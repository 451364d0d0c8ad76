"""Training starts from random weights of the right size.

Random, so that units can become different; of a size that keeps the spread of the signal the same
from layer to layer. Each returns W of shape (n_in, n_out); biases start at zero, always.

Not here: which of them a network takes by default (`design`).
"""

from collections.abc import Callable

import numpy as np

from annkit.arguments import Array


def zeros(n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """All weights 0: every unit of a layer stays a copy of its neighbour. Kept to show that."""
    return np.zeros((n_in, n_out))


def small_normal(n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Normal, standard deviation 0.01: fine for one hidden layer, too quiet for five."""
    return 0.01 * rng.normal(size=(n_in, n_out))


def xavier(n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Normal, variance 2 / (n_in + n_out) (Glorot and Bengio 2010): for sigmoid and tanh."""
    return np.sqrt(2 / (n_in + n_out)) * rng.normal(size=(n_in, n_out))


def he(n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Normal, variance 2 / n_in (He et al. 2015): for ReLU, which silences half of its input."""
    return np.sqrt(2 / n_in) * rng.normal(size=(n_in, n_out))


INITIALISERS: dict[str, Callable[[int, int, np.random.Generator], Array]] = {
    "zeros": zeros,
    "small_normal": small_normal,
    "xavier": xavier,
    "he": he,
}
