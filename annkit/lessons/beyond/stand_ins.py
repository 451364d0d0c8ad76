"""What chapter 13 takes where a learner has not built it: one kernel, one step, one look around.

Signatures are those of the exercises, so that one's own and the course's can stand in for each
other.

Not here: fetching one's own (`annkit.exercises.my_ann.own_parts`).
"""

import numpy as np

from annkit.arguments import Array
from annkit.nn import softmax


def conv2d(image: Array, kernel: Array) -> Array:
    """Slide a kernel over an image, inside only: (height, width) → (height − rows + 1, …)."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.asarray(np.einsum("ijab,ab->ij", windows, kernel * 1.0))


def rnn_step(x: Array, h: Array, W_xh: Array, W_hh: Array, b: Array) -> Array:
    """Return the new state, (batch, n), from inputs (batch, n_in) and the old state (batch, n)."""
    return np.asarray(np.tanh(x @ W_xh + h @ W_hh + b))


def attention(Q: Array, K: Array, V: Array) -> Array:
    """Return a weighted mean of the rows of V, (n_keys, d_v), for each query: (n_queries, d_v)."""
    return np.asarray(softmax(Q @ K.T / np.sqrt(Q.shape[1])) @ V)
