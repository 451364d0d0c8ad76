"""A network as circles and lines: the sign of a weight is its colour and dash, its size the width.

Not here: what is said about the network in words (`network_words`), and networks that are not
fully connected (`field_map`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.show.colours import palette
from annkit.show.network_words import FEW_WEIGHTS, Pair, in_sentences, unit_names
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words

MOST_UNITS = 10  # more than these in a layer: the first and last few, with dots between
MANY_LINES = 60  # beyond these, only the stronger weights of a layer are drawn in colour
FAINT = "#BDBDBD"


def network(
    params: Sequence[tuple[ArrayLike, ArrayLike]] | Sequence[int],
    inputs: Sequence[str] | None = None,
    outputs: Sequence[str] | None = None,
    caption: str = "",
) -> Picture:
    """Draw a fully connected network.

    Args:
        params: `(W, b)` per layer, W (n_in, n_out), b (n_out,); or the numbers of units
            [n_in, …, n_out] to draw the connections only.
        inputs: names of the inputs, (n_in,); x₁, x₂, … if None.
        outputs: names of the outputs, (n_out,); ŷ or ŷ₁, ŷ₂, … if None.
        caption: what to look at.

    Returns:
        The picture: blue and solid is positive, vermillion and dashed negative, thicker is larger.
    """
    sizes, pairs = sizes_and_pairs(params)
    slots = [shown_units(n) for n in sizes]
    tallest = max(len(s) for s in slots)
    fig, ax = figure(1.2 + 2.0 * (len(sizes) - 1), 0.62 * (tallest + 1))
    names = unit_names(sizes, inputs, outputs)
    largest = max((float(np.abs(W).max(initial=0)) for W, _ in pairs), default=0.0) or 1.0
    for layer in range(len(sizes) - 1):
        W = pairs[layer][0] if pairs else None
        draw_weights(ax, layer, slots[layer], slots[layer + 1], W, largest)
    for layer, shown in enumerate(slots):
        b = pairs[layer - 1][1] if pairs and layer else None
        draw_units(ax, layer, shown, names[layer], b)
        heading = "input" if layer == 0 else "output" if layer == len(sizes) - 1 else "hidden"
        write_heading(ax, layer, tallest, f"{heading}: {sizes[layer]}")
    ax.set(xlim=(-0.35, len(sizes) - 0.65), ylim=(-tallest / 2 - 0.2, tallest / 2 + 0.5))
    ax.axis("off")
    return Picture(fig, in_sentences(sizes, pairs, names), caption)


def sizes_and_pairs(
    params: Sequence[tuple[ArrayLike, ArrayLike]] | Sequence[int],
) -> tuple[list[int], list[Pair]]:
    """Return the units of each layer, and the parameters as arrays ([] if only sizes came)."""
    sizes: list[int] = []
    pairs: list[Pair] = []
    for item in params:
        if isinstance(item, int | np.integer):
            sizes.append(int(item))
            continue
        W, b = (np.asarray(array, dtype=float) for array in item)
        layer = len(pairs) + 1
        if W.ndim != 2 or b.shape != W.shape[1:]:
            raise ValueError(
                f"layer {layer}: expected W (n_in, n_out) and b (n_out,), "
                f"got {W.shape} and {b.shape}"
            )
        if pairs and W.shape[0] != sizes[-1]:
            raise ValueError(
                f"layer {layer}: expected W with {sizes[-1]} rows, one per unit of the layer "
                f"before, got {W.shape} — is it transposed?"
            )
        sizes += [W.shape[1]] if pairs else list(W.shape)
        pairs.append((W, b))
    return sizes, pairs


def shown_units(n: int) -> list[int | None]:
    """Return the units to draw from top to bottom; None is where some are left out."""
    if n <= MOST_UNITS:
        return list(range(n))
    return [*range(5), None, *range(n - 4, n)]


def height(slot: int, n: int) -> float:
    """Return where the slot-th of n units stands."""
    return (n - 1) / 2 - slot


def write_heading(ax: Axes, layer: int, tallest: int, text: str) -> None:
    """Write what a layer is above it."""
    y = tallest / 2 + 0.35
    ax.text(layer, y, text, ha="center", va="center", color=palette.muted, fontsize=10)


def draw_weights(
    ax: Axes,
    layer: int,
    left: Sequence[int | None],
    right: Sequence[int | None],
    W: Array | None,
    largest: float,
) -> None:
    """Draw the lines between a layer and the next; a weight of zero is a dotted grey line."""
    has_numbers = W is not None and W.size <= FEW_WEIGHTS
    weak = 0.4 * largest if len(left) * len(right) > MANY_LINES else 0.0
    for p, i in enumerate(left):
        for q, j in enumerate(right):
            if i is None or j is None:
                continue
            w = None if W is None else float(W[i, j])
            ends = (height(p, len(left)), height(q, len(right)))
            ax.plot([layer, layer + 1], ends, **line_style(w, largest, weak))
            if w is not None and has_numbers:
                # Nearer to the unit it comes from; every second one further on, so that the
                # numbers of crossing lines do not lie on each other.
                t = 0.26 if q % 2 == 0 else 0.4
                y = ends[0] + t * (ends[1] - ends[0])
                write_number(ax, layer + t, y, in_words(w, 3))


def line_style(w: float | None, largest: float, weak: float) -> dict[str, Any]:
    """Return how the line of a weight is drawn (None: a connection without a number)."""
    if not w:
        return {"color": FAINT, "linestyle": ":" if w == 0 else "-", "lw": 1.2, "zorder": 1}
    if abs(w) < weak:
        return {"color": palette.faint, "linestyle": "-", "lw": 0.6, "zorder": 0}
    color, dash = (palette.positive, "-") if w > 0 else (palette.negative, (0, (4, 1.6)))
    return {"color": color, "linestyle": dash, "lw": 0.6 + 3.4 * abs(w) / largest, "zorder": 1}


def write_number(ax: Axes, x: float, y: float, text: str, color: str = palette.ink) -> None:
    """Write a number over the lines, on white."""
    white = {"facecolor": palette.paper, "edgecolor": "none", "pad": 0.8}
    ax.text(x, y, text, fontsize=9, ha="center", va="center", color=color, bbox=white, zorder=2)


def draw_units(
    ax: Axes,
    layer: int,
    shown: Sequence[int | None],
    names: Sequence[str],
    b: Array | None,
) -> None:
    """Draw a layer's circles with names, and the biases below them where there is room."""
    for slot, unit in enumerate(shown):
        y = height(slot, len(shown))
        if unit is None:
            ax.text(layer, y, "⋮", ha="center", va="center", fontsize=18, color=palette.muted)
            continue
        edge: dict[str, Any] = {"markeredgecolor": palette.ink, "markeredgewidth": 1.3}
        ax.plot([layer], [y], "o", markersize=26, color=palette.paper, zorder=3, **edge)
        size = 11 if len(names[unit]) < 4 else 8
        ax.text(layer, y, names[unit], ha="center", va="center", zorder=4, fontsize=size)
        if b is not None and len(shown) <= 5:
            write_number(ax, layer, y - 0.46, f"b = {in_words(b[unit], 3)}", palette.muted)
