"""SiLU, z · σ(z): a rectifier without a kink, which dips below zero before it rises.

It stands beside the library's activations in the explorer; no chapter trains with it.

Not here: the activations of the course (`annkit.nn.activations`).
"""

from typing import Any

from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.nn import ACTIVATIONS, Activation
from annkit.nn.activations import as_float

SIGMOID = ACTIVATIONS["sigmoid"]


def silu(z: ArrayLike) -> Array:
    """SiLU, z σ(z): close to z far to the right, close to 0 far to the left."""
    return as_float(z) * SIGMOID.f(z)


def silu_prime(z: ArrayLike) -> Array:
    """σ(z) + z σ′(z), by the product rule; below 0 for z < −1.28."""
    return SIGMOID.f(z) + as_float(z) * SIGMOID.f_prime(z)


def silu_formula(ns: Any, z: Any) -> Any:
    """Formula: z / (1 + e^-z)."""
    return z * SIGMOID.formula(ns, z)


SILU = Activation("silu", silu, silu_prime, silu_formula)
