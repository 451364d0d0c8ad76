"""Training in mini-batches with one piece replaced: how a loop goes wrong.

Not here: what can be seen of a training afterwards (`training_traces`), bugs in the gradient
(`faulty_passes`, `planted_bugs`).
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.lessons.backpropagation.candidates import forward
from annkit.lessons.backpropagation.faulty_passes import through_updated_weights, walk_back
from annkit.lessons.backpropagation.slopes import cross_entropy, relu_scores
from annkit.nn.activations import softmax
from annkit.nn.examples import one_hot
from annkit.nn.network import Network

Params = Sequence[tuple[Array, Array]]
Deal = Callable[[int, int, np.random.Generator], list[Array]]
Entry = Callable[[list[float], list[int], Params], Any]
Place = Callable[[Params, Params], Params]
Slopes = Callable[[Array, Array, Params], tuple[float, Any]]
Epoch = Callable[[Params], tuple[Params, list[float]]]


@cache
def _network(*sizes: int) -> Network:
    return Network(sizes, rng=np.random.default_rng(0))


def classifier_slopes(X: Array, labels: Array, params: Params) -> tuple[float, list[Any]]:
    """Return the cost of a batch and its gradient, ReLU inside and softmax at the end.

    Args:
        X: examples, (batch, n_in).
        labels: true classes, (batch,).
        params: list of (W, b).
    """
    network = _network(X.shape[1], *(len(b) for _, b in params))
    network.params = list(params)
    return network.backprop(X, labels)


def slopes_through_updated_weights(
    X: Array, labels: Array, params: Params, rate: float
) -> tuple[float, list[Any]]:
    """Return the cost, and a gradient whose way back meets weights that have made their step.

    Args:
        X: examples, (batch, n_in).
        labels: true classes, (batch,).
        params: list of (W, b).
        rate: length of that step.
    """
    relus = [lambda z: np.maximum(z, 0)] * len(params)
    cache, _ = forward(X, params, relus)
    z = cache[-1][1]
    delta = (softmax(z) - one_hot(labels, z.shape[1])) / len(X)
    step = through_updated_weights(rate)
    grads = walk_back(params, cache, delta, lambda layer: cache[layer][1] > 0, step=step)
    return float(cross_entropy(X, labels, params)), grads


def moved(params: Params, grads: Params, rate: float) -> list[tuple[Array, Array]]:
    """Return the parameters after a step of this length against the gradient."""
    return [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads, strict=True)]


def train_with(
    X: Array,
    labels: Array,
    params: Params,
    rate: float,
    n_epochs: int,
    batch_size: int,
    rng: np.random.Generator,
    *,
    deal: Deal | None = None,
    step: Callable[[int, int], float] | None = None,
    entry: Entry | None = None,
    place: Place | None = None,
    slopes: Slopes | None = None,
) -> tuple[Params, list[float]]:
    """Train, with one piece replaced.

    Args:
        X: examples, (n, n_in).
        labels: true classes, (n,).
        params: where to start.
        rate: learning rate.
        n_epochs: number of epochs.
        batch_size: examples per step.
        rng: source of the order.
        deal: (n, batch_size, rng) -> the rows of each batch of one epoch.
        step: (examples, batch_size) -> how long the step is, in units of the right one.
        entry: (costs of the batches, their sizes, parameters) -> history entry, or several.
        place: (parameters at the start of the epoch, and now) -> where a gradient is asked for.
        slopes: (examples, labels, parameters) -> cost and gradient.

    Returns:
        (parameters, history).
    """
    history: list[float] = []
    for _ in range(n_epochs):
        costs, sizes, start = [], [], params
        for rows in (deal or right_deal)(len(X), batch_size, rng):
            at = place(start, params) if place else params
            cost, grads = (slopes or classifier_slopes)(X[rows], labels[rows], at)
            length = step(len(rows), batch_size) if step else 1
            params = moved(params, grads, rate * length)
            costs.append(cost)
            sizes.append(len(rows))
        told = entry(costs, sizes, params) if entry else np.average(costs, weights=sizes)
        history.extend(np.atleast_1d(told))
    return params, history


def _by_epochs(n_epochs: int, params: Params, epoch: Epoch) -> tuple[Params, list[float]]:
    """Join the histories of trainings of one epoch, each from where the last one has led."""
    history: list[float] = []
    for _ in range(n_epochs):
        params, entry = epoch(params)
        history += entry
    return params, history


def from_the_start_again(
    X: Array, labels: Array, params: Params, rate: float, n_epochs: int, *rest: Any
) -> tuple[Params, list[float]]:
    """Every epoch begins where the first one has begun."""
    return _by_epochs(n_epochs, params, lambda _: train_with(X, labels, params, rate, 1, *rest))


def with_stale_gradients(*given: Any) -> tuple[Params, list[float]]:
    """All gradients of an epoch are taken where it began."""
    return train_with(
        *given, place=lambda start, now: start, entry=lambda costs, *_: np.mean(costs)
    )


def with_labels_left_behind(
    X: Array,
    labels: Array,
    params: Params,
    rate: float,
    n_epochs: int,
    batch_size: int,
    rng: np.random.Generator,
) -> tuple[Params, list[float]]:
    """The rows of X are shuffled in every epoch, the labels are not."""

    def epoch(now: Params) -> tuple[Params, list[float]]:
        mixed = X[rng.permutation(len(X))]
        return train_with(mixed, labels, now, rate, 1, batch_size, rng, deal=old_order)

    return _by_epochs(n_epochs, params, epoch)


def with_logarithms(
    small: float, X: Array, labels: Array, params: Params, *rest: Any
) -> tuple[Params, list[float]]:
    """The history is made of probabilities, with something small added to each."""

    def entry(costs: list[float], sizes: list[int], params: Params) -> Any:
        scores = relu_scores(X, params)
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        return -np.mean(np.log(p[np.arange(len(X)), labels] + small))

    return train_with(X, labels, params, *rest, entry=entry)


def batches(order: Array, batch_size: int) -> list[Array]:
    """Cut an order into batches; the last one may be smaller."""
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def begun_elsewhere(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """Round the ring of the examples, from a random one on."""
    return batches((np.arange(n) + rng.integers(n)) % n, batch_size)


def right_deal(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """Nothing is wrong."""
    return batches(rng.permutation(n), batch_size)


def old_order(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """The examples as they stand."""
    return batches(np.arange(n), batch_size)


def without_the_last(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """The last, smaller batch is left out."""
    return batches(rng.permutation(n)[: max(1, n // batch_size) * batch_size], batch_size)


def whole_ones_only(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """The last, smaller batch is left out even where it is the only one."""
    return batches(rng.permutation(n)[: n // batch_size * batch_size], batch_size)


def all_at_once(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """One batch with all examples."""
    return [rng.permutation(n)]


def first_batch_only(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """One batch of the right size, and no more."""
    return batches(rng.permutation(n), batch_size)[:1]


def equal_sizes(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """As many batches as it takes, all about equally large."""
    return np.array_split(rng.permutation(n), -(-n // batch_size))


def equal_and_fewer(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """As many batches as whole ones fit, all about equally large."""
    return np.array_split(rng.permutation(n), max(1, n // batch_size))


def with_replacement(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """Drawn anew for every batch."""
    return batches(rng.integers(n, size=n), batch_size)


def with_replacement_and_too_few(n: int, batch_size: int, rng: np.random.Generator) -> list[Array]:
    """Drawn anew for every batch, as many as whole ones fit."""
    drawn = rng.integers(n, size=max(1, n // batch_size) * min(batch_size, n))
    return batches(drawn, batch_size)
