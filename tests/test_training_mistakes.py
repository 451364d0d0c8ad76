"""Mistakes in a training loop are named, whichever way the examples were shuffled.

The loops here draw their orders and write their histories otherwise than the exercise's own wrong
answers do, so that replaying calls alone would recognise none of them.

Not here: the known wrong answers themselves (`test_exercises_of_the_course`).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from annkit import nn
from annkit.exercises import course, judge

pytestmark = pytest.mark.slow


@dataclass
class Loop:
    """A training loop with the library's gradients; every field spoils one thing."""

    drops_the_last: bool = False
    leaves_labels: bool = False
    shuffles_once: bool = False
    has_own_rng: bool = False
    costs_before: bool = False
    divides_by_batch_size: bool = False

    def __call__(
        self,
        X: Any,
        labels: Any,
        params: Any,
        learning_rate: Any,
        n_epochs: Any,
        batch_size: Any,
        rng: Any,
    ) -> Any:
        """Train like the exercise's `train`."""
        sizes = [X.shape[1], *(len(b) for _, b in params)]
        network = nn.Network(sizes, rng=np.random.default_rng(0))
        network.params = params
        rng = np.random.default_rng(42) if self.has_own_rng else rng
        order = np.argsort(rng.random(len(X)))
        history = []
        for _ in range(n_epochs):
            if not self.shuffles_once:
                order = np.argsort(rng.random(len(X)))
            before = network.cost(X, labels)
            for rows, own in self.batches(order, min(batch_size, len(X))):
                _, grads = network.backprop(X[rows], labels[own])
                share = len(rows) / batch_size if self.divides_by_batch_size else 1.0
                network.params = [
                    (W - learning_rate * share * dW, b - learning_rate * share * db)
                    for (W, b), (dW, db) in zip(network.params, grads, strict=True)
                ]
            history.append(before if self.costs_before else network.cost(X, labels))
        return network.params, history

    def batches(self, order: Any, size: int) -> Any:
        """Yield the rows of each batch, and the rows of their labels."""
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            own = np.arange(start, start + len(rows)) if self.leaves_labels else rows
            if len(rows) == size or not self.drops_the_last:
                yield rows, own


MISTAKES = {
    "drops_the_last": "last_batch_dropped",
    "leaves_labels": "labels_left_behind",
    "shuffles_once": "shuffled_once",
    "has_own_rng": "generator_of_its_own",
    "costs_before": "cost_before_the_epoch",
    "divides_by_batch_size": "divided_by_batch_size",
}


def test_a_right_loop_of_another_kind_passes():
    report = judge(course().load("train"), Loop(), 3)
    assert report.passed, report.message


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_named(mistake):
    report = judge(course().load("train"), Loop(**{mistake: True}), 3)
    assert not report.passed
    assert report.mistake == MISTAKES[mistake]
