"""What a derivative costs as a formula: operations of the whole, shared, and layer by layer.

The network is as small as a network can be and still have more than one path: two inputs, two tanh
units in each hidden layer, one linear output, half squared error. Counted are the additions,
multiplications, powers and function calls of all its derivatives.

Not here: how long it takes; that depends on the machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy

from annkit.symbolic.formulas import activation, dense, loss

WIDTH = 2


@dataclass(frozen=True)
class Growth:
    """Operations for all derivatives of one network.

    Attributes:
        n_layers: layers of weights.
        n_parameters: how many derivatives there are.
        whole: each derivative as one formula in the network's inputs and parameters.
        shared: the same with every common subexpression computed once (`cse`).
        by_layer: forward and back, each layer's formulas in the numbers its neighbours hand over.
    """

    n_layers: int
    n_parameters: int
    whole: int
    shared: int
    by_layer: int


def growth(n_layers: int) -> Growth:
    """Count for a network with so many layers of weights.

    Args:
        n_layers: at least 1; from 7 on it takes many seconds.
    """
    error, parameters = network(n_layers)
    derivatives = [sympy.diff(error, parameter) for parameter in parameters]
    pieces, rest = sympy.cse(derivatives)
    return Growth(
        n_layers,
        len(parameters),
        operations(derivatives),
        operations([piece for _, piece in pieces]) + operations(rest),
        operations(layer_by_layer(n_layers)),
    )


def operations(formulas: Sequence[Any]) -> int:
    """Operations needed to compute all of these, each on its own."""
    return int(sum(sympy.count_ops(formula) for formula in formulas))


def network(n_layers: int) -> tuple[Any, list[Any]]:
    """The error of the whole network as one formula, and its parameters.

    Args:
        n_layers: layers of weights, at least 1.

    Returns:
        E and a list of symbols, input side first.
    """
    a: list[Any] = list(sympy.symbols("x1 x2"))
    parameters: list[Any] = []
    for layer in range(1, n_layers):
        z, new = dense(a, layer, WIDTH)
        a = [activation("tanh", total) for total in z]
        parameters += new
    y_hat, new = dense(a, n_layers, 1)
    return loss("half_squared_error", y_hat, [sympy.Symbol("t")]), parameters + new


def layer_by_layer(n_layers: int) -> list[Any]:
    """Every formula of a forward and a backward pass, each in symbols of its neighbours.

    Args:
        n_layers: layers of weights, at least 1.
    """
    formulas: list[Any] = []
    for layer in range(1, n_layers + 1):
        n_in, n_out = WIDTH, WIDTH if layer < n_layers else 1
        a_prev = [sympy.Symbol(f"a{layer - 1}_{i}") for i in range(1, n_in + 1)]
        delta = [sympy.Symbol(f"delta{layer}_{j}") for j in range(1, n_out + 1)]
        z, parameters = dense(a_prev, layer, n_out)
        formulas += z
        if layer < n_layers:
            formulas += [activation("tanh", sympy.Symbol(f"z{layer}_{j}")) for j in (1, 2)]
        else:
            formulas.append(sympy.Symbol("y_hat") - sympy.Symbol("t"))
        formulas += [a * d for a in a_prev for d in delta]  # the weights; a bias gets delta itself
        if layer > 1:
            weights = parameters[: n_in * n_out]
            formulas += [
                sum(w * d for w, d in zip(weights[i * n_out : (i + 1) * n_out], delta, strict=True))
                * (1 - a**2)
                for i, a in enumerate(a_prev)
            ]
    return formulas
