"""Measurements with one activation: its slope, a nudge through ten layers, units that are flat.

Not here: the activations themselves (`annkit.nn.activations`), layers that learn (`dying_units`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annkit.arguments import Array
from annkit.nn import Activation

Function = Callable[[Array], Array]
DEPTH = 10
FLAT = 0.01  # a slope strictly below this, up or down, counts as flat


def central_difference(f: Function, z: Any, h: float = 1e-5) -> Array:
    """Measure the slope of f at every entry of z: (f(z + h) − f(z − h)) / 2h.

    Args:
        f: applied entry by entry; truth values count as 1 and 0.
        z: any shape.
        h: half the distance between the two points.

    Returns:
        Slopes, like z.
    """
    z = np.asarray(z, dtype=float)
    above, below = (np.asarray(f(shifted), dtype=float) for shifted in (z + h, z - h))
    return (above - below) / (2 * h)


@dataclass(frozen=True)
class Chain:
    """One unit per layer, each layer fed by the one before.

    Attributes:
        z: pre-activations, (layers,).
        factors: what each layer multiplies a small change of its input by, (layers,).
        products: what has become of a change after each layer, (layers,).
    """

    z: Array
    factors: Array
    products: Array


def chain(
    activation: Activation, z: float, weight: float = 1.0, bias: float = 0.0, depth: int = DEPTH
) -> Chain:
    """Send a number through layers of one unit, and a small change after it.

    Args:
        activation: the same in every layer.
        z: pre-activation of the first layer.
        weight: from each layer to the next; it also scales what the first layer receives, so
            that every layer contributes weight · f′(z).
        bias: of every layer after the first.
        depth: number of layers.

    Returns:
        Pre-activations, factors and their running product.
    """
    sums = np.empty(depth)
    for layer in range(depth):
        sums[layer] = z
        z = weight * float(activation.f(np.array(z))) + bias
    factors = weight * activation.f_prime(sums)
    return Chain(sums, factors, np.cumprod(factors))


def nudge_through(
    x: Any, params: Sequence[tuple[float, float]], f: Function, f_prime: Function
) -> Array:
    """Tell how many times as far the end of a row of units moves as its input.

    Args:
        x: inputs, any shape.
        params: weight and bias of each unit, input side first.
        f: activation of all units.
        f_prime: its derivative, at pre-activations.

    Returns:
        The product of weight · slope over the row, like x.
    """
    product = np.ones_like(np.asarray(x, dtype=float))
    for weight, bias in params:
        z = weight * np.asarray(x, dtype=float) + bias
        x = f(z)
        product *= weight * f_prime(z)
    return product


def is_flat(activation: Activation, Z: Array) -> NDArray[np.bool_]:
    """Tell where an activation hardly answers: its slope is below `FLAT`, like Z."""
    return np.asarray(np.abs(activation.f_prime(Z)) < FLAT)


def silent_units(activation: Activation, Z: Array) -> NDArray[np.bool_]:
    """Tell which units are flat for every example.

    Args:
        activation: of the layer.
        Z: pre-activations, (batch, units).

    Returns:
        (units,): True where the slope is below `FLAT` for the whole batch. For ReLU these are the
        dead units.
    """
    return np.asarray(is_flat(activation, Z).all(axis=0))
