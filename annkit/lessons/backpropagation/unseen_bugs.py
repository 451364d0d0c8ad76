"""Three trainings side by side: one with the right gradient, two with a bug that nobody can see.

Not here: the bugs (`planted_bugs`), how to tell them apart (`bug_fingerprints`).
"""

from dataclasses import dataclass

import numpy as np

from annkit.arguments import Array
from annkit.lessons.backpropagation.bug_fingerprints import accuracy, first_params, train_with
from annkit.lessons.backpropagation.planted_bugs import Backpropagation
from annkit.nn.costs import COSTS
from annkit.nn.progress import in_sight

SUSPECTS = {"A": "updated_W2", "B": None, "C": "b1_over_everything"}


@dataclass(frozen=True)
class Run:
    """What can be seen of a training from outside.

    Attributes:
        costs: mean binary cross-entropy at the start and after every `every` steps.
        accuracy: share of right answers at the end.
    """

    costs: list[float]
    accuracy: float


def train_suspects(
    X: Array, y: Array, rng: np.random.Generator, n_steps: int = 2000, every: int = 50
) -> dict[str, Run]:
    """Train a 2-8-1 network three times from the same weights, with full batches and rate 1.

    Args:
        X: inputs, (batch, n_in).
        y: zeros and ones, (batch, 1).
        rng: source of the first weights.
        n_steps: steps per training.
        every: steps between two costs.

    Returns:
        A, B and C; `SUSPECTS` says who is who.
    """
    start = first_params(X.shape[1], 8, rng)
    runs = {}
    for name, bug in SUSPECTS.items():
        params = start
        costs = [_cost(X, y, params)]
        for _ in in_sight(range(n_steps // every), f"{every} steps"):
            params = train_with(bug, X, y, params, n_steps=every)
            costs.append(_cost(X, y, params))
        runs[name] = Run(costs, accuracy(X, y, params))
    return runs


def _cost(X: Array, y: Array, params: list[tuple[Array, Array]]) -> float:
    return COSTS["binary_cross_entropy"].value(Backpropagation(X, y, params).z2, y)
