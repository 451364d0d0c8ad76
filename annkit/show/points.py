"""Points of two or more classes in the plane; classes differ in colour and in shape.

Not here: what a model makes of the points (`boundaries`).
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from annkit.arguments import Array
from annkit.show.colours import MARKERS, palette
from annkit.show.labels import listed, plural
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words


def class_colors(n: int) -> list[str]:
    """Return a colour per class: class 0 vermillion, class 1 blue, then the rest of the palette."""
    rest = [c for c in palette.cycle if c not in {palette.negative, palette.positive}]
    colors = [palette.negative, palette.positive, *rest, palette.muted, palette.ink]
    return [colors[i % len(colors)] for i in range(n)]


def draw_points(ax: Axes, X: Array, index: NDArray[np.intp]) -> None:
    """Draw points with a colour and a shape per class.

    Args:
        ax: where to draw.
        X: (n, 2).
        index: 0, 1, … per point, (n,).
    """
    colors = class_colors(int(index.max(initial=0)) + 1)
    for k in np.unique(index):
        own = X[index == k]
        ax.scatter(
            own[:, 0],
            own[:, 1],
            s=36,
            marker=MARKERS[k % len(MARKERS)],
            color=colors[k],
            edgecolor=palette.paper,
            linewidth=0.7,
            zorder=3,
        )


def label_classes(ax: Axes, X: Array, index: NDArray[np.intp], names: Sequence[str]) -> None:
    """Write each class's name above the axes, next to its mark, in its colour."""
    colors = class_colors(len(names))
    for k, name in enumerate(names):
        if np.any(index == k):
            marks = ax.scatter([], [], s=40, marker=MARKERS[k % len(MARKERS)], color=colors[k])
            marks.set_label(name)
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=5,
        labelcolor="linecolor",
        handletextpad=0.1,
        columnspacing=1.2,
        borderpad=0.2,
    )


def scatter(
    X: ArrayLike,
    labels: ArrayLike,
    xlabel: str = "feature 1",
    ylabel: str = "feature 2",
    caption: str = "",
    names: Sequence[str] | None = None,
) -> Picture:
    """Draw points of several classes.

    Args:
        X: (n, 2).
        labels: numbers or words, (n,).
        xlabel: with the unit.
        ylabel: with the unit.
        caption: what to look at.
        names: of the classes, in the order of the sorted labels; "class 0", … if None.

    Returns:
        The picture.
    """
    X, index, names = by_class(X, labels, names)
    fig, ax = figure(5.0, 4.0)
    draw_points(ax, X, index)
    label_classes(ax, X, index, names)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    return Picture(fig, points_in_words(X, index, names, xlabel, ylabel), caption)


def by_class(
    X: ArrayLike, labels: ArrayLike, names: Sequence[str] | None
) -> tuple[Array, NDArray[np.intp], list[str]]:
    """Return the points (n, 2), the number of each one's class (n,), and the classes' names."""
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or X.shape[1] != 2:
        raise ValueError(f"X: expected shape (n, 2), points in the plane, got {X.shape}")
    values, index = np.unique(np.ravel(np.asarray(labels)), return_inverse=True)
    if len(index) != len(X):
        raise ValueError(f"labels: expected {len(X)}, one per point, got {len(index)}")
    return X, index, list(names or map(class_name, values))


def class_name(label: object) -> str:
    """Return a name for a label: a word is one already, a number is not."""
    return label if isinstance(label, str) else f"class {in_words(label)}"


def points_in_words(X: Array, index: NDArray[np.intp], names: Sequence[str], x: str, y: str) -> str:
    """Say how many points there are of each class, and where their centres are."""
    parts = []
    for k, name in enumerate(names):
        if np.any(index == k):
            centre = X[index == k].mean(axis=0)
            count = plural(int(np.sum(index == k)), "point")
            parts.append(f"{count} of {name} around ({centre[0]:.2g}, {centre[1]:.2g})")
    return f"Scatter of {y} against {x}: {listed(parts)}.".replace("-", "−")
