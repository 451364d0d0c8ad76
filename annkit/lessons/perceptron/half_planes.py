"""Straight boundaries in a square picture: the side that scores 0 or more, and the line itself.

Not here: regions of models that bend (`boundaries`).
"""

import numpy as np

from annkit.arguments import Array


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
