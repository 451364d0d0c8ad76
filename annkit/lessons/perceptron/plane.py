"""The plane in chapter 2's pictures: how two classes look, and a straight line with its two sides.

Not here: more than two classes (`annkit.show.points`), regions of models that bend
(`annkit.show.boundaries`).
"""

from typing import Any, NamedTuple

import numpy as np

from annkit.arguments import Array
from annkit.show.colours import MARKERS, palette


class Look(NamedTuple):
    """Colours and shapes of the classes -1 and +1, in this order."""

    colors: tuple[str, str]
    marks: tuple[str, str] = (MARKERS[0], MARKERS[1])
    edge: str = palette.ink

    def style(self, label: int) -> dict[str, Any]:
        """Return the options of `Axes.plot` for points with the label -1 or +1."""
        row = int(label > 0)
        return {
            "marker": self.marks[row],
            "color": self.colors[row],
            "ls": "none",
            "mec": self.edge,
            "mew": 0.9,
        }


FRUIT = Look((palette.yellow, palette.vermillion))
ANY = Look((palette.negative, palette.positive), edge=palette.paper)


def look(names: tuple[str, str]) -> Look:
    """Return the look of two classes by their names: a lemon is yellow, an orange is not blue."""
    return FRUIT if names == ("lemon", "orange") else ANY


def half_plane(corner: tuple[float, float], side: float, w: Array, b: float) -> Array:
    """Cut a square along a line and keep the part where x·w + b is 0 or more.

    Args:
        corner: lower left corner of the square.
        side: its length.
        w: weights, (2,).
        b: bias.

    Returns:
        Corners of what is left, (n, 2), in order; n is 0 if nothing is left.
    """
    square = np.array(corner) + side * np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    kept = []
    for p, q in zip(square, np.roll(square, -1, axis=0), strict=True):
        here, there = float(p @ w + b), float(q @ w + b)
        if here >= 0:
            kept.append(p)
        if here * there < 0:
            kept.append(p + (q - p) * here / (here - there))
    return np.array(kept).reshape(-1, 2)


def chord(corner: tuple[float, float], side: float, w: Array, b: float) -> Array:
    """Return the two ends, (2, 2), of a line longer than the square; NaN if w is zero."""
    length = float(np.linalg.norm(w))
    if length == 0:
        return np.full((2, 2), np.nan)
    middle = np.array(corner) + side / 2
    foot = middle - (float(middle @ w) + b) / length**2 * w
    along = np.array([-w[1], w[0]]) / length
    return np.array([foot - 2 * side * along, foot + 2 * side * along])
