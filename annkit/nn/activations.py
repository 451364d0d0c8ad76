"""An activation is the function a neuron applies to its weighted sum z: a = f(z).

Every entry of `ACTIVATIONS` keeps three things side by side: the value `f(z)`, the derivative
`f_prime(z)` (of the pre-activation z, never of a), and the `formula` on paper, written for any
namespace that offers `exp`, `tanh` and `Piecewise`, SymPy for instance. Where a function has a
kink, the formula says by its `<` or `<=` which side the point 0 belongs to, and `f_prime` agrees.

Not here: layers and their weights (`layers`), gradients of costs (`costs`). Softmax mixes the
units of a row, so it has no elementwise derivative and stands apart at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array

SLOPE = 0.01  # of leaky ReLU for z <= 0


@dataclass(frozen=True)
class Activation:
    """One elementwise activation function.

    Attributes:
        name: its key in `ACTIVATIONS`.
        f: `f(z)`, for z of any shape; integers become float64, float32 stays float32.
        f_prime: `f_prime(z)`, the derivative at z, of the same shape.
        formula: `formula(ns, z)`, f on paper, built from the functions of the namespace `ns`.
    """

    name: str
    f: Callable[..., Array]
    f_prime: Callable[..., Array]
    formula: Callable[[Any, Any], Any]


def as_float(z: ArrayLike) -> Array:
    """Return z as an array of floats: floats keep their precision, integers become float64.

    >>> as_float([1, 2]).dtype, as_float(np.float32(1)).dtype
    (dtype('float64'), dtype('float32'))
    """
    if not isinstance(z, np.ndarray):
        z = np.asarray(z)
    if z.dtype.kind == "f":
        return z
    if z.dtype.kind in "iub":
        return z.astype(np.float64)
    raise TypeError(
        f"z: expected real numbers, got an array of dtype {z.dtype} — "
        "is there a string, None or a list of another length in it?"
    )


def step(z: ArrayLike) -> Array:
    """1 where z >= 0, else 0: the threshold of McCulloch, Pitts and Rosenblatt."""
    return np.heaviside(as_float(z), 1)


def step_prime(z: ArrayLike) -> Array:
    """0 everywhere: a step tells gradient descent nothing (at 0 it has no derivative at all)."""
    return 0 * step(z)


def step_formula(ns: Any, z: Any) -> Any:
    """Piecewise: 0 for z < 0, else 1."""
    return ns.Piecewise((0, z < 0), (1, True))


def identity(z: ArrayLike) -> Array:
    """Return z itself (a copy): the output of a regression."""
    return np.positive(as_float(z))


def identity_prime(z: ArrayLike) -> Array:
    """1 everywhere."""
    return np.ones_like(as_float(z))


def identity_formula(ns: Any, z: Any) -> Any:
    """Formula: z."""
    return z


def sigmoid(z: ArrayLike) -> Array:
    """1 / (1 + e^-z), between 0 and 1.

    Widened by e^z where z is negative, so that no exponent is above 0 and nothing overflows.
    """
    z = as_float(z)
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def sigmoid_prime(z: ArrayLike) -> Array:
    """sigmoid(z) (1 - sigmoid(z)), an even function of z, at most 1/4."""
    e = np.exp(-np.abs(as_float(z)))
    return e / (1 + e) ** 2


def sigmoid_formula(ns: Any, z: Any) -> Any:
    """Formula: 1 / (1 + e^-z)."""
    return 1 / (1 + ns.exp(-z))


def tanh(z: ArrayLike) -> Array:
    """The hyperbolic tangent, between -1 and 1: a sigmoid centred on zero."""
    return np.tanh(as_float(z))


def tanh_prime(z: ArrayLike) -> Array:
    """1 - tanh(z)², at most 1."""
    return 1 - np.tanh(as_float(z)) ** 2


def tanh_formula(ns: Any, z: Any) -> Any:
    """Formula: tanh z."""
    return ns.tanh(z)


def relu(z: ArrayLike) -> Array:
    """The rectifier: z where z > 0, else 0."""
    z = as_float(z)
    return np.maximum(z, np.zeros(z.shape, z.dtype))  # faster than against a lone 0


def relu_prime(z: ArrayLike) -> Array:
    """1 where z > 0, else 0; the kink at 0 belongs to the flat side."""
    z = as_float(z)
    zero = np.zeros((), z.dtype)  # of the same type: faster than Python's 0
    return (z > zero).astype(z.dtype)


def relu_formula(ns: Any, z: Any) -> Any:
    """Piecewise: 0 for z <= 0, else z."""
    return ns.Piecewise((0, z <= 0), (z, True))


def leaky_relu(z: ArrayLike, slope: float = SLOPE) -> Array:
    """A rectifier with slope · z in place of 0 where z <= 0: it never goes quite silent."""
    z = as_float(z)
    return z * leaky_relu_prime(z, slope)


def leaky_relu_prime(z: ArrayLike, slope: float = SLOPE) -> Array:
    """1 where z > 0, else slope; the kink at 0 belongs to the flatter side."""
    z = as_float(z)
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(slope))


def leaky_relu_formula(ns: Any, z: Any) -> Any:
    """Piecewise: slope · z for z <= 0, else z."""
    return ns.Piecewise((ns.Rational(1, 100) * z, z <= 0), (z, True))


ACTIVATIONS = {
    entry.name: entry
    for entry in (
        Activation("step", step, step_prime, step_formula),
        Activation("identity", identity, identity_prime, identity_formula),
        Activation("sigmoid", sigmoid, sigmoid_prime, sigmoid_formula),
        Activation("tanh", tanh, tanh_prime, tanh_formula),
        Activation("relu", relu, relu_prime, relu_formula),
        Activation("leaky_relu", leaky_relu, leaky_relu_prime, leaky_relu_formula),
    )
}


def softmax(z: ArrayLike) -> Array:
    """Turn each row of scores into probabilities: e^z over the row's sum of e^z.

    Args:
        z: logits, (batch, C); the last axis holds the classes. Adding a constant to a row
            changes nothing, so each row is shifted to have its largest entry at 0.

    Returns:
        Probabilities, like z; each row sums to 1.
    """
    z = as_float(z)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
