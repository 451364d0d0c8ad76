"""The same training with scikit-learn, PyTorch and JAX, as their documentation would have it.

Each returns a function that trains from the start and gives the mean cost of the last epoch, or
raises ImportError if the library is not there. Everything is compiled before the clock starts.

Not here: NumPy alone (`numpy_contestants`).
"""

import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.networks.problems import Problem

Run = Callable[[], float]


def scikit_learn(problem: Problem, optimiser: str = "sgd") -> Run:
    """MLPClassifier without penalty and momentum; it never stops early."""

    def run() -> float:
        model = MLPClassifier(
            problem.sizes[1:-1],
            solver=optimiser,
            momentum=0,
            alpha=0,
            batch_size=problem.batch_size,
            learning_rate_init=problem.learning_rate,
            max_iter=problem.n_epochs,
            n_iter_no_change=problem.n_epochs + 1,
            random_state=0,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(problem.X, problem.labels)
        return float(model.loss_)

    return run


def torch_eager(problem: Problem, optimiser: str = "sgd") -> Run:
    """PyTorch without compilation, one thread, rows gathered once per epoch."""
    torch = import_module("torch")
    torch.set_num_threads(1)
    nn = torch.nn
    X = torch.from_numpy(problem.X)
    binary = problem.sizes[-1] == 1
    y = torch.from_numpy(problem.targets if binary else problem.labels.astype(np.int64))
    step_of = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimiser]

    def run() -> float:
        torch.manual_seed(0)
        layers: list[Any] = []
        for W, b in problem.first_params():
            linear = nn.Linear(*W.shape)
            linear.weight.data = torch.from_numpy(W.T.copy())
            linear.bias.data = torch.from_numpy(b)
            layers += [linear, nn.ReLU()]
        model = nn.Sequential(*layers[:-1])
        cost_of = nn.BCEWithLogitsLoss() if binary else nn.CrossEntropyLoss()
        optimiser = step_of(model.parameters(), lr=problem.learning_rate)
        for _ in range(problem.n_epochs):
            order, total = torch.randperm(len(X)), 0.0
            X_shuffled, y_shuffled = X[order], y[order]
            for start in range(0, len(X), problem.batch_size):
                X_b = X_shuffled[start : start + problem.batch_size]
                y_b = y_shuffled[start : start + problem.batch_size]
                optimiser.zero_grad()
                cost = cost_of(model(X_b), y_b)
                cost.backward()
                optimiser.step()
                total += cost.item() * len(X_b)
        return total / len(X)

    return run


def _jax_step(problem: Problem) -> tuple[Any, Any, Callable[..., Any]]:
    """JAX itself, its NumPy, and one SGD step (params, (X, y)) -> (params, cost)."""
    jax, jnp = import_module("jax"), import_module("jax.numpy")

    def cost(params: Any, X: Any, y: Any) -> Any:
        a = X
        for W, b in params[:-1]:
            a = jnp.maximum(a @ W + b, 0)
        W, b = params[-1]
        z = a @ W + b
        if problem.sizes[-1] == 1:
            return jnp.mean(jnp.logaddexp(0, z) - y * z)
        return -jnp.mean(jnp.sum(jax.nn.log_softmax(z) * y, axis=1))

    def step(params: Any, batch: Any) -> Any:
        value, grads = jax.value_and_grad(cost)(params, *batch)
        moved = jax.tree.map(lambda w, g: w - problem.learning_rate * g, params, grads)
        return moved, value

    return jax, jnp, step


def jax_step(problem: Problem) -> Run:
    """JAX, one compiled call per step."""
    jax, jnp, step = _jax_step(problem)
    compiled = jax.jit(step)
    Y, batch_size = problem.targets, problem.batch_size

    def run() -> float:
        rng, params = np.random.default_rng(0), jax.device_put(problem.first_params())
        for _ in range(problem.n_epochs):
            order, costs = rng.permutation(len(Y)), []
            X_shuffled, Y_shuffled = problem.X[order], Y[order]
            for start in range(0, len(Y), batch_size):
                X_b = X_shuffled[start : start + batch_size]
                params, cost = compiled(params, (X_b, Y_shuffled[start : start + batch_size]))
                costs.append(cost)
            total = float(jnp.mean(jnp.stack(costs)))
        return total

    run()
    return run


def jax_scan(problem: Problem) -> Run:
    """JAX, one compiled call per epoch; a short last batch is left out."""
    jax, jnp, step = _jax_step(problem)
    Y, batch_size = problem.targets, problem.batch_size
    n_batches = len(Y) // batch_size

    def epoch(params: Any, X: Any, y: Any, order: Any) -> Any:
        rows = order[: n_batches * batch_size].reshape(n_batches, batch_size)
        return jax.lax.scan(lambda p, i: step(p, (X[i], y[i])), params, rows)

    compiled = jax.jit(epoch)
    X, y = jax.device_put(problem.X), jax.device_put(Y)

    def run() -> float:
        rng, params = np.random.default_rng(0), jax.device_put(problem.first_params())
        for _ in range(problem.n_epochs):
            params, costs = compiled(params, X, y, rng.permutation(len(Y)))
        return float(jnp.mean(costs))

    run()
    return run
