"""The perceptron, told step by step: every example shown, every correction made.

A perceptron says +1 where x·w + b is 0 or more, else -1, and learns only from its mistakes. With
the bias as the weight of a constant input 1 it is one vector, and each example, multiplied by its
label, is a vector that should have a positive product with it: a *signed example*.

Unlike the networks of `annkit.nn` it has no slope to follow, so there are no gradients here.

Not here: pictures of it (`explorer`, `pictures`).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array

ZERO = 1e-10  # of squared lengths, relative to the longest point


class Shown(NamedTuple):
    """One example shown to the perceptron.

    Attributes:
        epoch: which pass through the examples this is, from 1.
        example: row of the example, from 0.
        score: x·w + b before the step.
        wrong: whether the example was corrected.
        w: weights after the step, (features,).
        b: bias after the step.
        n_updates: corrections so far, this one included.
    """

    epoch: int
    example: int
    score: float
    wrong: bool
    w: Array
    b: float
    n_updates: int


def steps(
    X: ArrayLike,
    y: ArrayLike,
    w: ArrayLike = 0.0,
    b: float = 0.0,
    learning_rate: float = 1.0,
    max_epochs: int = 1000,
) -> Iterator[Shown]:
    """Show the examples in order, epoch after epoch, until one epoch passes without a correction.

    Args:
        X: examples, (batch, features).
        y: labels -1 or +1, (batch,).
        w: weights at the start, (features,), or one number for all.
        b: bias at the start.
        learning_rate: length of a correction, in units of the example.
        max_epochs: number of epochs after which to give up.

    Yields:
        What happened at each example.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    weights, bias = np.broadcast_to(np.asarray(w, dtype=float), X.shape[1:]).copy(), float(b)
    n_updates = 0
    for epoch in range(1, max_epochs + 1):
        before = n_updates
        for i, (x, label) in enumerate(zip(X, y, strict=True)):
            score = float(x @ weights + bias)
            wrong = bool(label * score <= 0)
            if wrong:
                weights = weights + learning_rate * label * x
                bias = float(bias + learning_rate * label)
                n_updates += 1
            yield Shown(epoch, i, score, wrong, weights, bias, n_updates)
        if n_updates == before:
            return


def corrections(X: ArrayLike, y: ArrayLike, **options: Any) -> list[Shown]:
    """Return only the steps that changed something; arguments as for `steps`."""
    return [step for step in steps(X, y, **options) if step.wrong]


def fit(X: ArrayLike, y: ArrayLike) -> tuple[Array, float, int]:
    """Return weights (features,), bias and number of corrections at the end of learning.

    Args:
        X: examples that some line separates, (batch, features).
        y: labels -1 or +1, (batch,).
    """
    last = corrections(X, y)[-1]
    return last.w, last.b, last.n_updates


def signed_examples(X: ArrayLike, y: ArrayLike) -> Array:
    """Return y·(x, 1) for every example.

    Args:
        X: examples, (batch, features).
        y: labels -1 or +1, (batch,).

    Returns:
        (batch, features + 1).

    >>> signed_examples([[2.0, 5.0]], [-1]).tolist()
    [[-2.0, -5.0, -1.0]]
    """
    X = np.asarray(X, dtype=float)
    return np.asarray(y)[:, None] * np.column_stack([X, np.ones(len(X))])


def nearest_mixture(points: ArrayLike) -> tuple[Array, Array]:
    """Mix points, with shares that sum to 1, so that the result is as close to zero as possible.

    For signed examples this settles whether a line exists. If the mixture has a length γ > 0, then
    mixture/γ is the separator with the widest margin, and that margin is γ. If it is zero, the
    shares are a certificate that no line exists. (Wolfe 1976, "Finding the nearest point in a
    polytope": shares are added one at a time, and dropped when they would turn negative.)

    Args:
        points: (n, dim).

    Returns:
        The shares (n,), none negative, and the mixture (dim,).
    """
    P = np.asarray(points, dtype=float)
    squares = np.sum(P**2, axis=1)
    slack = ZERO * float(squares.max())
    used = [int(np.argmin(squares))]
    shares = np.zeros(len(P))
    shares[used] = 1.0
    while True:
        mixture = shares @ P
        best = int(np.argmin(P @ mixture))
        if best in used or P[best] @ mixture >= mixture @ mixture - slack:
            return shares, mixture
        used.append(best)
        while True:
            wanted = _affine_nearest(P[used])
            if np.all(wanted > 1e-12):
                break
            now = shares[used]
            falling = wanted < now
            room = now[falling] / (now[falling] - wanted[falling])
            now = now + min(1.0, float(room.min())) * (wanted - now)
            shares[:] = 0.0
            shares[used] = now
            used = [i for i in used if shares[i] > 1e-12]
        shares[:] = 0.0
        shares[used] = wanted


def best_bound(X: ArrayLike, y: ArrayLike) -> float:
    """Return (R/γ)² for the largest γ: no perceptron from zero makes more corrections.

    Args:
        X: examples, (batch, features).
        y: labels -1 or +1, (batch,).

    Returns:
        The bound, with the constant 1 as a coordinate; infinite if no separator exists.
    """
    signed = signed_examples(X, y)
    _, mixture = nearest_mixture(signed)
    longest, shortest = float(np.sum(signed**2, axis=1).max()), float(mixture @ mixture)
    return longest / shortest if shortest > 1e-12 * longest else np.inf


def _affine_nearest(P: Array) -> Array:
    """Shares that sum to 1, negative ones allowed, of the mixture closest to zero.

    Args:
        P: points, (n, dim).

    Returns:
        (n,).
    """
    n = len(P)
    system = np.zeros((n + 1, n + 1))
    system[:n, :n] = P @ P.T
    system[n, :n] = system[:n, n] = 1.0
    return np.linalg.lstsq(system, np.append(np.zeros(n), 1.0), rcond=None)[0][:n]
