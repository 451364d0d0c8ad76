"""A dense layer: every unit sees every activation of the layer before.

The bias is the weight of an input that is always 1. So W and b are stored as one array `Wb`,
(n_in + 1, n_out), whose last row is b, and every `a_prev` carries a last column of ones: a single
product gives a_prev @ W + b, and a single one gives dW and db.

The arrays a batch is computed in are made once and used again for all batches of that size:
`x.dot(y, out)` writes into an array that is already there.

Not here: delta of the last layer, which depends on the cost (`costs`); the order of the layers
(`stack`).
"""

import numpy as np

from annkit.arguments import Array
from annkit.nn.activations import Activation
from annkit.nn.dropout import Dropout


class Layer:
    """One dense layer.

    Attributes:
        W: weights, (n_in, n_out), and b: biases, (n_out,): views of `Wb`.
        dW: ∂C/∂W, (n_in, n_out), and db: ∂C/∂b, (n_out,), of the last batch: views of `dWb`.
        z: pre-activations of the last batch, (batch, n_out).
        a: activations of the last batch, (batch, n_out).
    """

    def __init__(
        self, Wb: Array, dWb: Array, activation: Activation | None, is_first: bool = False
    ) -> None:
        """Set up the layer on arrays that belong to the network's flat vectors.

        Args:
            Wb: weights with the biases as last row, (n_in + 1, n_out).
            dWb: place for their derivatives, (n_in + 1, n_out).
            activation: None for a last layer that hands its z to the cost.
            is_first: whether a_prev are the inputs, whose derivatives nobody needs.
        """
        self.Wb, self.W, self.b = Wb, Wb[:-1], Wb[-1]
        self.dWb, self.dW, self.db = dWb, dWb[:-1], dWb[-1]
        self.activation = activation
        self.is_first = is_first
        self.mask: Array | None = None
        self.allocate(0)

    def allocate(self, batch: int) -> None:
        """Make the arrays for batches of this size."""
        n_in, n_out = self.W.shape
        dtype = self.W.dtype
        self.batch = batch
        self.z = np.empty((batch, n_out), dtype)
        self.a_and_one = np.ones((batch, n_out + 1), dtype)  # its last column stays as it is
        self.a = self.a_and_one[:, :-1] if self.activation else self.z
        self.da_prev = np.empty((batch, n_in), dtype)

    def forward(self, a_prev: Array, dropout: Dropout | None = None) -> Array:
        """Compute z = a_prev @ W + b and a = f(z).

        Args:
            a_prev: activations of the layer before and a column of ones, (batch, n_in + 1).
            dropout: what silences some of the units while training.

        Returns:
            a and a column of ones, (batch, n_out + 1): what the next layer calls a_prev.
        """
        if len(a_prev) != self.batch:
            self.allocate(len(a_prev))
        self.a_prev = a_prev
        a_prev.dot(self.Wb, self.z)
        if self.activation:
            self.a[:] = self.activation.f(self.z)
        self.mask = None
        if dropout:
            self.mask = dropout.mask(self.a)
            self.a *= self.mask
        return self.a_and_one

    def backward(self, da: Array) -> Array:
        """Turn ∂C/∂a into delta = ∂C/∂a * f_prime(z), and delta into dW, db and ∂C/∂a_prev.

        Args:
            da: ∂C/∂a, (batch, n_out); delta = ∂C/∂z is written over it.

        Returns:
            da_prev = delta @ W.T, (batch, n_in), in an array that the next batch overwrites; the
            first layer, which nobody asks for it, returns delta.
        """
        delta = da
        if self.mask is not None:
            delta *= self.mask
        if self.activation:
            delta *= self.activation.f_prime(self.z)
        self.a_prev.T.dot(delta, self.dWb)  # dW = a_prev.T @ delta, db = ones @ delta
        if self.is_first:
            return delta
        return delta.dot(self.W.T, self.da_prev)
