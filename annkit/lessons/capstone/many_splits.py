"""Many trainings instead of one: the same question asked of many splits and many first weights.

Not here: what is trained (the chapter says it), whether its certainty is deserved (`calibration`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeVar

import numpy as np

from annkit import data
from annkit.arguments import Array
from annkit.nn.progress import in_sight

Name = TypeVar("Name")
Train = Callable[[Array, Array, np.random.Generator], Any]  # (X, labels, rng) → a fitted model


@dataclass(frozen=True)
class Tested:
    """One training and the held-back examples it was tried on.

    Attributes:
        model: the fitted model.
        X: held-back examples, (n, n_in).
        labels: their classes, (n,).
        accuracy: share of the held-back examples that are right.
    """

    model: Any
    X: Array
    labels: Array
    accuracy: float


def trial(train: Train, X: Array, labels: Array, seed: int, n_train: int | None = None) -> Tested:
    """Hold back a fifth, train on the rest, and count what is right of the fifth.

    Args:
        train: makes a fitted model with `.predict`.
        X: examples, (n, n_in).
        labels: their classes, (n,).
        seed: of the split, the first weights and the order.
        n_train: how many of the training examples are used; None for all.
    """
    rng = np.random.default_rng(seed)
    X_train, y_train, X_test, y_test = data.split(X, labels, 0.8, rng)
    X_train, y_train = X_train[:n_train], y_train[:n_train]
    with np.errstate(over="ignore", invalid="ignore"):  # a training that runs away is a result, too
        model = train(X_train, y_train, rng)
        return Tested(model, X_test, y_test, accuracy(model.predict(X_test), y_test))


def accuracy(predicted: Array, labels: Array) -> float:
    """Share of predictions that are right; both (n,)."""
    return float(np.mean(np.asarray(predicted) == labels))


def accuracies(
    train: Train, X: Array, labels: Array, seeds: Sequence[int], n_train: int | None = None
) -> Array:
    """Accuracy on held-back examples for each seed; see `trial`."""
    tests = (trial(train, X, labels, seed, n_train) for seed in in_sight(seeds, "split"))
    return np.array([test.accuracy for test in tests])


def in_three_parts(
    candidates: Mapping[Name, Train], X: Array, labels: Array, seeds: Sequence[int]
) -> tuple[dict[Name, Array], dict[Name, Array]]:
    """Train every candidate on the same three fifths; a fifth is to choose, the last one to judge.

    Args:
        candidates: name → makes a fitted model with `.predict`.
        X: examples, (n, n_in).
        labels: their classes, (n,).
        seeds: each deals the examples anew.

    Returns:
        Name → accuracies in validation, and name → accuracies in the test, (len(seeds),) each.
    """
    validated, tested = ({name: np.zeros(len(seeds)) for name in candidates} for _ in range(2))
    for name, deal in in_sight(list(product(candidates, range(len(seeds)))), "training"):
        rng = np.random.default_rng(seeds[deal])
        X_rest, y_rest, X_test, y_test = data.split(X, labels, 0.8, rng)
        X_train, y_train, X_choose, y_choose = data.split(X_rest, y_rest, 0.75, rng)
        with np.errstate(over="ignore", invalid="ignore"):  # as in `trial`
            model = candidates[name](X_train, y_train, rng)
            validated[name][deal] = accuracy(model.predict(X_choose), y_choose)
            tested[name][deal] = accuracy(model.predict(X_test), y_test)
    return validated, tested


def block_by_block(train: Train, X: Array, labels: Array, n_blocks: int = 10) -> Array:
    """Hold back neighbouring rows of the file instead of shuffled ones.

    Args:
        train: makes a fitted model with `.predict`.
        X: examples, (n, n_in).
        labels: their classes, (n,).
        n_blocks: into how many runs of neighbours the file is cut; each is held back once.

    Returns:
        Accuracy on each block, (n_blocks,).
    """
    found = []
    blocks = in_sight(np.array_split(np.arange(len(X)), n_blocks), "block")
    for number, block in enumerate(blocks):
        rest = np.setdiff1d(np.arange(len(X)), block)
        model = train(X[rest], labels[rest], np.random.default_rng(number))
        found.append(accuracy(model.predict(X[block]), labels[block]))
    return np.array(found)
