"""Where data enter the library they are checked once, so that the code inside need not ask.

Every message says what was expected, what came, and the likely cause.

Not here: labels and targets (`targets`), numbers that overflow while training (`divergence`).
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]


class ShapeError(ValueError):
    """An array has another shape than the one its place asks for."""

    def __init__(self, name: str, expected: str, got: object, cause: str = "") -> None:
        """Compose the message: name, what was expected, what came, the likely cause."""
        super().__init__(f"{name}: expected {expected}, got {got}" + (cause and f" — {cause}"))


def check_inputs(X: ArrayLike, n_in: int, dtype: Any) -> Array:
    """Return X as (batch, n_in) floats of the network's dtype, or say what is wrong with it."""
    X = np.asarray(X)
    if X.dtype.kind == "O":
        raise TypeError(
            "X: expected an array of floats, got one of Python objects — "
            "rows of different lengths, None or text among the numbers?"
        )
    if X.dtype.kind != "f":
        raise TypeError(
            f"X: expected an array of floats, got {X.dtype} — write X.astype(float); "
            "whole numbers such as pixels 0 … 255 also want scaling (X / 255)"
        )
    if X.ndim != 2 or X.shape[1] != n_in:
        raise ShapeError("X", f"(batch, {n_in})", X.shape, _shape_cause(X, n_in))
    if not len(X):
        raise ValueError(f"X: expected at least one example, got shape {X.shape} — empty data?")
    if not np.isfinite(X).all():
        row, column = np.argwhere(~np.isfinite(X))[0]
        raise ValueError(
            f"X: expected finite numbers, got {X[row, column]} in row {row}, column {column} — "
            "a missing value, or a division by the spread of a constant column?"
        )
    return X.astype(dtype, copy=False)


def _shape_cause(X: Array, n_in: int) -> str:
    """Guess why X is not (batch, n_in)."""
    if X.ndim == 1:
        return "one example alone is written X[None, :], one column alone X[:, None]"
    if X.ndim == 2 and X.shape[0] == n_in:
        return "rows are examples: is it transposed?"
    if X.ndim > 2:
        return "images are flattened with X.reshape(len(X), -1)"
    return f"the network was built for {n_in} inputs, X has another number of columns"


def check_rng(rng: Any) -> np.random.Generator:
    """Return rng if it is a NumPy generator; a bare seed is the likely slip."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng: expected a numpy.random.Generator, got {rng!r} — "
            "write rng=np.random.default_rng(0) for the seed 0"
        )
    return rng


def check_count(value: Any, name: str, most: int | None = None, cause: str = "") -> int:
    """Return value if it is a whole number of at least 1, and of at most `most`."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name}: expected a whole number, got {value!r}")
    if value < 1:
        raise ValueError(f"{name}: expected at least 1, got {value}")
    if most is not None and value > most:
        raise ValueError(f"{name}: expected at most {most}, got {value} — {cause}")
    return int(value)


def check_number(value: Any, name: str, low: float, high: float = np.inf) -> float:
    """Return value if it is a number with low <= value < high."""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
        raise TypeError(f"{name}: expected a number, got {value!r}")
    if not low <= value < high:
        limit = f"at least {low:g}" + (f" and below {high:g}" if high < np.inf else "")
        raise ValueError(f"{name}: expected a number of {limit}, got {value}")
    return float(value)


def check_name(value: Any, name: str, known: Iterable[str]) -> str:
    """Return value if it is one of the known names, else list them."""
    names = list(known)
    if value not in names:
        raise ValueError(f"{name}: expected one of {', '.join(names)}, got {value!r}")
    return str(value)
