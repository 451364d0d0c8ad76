"""Still pictures of chapter 2: a boundary with its distances, the orders, two layers.

Not here: the proof (`proof`), the interactive (`explorer`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.lessons.perceptron.plane import chord, half_plane, look
from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words

Corner = tuple[float, float]
Params = Sequence[tuple[ArrayLike, ArrayLike]]
MARGIN = withStroke(linewidth=3, foreground=palette.paper)  # keeps numbers clear of the lines


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
        w: weights, (2,); if they are all zero or not finite, no line is drawn.
        b: bias.
        names: of the classes, -1 first.
        features: names of the inputs, with units.
        caption: what to look at.

    Returns:
        The picture. Beside each example stands its distance, positive on the +1 side; the
        smallest, counted positive on the right side, is written below.
    """
    X, y, w = np.asarray(X, dtype=float), np.asarray(y), np.asarray(w, dtype=float)
    length = float(np.linalg.norm(w))
    side = 1.7 * float(np.ptp(X, axis=0).max())
    low = (X.min(axis=0) + X.max(axis=0)) / 2 - side / 2
    corner = (float(low[0]), float(low[1]))
    own = look(names)

    fig, ax = figure(4.6, 4.2)
    ax.set(aspect="equal", xlabel=features[0], ylabel=features[1])
    ax.set(xlim=(corner[0], corner[0] + side), ylim=(corner[1], corner[1] + side))
    if np.isfinite(length) and length > 0 and np.isfinite(b):
        said = _line_and_distances(ax, X, y, w, b, corner, side, own.colors[1])
    else:
        what = "all weights are 0" if length == 0 else "a weight is no finite number"
        said = f"No boundary can be drawn: {what}."
        ax.text(0.5, 0.96, said, transform=ax.transAxes, ha="center", va="top", fontsize=10)
    _points(ax, X, y, names, region=bool(ax.patches))
    return Picture(fig, f"{len(X)} examples. {said}", caption)


def _line_and_distances(
    ax: Axes, X: Array, y: Array, w: Array, b: float, corner: Corner, side: float, color: str
) -> str:
    """Draw the line, its +1 side, the arrow w and every distance; return what there is to see."""
    length = float(np.linalg.norm(w))
    distance = (X @ w + b) / length
    feet = X - distance[:, None] * w / length
    room = y * distance
    closest = int(np.argmin(room))
    ax.fill(*half_plane(corner, side, w, b).T, color=color, alpha=0.13, lw=0)
    ends = chord(corner, side, w, b)
    ax.plot(*ends.T, color=palette.ink)
    for i, (foot, x) in enumerate(zip(feet, X, strict=True)):
        ax.plot(*zip(foot, x, strict=True), color=palette.muted, lw=1.2)
        number = f"{distance[i]:+.2f}".replace("-", "−")
        place: dict[str, Any] = {"xytext": (0, -13), "ha": "center"}
        if y[i] < 0:
            place = {"xytext": (-9, -2), "ha": "right"}
        if i == closest:  # clear of its ring and of the line, on its own side
            place = {"xytext": (-2, 19 if y[i] < 0 else -20), "ha": "center"}
        ax.annotate(number, x, textcoords="offset points", va="center", fontsize=9,
                    annotation_clip=True, path_effects=[MARGIN], **place)  # fmt: skip
    # From the point of the line closest to the middle, on to where there are no examples.
    start = ends.mean(axis=0) + 0.3 * side * np.array([-w[1], w[0]]) / length
    tip = start + 0.15 * side * w / length
    arrow = {"arrowstyle": "-|>", "color": palette.ink, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", tip, start, arrowprops=arrow)
    beyond = (7 * w[0] / length, 7 * w[1] / length)
    ax.annotate("w", tip, beyond, textcoords="offset points", ha="center", va="center")
    ax.plot(*X[closest], "o", mfc="none", mec=palette.ink, ms=17)
    smallest = in_words(float(room[closest]), 3)
    ax.set_xlabel(f"{ax.get_xlabel()}\nringed: the closest, margin {smallest}")
    wrong = int(np.sum(room <= 0))
    line = (
        f"{in_words(float(w[0]))}·x₁ + {in_words(float(w[1]))}·x₂ + {in_words(float(b))} = 0"
    ).replace("+ −", "− ")
    distances = ", ".join(f"{d:+.2f}" for d in distance).replace("-", "−")
    return (
        f"The line {line}; {wrong or 'no'} example{'s' * (wrong != 1)} on the wrong side; the "
        f"smallest signed distance is {smallest}. Distances, positive on the +1 side: {distances}."
    )


def _points(ax: Axes, X: Array, y: ArrayLike, names: tuple[str, str], region: bool = False) -> None:
    """Draw the examples of both classes and a key above, the +1 side's shading included."""
    own = look(names)
    for name, label in zip(names, (-1, 1), strict=True):
        ax.plot(*X[np.asarray(y) == label].T, ms=9, label=name, **own.style(label))
    if region:
        ax.plot([], [], "s", ms=11, color=own.colors[1], alpha=0.2, label=f"says {names[1]}")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, handletextpad=0.3,
              columnspacing=1.0)  # fmt: skip


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


def _steps(params: Params, a: Array) -> Array:
    for W, b in params:
        z = a @ np.asarray(W, dtype=float) + np.asarray(b, dtype=float)
        a = (z >= 0).astype(float)
    return a[:, 0]
