"""A classifier with the methods of the exercise `mlp`, run by the course's own network.

It stands in where a learner has none yet, and where an experiment reaches into the parameters.

Not here: the network itself (`annkit.nn.network`).
"""

from collections.abc import Sequence
from contextlib import suppress

import numpy as np

from annkit import nn
from annkit.arguments import Array


class Reader:
    """Layers of ReLU and a softmax at the end.

    Args:
        sizes: units per layer, [n_in, …, n_classes].
        rng: source of the first weights, He's.
    """

    def __init__(self, sizes: Sequence[int], rng: np.random.Generator) -> None:
        self.network = nn.Network(sizes, hidden="relu", init="he", rng=rng)

    def fit(
        self,
        X: Array,
        labels: Array,
        learning_rate: float,
        n_epochs: int,
        batch_size: int,
        rng: np.random.Generator,
    ) -> "Reader":
        """Train by stochastic gradient descent; return the object itself.

        A training that runs away ends early, and its parameters are left as they are.
        """
        with suppress(nn.DivergedError):  # it reads no better than a guess then: worth seeing
            self.network.fit(
                X,
                labels,
                n_epochs=n_epochs,
                batch_size=min(batch_size, len(X)),
                learning_rate=learning_rate,
                progress=False,
                rng=rng,
            )
        return self

    def predict_proba(self, X: Array) -> Array:
        """Return the probability of each class, (n, n_classes)."""
        return self.network.predict_proba(X)

    def predict(self, X: Array) -> Array:
        """Return the most probable class, (n,)."""
        return self.network.predict(X)

    def hidden(self, X: Array) -> Array:
        """Return what the first hidden layer hands on, (n, units)."""
        first = self.network.layers[0]
        return np.maximum(X @ first.W + first.b, 0)
