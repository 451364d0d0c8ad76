"""Training with NumPy in three ways: annkit's, as written in a course, as written in a textbook.

And the matrix products alone, which no program can do without: the limit of all of them.
Each returns a function that trains from the start and gives the mean cost of the last epoch.

Not here: other libraries (`library_contestants`).
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.nn import Network
from benchmarks.networks.problems import Problem

Run = Callable[[], float]


def ours(problem: Problem, optimiser: str = "sgd") -> Run:
    """annkit.nn in float32: the call a learner writes."""
    output = "sigmoid" if problem.sizes[-1] == 1 else "softmax"

    def run() -> float:
        rng = np.random.default_rng(0)
        network = Network(problem.sizes, "relu", output, dtype=np.float32, rng=rng)
        network.params = problem.first_params()
        history = network.fit(
            problem.X,
            problem.labels,
            n_epochs=problem.n_epochs,
            batch_size=problem.batch_size,
            learning_rate=problem.learning_rate,
            optimiser=optimiser,
            progress=False,
            rng=np.random.default_rng(0),
        )
        return history.cost[-1]

    return run


def shuffled(problem: Problem, Y: Array, rng: np.random.Generator) -> Iterator[tuple[Array, Array]]:
    """Yield batches of one epoch, gathered one by one."""
    order = rng.permutation(len(problem.X))
    for start in range(0, len(order), problem.batch_size):
        rows = order[start : start + problem.batch_size]
        yield problem.X[rows], Y[rows]


def plain(problem: Problem) -> Run:
    """NumPy as a learner writes it after the chapter on backpropagation: new arrays each step."""
    Y = problem.targets

    def gradients(X: Array, y: Array, params: list[tuple[Array, Array]]) -> tuple[float, Any]:
        inputs, zs, a = [], [], X
        for W, b in params:
            inputs.append(a)
            z = a @ W + b
            zs.append(z)
            a = np.maximum(z, 0)
        cost, delta = cost_and_delta(zs[-1], y)
        grads = []
        for layer in reversed(range(len(params))):
            grads.append((inputs[layer].T @ delta, delta.sum(axis=0)))
            if layer:
                delta = (delta @ params[layer][0].T) * (zs[layer - 1] > 0)
        return cost, grads[::-1]

    def run() -> float:
        rng, params = np.random.default_rng(0), problem.first_params()
        for _ in range(problem.n_epochs):
            total = 0.0
            for X, y in shuffled(problem, Y, rng):
                cost, grads = gradients(X, y, params)
                total += cost * len(X)
                params = [
                    (W - problem.learning_rate * dW, b - problem.learning_rate * db)
                    for (W, b), (dW, db) in zip(params, grads, strict=True)
                ]
        return total / len(problem.X)

    return run


def cost_and_delta(z: Array, y: Array) -> tuple[float, Array]:
    """Binary or softmax cross-entropy from logits, and its derivative, (batch, n_out)."""
    if z.shape[1] == 1:
        p = 1 / (1 + np.exp(-z))
        return float(np.mean(np.logaddexp(0, z) - y * z)), (p - y) / len(z)
    shifted = z - z.max(axis=1, keepdims=True)
    e = np.exp(shifted)
    sums = e.sum(axis=1, keepdims=True)
    cost = np.mean(np.log(sums[:, 0]) - (shifted * y).sum(axis=1))
    return float(cost), (e / sums - y) / len(z)


def textbook(problem: Problem) -> Run:
    """NumPy as in many a textbook: examples are columns, parameters and caches dictionaries."""
    X_all, Y_all, depth = problem.X.T, problem.targets.T, len(problem.sizes) - 1

    def run() -> float:
        rng = np.random.default_rng(0)
        parameters = {}
        for layer, (W, b) in enumerate(problem.first_params(), start=1):
            parameters[f"W{layer}"], parameters[f"b{layer}"] = W.T.copy(), b[:, None]
        for _ in range(problem.n_epochs):
            order, total = rng.permutation(len(problem.X)), 0.0
            X_shuffled, Y_shuffled = X_all[:, order], Y_all[:, order]
            for start in range(0, len(order), problem.batch_size):
                X = X_shuffled[:, start : start + problem.batch_size]
                Y = Y_shuffled[:, start : start + problem.batch_size]
                m = X.shape[1]
                cache = {"A0": X}
                for layer in range(1, depth + 1):
                    Z = np.dot(parameters[f"W{layer}"], cache[f"A{layer - 1}"])
                    cache[f"Z{layer}"] = Z + parameters[f"b{layer}"]
                    cache[f"A{layer}"] = np.maximum(0, cache[f"Z{layer}"])
                cost, delta = cost_and_delta(cache[f"Z{depth}"].T, Y.T)
                total += cost * m
                dZ, grads = delta.T * m, {}
                for layer in range(depth, 0, -1):
                    grads[f"dW{layer}"] = np.dot(dZ, cache[f"A{layer - 1}"].T) / m
                    grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
                    if layer > 1:
                        dA = np.dot(parameters[f"W{layer}"].T, dZ)
                        dZ = dA * (cache[f"Z{layer - 1}"] > 0)
                for key in parameters:
                    parameters[key] = parameters[key] - problem.learning_rate * grads[f"d{key}"]
        return total / len(problem.X)

    return run


def products(problem: Problem) -> Run:
    """Only the matrix products of forward and backward, into arrays that are there."""
    params, batch = problem.first_params(), problem.batch_size
    a = [np.ones((batch, n), np.float32) for n in problem.sizes]
    grads = [np.empty_like(W) for W, _ in params]
    n_steps = -(-len(problem.X) // batch) * problem.n_epochs

    def run() -> float:
        for _ in range(n_steps):
            for layer, (W, _) in enumerate(params):
                a[layer].dot(W, a[layer + 1])
            for layer in reversed(range(len(params))):
                a[layer].T.dot(a[layer + 1], grads[layer])
                if layer:
                    a[layer + 1].dot(params[layer][0].T, a[layer])
            for piece in a:
                piece.fill(1)  # or the numbers would run away
        return np.nan

    return run
