"""What every generator of `annkit.data` asks of its arguments, said once.

Not here: the checks a network makes on its batches (`annkit.nn.borders`).
"""

import numpy as np


def check_count(n: int, name: str = "n", least: int = 1) -> None:
    """Raise unless n is a whole number of at least `least`."""
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)):
        raise TypeError(f"{name}: expected a whole number, got {n!r}")
    if n < least:
        raise ValueError(f"{name}: expected at least {least}, got {n}")


def check_rng(rng: np.random.Generator) -> None:
    """Raise unless rng is a NumPy generator; a bare seed is the likely slip."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng: expected a numpy.random.Generator, got {rng!r} — "
            "write np.random.default_rng(0) for the seed 0"
        )
