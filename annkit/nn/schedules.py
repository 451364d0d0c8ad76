"""A schedule changes the learning rate over time: large steps first, small ones to settle.

Each takes (step, n_steps, base) and returns the learning rate of that step; step counts updates
from 0, n_steps is their number in the whole training.

Not here: the steps themselves (`optimisers`).
"""

from collections.abc import Callable
from math import cos, pi

Schedule = Callable[[int, int, float], float]


def constant(step: int, n_steps: int, base: float) -> float:
    """The base, always."""
    return base


def cosine(step: int, n_steps: int, base: float, floor: float = 0.0) -> float:
    """Half a cosine wave: base at step 0, floor at step n_steps (Loshchilov and Hutter 2017)."""
    return floor + (base - floor) * (1 + cos(pi * step / n_steps)) / 2


def stairs(step: int, n_steps: int, base: float, factor: float = 0.1, n_stairs: int = 3) -> float:
    """Constant on n_stairs equal parts of the training, each `factor` times the one before."""
    return base * factor ** (step * n_stairs // n_steps)


def exponential(step: int, n_steps: int, base: float, last: float = 0.01) -> float:
    """A constant ratio per step: base at step 0, base · last at step n_steps."""
    return base * last ** (step / n_steps)


def warmup(step: int, n_steps: int, base: float, share: float = 0.1) -> float:
    """A straight rise to the base over the first share of the steps, then `cosine` down to 0."""
    n_rising = max(1, round(share * n_steps))
    if step < n_rising:
        return base * (step + 1) / n_rising
    return cosine(step - n_rising, max(1, n_steps - n_rising), base)


SCHEDULES: dict[str, Schedule] = {
    "constant": constant,
    "cosine": cosine,
    "stairs": stairs,
    "exponential": exponential,
    "warmup": warmup,
}
