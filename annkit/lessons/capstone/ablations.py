"""The course's reader of digits with one good habit taken away (or, once, put back).

Not here: the reader itself (`reader`), habits that need no other class: scaling and the rate.
"""

from collections.abc import Sequence

import numpy as np

from annkit.arguments import Array
from annkit.lessons.capstone.parts import sgd_step
from annkit.lessons.capstone.reader import Reader


class FromZero(Reader):
    """All first weights are 0."""

    def __init__(self, sizes: Sequence[int], rng: np.random.Generator) -> None:
        super().__init__(sizes, rng)
        self.network.params = [(0 * W, b) for W, b in self.network.params]


class FromLarge(Reader):
    """First weights have a standard deviation of 1."""

    def __init__(self, sizes: Sequence[int], rng: np.random.Generator) -> None:
        super().__init__(sizes, rng)
        self.network.params = [(rng.normal(size=W.shape), b) for W, b in self.network.params]


class FromSmall(Reader):
    """First weights of the first layer are 16 times smaller: the right size for pixels 0 … 16."""

    def __init__(self, sizes: Sequence[int], rng: np.random.Generator) -> None:
        super().__init__(sizes, rng)
        (W, b), *others = self.network.params
        self.network.params = [(W / 16, b), *others]


class InOrder(Reader):
    """Examples are sorted by class, and come in this order in each epoch."""

    def fit(
        self,
        X: Array,
        labels: Array,
        learning_rate: float,
        n_epochs: int,
        batch_size: int,
        rng: np.random.Generator,
    ) -> "InOrder":
        """Train by gradient descent in batches, none of them shuffled; return the object itself."""
        rows = np.argsort(labels, kind="stable")
        for start in list(range(0, len(rows), batch_size)) * n_epochs:
            some = rows[start : start + batch_size]
            _, grads = self.network.backprop(X[some], labels[some])
            self.network.params = sgd_step(self.network.params, grads, learning_rate)
        return self
