"""Ways down a cost of a few parameters, as whole paths: the gradient, Newton's step, BFGS.

They work on any function of one flat vector, with whatever gradient they are given; the networks'
own training works in place on millions of weights and keeps no path (`annkit.nn.descent`).

Not here: noise, batches and momentum (`annkit.lessons.sgd`).
"""

from bisect import bisect_left
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.nn import Network

Cost = Callable[[Array], float]
Gradient = Callable[[Array], Array]

SUFFICIENT = 1e-4  # share of the decrease promised by the slope with which a line search is content
MOST_STEPS = 2**40
SHORTEST = 2.0**-40  # a line search that halves its step this often has no way down


def landscape(network: Network, X: ArrayLike, y: ArrayLike) -> tuple[Cost, Gradient]:
    """Look at a network's cost as a function of one vector, all its parameters.

    Args:
        network: its sizes and activations count, its parameters don't; it is not changed.
        X: inputs, (batch, n_in).
        y: labels (batch,) or targets (batch, n_out).

    Returns:
        (cost, gradient): functions of a vector like `network.flat`, (n_parameters,).
    """
    own = network.copy()

    def cost(v: Array) -> float:
        own.flat[:] = v
        return own.cost(X, y)

    def gradient(v: Array) -> Array:
        own.flat[:] = v
        _, pairs = own.backprop(X, y)
        return np.concatenate([part.ravel() for pair in pairs for part in pair])

    return cost, gradient


def steps_until(H: Array, away: Array, learning_rate: float, height: float) -> int:
    """Tell after how many steps gradient descent in a bowl stands lower than some height.

    No step is taken: along each eigenvector what is left shrinks by a factor of its own.

    Args:
        H: the Hessian, (dim, dim), symmetric, positive definite.
        away: from the bottom to the start, (dim,).
        learning_rate: below the edge of stability, so that the height falls at every step.
        height: above the bottom.
    """
    curvatures, axes = np.linalg.eigh(H)
    along, factors = axes.T @ away, 1 - learning_rate * curvatures

    def is_low(k: int) -> bool:
        return bool(0.5 * np.sum(curvatures * (along * factors**k) ** 2) < height)

    return bisect_left(range(MOST_STEPS), True, key=is_low)


def descend(gradient: Gradient, start: ArrayLike, learning_rate: float, n_steps: int) -> Array:
    """Follow the negative gradient: v ← v - η ∇C(v).

    Args:
        gradient: of a vector (dim,) → (dim,).
        start: (dim,).
        learning_rate: η.
        n_steps: how often.

    Returns:
        The path, start included, (n_steps + 1, dim).
    """
    path = [np.asarray(start, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] - learning_rate * np.asarray(gradient(path[-1])))
    return np.array(path)


def newton(gradient: Gradient, hessian: Gradient, start: ArrayLike, n_steps: int) -> Array:
    """Jump to the point where the local parabola is level: H Δv = -∇C.

    Args:
        gradient: of a vector (dim,) → (dim,).
        hessian: of a vector (dim,) → (dim, dim).
        start: (dim,).
        n_steps: how often.

    Returns:
        The path, start included, (n_steps + 1, dim).
    """
    path = [np.asarray(start, dtype=float)]
    for _ in range(n_steps):
        path.append(path[-1] - np.linalg.solve(hessian(path[-1]), gradient(path[-1])))
    return np.array(path)


def bfgs(cost: Cost, gradient: Gradient, start: ArrayLike, n_steps: int) -> Array:
    """Learn the inverse curvature from the gradients met on the way.

    A step is tried at full length and halved until the cost falls enough.

    Args:
        cost: of a vector (dim,) → number.
        gradient: of a vector (dim,) → (dim,).
        start: (dim,).
        n_steps: how often, at most; it ends earlier where nothing can be gained any more.

    Returns:
        The path, start included, (up to n_steps + 1, dim).
    """
    v = np.asarray(start, dtype=float)
    path, g, inverse = [v], np.asarray(gradient(v)), np.eye(len(v))
    for _ in range(n_steps):
        step = _shortened(cost, v, -inverse @ g, g)
        if step is None:
            break
        new_g = np.asarray(gradient(v + step))
        inverse = learned(inverse, step, new_g - g)
        v, g = v + step, new_g
        path.append(v)
    return np.array(path)


def _shortened(cost: Cost, v: Array, step: Array, g: Array) -> Array | None:
    """Halve a step until the cost falls enough; None if it never does."""
    here, slope, share = cost(v), float(g @ step), 1.0
    while share > SHORTEST and slope < 0:
        if cost(v + share * step) <= here + SUFFICIENT * share * slope:
            return share * step
        share /= 2
    return None


def learned(inverse: Array, step: Array, turned: Array) -> Array:
    """Change an inverse Hessian so that it explains how the gradient turned along a step.

    Args:
        inverse: (dim, dim), symmetric.
        step: (dim,).
        turned: new gradient minus old one, (dim,).

    Returns:
        The changed inverse; the old one if the slope did not rise along the step.
    """
    rise = float(turned @ step)
    if rise <= 0:
        return inverse
    past = inverse @ turned
    weight = (1 + turned @ past / rise) / rise
    mixed = np.outer(past, step)
    return np.asarray(inverse + weight * np.outer(step, step) - (mixed + mixed.T) / rise)


def measured_hessian(gradient: Gradient, v: ArrayLike, h: float = 1e-5) -> Array:
    """Measure how the gradient turns in every direction: 2 · dim gradients.

    Args:
        gradient: of a vector (dim,) → (dim,).
        v: where, (dim,).
        h: how far to either side.

    Returns:
        The Hessian, (dim, dim), made symmetric.
    """
    v = np.asarray(v, dtype=float)
    rows = [(gradient(v + h * e) - gradient(v - h * e)) / (2 * h) for e in np.eye(len(v))]
    return (np.array(rows) + np.array(rows).T) / 2
