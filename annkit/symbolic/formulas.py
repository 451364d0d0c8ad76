"""The formulas of `annkit.nn` as SymPy expressions: the same lines that the code's tests use.

Every entry of `ACTIVATIONS` and `COSTS` writes its formula for any namespace; here the namespace
is SymPy. Layers are lists of expressions, one per unit.

Not here: their derivatives; SymPy, or the learner, finds them.
"""

from collections.abc import Sequence
from typing import Any

import sympy

from annkit.nn import ACTIVATIONS, COSTS


def activation(name: str, z: Any) -> Any:
    """The formula of an activation.

    Args:
        name: its key in `annkit.nn.ACTIVATIONS`.
        z: the pre-activation, an expression.
    """
    return ACTIVATIONS[name].formula(sympy, z)


def loss(name: str, scores: Sequence[Any], y: Sequence[Any]) -> Any:
    """The formula of the loss of one example.

    Args:
        name: its key in `annkit.nn.COSTS`.
        scores: what the cost takes from the network, (n_out,) expressions.
        y: targets, (n_out,) expressions.
    """
    return COSTS[name].formula(sympy, scores, y)


def softmax(z: Sequence[Any]) -> list[Any]:
    """The shares of scores.

    Args:
        z: (C,) expressions.

    Returns:
        (C,) expressions that sum to 1.
    """
    total = sum(sympy.exp(score) for score in z)
    return [sympy.exp(score) / total for score in z]


def dense(a_prev: Sequence[Any], layer: int, n_out: int) -> tuple[list[Any], list[Any]]:
    """One layer's weighted sums, with symbols for its parameters.

    Args:
        a_prev: what comes in, (n_in,) expressions.
        layer: number of the layer, part of the symbols' names.
        n_out: number of units.

    Returns:
        The sums z, (n_out,), and the n_in · n_out weights and n_out biases in one list.
    """
    units = range(1, n_out + 1)
    b = [sympy.Symbol(f"b{layer}_{j}") for j in units]
    W = [[sympy.Symbol(f"w{layer}_{i}{j}") for j in units] for i in range(1, len(a_prev) + 1)]
    z = [sum((a * row[j] for a, row in zip(a_prev, W, strict=True)), b[j]) for j in range(n_out)]
    return z, [*(weight for row in W for weight in row), *b]
