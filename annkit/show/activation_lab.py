"""Measurements with activations: slopes, nudges through a stack, steps downhill, units that die.

Everything here is measured with central differences: calculus for networks comes later in the
course, and a measured slope needs none of it.
Not here: the activations themselves (``annkit.nn``) and pictures (``activation_pictures``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annkit.nn import ACTIVATIONS, Activation

Array = NDArray[Any]
DEPTH = 10
FLAT = 0.01  # a slope strictly below this counts as flat


def central_difference(f: Callable[[Array], Array], z: Any, h: float = 1e-5) -> Array:
    """Measure the slope of f at every entry of z: (f(z + h) − f(z − h)) / 2h.

    Args:
        f: applied entry by entry.
        z: any shape.
        h: half the distance between the two points.

    Returns:
        Slopes, like z.
    """
    z = np.asarray(z, dtype=float)
    return (f(z + h) - f(z - h)) / (2 * h)


@dataclass(frozen=True)
class Chain:
    """One unit per layer, each layer fed by the one before.

    Attributes:
        z: pre-activations, (layers,).
        factors: what each layer multiplies a small change of its input by, (layers,).
        products: what has become of a change after each layer, (layers,).
    """

    z: Array
    factors: Array
    products: Array


def chain(activation: Activation, z: float, weight: float = 1.0, depth: int = DEPTH) -> Chain:
    """Send a number through layers of one unit, and a small change after it.

    Args:
        activation: the same in every layer.
        z: pre-activation of the first layer.
        weight: from each layer to the next; it also scales what the first layer receives, so
            that every layer contributes weight · f′(z).
        depth: number of layers.

    Returns:
        Pre-activations, factors and their running product.
    """
    sums = np.empty(depth)
    for layer in range(depth):
        sums[layer] = z
        z = weight * float(activation.f(np.array(z)))
    factors = weight * activation.f_prime(sums)
    return Chain(sums, factors, np.cumprod(factors))


def silent_units(activation: Activation, Z: Array) -> NDArray[np.bool_]:
    """Tell which units are flat for every example.

    Args:
        activation: of the layer.
        Z: pre-activations, (batch, units).

    Returns:
        (units,): True where the slope is below ``FLAT`` for the whole batch. For ReLU these are the
        dead units.
    """
    silent: NDArray[np.bool_] = (activation.f_prime(Z) < FLAT).all(axis=0)
    return silent


def slopes_of(cost: Callable[[Array], float], w: Array, h: float = 1e-5) -> Array:
    """Measure the slope of a cost in every parameter.

    Args:
        cost: number for a vector of parameters.
        w: parameters, (n,).
        h: half the distance between the two points.

    Returns:
        Slopes, (n,).
    """
    shifts = h * np.eye(w.size)
    return np.array([(cost(w + shift) - cost(w - shift)) / (2 * h) for shift in shifts])


def degree_days() -> tuple[Array, Array]:
    """Energy a house needs against the temperature outside: heating below 15 °C, cooling above 24.

    Returns:
        Temperatures in °C, (46,), and power in kW, (46,).
    """
    temperature = np.linspace(-5, 40, 46)
    heating = 0.08 * np.maximum(15 - temperature, 0)
    return temperature, heating + 0.06 * np.maximum(temperature - 24, 0)


@dataclass(frozen=True)
class Training:
    """How a layer was trained.

    Attributes:
        w: final parameters, (2 · units,).
        costs: cost before each step and at the end, (n_steps + 1,).
        dead: number of units that are off for every example, at the same moments.
        Z: final pre-activations, (46, units).
        answers: final outputs, (46,).
    """

    w: Array
    costs: Array
    dead: Array
    Z: Array
    answers: Array


def train_house(
    activation: str = "relu",
    learning_rate: float = 0.2,
    n_steps: int = 300,
    units: int = 8,
    seed: int = 0,
    start: Array | None = None,
) -> Training:
    """Fit ``degree_days`` with the sum of a few units, walking down the measured slope.

    The output is f(z_1) + … + f(z_n) with z_j = w_j · x + b_j; x is the temperature, measured in
    tens of degrees from 18 °C. The cost is the mean of ½ (answer − power)².

    Args:
        activation: a key of ``ACTIVATIONS``.
        learning_rate: step against the slope.
        n_steps: number of steps.
        units: number of units.
        seed: of the parameters at the start.
        start: parameters to start from instead, (2 · units,).

    Returns:
        The history and the final state.
    """
    temperature, power = degree_days()
    x = ((temperature - 18) / 10)[:, None]
    f = ACTIVATIONS[activation].f
    rng = np.random.default_rng(seed)
    w = rng.normal(size=2 * units) * np.repeat([1.0, 0.5], units) if start is None else start

    def sums(w: Array) -> Array:
        Z: Array = x * w[:units] + w[units:]
        return Z

    def cost(w: Array) -> float:
        return float(0.5 * np.mean((f(sums(w)).sum(axis=1) - power) ** 2))

    costs, dead = [cost(w)], [int((sums(w) <= 0).all(axis=0).sum())]
    for _ in range(n_steps):
        w = w - learning_rate * slopes_of(cost, w)
        costs.append(cost(w))
        dead.append(int((sums(w) <= 0).all(axis=0).sum()))
    Z = sums(w)
    return Training(w, np.array(costs), np.array(dead), Z, f(Z).sum(axis=1))


def walk(X: Array, target: Array, n_steps: int, batch: int) -> Array:
    """Learn the weights of one linear unit from its inputs, starting at 0.

    Args:
        X: inputs, (examples, n), used in order, over and over.
        target: the weights that made the answers, (n,).
        n_steps: number of steps.
        batch: examples per step; all of them take the largest steps that are safe on average.

    Returns:
        The weights before each step and at the end, (n_steps + 1, n).
    """
    size = np.linalg.eigvalsh(X.T @ X / len(X))
    # The best rate for the whole batch; single examples vary, so they get half a safe step each.
    rate = 2 / (size[0] + size[-1]) if batch == len(X) else 0.5 / np.max(np.sum(X**2, axis=1))
    path = [np.zeros_like(target)]
    for step in range(n_steps):
        rows = X[np.arange(step * batch, (step + 1) * batch) % len(X)]
        miss = rows @ (path[-1] - target)
        path.append(path[-1] - rate * miss @ rows / len(rows))
    return np.array(path)
