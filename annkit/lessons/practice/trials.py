"""A claim about training is tried on twenty runs, or it is an anecdote.

A remedy is judged by the share of right answers on examples that decided nothing, and by how many
of the runs it made better and how many worse.

Not here: the training (`stacked`), the examples (`drawn_examples`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from annkit.arguments import Array
from annkit.lessons.practice.drawn_examples import Examples
from annkit.lessons.practice.stacked import Diary, Recipe, train_runs


@dataclass(frozen=True)
class Trial:
    """How a variant did against the first one.

    Attributes:
        right: mean share of right answers over the runs.
        cost: mean cost over the runs.
        better: runs in which it had more right than the first variant.
        worse: runs in which it had fewer.
    """

    right: float
    cost: float
    better: int = 0
    worse: int = 0

    @property
    def score(self) -> str:
        """Runs better : runs worse."""
        return f"{self.better} : {self.worse}"


def compare(
    variants: Mapping[str, Recipe], training: Examples, test: Examples, seed: int = 0
) -> dict[str, Trial]:
    """Train every variant on the same examples from the same first weights.

    Args:
        variants: recipes by name; the first is what the others are compared with.
        training: X (runs, n, n_in) and labels (runs, n).
        test: likewise; looked at after the last epoch.
        seed: of first weights and order.

    Returns:
        A trial by name. A run that left the range of floats has nothing right.
    """
    diaries = {
        name: train_runs(recipe, training, test, np.random.default_rng(seed))
        for name, recipe in variants.items()
    }
    first = next(iter(diaries.values())).valid[-1]
    return {
        name: against(diary.valid[-1], diary.valid_cost[-1], first)
        for name, diary in diaries.items()
    }


def against(right: Array, cost: Array, first: Array) -> Trial:
    """Judge shares of right answers and costs, (runs,) each, against another variant's shares."""
    right, first = np.nan_to_num(right), np.nan_to_num(first)
    better, worse = int((right > first).sum()), int((right < first).sum())
    return Trial(float(right.mean()), float(cost.mean()), better, worse)


def stopped_early(
    recipe: Recipe, training: Examples, validation: Examples, test: Examples, patience: int
) -> Trial:
    """Judge early stopping against training to the end.

    Args:
        recipe: how to train.
        training: X (runs, n, n_in) and labels (runs, n).
        validation: decides when to stop.
        test: decides nothing.
        patience: epochs without a new lowest cost after which a run stops.
    """
    diaries: list[Diary] = [  # the same training twice: what it is judged by changes nothing
        train_runs(recipe, training, judges, np.random.default_rng(0))
        for judges in (validation, test)
    ]
    kept = kept_epochs(diaries[0].valid_cost, patience)
    right, cost = diaries[1].valid, diaries[1].valid_cost
    place = kept, np.arange(len(kept))
    return against(right[place], cost[place], right[-1])


def kept_epochs(costs: Array, patience: int) -> Array:
    """Return for each run which epoch early stopping keeps, (runs,), counted from 0.

    Args:
        costs: on validation data, (epochs, runs).
        patience: epochs without a new lowest cost after which a run stops.
    """
    lowest, kept = np.full(costs.shape[1], np.inf), np.zeros(costs.shape[1], dtype=int)
    for epoch, now in enumerate(np.nan_to_num(costs, nan=np.inf)):
        is_new = (now < lowest) & (epoch - kept <= patience)
        lowest, kept = np.where(is_new, now, lowest), np.where(is_new, epoch, kept)
    return kept
