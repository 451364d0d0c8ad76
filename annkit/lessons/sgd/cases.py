"""Four optimisers set off from the same place and are shown the same houses in the same order.

The cost has two weights: the price of a house from its area and its distance to the centre, both
standardised and both prices and inputs centred, so that no bias is needed. Stretching the second
input makes the bowl a valley.

Not here: the picture (`optimiser_race`).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.data import houses
from annkit.lessons.sgd.walks import LeastSquares, walk
from annkit.nn import OPTIMISERS
from annkit.show.moving.controls import Frame
from annkit.show.tables import power_of_ten

N_HOUSES = 1000
N_STEPS = 400
WINDOW = 25
HIGHEST = 30.0  # an excess cost beyond it is called blown up
START = (-0.4, 0.9)
RACERS = {"SGD": "sgd", "momentum": "momentum", "RMSProp": "rmsprop", "Adam": "adam"}


@dataclass(frozen=True)
class Race:
    """What the four did.

    Attributes:
        bowl: the cost.
        paths: by racer, (N_STEPS + 1, 2).
        excess: by racer, the cost above the lowest, (N_STEPS + 1,).
        smooth: by racer, the excess averaged over the last WINDOW steps, (N_STEPS + 1,).
        first: by racer, length of the first step along each weight, in learning rates, (2,).
        hovering: by racer, mean excess cost over the last three quarters of the steps.
    """

    bowl: LeastSquares
    paths: dict[str, Array]
    excess: dict[str, Array]
    smooth: dict[str, Array]
    first: dict[str, Array]
    hovering: dict[str, float]


@lru_cache
def bowl(stretch: float) -> LeastSquares:
    """Return the cost with the second input multiplied by `stretch`; prices in 100 thousands."""
    X, price = houses(N_HOUSES, np.random.default_rng(7))
    inputs = X[:, [0, 2]]
    A = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0) * [1, stretch]
    return LeastSquares(A, (price - price.mean()) / 100)


@lru_cache(maxsize=64)
def race(stretch: float, learning_rate: float, batch_size: int) -> Race:
    """Let all four run; the same setting gives the same race."""
    cost = bowl(stretch)
    paths = {
        name: walk(
            cost.gradient,
            START,
            n=N_HOUSES,
            batch_size=batch_size,
            n_steps=N_STEPS,
            learning_rate=learning_rate,
            optimiser=OPTIMISERS[key](),
            rng=np.random.default_rng(1),
        )
        for name, key in RACERS.items()
    }
    excess = {name: cost.excess(path) for name, path in paths.items()}
    smooth = {name: running_mean(above) for name, above in excess.items()}
    hovering = {name: float(above[N_STEPS // 4 :].mean()) for name, above in excess.items()}
    first = {name: np.abs(path[1] - path[0]) / learning_rate for name, path in paths.items()}
    return Race(cost, paths, excess, smooth, first, hovering)


def running_mean(values: Array) -> Array:
    """Average each value with the WINDOW − 1 before it, as far as there are any: (n,) → (n,)."""
    sliding = np.lib.stride_tricks.sliding_window_view
    padded = np.concatenate([np.full(WINDOW - 1, np.nan), values])
    return np.asarray(np.nanmean(sliding(padded, WINDOW), axis=1))


def ellipse(cost: LeastSquares, excess: float) -> Array:
    """Return a contour line of the bowl: the places that lie so far above its lowest point.

    Args:
        cost: two weights.
        excess: height above the lowest point.

    Returns:
        Points around it, (101, 2).
    """
    values, vectors = np.linalg.eigh(cost.hessian)
    angle = np.linspace(0, 2 * np.pi, 101)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.sqrt(2 * excess)
    return np.asarray(cost.best + circle / np.sqrt(values) @ vectors.T)


def told(now: Race, step: int) -> Frame:
    """Say where the four are, where they will hover, and how long the first step was."""
    here = {name: _height(above[step]) for name, above in now.excess.items()}
    first = "; ".join(
        f"{name} {power_of_ten(float(a))} and {power_of_ten(float(b))}"
        for name, (a, b) in now.first.items()
    )
    places = ", ".join(f"{name} {height}" for name, height in here.items())
    hovering = {name: _height(above) for name, above in now.hovering.items()}
    hovers = ", ".join(f"{name} {height}" for name, height in hovering.items())
    return Frame(
        f"Excess cost after step {step}: {places}. Mean over steps {N_STEPS // 4} to {N_STEPS}: "
        f"{hovers}. The first step moved w₁ and w₂ by this many learning rates: {first}.",
        {f"{name}, steps {N_STEPS // 4}–{N_STEPS}": height for name, height in hovering.items()},
    )


def _height(excess: Any) -> str:
    return power_of_ten(float(excess)) if excess < HIGHEST else "blown up"
