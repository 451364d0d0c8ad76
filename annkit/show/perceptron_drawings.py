"""Still pictures of chapter 2: a boundary with its distances, the proof, the orders, two layers.

Not here: the interactive (`perceptron_explorer`).
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from annkit.show.colours import MARKERS, palette
from annkit.show.half_planes import chord, half_plane
from annkit.show.labels import label_line
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words

Params = Sequence[tuple[ArrayLike, ArrayLike]]


def boundary_line(
    X: ArrayLike,
    y: ArrayLike,
    w: ArrayLike,
    b: float,
    names: tuple[str, str] = ("−1", "+1"),
    features: tuple[str, str] = ("x₁", "x₂"),
    caption: str = "",
) -> Picture:
    """Draw examples, the boundary of a perceptron, and each example's distance from it.

    Args:
        X: examples, (n, 2).
        y: labels -1 or +1, (n,).
        w: weights, (2,), not all zero.
        b: bias.
        names: of the classes, -1 first.
        features: names of the inputs, with units.
        caption: what to look at.

    Returns:
        The picture. The closest example's distance is written beside it.
    """
    X, y, w = np.asarray(X, dtype=float), np.asarray(y), np.asarray(w, dtype=float)
    length = float(np.linalg.norm(w))
    distance = (X @ w + b) / length
    feet = X - distance[:, None] * w / length
    room = y * distance
    closest = int(np.argmin(room))
    side = 1.7 * float(np.ptp(X, axis=0).max())
    low = (X.min(axis=0) + X.max(axis=0)) / 2 - side / 2
    corner = (float(low[0]), float(low[1]))

    fig, ax = figure(4.6, 4.2)
    ax.set(aspect="equal", xlabel=features[0], ylabel=features[1])
    ax.set(xlim=(corner[0], corner[0] + side), ylim=(corner[1], corner[1] + side))
    ax.fill(*half_plane(corner, side, w, b).T, color=palette.sky, alpha=0.22, lw=0)
    ax.plot(*chord(corner, side, w, b).T, color=palette.ink)
    for foot, x in zip(feet, X, strict=True):
        ax.plot(*zip(foot, x, strict=True), color=palette.muted, lw=1.2)
    _points(ax, X, y, names)
    start = feet[closest]
    ax.annotate("", start + 0.15 * side * w / length, start, arrowprops={"arrowstyle": "-|>"})
    ax.plot(*X[closest], "o", mfc="none", mec=palette.ink, ms=17)
    ax.set_xlabel(f"{features[0]}\nringed: the closest, at {in_words(float(room[closest]))}")
    wrong = int(np.sum(room <= 0))
    alt = (
        f"{len(X)} examples and the line {in_words(float(w[0]))}·x₁ + {in_words(float(w[1]))}·x₂ + "
        f"{in_words(float(b))} = 0. {wrong or 'No'} example{'s' * (wrong != 1)} on the wrong side; "
        f"the smallest signed distance is {in_words(float(room[closest]))}."
    )
    return Picture(fig, alt.replace("+ −", "− "), caption)


def _points(ax: Axes, X: NDArray[np.float64], y: ArrayLike, names: tuple[str, str]) -> None:
    """Draw the examples of both classes and a key in the corner."""
    colors = (palette.negative, palette.positive)
    for row, (label, mark, color) in enumerate(zip((-1, 1), MARKERS, colors, strict=False)):
        own = X[np.asarray(y) == label]
        ax.plot(*own.T, mark, color=color, ms=9, mec=palette.paper, label=names[row])
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, handletextpad=0.4)


def two_inequalities(lengths: ArrayLike, gamma: float, radius: float) -> Picture:
    """Draw the length of the weights after each correction between its two walls.

    Args:
        lengths: length of (w, b) after 1, 2, … corrections, (n,).
        gamma: the margin of a unit separator.
        radius: length of the longest example.

    Returns:
        The picture; beyond the point where the walls cross nothing can be.
    """
    lengths = np.asarray(lengths, dtype=float)
    bound = (radius / gamma) ** 2
    k = np.geomspace(1, 3 * bound, 200)
    fig, ax = figure(6.8, 3.8)
    upper, lower = radius * np.sqrt(k), gamma * k
    ax.fill_between(k, lower, upper, where=list(upper >= lower), color=palette.faint, alpha=0.5)
    ax.loglog(k, upper, color=palette.vermillion)
    ax.loglog(k, lower, color=palette.green, ls=(0, (5, 2)))
    counts = np.arange(1, len(lengths) + 1)
    ax.loglog(counts, lengths, ".-", color=palette.blue, lw=1)
    ax.axvline(bound, color=palette.muted, lw=1, ls=":")
    ax.set(xlabel="number of corrections k", ylabel="length of (w, b)", xlim=(k[0], k[-1]))
    ax.xaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_major_formatter("{x:g}")
    middle = 3 * len(k) // 5
    label_line(ax, k[middle], upper[middle], "at most R√k", palette.vermillion,
               ha="right", va="bottom")  # fmt: skip
    label_line(ax, k[middle], lower[middle], "at least γk", palette.green, va="top")
    label_line(ax, counts[-1], lengths[-1], f"k = {counts[-1]}", palette.blue)
    label_line(ax, bound, lower[0], f"(R/γ)² = {int(bound)}", palette.muted, ha="right")
    alt = (
        f"The length of (w, b) after each of {len(lengths)} corrections, ending at "
        f"{in_words(float(lengths[-1]))}. It stays above γk and below R√k, which "
        f"meet at k = {int(bound)}."
    )
    return Picture(fig, alt, "Between the two walls there is room, but only up to where they meet.")


def order_counts(counts: ArrayLike, caption: str = "") -> Picture:
    """Draw how often each number of corrections occurs.

    Args:
        counts: one number of corrections per order of the examples, (n,).
        caption: what to look at.

    Returns:
        The picture.
    """
    values, often = np.unique(np.asarray(counts), return_counts=True)
    fig, ax = figure(6.4, 2.8)
    ax.bar(values, often, width=0.8, color=palette.blue)
    ax.set(xlabel="corrections until nothing is wrong", ylabel="orders")
    top = int(values[np.argmax(often)])
    alt = (
        f"Bars for {int(often.sum())} orders: between {values[0]} and {values[-1]} corrections, "
        f"most often {top}."
    )
    return Picture(fig, alt, caption)


def hidden_lines(params: Params, X: ArrayLike, y: ArrayLike) -> Picture:
    """Draw what a network of steps with two inputs and one output says, and its hidden lines.

    Args:
        params: [(W1 (2, units), b1), (W2 (units, 1), b2)].
        X: examples, (n, 2).
        y: labels -1 or +1, (n,).

    Returns:
        The picture: shaded where the output is 1.
    """
    X = np.asarray(X, dtype=float)
    corner, side = (-0.6, -0.6), 2.2
    grid = np.linspace(corner[0], corner[0] + side, 160)
    plane = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    said = _steps(params, plane).reshape(160, 160)
    fig, ax = figure(4.6, 4.2)
    shade = np.full((160, 160, 4), 0.0)
    shade[said > 0] = (0.34, 0.71, 0.91, 0.25)  # the palette's sky, thinned
    ax.imshow(shade, origin="lower", extent=(corner[0], -corner[0] + 1, corner[1], 1.6))
    (W1, b1), _ = params
    for j, (w, b) in enumerate(zip(np.asarray(W1, dtype=float).T, np.ravel(b1), strict=True)):
        ends = chord(corner, side, w, float(b))
        ax.plot(*ends.T, color=palette.ink, ls=("-", "--")[j % 2], label=f"hidden neuron {j + 1}")
    _points(ax, X, y, ("0", "1"))
    ax.set(xlabel="x₁", ylabel="x₂", xlim=(-0.6, 1.6), ylim=(-0.6, 1.6), aspect="equal")
    outputs = ", ".join(str(int(value)) for value in _steps(params, X))
    alt = f"Outputs at 00, 01, 10, 11: {outputs}. Shaded where the network says 1."
    return Picture(fig, alt, "Each line is one hidden neuron; shaded: where the output is 1.")


def _steps(params: Params, a: NDArray[np.float64]) -> NDArray[np.float64]:
    for W, b in params:
        z = a @ np.asarray(W, dtype=float) + np.asarray(b, dtype=float)
        a = (z >= 0).astype(float)
    return a[:, 0]
