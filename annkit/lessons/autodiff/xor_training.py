"""A 2-3-3-1 network of single numbers learns XOR, whatever engine finds its slopes.

The cost is a program that takes any kind of number: nodes, dual numbers, plain ones.

Not here: nodes (`number`), the engines that go wrong or go forwards (the chapter writes them).
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from annkit.data import gates
from annkit.lessons.autodiff.number import Node

SIZES = (2, 3, 3, 1)
Cost = Callable[..., Any]  # (25 numbers of any kind, tanh) -> a number of that kind
Engine = Callable[[Cost, list[float]], tuple[float, Sequence[float]]]


def by_method(number: Any) -> Any:
    """The tanh of a number that has one of its own."""
    return number.tanh()


def first_weights(seed: int) -> list[float]:
    """Draw the weights, unit by unit, a bias of 0 after those of each: 25 numbers."""
    rng = np.random.default_rng(seed)
    units = [rng.normal(size=n) for n, m in pairwise(SIZES) for _ in range(m)]
    return [float(number) for unit in units for number in (*unit, 0.0)]


def xor_cost(
    v: Sequence[Any],
    tanh: Callable[[Any], Any] = by_method,
    square: Callable[[Any], Any] = lambda miss: miss**2,
) -> Any:
    """Mean over the four corners of ½ (answer − target)²; the targets are −1 and +1.

    Args:
        v: weights and biases as `first_weights` lays them out, 25 numbers of one kind.
        tanh: what bends such a number.
        square: how a miss is squared.
    """
    corners, bits = gates()["XOR"]  # (4, 2) and (4,)
    parts = [
        square(answer(v, corner, tanh) + (1 - 2 * bit)) * 0.125  # ½ of it, and the mean of four
        for corner, bit in zip(corners.tolist(), bits.tolist(), strict=True)
    ]
    cost = parts[0]
    for part in parts[1:]:
        cost = cost + part
    return cost


def answer(v: Sequence[Any], corner: Sequence[float], tanh: Callable[[Any], Any]) -> Any:
    """What the network says to a corner, (2,)."""
    a: list[Any] = list(corner)
    left = iter(v)
    for m in SIZES[1:]:
        sums = []
        for _ in range(m):
            weights, bias = [next(left) for _ in a], next(left)
            z = bias
            for weight, x in zip(weights, a, strict=True):
                z = z + weight * x
            sums.append(tanh(z))
        a = sums
    return a[0]


def by_nodes(way_back: Callable[[Any], object], kind: Callable[[float], Any] = Node) -> Engine:
    """Make an engine of a graph and a way back through it.

    Args:
        way_back: fills `grad` of every node below the one it is given, whose own `grad` is 1.
        kind: makes a node from a number.
    """

    def engine(cost: Cost, v: list[float]) -> tuple[float, list[float]]:
        nodes = [kind(number) for number in v]
        result = cost(nodes)
        result.grad = 1.0
        way_back(result)
        return float(result.data), [node.grad for node in nodes]

    return engine


def train_xor(
    engine: Engine,
    seed: int,
    square: Callable[[Any], Any] = lambda miss: miss**2,
    n_steps: int = 150,
    learning_rate: float = 0.3,
) -> list[float]:
    """Return the cost before each step of gradient descent.

    Args:
        engine: (cost, 25 weights and biases) -> (the cost there, its 25 slopes).
        seed: of the first weights.
        square: how the cost squares a miss.
        n_steps: how many steps.
        learning_rate: of gradient descent.
    """

    def cost(v: Sequence[Any], tanh: Callable[[Any], Any] = by_method) -> Any:
        return xor_cost(v, tanh, square)

    v, costs = first_weights(seed), []
    for _ in range(n_steps):
        now, slopes = engine(cost, v)
        costs.append(now)
        v = [number - learning_rate * slope for number, slope in zip(v, slopes, strict=True)]
    return costs
