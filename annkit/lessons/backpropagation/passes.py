"""Both passes through a dense network, line by line, with every array kept to be looked at.

Forward, layer by layer: z = a_prev @ W + b, a = f(z). Backward, from the last layer to the first:
delta, then dW, db and da_prev.

Not here: the same fast, with arrays that are used again (`annkit.nn.stack`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from annkit.arguments import Array
from annkit.nn.activations import ACTIVATIONS

Params = Sequence[tuple[Array, Array]]


@dataclass(frozen=True)
class Forward:
    """What a layer computes on the way to the cost.

    Attributes:
        a_prev: what comes in, (batch, n_in).
        z: pre-activations, (batch, n_out).
        a: activations, (batch, n_out).
        slope: f_prime(z), (batch, n_out).
    """

    a_prev: Array
    z: Array
    a: Array
    slope: Array


@dataclass(frozen=True)
class Backward:
    """What a layer computes on the way back.

    Attributes:
        delta: ∂C/∂z, (batch, n_out).
        dW: ∂C/∂W, (n_in, n_out).
        db: ∂C/∂b, (n_out,).
        da_prev: ∂C/∂a_prev, (batch, n_in); for the first layer ∂C/∂X.
    """

    delta: Array
    dW: Array  # noqa: N815
    db: Array
    da_prev: Array


def forward_pass(X: Array, params: Params, names: Sequence[str]) -> list[Forward]:
    """Send a batch forward.

    Args:
        X: inputs, (batch, n_in).
        params: (W, b) per layer.
        names: an activation's name per layer, keys of `ACTIVATIONS`.

    Returns:
        What each layer computed, input side first.
    """
    done: list[Forward] = []
    a = X
    for (W, b), name in zip(params, names, strict=True):
        f = ACTIVATIONS[name]
        a_prev, z = a, a @ W + b
        a = f.f(z)
        done.append(Forward(a_prev, z, a, f.f_prime(z)))
    return done


def mean_half_square(y_hat: Array, Y: Array) -> float:
    """Return the mean over the batch of ½ Σ (y_hat - Y)²; both are (batch, n_out)."""
    return float(0.5 * np.sum((y_hat - Y) ** 2) / len(Y))


def backward_pass(
    forward: Sequence[Forward],
    Y: Array,
    params: Params,
    way_back: Callable[[Array], Array] = np.transpose,
) -> list[Backward]:
    """Send the error of the mean half squared cost back.

    Args:
        forward: what `forward_pass` returned.
        Y: targets, (batch, n_out).
        params: (W, b) per layer, those of the forward pass.
        way_back: makes of W what delta is multiplied by; anything but its transpose is a mistake,
            but one that can be looked at.

    Returns:
        What each layer computed, input side first.
    """
    done: list[Backward] = []
    da = (forward[-1].a - Y) / len(Y)
    for layer, (W, _) in zip(reversed(forward), reversed(params), strict=True):
        delta = da * layer.slope
        da = delta @ way_back(W)
        done.append(Backward(delta, layer.a_prev.T @ delta, delta.sum(axis=0), da))
    return done[::-1]


def corner_network(n_out: int) -> list[tuple[Array, Array]]:
    """Return the small network that the course works through on paper.

    The biases are such that for the input (1, 2) the hidden sigmoids give ¾ and ½, and two
    outputs give ½ and ¾.

    Args:
        n_out: 2 for the 2-2-2 network with sigmoids throughout, 1 for the 2-2-1 network without an
            activation at its end.

    Returns:
        [(W1, b1), (W2, b2)] with shapes (2, 2), (2,), (2, n_out), (n_out,).
    """
    first = (np.array([[1.0, -1.0], [-0.5, 0.5]]), np.array([np.log(3.0), 0.0]))
    if n_out == 1:
        return [first, (np.array([[2.0], [-1.0]]), np.zeros(1))]
    return [first, (np.array([[2.0, -2.0], [1.0, 1.0]]), np.array([-2.0, 1 + np.log(3.0)]))]
