"""What the capstone takes where a learner has not built it: the same functions, by the library.

Signatures are those of the exercises, so that one's own and the course's can stand in for each
other.

Not here: fetching one's own (`annkit.exercises.my_ann.own_parts`).
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from annkit import nn
from annkit.arguments import Array

Params = list[tuple[Array, Array]]
Functions = Sequence[Callable[[Array], Array]]


def init_params(sizes: list[int], rng: np.random.Generator) -> Params:
    """Draw the first weights of a ReLU network, variance 2 / n_in, and zero biases.

    Args:
        sizes: units per layer, inputs first.
        rng: source of the weights.

    Returns:
        A (W, b) for each layer, shapes (n_in, n_out) and (n_out,).
    """
    draw = nn.INITIALISERS["he"]
    return [(draw(n_in, n_out, rng), np.zeros(n_out)) for n_in, n_out in pairwise(sizes)]


def minibatches(
    X: Array, y: Array, batch_size: int, rng: np.random.Generator
) -> list[tuple[Array, Array]]:
    """Deal all examples, shuffled, into batches; the last one may be smaller.

    Args:
        X: examples, (n, n_in).
        y: what belongs to them, (n, …).
        batch_size: examples per batch.
        rng: source of the order.
    """
    rows = np.split(rng.permutation(len(X)), range(batch_size, len(X), batch_size))
    return [(X[some], y[some]) for some in rows]


def classifier_gradients(X: Array, labels: Array, params: Params) -> tuple[float, Params]:
    """Cost and gradients of a ReLU classifier with softmax cross-entropy.

    Args:
        X: examples, (n, n_in).
        labels: true classes, integers, (n,).
        params: a (W, b) for each layer.

    Returns:
        The mean cross-entropy, and a (dW, db) for each layer.
    """
    inputs, a = [], X
    for W, b in params[:-1]:
        inputs.append(a)
        a = np.maximum(a @ W + b, 0)
    inputs.append(a)
    scores = a @ params[-1][0] + params[-1][1]
    entropy = nn.COSTS["softmax_cross_entropy"]
    cost, delta = entropy.value_and_gradient(*entropy.arrays(scores, labels))
    grads = []
    for k in reversed(range(len(params))):
        grads.append((inputs[k].T @ delta, delta.sum(axis=0)))
        if k:
            delta = delta @ params[k][0].T * (inputs[k] > 0)
    return cost, grads[::-1]


def backprop(
    X: Array, y: Array, params: Params, activations: Functions, primes: Functions
) -> Params:
    """Gradients of the mean half squared error.

    Args:
        X: examples, (n, n_in).
        y: targets, (n, n_out).
        params: a (W, b) for each layer.
        activations: a function for each layer.
        primes: their slopes, functions of the pre-activations.

    Returns:
        A (dW, db) for each layer.
    """
    inputs, z = [X], []
    for (W, b), f in zip(params, activations, strict=True):
        z.append(inputs[-1] @ W + b)
        inputs.append(f(z[-1]))
    back, grads = (inputs[-1] - y) / len(X), []
    for k in reversed(range(len(params))):
        delta = back * primes[k](z[k])
        grads.append((inputs[k].T @ delta, delta.sum(axis=0)))
        back = delta @ params[k][0].T
    return grads[::-1]


def sgd_step(params: Params, grads: Params, learning_rate: float) -> Params:
    """Move every array against its gradient; the old ones stay as they are."""
    return [
        (W - learning_rate * dW, b - learning_rate * db)
        for (W, b), (dW, db) in zip(params, grads, strict=True)
    ]


def confusion_matrix(labels: Array, predicted: Array, n_classes: int) -> Array:
    """Count how often each true class (row) was taken for each class (column), (C, C)."""
    pairs = np.asarray(labels) * n_classes + np.asarray(predicted)
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)


def house_model(X: Array, y: Array, rng: np.random.Generator) -> Callable[[Array], Array]:
    """Train a network on prices; return a function houses (n, 4) → prices (n,).

    Args:
        X: houses, (n, 4).
        y: prices, (n,).
        rng: source of first weights and order.
    """
    mean, scale, y_mean, y_scale = X.mean(axis=0), X.std(axis=0), y.mean(), y.std()
    network = nn.Network([4, 24, 1], hidden="relu", output="identity", rng=rng)
    targets = ((y - y_mean) / y_scale)[:, None]
    network.fit(
        (X - mean) / scale,
        targets,
        n_epochs=80,
        batch_size=16,
        learning_rate=0.05,
        progress=False,
        rng=rng,
    )
    return lambda X: y_mean + y_scale * network.forward((X - mean) / scale)[:, 0]
