"""Stochastic gradient descent: shuffle, take a batch, follow its gradient one step, and again.

Not here: the gradient (`stack`), the size of a step (`optimisers`), what surrounds the epochs
(`training`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, isfinite

import numpy as np

from annkit.arguments import Array
from annkit.nn.divergence import DivergedError, explain
from annkit.nn.dropout import Dropout
from annkit.nn.optimisers import Optimiser
from annkit.nn.schedules import Schedule
from annkit.nn.stack import Stack

GATHER_BYTES = 250_000  # rows are copied in shuffled order this much at a time


@dataclass
class Descent:
    """The state of one training.

    Attributes:
        stack: the network.
        x: inputs and a column of ones, (n, n_in + 1).
        y: targets, (n, n_out).
        batch_size: examples per step.
        n_epochs: how many epochs are planned; the schedule looks ahead.
        optimiser: turns gradients into steps.
        schedule: (step, n_steps, base) -> learning rate.
        base: learning rate handed to the schedule.
        l2: strength of the penalty on the weights.
        dropout: what silences hidden units, or None.
        max_norm: longest gradient let through, or None.
        rng: source of the order.
    """

    stack: Stack
    x: Array
    y: Array
    batch_size: int
    n_epochs: int
    optimiser: Optimiser
    schedule: Schedule
    base: float
    l2: float
    dropout: Dropout | None
    max_norm: float | None
    rng: np.random.Generator

    def __post_init__(self) -> None:
        """Get ready for the first step."""
        self.step = 0
        self.n_steps = self.n_epochs * ceil(len(self.x) / self.batch_size)
        self.learning_rate = self.base
        self.optimiser.start(self.stack.flat)

    def epoch(self) -> float:
        """Use every example once and return the mean cost while doing so.

        Raises:
            DivergedError: a cost or a weight is not finite; the parameters are put back to the
                start of the epoch.
        """
        before = self.stack.flat.copy()
        total = 0.0
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # is told in words
            for x, y in batches(self.x, self.y, self.batch_size, self.rng):
                cost = self.stack.gradient(x, y, self.l2, self.dropout)
                if not isfinite(cost):
                    break
                self.take_step()
                total += cost * len(x)
        if not (isfinite(cost) and np.isfinite(self.stack.flat).all()):
            message = explain(self.stack, x, cost, self.learning_rate, self.step == 0)
            self.stack.flat[:] = before
            raise DivergedError(message)
        return total / len(self.x)

    def take_step(self) -> None:
        """Follow the gradient that the stack has just computed."""
        stack = self.stack
        if self.max_norm is not None:
            clip_norm(stack.flat_gradient, self.max_norm)
        self.learning_rate = self.schedule(self.step, self.n_steps, self.base)
        self.optimiser.step(stack.flat, stack.flat_gradient, self.learning_rate)
        self.step += 1


def clip_norm(gradient: Array, max_norm: float) -> None:
    """Shorten the gradient in place to at most max_norm, keeping its direction.

    Args:
        gradient: derivatives of all parameters, (n_parameters,).
        max_norm: longest gradient that is let through.
    """
    norm = float(np.sqrt(gradient.dot(gradient)))
    if norm > max_norm:
        gradient *= max_norm / norm


def batches(
    x: Array, y: Array, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[Array, Array]]:
    """Yield (x, y) of batch_size rows each in random order, every row once; the last may be short.

    Rows are gathered for many batches at once, but only so many that they stay in the cache. A
    single batch of all rows needs no order.
    """
    if batch_size == len(x):
        yield x, y
        return
    order = rng.permutation(len(x))
    batches_at_once = max(1, GATHER_BYTES // (x[0].nbytes * batch_size))
    n_rows = batches_at_once * batch_size
    for start in range(0, len(x), n_rows):
        rows = order[start : start + n_rows]
        x_part = x.take(rows, axis=0, mode="clip")  # "clip" skips a check of every index
        y_part = y.take(rows, axis=0, mode="clip")
        for first in range(0, len(rows), batch_size):
            yield x_part[first : first + batch_size], y_part[first : first + batch_size]
