"""The problems all contestants are timed on: same data, same architecture, same batches.

Not here: how to train (`contestants` and the modules next to it).
"""

from dataclasses import dataclass

import numpy as np

from annkit import data
from annkit.arguments import Array


@dataclass(frozen=True)
class Problem:
    """A classification problem, relu inside, sigmoid or softmax outside, plain SGD.

    Attributes:
        name: for the table.
        sizes: units per layer, inputs first; one output is a sigmoid, several are a softmax.
        X: inputs, (n, n_in) float32.
        labels: (n,) integers.
        batch_size: examples per step.
        n_epochs: passes per timed run, so that a run takes some tens of milliseconds.
        learning_rate: small enough for all to stay in range.
    """

    name: str
    sizes: tuple[int, ...]
    X: Array
    labels: Array
    batch_size: int
    n_epochs: int
    learning_rate: float = 0.05

    @property
    def targets(self) -> Array:
        """One-hot rows, or the labels as a column, (n, n_out) float32."""
        if self.sizes[-1] == 1:
            return self.labels[:, None].astype(np.float32)
        return np.eye(self.sizes[-1], dtype=np.float32)[self.labels]

    def first_params(self, seed: int = 0) -> list[tuple[Array, Array]]:
        """He's weights and zero biases, float32, input side first."""
        rng = np.random.default_rng(seed)
        return [
            (
                (rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in)).astype(np.float32),
                np.zeros(n_out, np.float32),
            )
            for n_in, n_out in zip(self.sizes, self.sizes[1:], strict=False)
        ]


def problems() -> list[Problem]:
    """Return the eight columns of the table."""
    rng = np.random.default_rng(0)
    toy = (2, 16, 16, 1), *data.moons(1000, rng)
    digits = (64, 32, 10), *data.digits()
    large = (784, 128, 64, 10), rng.normal(size=(20_000, 784)), rng.integers(0, 10, 20_000)
    columns = [
        ("toy, B = 1", toy, 1, 2),
        ("toy, B = 32", toy, 32, 20),
        ("digits, B = 1", digits, 1, 1),
        ("digits, B = 32", digits, 32, 20),
        ("digits, B = 128", digits, 128, 20),
        ("large, B = 32", large, 32, 3),
        ("large, B = 128", large, 128, 6),
        ("large, full batch", large, 20_000, 4),
    ]
    return [
        Problem(name, sizes, X.astype(np.float32), labels, batch_size, n_epochs)
        for name, (sizes, X, labels), batch_size, n_epochs in columns
    ]
