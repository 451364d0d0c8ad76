"""The three landscapes of chapter 6's explorer, the walks on them, and how they are told.

Not here: the methods (`downhill`), the drawing (`explorer`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.lessons.gradient_descent.downhill import descend, newton
from annkit.show.moving.controls import Frame
from annkit.show.tables import in_words

AREAS = np.array([0.5, 1.0, 1.5])  # of three houses, in 100 m²
PRICES = np.array([2.0, 3.0, 4.0])  # in 100 000
ARRIVED = 1e-3  # share of the first height at which a walk counts as arrived
PATIENCE = 1000  # steps after which nobody waits any more


@dataclass(frozen=True)
class Landscape:
    """A cost over two parameters.

    Attributes:
        cost: of points (…, 2) → heights above the lowest point, (…).
        gradient: of a point (2,) → (2,).
        hessian: of a point (2,) → (2, 2).
        start: (2,).
        lowest: the lowest points, (n, 2).
        limits: left, right, bottom, top of the picture.
        labels: names of the parameters.
    """

    cost: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    hessian: Callable[[Array], Array]
    start: Array
    lowest: Array
    limits: tuple[float, float, float, float]
    labels: tuple[str, str]

    @property
    def curvatures(self) -> Array:
        """Curvatures at the bottom, the flattest first, (2,)."""
        return np.asarray(np.linalg.eigvalsh(self.hessian(self.lowest[0])))

    @property
    def edge(self) -> float:
        """The largest stable learning rate at the bottom."""
        return float(2 / self.curvatures[-1])

    def walk(self, learning_rate: float, n_steps: int) -> Array:
        """Return the path of gradient descent, (n_steps + 1, 2)."""
        with np.errstate(over="ignore", invalid="ignore"):
            return descend(self.gradient, self.start, learning_rate, n_steps)

    def jumps(self, n_steps: int) -> Array:
        """Return the path of Newton's method, (n_steps + 1, 2)."""
        return newton(self.gradient, self.hessian, self.start, n_steps)

    def heights(self, path: Array) -> Array:
        """Return the heights along a path; infinite where it left the numbers."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.nan_to_num(self.cost(path), nan=np.inf, posinf=np.inf)

    def steps_needed(self, learning_rate: float) -> int | None:
        """Count gradient descent's steps to a thousandth of the first height; None if too many."""
        return self.arrival(self.walk(learning_rate, PATIENCE))

    def arrival(self, path: Array) -> int | None:
        """Count a path's steps until the height is a thousandth of the first; None if never."""
        heights = self.heights(path)
        arrived = np.flatnonzero(heights <= ARRIVED * heights[0])
        return int(arrived[0]) if len(arrived) else None


def _bowl(inputs: Array, start: Array, limits: tuple[float, float, float, float], name: str) -> Any:
    """Make the cost of a line through the three houses, for these inputs, (3,)."""
    A = np.column_stack([inputs, np.ones(3)])
    lowest = np.linalg.lstsq(A, PRICES)[0]
    return Landscape(
        lambda v: 0.5 * np.mean((np.asarray(v) @ A.T - PRICES) ** 2, axis=-1),
        lambda v: A.T @ (A @ v - PRICES) / 3,
        lambda v: A.T @ A / 3,
        start,
        lowest[None, :],
        limits,
        (f"weight of the {name}", "bias"),
    )


@cache
def landscapes() -> dict[str, Landscape]:
    """Return the landscapes by name, in the order of the menu."""
    middle, spread = AREAS.mean(), AREAS.std()
    # The same first guess in both units: 4 per 100 m², nothing else.
    return {
        "three houses": _bowl(AREAS, np.array([4.0, 0.0]), (-0.4, 4.6, -1.6, 3.4), "area (100 m²)"),
        "area standardised": _bowl(
            (AREAS - middle) / spread,
            np.array([4 * spread, 4 * middle]),
            (-1.7, 3.3, 0.4, 5.4),
            "standardised area",
        ),
        "a saddle": Landscape(
            lambda v: 0.5 * v[..., 0] ** 2 + 0.25 * (v[..., 1] ** 2 - 1) ** 2,
            lambda v: np.array([v[0], v[1] ** 3 - v[1]]),
            lambda v: np.diag([1.0, 3 * v[1] ** 2 - 1]),
            np.array([1.6, 0.1]),
            np.array([[0.0, 1.0], [0.0, -1.0]]),
            (-2.1, 2.1, -2.1, 2.1),
            ("v₁", "v₂"),
        ),
    }


def cut(heights: Array, floor: float, ceiling: float) -> Array:
    """Cut a curve, (n,), where it leaves the frame: one point on the frame, then nothing."""
    outside = (heights <= floor) | (heights >= ceiling)
    drawn = np.clip(heights, floor, ceiling)
    drawn[1:][outside[1:] & outside[:-1]] = np.nan
    return drawn


def short(number: float) -> str:
    """Write a height: 0.25, 4 · 10⁻⁴, ∞, and 0 for what is only rounding."""
    if not np.isfinite(number):
        return "∞"
    if number < 1e-15:
        return "0"
    if 1e-3 <= number < 1e4:
        return in_words(number, 2) if number < 100 else f"{number:.0f}"
    digits, exponent = f"{number:.0e}".split("e")
    return f"{digits} · 10" + str(int(exponent)).translate(
        str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    )


def describe(land: Landscape, rate: float, n_steps: int, alongside: bool) -> Frame:
    """Say what the picture shows.

    Args:
        land: the landscape.
        rate: learning rate.
        n_steps: steps made.
        alongside: whether Newton's path is shown.
    """
    heights = land.heights(land.walk(rate, n_steps))
    jumps = land.heights(land.jumps(3))
    needed = land.steps_needed(rate)
    where = "inside" if rate < land.edge else "at" if rate == land.edge else "beyond"
    text = (
        f"Learning rate {in_words(rate)}, {where} the edge {in_words(land.edge, 3)}: after "
        f"{n_steps} steps the height above the bottom is {short(heights[-1])}, at first "
        f"{short(heights[0])}. "
    )
    text += (
        f"A thousandth of it is reached after {needed} steps."
        if needed is not None
        else f"A thousandth of it isn't reached in {PATIENCE} steps."
    )
    if alongside:
        text += f" Newton, without a learning rate: {short(jumps[1])} after 1 step"
        text += f", {short(jumps[3])} after 3: it went to the saddle." if jumps[3] > 0.1 else "."
    return Frame(
        text,
        {
            "edge 2/λmax": round(land.edge, 3),
            "height now": short(heights[-1]),
            "steps to a thousandth": "never" if needed is None else needed,
            "Newton after 1 step": short(jumps[1]),
        },
    )
