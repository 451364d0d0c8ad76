"""When the numbers of a training leave the range of floats, somebody should say where and why.

Not here: bad numbers in the data; those are refused before training starts (`examples`).
"""

import numpy as np

from annkit.arguments import Array
from annkit.nn.history import History
from annkit.nn.stack import Stack

LARGE_INPUT = 100.0  # standardised inputs stay below 10


class DivergedError(FloatingPointError):
    """The cost became nan or infinite.

    Attributes:
        history: the epochs that went well, for errors raised by `fit`.
    """

    def __init__(self, message: str, history: History | None = None) -> None:
        """Keep the history next to the message."""
        super().__init__(message)
        self.history = history


def explain(stack: Stack, x: Array, cost: float, learning_rate: float, is_first_step: bool) -> str:
    """Say which layer overflowed, and the likely cause.

    Args:
        stack: the network right after the batch went through it.
        x: inputs of the batch and a column of ones, (batch, n_in + 1).
        cost: what the batch's cost came to.
        learning_rate: of the last step.
        is_first_step: whether no step was made yet, so that the learning rate is innocent.
    """
    largest = float(np.abs(x).max())
    if largest > LARGE_INPUT:
        cause = f"inputs are as large as {largest:.3g}; standardise them"
    elif is_first_step:
        cause = "the first weights are too large"
    else:
        cause = f"learning rate {learning_rate:g} is past the edge; try {learning_rate / 10:g}"
    return f"{_where(stack)}, the cost is {cost} — {cause}"


def _where(stack: Stack) -> str:
    """Name the first layer with a number that is not finite."""
    for number, layer in enumerate(stack.layers, start=1):
        if not np.isfinite(layer.Wb).all():
            return f"layer {number}: its weights are no longer finite"
        if not np.isfinite(layer.z).all():
            return f"layer {number}: its z = a_prev @ W + b is no longer finite"
    return f"layer {len(stack.layers)}: its output is too large for the cost"
