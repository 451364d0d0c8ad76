"""Arguments are checked once, where they come in, so that the code inside need not ask.

Every message says what was expected, what came, and the likely cause.

Not here: inputs and targets of a network (`annkit.nn.examples`), what learners answer
(`annkit.exercises`).
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]  # of numbers; a docstring says which shape


class ShapeError(ValueError):
    """An array has another shape than the one its place asks for."""

    def __init__(self, name: str, expected: str, got: object, cause: str = "") -> None:
        """Compose the message: name, what was expected, what came, the likely cause."""
        super().__init__(f"{name}: expected {expected}, got {got}" + (cause and f" — {cause}"))


def check_rng(rng: Any) -> np.random.Generator:
    """Return rng if it is a NumPy generator; a bare seed is the likely slip."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng: expected a numpy.random.Generator, got {rng!r} — "
            "write np.random.default_rng(0) for the seed 0"
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
