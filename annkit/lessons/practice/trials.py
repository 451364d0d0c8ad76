"""A claim about training is tried on twenty runs, or it is an anecdote.

A remedy is judged by the share of right answers on examples that decided nothing, and by how many
of the runs it made better and how many worse.

Not here: the training (`stacked`), the examples (`drawn_examples`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.lessons.practice.drawn_examples import Examples
from annkit.lessons.practice.stacked import Diary, Recipe, train_runs
from annkit.lessons.practice.vitals import silent_shares


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


def right_and_silent(recipe: Recipe, training: Examples, test: Examples) -> tuple[Array, float]:
    """Train all runs; return their shares right, (runs,), and the share of units silent at the end.

    Args:
        recipe: how to train.
        training: X (runs, n, n_in) and labels (runs, n).
        test: likewise; looked at after the last epoch.
    """
    silent: list[float] = []
    diary = train_runs(
        recipe,
        training,
        test,
        np.random.default_rng(0),
        on_epoch=lambda networks: silent.append(float(silent_shares(networks).mean())),
    )
    return diary.valid[-1], silent[-1]


def against(right: Array, cost: Array, first: Array) -> Trial:
    """Judge shares of right answers and costs, (runs,) each, against another variant's shares."""
    right, first = np.nan_to_num(right), np.nan_to_num(first)
    better, worse = int((right > first).sum()), int((right < first).sum())
    return Trial(float(right.mean()), float(cost.mean()), better, worse)


def treated(
    recipe: Recipe,
    doses: Mapping[str, Mapping[str, Any]],
    parts: tuple[Examples, Examples, Examples],
    patience: int,
) -> dict[str, Trial]:
    """Judge remedies, early stopping among them, against training without any.

    Args:
        recipe: how to train without a remedy.
        doses: remedy → what it changes in the recipe.
        parts: training examples, examples that decide when to stop, and examples that decide
            nothing, by which all are judged.
        patience: epochs without a new lowest cost after which a run stops.

    Returns:
        A trial by name; the first is "none", the last early stopping.
    """
    training, validation, test = parts
    changes = {"none": {}, **doses}
    diaries = {
        name: train_runs(replace(recipe, **change), training, test, np.random.default_rng(0))
        for name, change in changes.items()
    }
    # The training without a remedy once more: what judges it changes nothing.
    judges = train_runs(recipe, training, validation, np.random.default_rng(0))
    plain = diaries["none"].valid[-1]
    verdicts = {
        name: against(diary.valid[-1], diary.valid_cost[-1], plain)
        for name, diary in diaries.items()
    }
    early = stopped_early(judges, diaries["none"], patience)
    return {**verdicts, f"early stopping, patience {patience}": early}


def stopped_early(judges: Diary, verdicts: Diary, patience: int) -> Trial:
    """Judge early stopping against training to the end.

    Args:
        judges: diary of a training, with the examples held back that decide when to stop.
        verdicts: diary of the same training, with examples that decide nothing.
        patience: epochs without a new lowest cost after which a run stops.
    """
    kept = kept_epochs(judges.valid_cost, patience)
    place = kept, np.arange(len(kept))
    return against(verdicts.valid[place], verdicts.valid_cost[place], verdicts.valid[-1])


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
