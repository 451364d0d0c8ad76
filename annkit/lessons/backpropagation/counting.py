"""How much work is a computation? Its matrix products count their own multiplications.

An array that counts behaves like any other array; so the code that is counted is the code that
runs.

Not here: seconds, which depend on the machine.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array


class Ledger:
    """Where the multiplications of a computation are added up.

    >>> ledger = Ledger()
    >>> product = ledger.array([[1.0, 2.0]]) @ np.ones((2, 3))
    >>> ledger.products
    6
    """

    def __init__(self) -> None:
        """Start at 0."""
        self.products = 0

    def array(self, values: ArrayLike) -> "Counted":
        """Return a copy of an array whose matrix products are counted here."""
        counted = np.array(values, dtype=float).view(Counted)
        counted.ledger = self
        return counted


class Counted(np.ndarray):
    """An array that enters its matrix products, and those of its results, in a ledger."""

    ledger: Ledger

    def __array_finalize__(self, source: Array | None) -> None:
        """Let views and results count in the same ledger."""
        if isinstance(source, Counted):
            self.ledger = source.ledger

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """Compute with plain arrays, count a matrix product, hand on the ledger."""
        plain = [np.asarray(x) if isinstance(x, Counted) else x for x in inputs]
        if kwargs.get("out"):
            kwargs["out"] = tuple(
                np.asarray(x) if isinstance(x, Counted) else x for x in kwargs["out"]
            )
        result = getattr(ufunc, method)(*plain, **kwargs)
        if not isinstance(result, np.ndarray):
            return result
        counted = result.view(Counted)
        counted.ledger = self.ledger
        if ufunc is np.matmul:
            self.ledger.products += result.size * np.shape(plain[0])[-1]
        return counted
