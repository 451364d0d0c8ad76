"""A bug in a gradient leaves a fingerprint: which arrays it touches, which ratio, which angle.

Accuracy does not: of the fifteen planted bugs seven classify two moons as well as the right
equations do. `bug_table` measures both, side by side.

Not here: the bugs themselves (`planted_bugs`), central differences
(`annkit.nn.gradient_checking`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.lessons.backpropagation.planted_bugs import (
    BUGS,
    Backpropagation,
    Pairs,
    faulty_gradients,
    true_gradients,
)
from annkit.nn.gradient_checking import relative_error
from annkit.nn.progress import in_sight

HIDDEN = 8  # units of the networks in the table
SAME = 1e-7  # relative errors below this are rounding


@dataclass(frozen=True)
class Print:
    """How one array of a faulty gradient differs from the true one.

    Attributes:
        array: "W1", "b1", "W2" or "b2", whose derivative it is.
        error: relative error ‖faulty - true‖ / (‖faulty‖ + ‖true‖), 0 ... 1.
        ratio: ‖faulty‖ / ‖true‖.
        cosine: of the angle between the two; 1 same direction, -1 opposite, 0 if one is zero.
    """

    array: str
    error: float
    ratio: float
    cosine: float

    @property
    def is_wrong(self) -> bool:
        """Whether the difference is more than rounding."""
        return not self.error < SAME

    def __str__(self) -> str:
        """Write "dW1 1.2 / 0.98", ratio and cosine, or "dW1 right"."""
        seen = f"{self.ratio:.3g} / {self.cosine:.3g}" if self.is_wrong else "right"
        return f"d{self.array} {seen}"


def bug_fingerprint(true: Pairs, faulty: Pairs) -> list[Print]:
    """Return one `Print` per array, in the order W1, b1, W2, b2.

    Args:
        true: [(dW1, db1), (dW2, db2)].
        faulty: the same shapes.
    """
    return [
        Print(f"{letter}{layer}", relative_error(good, bad), *_ratio_and_cosine(good, bad))
        for layer, (goods, bads) in enumerate(zip(true, faulty, strict=True), start=1)
        for letter, good, bad in zip("Wb", goods, bads, strict=True)
    ]


def _ratio_and_cosine(true: Array, faulty: Array) -> tuple[float, float]:
    lengths = float(np.linalg.norm(true)), float(np.linalg.norm(faulty))
    ratio = lengths[1] / lengths[0] if lengths[0] else np.inf
    product = lengths[0] * lengths[1]
    return ratio, float(np.sum(true * faulty)) / product if product else 0.0


def first_params(n_in: int, hidden: int, rng: np.random.Generator) -> Pairs:
    """Return weights of variance 1/n_in and zero biases for n_in - hidden - 1."""
    return [
        (rng.normal(size=(n, m)) / np.sqrt(n), np.zeros(m))
        for n, m in ((n_in, hidden), (hidden, 1))
    ]


def train_with(
    bug: str | None,
    X: Array,
    y: Array,
    params: Pairs,
    learning_rate: float = 1.0,
    n_steps: int = 2000,
) -> Pairs:
    """Train by gradient descent with the whole batch, using faulty gradients.

    Args:
        bug: a name in `BUGS`; None for the right equations.
        X: inputs, (batch, n_in).
        y: zeros and ones, (batch, 1).
        params: where to start, [(W1, b1), (W2, b2)]; they are not changed.
        learning_rate: of every step.
        n_steps: number of steps.

    Returns:
        The parameters after the last step; not finite if the training ran away.
    """
    equations = BUGS[bug] if bug else Backpropagation
    with np.errstate(over="ignore", invalid="ignore"):  # a bug may run away; the caller sees nan
        for _ in range(n_steps):
            gradients = equations(X, y, params, learning_rate).gradients
            params = [
                (W - learning_rate * dW, b - learning_rate * db)
                for (W, b), (dW, db) in zip(params, gradients, strict=True)
            ]
    return params


def accuracy(X: Array, y: Array, params: Pairs) -> float:
    """Share of right answers, y (batch, 1) of zeros and ones; nan if a number ran away."""
    with np.errstate(over="ignore", invalid="ignore"):
        a2 = Backpropagation(X, y, params).a2
    return float(np.mean((a2 >= 0.5) == (y == 1))) if np.isfinite(a2).all() else float("nan")


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        bug: its name; None for the right equations.
        sentence: what is wrong, for a reader.
        accuracy: after training on two moons; nan if the training ran away.
        prints: the fingerprint at the first weights on a small batch, W1, b1, W2, b2.
    """

    bug: str | None
    sentence: str
    accuracy: float
    prints: list[Print]

    @property
    def wrong_arrays(self) -> list[str]:
        """Names of the arrays whose gradient is wrong, like ["W1", "b1"]."""
        return [one.array for one in self.prints if one.is_wrong]


def bug_table(X: Array, y: Array, rng: np.random.Generator, n_steps: int = 2000) -> Iterator[Row]:
    """Yield a row for the right equations and one per bug, all trained from the same weights.

    Args:
        X: inputs, (batch, n_in).
        y: zeros and ones, (batch, 1).
        rng: source of the first weights.
        n_steps: steps of gradient descent with the whole batch and learning rate 1.
    """
    params = first_params(X.shape[1], HIDDEN, rng)
    few = X[:40], y[:40]
    true = true_gradients(*few, params)
    for bug in in_sight((None, *BUGS), "bug"):
        sentence = " ".join((BUGS[bug].__doc__ or "").split()) if bug else "nothing"
        faulty = faulty_gradients(bug, *few, params) if bug else true
        trained = train_with(bug, X, y, params, n_steps=n_steps)
        yield Row(bug, sentence, accuracy(X, y, trained), bug_fingerprint(true, faulty))


def random_case(bug: str, rng: np.random.Generator) -> dict[str, Any]:
    """Return what somebody who hunts a bug has on the table, at random shapes.

    Args:
        bug: a name in `BUGS`.
        rng: source of randomness.

    Returns:
        a dictionary with X (batch, n_in), y (batch, 1), params [(W1, b1), (W2, b2)], z [z1, z2],
        a [a1, a2], and true and faulty, both [(dW1, db1), (dW2, db2)].
    """
    n_in, hidden = int(rng.integers(2, 5)), int(rng.integers(3, 7))
    batch = hidden + int(rng.integers(2, 7))  # so many that W2 could be read off z2 and a1
    X = rng.normal(size=(batch, n_in))
    y = rng.permutation(np.arange(batch) % 2).astype(float)[:, None]
    params = [
        (rng.normal(size=(n_in, hidden)) / np.sqrt(n_in), rng.normal(size=hidden) / 2),
        (rng.choice([-1.0, 1.0], size=(hidden, 1)) * rng.uniform(0.3, 1.5, size=(hidden, 1)),
         rng.normal(size=1) / 2),
    ]  # fmt: skip
    right = Backpropagation(X, y, params)
    return {
        "X": X,
        "y": y,
        "params": params,
        "z": [right.z1, right.z2],
        "a": [right.a1, right.a2],
        "true": right.gradients,
        "faulty": faulty_gradients(bug, X, y, params),
    }
