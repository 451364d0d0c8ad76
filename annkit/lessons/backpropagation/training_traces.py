"""What a training shows of itself, whatever order its examples came in.

Examples that are unit vectors move a row of W each, so their *shares* tell which batches they were
in. Copies of one example, or one whole batch, leave nothing to luck: parameters and history can be
foretold.

>>> X, labels, params = unit_vectors(np.random.default_rng(0), 4)
>>> trained = [(params[0][0], params[0][1])]  # nobody has moved
>>> shares(X, labels, params, 0.1, trained).tolist()
[0.0, 0.0, 0.0, 0.0]

Not here: trainings that go wrong (`faulty_training`).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.lessons.backpropagation.slopes import (
    Params,
    cross_entropy,
    cross_entropy_slopes,
    relu_scores,
)

CAPS = 10.0 ** np.arange(-16, -4)  # what people add inside a logarithm
FAR = 1e-3  # an example has left its own gradient by more than this
# So many examples, and so many in a batch, that an epoch's last batch, of 20, shows whether old
# neighbours stay together: chance lets 16 of the 20 be followed by another one of them in one of
# 3 · 10⁷ epochs.
FOR_NEIGHBOURS = (60, 40)
TOGETHER = 16


def unit_vectors(
    rng: np.random.Generator, n: int
) -> tuple[Array, Array, list[tuple[Array, Array]]]:
    """Return n examples for `shares`: (X, labels, params) without a hidden layer, three classes."""
    W, b = rng.normal(size=(n, 3)), rng.normal(size=3) / 2
    return np.eye(n), rng.permutation(np.arange(n) % 3), [(W, b)]


def are_unit_vectors(X: Array) -> bool:
    """Whether each example has a row of W to itself."""
    return np.array_equal(X, np.eye(len(X)))


def are_copies(X: Array) -> bool:
    """Whether all examples are the same."""
    return bool(np.ptp(X, axis=0).max() == 0)


def shares(X: Array, labels: Array, params: Params, rate: float, trained: Params) -> Array:
    """Return how much of the mean gradient of some step each example was, summed over all steps.

    Read from tiny steps with unit vectors: example i moves row i of W and no other. A right epoch
    gives 1/(size of its batch).

    Args:
        X: unit vectors, (n, n).
        labels: true classes, (n,).
        params: one layer: where the training started.
        rate: learning rate, so small that the gradient hardly changed meanwhile.
        trained: where it ended.

    Returns:
        (n,); nan where a row did not move along its own example's gradient.
    """
    z = relu_scores(X, params)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    slope = p - np.eye(z.shape[1])[labels]
    change = (params[0][0] - np.asarray(trained[0][0])) / rate
    share = np.sum(change * slope, axis=1) / np.sum(slope**2, axis=1)
    fits = np.abs(change - share[:, None] * slope).max(axis=1) < FAR * (1 + np.abs(share))
    return np.where(fits, share, np.nan)


def neighbours_in_the_last(shares: Array) -> int:
    """Return how many examples of an epoch's smaller, last batch are followed by another of it.

    Args:
        shares: of unit vectors in one epoch, (n,); the first example follows the last one.
    """
    is_last = np.isclose(shares, shares.max(), rtol=FAR)
    return int((is_last & np.roll(is_last, -1)).sum())


def sizes_of_batches(n: int, batch_size: int) -> list[int]:
    """Return the sizes of an epoch's batches."""
    return [min(batch_size, n - start) for start in range(0, n, batch_size)]


def foretold(
    X: Array, labels: Array, params: Params, rate: float, n_epochs: int, batch_size: int
) -> Iterator[Params]:
    """Yield the parameters at the start and after every step, where luck plays no part.

    That is so for copies of one example, and where all examples are in one batch.
    """
    yield params
    for _ in range(n_epochs * len(sizes_of_batches(len(X), batch_size))):
        grads = cross_entropy_slopes(X, labels, params)
        params = [
            (W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads, strict=True)
        ]
        yield params


def histories(costs: Sequence[float], n: int, batch_size: int) -> list[Array]:
    """Return all right histories: after each epoch, or averaged during it, weighted or not.

    Args:
        costs: at the start and after every step.
        n: number of examples.
        batch_size: examples per step.
    """
    sizes = sizes_of_batches(n, batch_size)
    during = np.reshape(costs[:-1], (-1, len(sizes)))
    after = np.array(costs[len(sizes) :: len(sizes)])
    return [after, np.average(during, axis=1, weights=sizes), during.mean(axis=1)]


def capped_costs(X: Array, labels: Array, steps: Sequence[Params]) -> Iterator[list[float]]:
    """Yield the costs along a training with something small in the logarithm, for many such."""
    logits = [relu_scores(X, params) for params in steps]
    rows = np.arange(len(X))
    own = [np.exp(z - z.max(axis=1, keepdims=True)) for z in logits]
    p = np.array([(e / e.sum(axis=1, keepdims=True))[rows, labels] for e in own])
    for small in CAPS:
        for inside in (p + small, np.clip(p, small, 1 - small)):
            yield list(-np.log(inside).mean(axis=1))


def costs_along(X: Array, labels: Array, steps: Sequence[Params]) -> list[float]:
    """Return the mean cross-entropy at each of these parameters."""
    return [float(cross_entropy(X, labels, params)) for params in steps]


def fault_of_a_deal(shares: Array, n_epochs: int, batch_size: int) -> Any:
    """Say by shares what is wrong with the batches, whatever the order drawn.

    Of those who draw examples instead of dealing them it is told only how many batches there were.

    Args:
        shares: of unit vectors, (n,).
        n_epochs: summed over so many epochs.
        batch_size: how many examples a batch should have.

    Returns:
        "" if nothing is; else what two with the same fault have in common.
    """
    if np.isnan(shares).any():
        return "moved along others' gradients"
    sizes = sizes_of_batches(len(shares), batch_size)
    if n_epochs > 1:
        alone = np.flatnonzero(shares > n_epochs - 0.5)  # in a batch of one, every time
        found = [len(alone), len(shares) - 1 in alone, float(shares.sum())]
        right = [0, False, n_epochs * len(sizes)]
        return "" if np.allclose(found, right, rtol=FAR) else found
    if np.allclose(np.sort(shares), np.sort(np.repeat(1 / np.array(sizes), sizes)), rtol=FAR):
        can_tell = (len(shares), batch_size) == FOR_NEIGHBOURS
        return "old neighbours" * (can_tell and neighbours_in_the_last(shares) >= TOGETHER)
    taken, n_batches = shares[np.abs(shares) > FAR], round(float(shares.sum()), 2)
    if 0 < len(taken) < len(shares) and (n_batches == 1 or np.ptp(taken) > 0.9 * taken.min()):
        return ["some are left out", n_batches]
    return np.sort(shares)


def fault_foretold(given: Sequence[Any], trained: Params, history: Array) -> Any:
    """Say what is wrong with a training in which luck plays no part.

    Args:
        given: X, labels, params, learning_rate, n_epochs, batch_size.
        trained: the parameters returned.
        history: the history returned, (n_epochs,).

    Returns:
        "" if nothing is; else what two with the same fault have in common. With one batch of
        different examples it is not looked at how wrong parameters are wrong: who deals wrongly
        is at the mercy of luck there too.
    """
    X, labels, _, _, _, batch_size = given
    steps = list(foretold(*given))
    pairs = zip(trained, steps[-1], strict=True)
    if not all(np.allclose(a, b, 1e-6, 1e-8) for two in pairs for a, b in zip(*two, strict=True)):
        return trained if are_copies(X) else "other steps"
    if not np.isfinite(history).all():
        return "not finite"

    def is_one_of(many_costs: Iterable[Sequence[float]]) -> bool:
        right = (one for costs in many_costs for one in histories(costs, len(X), batch_size))
        return any(np.allclose(history, one, 1e-5) for one in right)

    if is_one_of([costs_along(X, labels, steps)]):
        return ""
    return "capped" if is_one_of(capped_costs(X, labels, steps)) else history
