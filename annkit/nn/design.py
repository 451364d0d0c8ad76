"""A design says what a network is made of, before it has a single number.

Not here: the numbers (`initialisers` draw the first).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from annkit.arguments import check_count, check_name
from annkit.nn.activations import ACTIVATIONS, Activation
from annkit.nn.costs import COSTS


@dataclass(frozen=True)
class Design:
    """Names and sizes that fit together.

    Attributes:
        sizes: units per layer, inputs first.
        hidden: names of the hidden activations, one per hidden layer.
        output: name of the output activation.
        cost: name of the cost.
        dtype: float32 or float64.
    """

    sizes: tuple[int, ...]
    hidden: tuple[str, ...]
    output: str
    cost: str
    dtype: np.dtype[Any]

    @property
    def activations(self) -> list[Activation | None]:
        """What each layer computes; None where the last layer hands its z to the cost."""
        goes_to_cost = COSTS[self.cost].from_scores or self.output == "identity"
        last = None if goes_to_cost else ACTIVATIONS[self.output]
        return [*(ACTIVATIONS[name] for name in self.hidden), last]

    @property
    def usual_init(self) -> str:
        """The name of the initialiser that suits the hidden activations."""
        return "he" if any("relu" in name for name in self.hidden) else "xavier"


def design(
    sizes: Sequence[int],
    hidden: str | Sequence[str],
    output: str,
    cost: str | None,
    dtype: Any,
) -> Design:
    """Fill in what was left open and check that all of it fits; arguments as for `Network`."""
    sizes = tuple(check_count(size, "sizes") for size in sizes)
    if len(sizes) < 2:
        raise ValueError(f"sizes: expected inputs and outputs at least, got {list(sizes)}")
    n_hidden = len(sizes) - 2
    hidden = (hidden,) * n_hidden if isinstance(hidden, str) else tuple(hidden)
    if len(hidden) != n_hidden:
        raise ValueError(
            f"hidden: expected {n_hidden} names for the sizes {list(sizes)}, got {list(hidden)}"
        )
    for name in hidden:
        check_name(name, "hidden", ACTIVATIONS)
    check_name(output, "output", [*ACTIVATIONS, "softmax"])
    if output == "softmax" and sizes[-1] == 1:
        raise ValueError(
            "sizes: expected one output unit per class for softmax, got 1 — "
            'a single yes-or-no unit has output="sigmoid"'
        )
    if np.dtype(dtype) not in (np.float32, np.float64):
        raise TypeError(f"dtype: expected float32 or float64, got {np.dtype(dtype)}")
    return Design(sizes, hidden, output, _choose_cost(cost, output), np.dtype(dtype))


def _choose_cost(cost: str | None, output: str) -> str:
    """Return the cost's name, by default the one that belongs to the output activation."""
    usual = {entry.output: name for name, entry in COSTS.items()}.get(output, "half_squared_error")
    if cost is None:
        return usual
    check_name(cost, "cost", COSTS)
    if cost != usual and (cost != "half_squared_error" or output == "softmax"):
        raise ValueError(f"cost: expected {usual} for the output {output}, got {cost}")
    return cost
