"""A stack of dense layers, and backpropagation through it.

Forward turns a batch into scores; backward turns their error into the derivative of the cost with
respect to every weight.

The four equations of backpropagation, in the course's row convention::

    delta = ∂C/∂z of the last layer                                            (`costs`)
    delta = (delta_next @ W_next.T) * f_prime(z)                               (`layers`)
    dW = a_prev.T @ delta                                                      (`layers`)
    db = delta.sum(axis=0)                            in one product with dW   (`layers`)

All weights and biases live in one flat vector, their derivatives in another; the layers look at
pieces of both. An optimiser is then a few lines on two vectors.

Not here: checks of the data (`examples`), labels and probabilities (`predictor`); the loop over
batches (`descent`).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.nn.activations import Activation
from annkit.nn.costs import Cost
from annkit.nn.dropout import Dropout
from annkit.nn.layers import Layer

PIECE = 512  # rows computed at a time, so that a step's arrays stay in the processor's cache


def with_ones(X: Array) -> Array:
    """Return X (batch, n) with a last column of ones, (batch, n + 1); b is that column's weight."""
    x = np.empty((len(X), X.shape[1] + 1), X.dtype)
    x[:, :-1] = X
    x[:, -1] = 1
    return x


def pieces(n: int) -> Iterator[slice]:
    """Yield slices of at most `PIECE` rows that cover 0 … n-1."""
    for start in range(0, n, PIECE):
        yield slice(start, min(start + PIECE, n))


class Stack:
    """Dense layers over one vector of parameters.

    Attributes:
        sizes: units per layer, inputs first.
        cost_function: what training makes small.
        layers: each a `Layer`; `layers[0].W` are the weights next to the inputs.
        flat: all parameters, (n_parameters,), layer by layer, W before b.
        flat_gradient: their derivatives after the last batch, in the same order.
        is_weight: 1 for a weight and 0 for a bias, in the same order.
    """

    def __init__(
        self, sizes: Sequence[int], activations: Sequence[Activation | None], cost: Cost, dtype: Any
    ) -> None:
        """Make the vectors, all zeros, and lay the layers over them.

        Args:
            sizes: units per layer, inputs first.
            activations: one per layer; None hands z on unchanged.
            cost: the cost function.
            dtype: np.float64 or np.float32.
        """
        self.sizes = list(sizes)
        self.cost_function = cost
        self.dtype = np.dtype(dtype)
        shapes = [(n_in + 1, n_out) for n_in, n_out in pairwise(sizes)]
        n_parameters = sum(n_rows * n_out for n_rows, n_out in shapes)
        self.flat = np.zeros(n_parameters, self.dtype)
        self.flat_gradient = np.zeros(n_parameters, self.dtype)
        self.is_weight = np.ones(n_parameters, self.dtype)
        self.layers: list[Layer] = []
        start = 0
        for (n_rows, n_out), activation in zip(shapes, activations, strict=True):
            stop = start + n_rows * n_out
            Wb = self.flat[start:stop].reshape(n_rows, n_out)
            dWb = self.flat_gradient[start:stop].reshape(n_rows, n_out)
            self.layers.append(Layer(Wb, dWb, activation, is_first=start == 0))
            self.is_weight[stop - n_out : stop] = 0
            start = stop

    def scores(self, x: Array, dropout: Dropout | None = None) -> Array:
        """Run a batch through the layers.

        Args:
            x: inputs and a column of ones, (batch, n_in + 1).
            dropout: what silences hidden units while training.

        Returns:
            The last layer's a, (batch, n_out), in a buffer that the next batch overwrites.
        """
        last = self.layers[-1]
        for layer in self.layers:
            x = layer.forward(x, dropout if layer is not last else None)
        return last.a

    def batch_cost(self, x: Array, y: Array, l2: float = 0.0) -> float:
        """Return the cost of a batch, penalty included; arguments as for `gradient`."""
        cost, _ = self.cost_function.value_and_gradient(self.scores(x), y)
        return cost + 0.5 * l2 * float(np.sum(self.is_weight * self.flat**2))

    def backpropagate(self, x: Array, y: Array, dropout: Dropout | None = None) -> float:
        """Fill `flat_gradient` for a batch of at most `PIECE` rows and return its cost.

        Args:
            x: inputs and a column of ones, (batch, n_in + 1).
            y: targets, (batch, n_out).
            dropout: what silences hidden units while training.
        """
        cost, da = self.cost_function.value_and_gradient(self.scores(x, dropout), y)
        for layer in reversed(self.layers):
            da = layer.backward(da)
        return cost

    def gradient(
        self, x: Array, y: Array, l2: float = 0.0, dropout: Dropout | None = None
    ) -> float:
        """Fill `flat_gradient` for a batch of any size, penalty included, and return the cost."""
        if len(x) <= PIECE:
            cost = self.backpropagate(x, y, dropout)
        else:
            cost = 0.0
            total = np.zeros_like(self.flat_gradient)
            for rows in pieces(len(x)):
                share = (rows.stop - rows.start) / len(x)
                cost += share * self.backpropagate(x[rows], y[rows], dropout)
                total += share * self.flat_gradient
            self.flat_gradient[:] = total
        if l2:
            cost += add_l2(self.flat_gradient, self.flat, self.is_weight, l2)
        return cost


def add_l2(gradient: Array, flat: Array, is_weight: Array, l2: float) -> float:
    """Add the derivative l2 · W of the penalty ½ l2 Σ W² to the gradient, biases excluded.

    Args:
        gradient: derivatives of all parameters, (n_parameters,); changed in place.
        flat: the parameters, (n_parameters,).
        is_weight: 1 for a weight, 0 for a bias, (n_parameters,).
        l2: strength of the penalty.

    Returns:
        The penalty itself.
    """
    shrink = l2 * is_weight * flat
    gradient += shrink
    return 0.5 * float(shrink.dot(flat))
