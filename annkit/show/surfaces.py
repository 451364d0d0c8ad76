"""A cost over two parameters as a map with contour lines, and the path a method took on it.

Not here: the methods that walk.
"""

from collections.abc import Callable

import numpy as np
from matplotlib import patheffects
from matplotlib.colors import BoundaryNorm
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words

GRID = 160


def cost_surface(
    cost: Callable[[Array, Array], ArrayLike],
    path: ArrayLike | None = None,
    limits: tuple[float, float, float, float] = (-2.0, 2.0, -2.0, 2.0),
    xlabel: str = "w₁",
    ylabel: str = "w₂",
    caption: str = "",
) -> Picture:
    """Draw contour lines of a cost, and a path from its start to its end.

    Args:
        cost: of two arrays of any equal shape → costs of that shape.
        path: points in the order in which they were visited, (n, 2).
        limits: left, right, bottom, top.
        xlabel: with the unit.
        ylabel: with the unit.
        caption: what to look at.

    Returns:
        The picture: dark is low.
    """
    left, right, bottom, top = limits
    x, y = np.meshgrid(np.linspace(left, right, GRID), np.linspace(bottom, top, GRID))
    heights = np.asarray(cost(x, y), dtype=float)
    levels = _levels(float(heights.min()), float(heights.max()))
    fig, ax = figure(5.4, 4.2)
    shades = {"cmap": "cividis", "norm": BoundaryNorm(levels, 256)}  # each band has its own
    filled = ax.contourf(x, y, heights, levels=levels, **shades)
    ax.contour(x, y, heights, levels=levels, colors="white", linewidths=0.5, alpha=0.6)
    bar = fig.colorbar(filled, ax=ax, label="cost", ticks=levels[::3])
    bar.ax.set_yticklabels([in_words(level, 3) for level in levels[::3]])
    ax.set(xlabel=xlabel, ylabel=ylabel, xlim=(left, right), ylim=(bottom, top))
    lowest = np.unravel_index(np.argmin(heights), heights.shape)
    alt = (
        f"Map of the cost over {xlabel} from {in_words(left)} to {in_words(right)} and {ylabel} "
        f"from {in_words(bottom)} to {in_words(top)}: between {in_words(heights.min())}, near "
        f"({in_words(x[lowest], 2)}, {in_words(y[lowest], 2)}), and {in_words(heights.max())}."
    )
    if path is not None:
        points = np.asarray(path, dtype=float)
        if points.ndim != 2 or points.shape[1] != 2:
            raise ValueError(f"path: expected shape (n, 2), one point per row, got {points.shape}")
        dark = [patheffects.withStroke(linewidth=4, foreground=palette.ink)]
        ax.plot(*points.T, ".-", color="white", linewidth=1.6, markersize=5, path_effects=dark)
        # The higher one is labelled above, the lower one below: near each other they stay apart.
        end_above = points[-1, 1] > points[0, 1]
        ends = ((points[0], "start", "o", not end_above), (points[-1], "end", "*", end_above))
        for (px, py), word, marker, above in ends:
            ax.plot(px, py, marker, color=palette.orange, markeredgecolor="black", markersize=11)
            ax.annotate(
                word,
                (px, py),
                (7, 6 if above else -15),
                textcoords="offset points",
                color="white",
                weight="bold",
                path_effects=dark,
                annotation_clip=True,
            )
        along = np.asarray(cost(points[:, 0], points[:, 1]), dtype=float)
        alt += walked(points, along)
    return Picture(fig, alt, caption)


def _levels(low: float, high: float) -> Array:
    """Round heights from below the lowest to above the highest, a dozen or a few more.

    They are close together near the bottom: with even ones a valley is an empty spot.
    """
    wanted = max(high - low, 1e-9) / 11**2
    size = 10.0 ** np.floor(np.log10(wanted))
    unit = size * max(digit for digit in (1, 2, 5) if digit * size <= wanted * (1 + 1e-9))
    start = np.floor(low / unit) * unit
    count = int(np.ceil(np.sqrt((high - start) / unit))) + 1
    return np.asarray(start + unit * np.arange(max(count, 2)) ** 2)


def walked(points: Array, along: Array) -> str:
    """Say where a path leads and whether the cost fell.

    Args:
        points: (n, 2).
        along: cost at each of them, (n,).
    """
    rises = int(np.sum(np.diff(along) > 0))
    fell = "falling at every step" if rises == 0 else f"rising at {rises} of {len(along) - 1} steps"
    if np.ptp(along) == 0:
        fell = "the same at every step"
    start, end = (f"({in_words(x, 2)}, {in_words(y, 2)})" for x, y in points[[0, -1]])
    return (
        f" A path of {len(points) - 1} steps leads from {start} to {end}; its cost goes from "
        f"{in_words(along[0])} to {in_words(along[-1])}, {fell}."
    )
