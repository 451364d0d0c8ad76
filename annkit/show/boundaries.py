"""The regions of the plane that a model assigns to the classes, with the data on top.

Points on the wrong side are ringed.

Not here: the models, and points without regions (`points`).
"""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, to_rgb
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.show.colours import palette
from annkit.show.labels import listed, plural
from annkit.show.picture import Picture
from annkit.show.points import (
    by_class,
    class_colors,
    draw_points,
    label_classes,
    points_in_words,
)
from annkit.show.style import figure

Predict = Callable[[Array], ArrayLike]
CHUNK = 1000  # rows per call: what a small network makes of them stays in the cache
GRID = 200  # points per side


def predict_grid(predict: Predict, xs: Array, ys: Array) -> Array:
    """Ask a model about every point of a grid, a thousand rows at a time.

    Args:
        predict: (n, 2) → labels or scores (n,) or (n, 1), or scores per class (n, C).
        xs: first coordinates, (w,).
        ys: second coordinates, (h,).

    Returns:
        (h, w): labels or scores; of scores per class, the class with the largest.
    """
    points = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    return ask(predict, points).reshape(len(ys), len(xs))


def ask(predict: Predict, points: Array) -> Array:
    """Return a model's answer to each point (n, 2) as one number each, (n,)."""
    pieces = [
        np.asarray(predict(points[i : i + CHUNK]), dtype=float)
        for i in range(0, len(points), CHUNK)
    ]
    answers = np.concatenate(pieces)
    if answers.ndim == 2:
        answers = answers[:, 0] if answers.shape[1] == 1 else answers.argmax(axis=1).astype(float)
    return answers


def decision_boundary(
    predict: Predict,
    X: ArrayLike,
    labels: ArrayLike,
    level: float | None = None,
    xlabel: str = "feature 1",
    ylabel: str = "feature 2",
    caption: str = "",
    names: Sequence[str] | None = None,
) -> Picture:
    """Draw the regions a model assigns to the classes, with the data on top.

    Args:
        predict: (n, 2) → labels (n,), or scores per class (n, C), or with `level` scores (n,).
        X: data, (n, 2).
        labels: true classes, (n,), the same numbers that `predict` gives.
        level: a score of at least this means the second of two classes; None: `predict` gives
            labels or scores per class.
        xlabel: with the unit.
        ylabel: with the unit.
        caption: what to look at.
        names: of the classes, in the order of the sorted labels.

    Returns:
        The picture; points on the wrong side are ringed.
    """
    X, index, names = by_class(X, labels, names)
    values = np.unique(np.ravel(np.asarray(labels)))
    margin = 0.08 * np.ptp(X, axis=0) + 1e-9
    low, high = X.min(axis=0) - margin, X.max(axis=0) + margin
    xs, ys = (np.linspace(low[i], high[i], GRID) for i in (0, 1))

    def to_class(answers: Array) -> Array:
        if level is not None:
            return (answers >= level).astype(float)
        # Scores per class have become the number of the class already.
        return answers if has_scores else np.searchsorted(values, answers).astype(float)

    first = np.asarray(predict(X[:1]))
    has_scores = first.ndim == 2 and first.shape[1] > 1
    answers = predict_grid(predict, xs, ys)
    regions = to_class(answers)
    wrong = to_class(ask(predict, X)) != index
    fig, ax = figure(5.0, 4.0)
    draw_regions(ax, xs, ys, regions, len(names))
    border, heights = (
        (answers, [level]) if level is not None else (regions, np.arange(len(names) - 1) + 0.5)
    )
    if np.ptp(regions) > 0:
        ax.contour(xs, ys, border, levels=heights, colors=palette.ink, linewidths=1.5)
    draw_points(ax, X, index)
    ax.scatter(
        X[wrong, 0],
        X[wrong, 1],
        s=95,
        facecolor="none",
        edgecolor=palette.ink,
        linewidth=1.1,
        zorder=4,
    )
    label_classes(ax, X, index, names)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    shares = [
        f"{100 * np.mean(regions == k):.0f} % of the area to {name}" for k, name in enumerate(names)
    ]
    right = plural(int(np.sum(~wrong)), "point")
    alt = (
        f"{points_in_words(X, index, names, xlabel, ylabel)} The model gives {listed(shares)}; "
        f"{right} of {len(X)} lie on their own side and {int(wrong.sum())} do not."
    )
    return Picture(fig, alt, caption)


def draw_regions(
    ax: Axes,
    xs: Array,
    ys: Array,
    regions: Array,
    n_classes: int,
) -> None:
    """Tint each class's region.

    Args:
        ax: where to draw.
        xs: (w,).
        ys: (h,).
        regions: number of the class, (h, w).
        n_classes: how many there are.
    """
    # Unequal strengths: in greyscale equal tints of different colours look the same.
    strengths = [(0.2, 0.42, 0.3)[k % 3] for k in range(n_classes)]
    tints = [
        tuple(1 - strength * (1 - share) for share in to_rgb(color))
        for strength, color in zip(strengths, class_colors(n_classes), strict=True)
    ]
    ax.imshow(
        regions,
        origin="lower",
        extent=(xs[0], xs[-1], ys[0], ys[-1]),
        aspect="auto",
        cmap=ListedColormap(tints),
        vmin=-0.5,
        vmax=n_classes - 0.5,
        interpolation="nearest",
    )
