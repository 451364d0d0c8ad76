"""How much work is a computation? Its matrix products count their own multiplications.

An array that counts behaves like any other array; so the code that is counted is the code that
runs.

Not here: seconds, which depend on the machine.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.lessons.backpropagation.passes import backward_pass, forward_pass


class MultiplicationCounter:
    """Adds up the multiplications of a computation.

    >>> counter = MultiplicationCounter()
    >>> product = counter.array([[1.0, 2.0]]) @ np.ones((2, 3))
    >>> counter.products
    6
    """

    def __init__(self) -> None:
        """Start at 0."""
        self.products = 0

    def array(self, values: ArrayLike) -> "Counted":
        """Return a copy of an array whose matrix products are counted here."""
        counted = np.array(values, dtype=float).view(Counted)
        counted.counter = self
        return counted


class Counted(np.ndarray):
    """An array that adds its matrix products, and those of its results, to a counter."""

    counter: MultiplicationCounter

    def __array_finalize__(self, source: Array | None) -> None:
        """Let views and results count in the same counter."""
        if isinstance(source, Counted):
            self.counter = source.counter

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """Compute with plain arrays, count a matrix product, hand on the counter."""
        plain = [np.asarray(x) if isinstance(x, Counted) else x for x in inputs]
        if kwargs.get("out"):
            kwargs["out"] = tuple(
                np.asarray(x) if isinstance(x, Counted) else x for x in kwargs["out"]
            )
        result = getattr(ufunc, method)(*plain, **kwargs)
        if not isinstance(result, np.ndarray):
            return result
        counted = result.view(Counted)
        counted.counter = self.counter
        if ufunc is np.matmul:
            self.counter.products += result.size * np.shape(plain[0])[-1]
        return counted


def multiplications(sizes: Sequence[int], batch: int = 32) -> tuple[int, int]:
    """Count the multiplications in the matrix products of both passes: (forward, backward).

    Args:
        sizes: units per layer, inputs first.
        batch: number of examples.
    """
    counter = MultiplicationCounter()
    layers: list[tuple[Array, Array]] = [
        (counter.array(np.ones((n, m)) / n), counter.array(np.zeros(m))) for n, m in pairwise(sizes)
    ]
    kept = forward_pass(counter.array(np.ones((batch, sizes[0]))), layers, ["tanh"] * len(layers))
    there = counter.products
    backward_pass(kept, counter.array(np.zeros((batch, sizes[-1]))), layers)
    return there, counter.products - there
