"""A 2-3-3-1 network of single numbers learns XOR, with whatever way back it is given.

Not here: the numbers (`number`), the ways back that go wrong (the chapter writes one).
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from annkit.data import gates
from annkit.lessons.autodiff.number import Node

SIZES = (2, 3, 3, 1)


def train_xor(
    way_back: Callable[[Node], object],
    seed: int,
    square: Callable[[Node], Node] = lambda miss: miss**2,
    n_steps: int = 150,
    learning_rate: float = 0.3,
) -> list[float]:
    """Return the cost before each step; the targets are −1 and +1, every unit is a tanh.

    Args:
        way_back: fills `grad` of every node below the one it is given, whose own `grad` is 1.
        seed: of the first weights.
        square: how the cost squares a miss.
        n_steps: how many steps.
        learning_rate: of gradient descent.
    """
    rng = np.random.default_rng(seed)
    corners, bits = gates()["XOR"]  # (4, 2) and (4,)
    # A row per unit, its bias last.
    layers = [
        [[*map(float, rng.normal(size=n)), 0.0] for _ in range(m)] for n, m in pairwise(SIZES)
    ]
    costs = []
    for _ in range(n_steps):
        nodes = [[[Node(number) for number in unit] for unit in layer] for layer in layers]
        cost = Node(0.0)
        for corner, bit in zip(corners.tolist(), bits.tolist(), strict=True):
            miss = answer(nodes, corner) - (2 * bit - 1)
            cost = cost + square(miss) / 8  # ½ of it, and the mean of four
        cost.grad = 1.0
        way_back(cost)
        costs.append(float(cost.data))
        layers = [
            [[one.data - learning_rate * one.grad for one in unit] for unit in layer]
            for layer in nodes
        ]
    return costs


def answer(layers: list[list[list[Node]]], corner: list[float]) -> Node:
    """What the network says to a corner."""
    a = [Node(x) for x in corner]
    for layer in layers:
        sums = []
        for *weights, bias in layer:
            z = bias
            for weight, x in zip(weights, a, strict=True):
                z = z + weight * x
            sums.append(z.tanh())
        a = sums
    return a[0]
