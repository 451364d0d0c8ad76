"""A network on disk: a few named arrays in NumPy's .npz format.

Never pickle: a pickle can run any program when it is opened, an array cannot.

Not here: what the arrays mean (`network`).
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

NAMES = ("sizes", "hidden", "output", "cost", "flat")


def write(path: str | Path, **arrays: Array) -> None:
    """Write the arrays to exactly this path."""
    with open(path, "wb") as file:  # a name alone would get ".npz" appended
        np.savez(file, **arrays)  # type: ignore[arg-type]


def read(path: str | Path) -> dict[str, Array]:
    """Return the arrays of a file that `write` wrote for a network."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file)
    except (ValueError, OSError, AttributeError, TypeError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise ValueError(f"{path}: expected a network saved by annkit, got {error}") from None
    missing = [name for name in NAMES if name not in arrays]
    if missing:
        raise ValueError(f"{path}: expected a network saved by annkit, {missing[0]} is missing")
    return arrays
