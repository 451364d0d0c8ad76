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


SCHEDULES: dict[str, Schedule] = {"constant": constant, "cosine": cosine}
