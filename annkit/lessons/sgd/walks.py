"""Paths of optimisers on small costs, every step kept: for looking at how they move.

A cost here is a mean over n examples with a handful of parameters, so that its lowest point is
known and a path can be compared with it.

Not here: training a network (`annkit.nn.training`), drawing a path (`annkit.show.surfaces`).
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.nn.optimisers import SGD, Optimiser
from annkit.nn.schedules import Schedule, constant

RUN_OFF = 1e100  # far beyond any cost, and a mean of such numbers still doesn't overflow


class LeastSquares:
    """The cost of linear regression: the mean over the examples of ½ (A w − t)²."""

    def __init__(self, A: ArrayLike, t: ArrayLike) -> None:
        """Keep the examples and find the lowest point.

        Args:
            A: inputs, (n, n_weights); for a bias, a column of ones.
            t: targets, (n,).
        """
        self.A, self.t = np.asarray(A, dtype=float), np.asarray(t, dtype=float)
        self.best: Array = np.linalg.lstsq(self.A, self.t, rcond=None)[0]
        self.hessian: Array = self.A.T @ self.A / len(self.A)

    def cost(self, w: Array) -> Any:
        """Return the cost at w, (…, n_weights), over all examples: shape (…)."""
        return 0.5 * np.mean((w @ self.A.T - self.t) ** 2, axis=-1)

    def gradient(self, w: Array, rows: Any = slice(None)) -> Array:
        """Return the gradient at w, (n_weights,), of the mean over some examples."""
        A = self.A[rows]
        return (A @ w - self.t[rows]) @ A / len(A)

    def noise_scale(self, w: Array) -> float:
        """Return the batch whose gradient at w, (n_weights,), errs by as much as it is long.

        A batch of B has a mean squared error of (mean squared error of one example) / B; here it
        equals the squared length of the full gradient.
        """
        singles = (self.A @ w - self.t)[:, None] * self.A  # (n, n_weights)
        full = singles.mean(axis=0)
        return float(np.sum((singles - full) ** 2) / len(singles) / np.sum(full**2))

    def excess(self, w: Array) -> Any:
        """Return how far the cost at w, (…, n_weights), lies above the lowest: shape (…).

        Where w has run off beyond all bounds it is infinite, without a warning.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            away = w - self.best
            height = 0.5 * np.einsum("...i,ij,...j->...", away, self.hessian, away)
            return np.where(height < RUN_OFF, height, np.inf)  # not-a-number counts as run off


def walk(
    gradient: Callable[[Array, Any], Array],
    start: ArrayLike,
    *,
    n: int,
    batch_size: int,
    n_steps: int,
    learning_rate: float,
    optimiser: Optimiser | None = None,
    schedule: Schedule = constant,
    fresh: bool = False,
    rng: np.random.Generator,
) -> Array:
    """Take steps along the gradients of batches and keep all places.

    A walk that blows up goes on to infinity and says nothing: that is for the reader to see.

    Args:
        gradient: (w, rows) -> gradient of the mean over these examples, (n_weights,).
        start: where to begin, (n_weights,).
        n: number of examples.
        batch_size: examples per step; with n, the gradient is exact.
        n_steps: number of steps.
        learning_rate: η.
        optimiser: turns gradients into steps; plain SGD if None.
        schedule: (step, n_steps, base) -> learning rate.
        fresh: draw every batch from all examples, repeats allowed, instead of dealing them out
            epoch by epoch.
        rng: source of the order.

    Returns:
        The path, (n_steps + 1, n_weights), the start first.
    """
    optimiser = optimiser or SGD()
    path = np.empty((n_steps + 1, np.size(start)))
    path[0] = start
    w = path[0].copy()
    optimiser.start(w)
    rows = drawn(n, batch_size, rng) if fresh else dealt(n, batch_size, rng)
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(n_steps):
            optimiser.step(w, gradient(w, next(rows)), schedule(step, n_steps, learning_rate))
            path[step + 1] = w
    return path


def many_walks(
    cost: LeastSquares,
    start: ArrayLike,
    *,
    batch_size: int,
    n_steps: int,
    learning_rate: Any,
    runs: int,
    optimiser: Optimiser | None = None,
    schedule: Schedule = constant,
    fresh: bool = False,
    rng: np.random.Generator,
) -> Array:
    """Take the steps of many walks at once: what happens every time.

    Args:
        cost: what is descended.
        start: where all of them begin, (n_weights,).
        batch_size: examples per step; it divides their number.
        n_steps: number of steps.
        learning_rate: η, one number, or (runs, 1), one for each walk.
        runs: number of walks, each with an order of its own.
        optimiser: as in `walk`; what it remembers it remembers for each walk.
        schedule: as in `walk`.
        fresh: as in `walk`.
        rng: source of the orders.

    Returns:
        The paths, (n_steps + 1, runs, n_weights), the starts first.
    """
    n = len(cost.A)
    path = np.empty((n_steps + 1, runs, np.size(start)))
    path[0] = start
    optimiser = optimiser or SGD()
    optimiser.start(path[0])
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(n_steps):
            place = step * batch_size % n
            if place == 0:
                order = rng.permuted(np.tile(np.arange(n), (runs, 1)), axis=1)
            rows = order[:, place : place + batch_size]
            if fresh:
                rows = rng.integers(0, n, (runs, batch_size))
            A, w = cost.A[rows], path[step]  # (runs, batch, n_weights) and (runs, n_weights)
            miss = (A @ w[:, :, None])[:, :, 0] - cost.t[rows]
            path[step + 1] = w
            gradient = (miss[:, None] @ A)[:, 0] / batch_size  # (runs, n_weights)
            optimiser.step(path[step + 1], gradient, schedule(step, n_steps, learning_rate))
    return path


def stays_below(values: Array, level: float, stay: int) -> Array:
    """Return the first step from which a run stays below a level for some steps; inf if none.

    Args:
        values: (steps, runs).
        level: what they must be below.
        stay: for how many steps.
    """
    below = np.lib.stride_tricks.sliding_window_view(values < level, stay, axis=0).all(axis=-1)
    return np.where(below.any(axis=0), below.argmax(axis=0), np.inf)


def dealt(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[Any]:
    """Yield the rows of batches without end: every example once per epoch, then a new order."""
    while True:
        order = rng.permutation(n)
        for first in range(0, n, batch_size):
            yield order[first : first + batch_size]


def drawn(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[Any]:
    """Yield the rows of batches without end, each drawn from all n examples with repeats."""
    while True:
        yield rng.integers(0, n, batch_size)
