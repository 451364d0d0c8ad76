"""A network as circles and lines: the sign of a weight is its colour and dash, its size the width.

Not here: networks that are not fully connected (`field_map`).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from annkit.show.colours import palette
from annkit.show.labels import plural
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words

MOST_UNITS = 10  # more than these in a layer: the first and last few, with dots between
FEW_WEIGHTS = 14  # up to these, each number is printed on its line
Pair = tuple[NDArray[np.float64], NDArray[np.float64]]


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
    fig, ax = figure(1.9 + 1.75 * len(pairs or sizes[1:]), 0.75 + 0.62 * max(tallest, 3))
    names = unit_names(sizes, inputs, outputs)
    for layer in range(len(sizes) - 1):
        W = pairs[layer][0] if pairs else None
        draw_weights(ax, layer, slots[layer], slots[layer + 1], W, strongest(pairs))
    for layer, shown in enumerate(slots):
        b = pairs[layer - 1][1] if pairs and layer else None
        draw_units(ax, layer, shown, names[layer], b)
        heading = "input" if layer == 0 else "output" if layer == len(sizes) - 1 else "hidden"
        ax.text(
            layer,
            tallest / 2 + 0.1,
            f"{heading}\n{sizes[layer]}",
            ha="center",
            va="bottom",
            color=palette.muted,
            fontsize=10,
            linespacing=1.1,
        )
    ax.set(xlim=(-0.45, len(sizes) - 0.55), ylim=(-tallest / 2 - 0.15, tallest / 2 + 0.85))
    ax.axis("off")
    return Picture(fig, in_sentences(sizes, pairs, names), caption)


def sizes_and_pairs(
    params: Sequence[tuple[ArrayLike, ArrayLike]] | Sequence[int],
) -> tuple[list[int], list[Pair]]:
    """Return the units of each layer, and the parameters as arrays ([] if only sizes came)."""
    if all(isinstance(item, int | np.integer) for item in params):
        return [int(n) for n in params], []  # type: ignore[arg-type]
    pairs = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in params]  # type: ignore[misc]
    for layer, (W, b) in enumerate(pairs, start=1):
        if W.ndim != 2 or b.shape != W.shape[1:]:
            raise ValueError(
                f"layer {layer}: expected W (n_in, n_out) and b (n_out,), "
                f"got {W.shape} and {b.shape}"
            )
        if layer > 1 and W.shape[0] != len(pairs[layer - 2][1]):
            raise ValueError(
                f"layer {layer}: expected W with {len(pairs[layer - 2][1])} rows, one per unit of "
                f"the layer before, got {W.shape} — is it transposed?"
            )
    return [pairs[0][0].shape[0], *(W.shape[1] for W, _ in pairs)], pairs


def shown_units(n: int) -> list[int | None]:
    """Return the units to draw from top to bottom; None is where some are left out."""
    if n <= MOST_UNITS:
        return list(range(n))
    return [*range(5), None, *range(n - 4, n)]


def unit_names(
    sizes: Sequence[int], inputs: Sequence[str] | None, outputs: Sequence[str] | None
) -> list[list[str]]:
    """Return a name for every unit of every layer: xᵢ, hᵢ, ŷᵢ with the layer where needed."""

    def numbered(letter: str, n: int) -> list[str]:
        return [
            letter if n == 1 and letter == "ŷ" else f"{letter}{_lower(i)}" for i in range(1, n + 1)
        ]

    names = [list(inputs or numbered("x", sizes[0]))]
    names += [numbered("h", n) for n in sizes[1:-1]]
    return [*names, list(outputs or numbered("ŷ", sizes[-1]))]


def _lower(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def strongest(pairs: Sequence[Pair]) -> float:
    """Return the largest absolute weight, or 1 if there is none."""
    return max((float(np.abs(W).max(initial=0)) for W, _ in pairs), default=0.0) or 1.0


def height(slot: int, n: int) -> float:
    """Return where the slot-th of n units stands."""
    return (n - 1) / 2 - slot


def draw_weights(
    ax: Axes,
    layer: int,
    left: Sequence[int | None],
    right: Sequence[int | None],
    W: NDArray[np.float64] | None,
    largest: float,
) -> None:
    """Draw the lines between a layer and the next; a weight of zero is a faint dotted line."""
    has_numbers = W is not None and W.size <= FEW_WEIGHTS
    for p, i in enumerate(left):
        for q, j in enumerate(right):
            if i is None or j is None:
                continue
            w = None if W is None else float(W[i, j])
            y0, y1 = height(p, len(left)), height(q, len(right))
            if not w:
                style = ":" if w == 0 else "-"
                ax.plot([layer, layer + 1], [y0, y1], style, color=palette.faint, lw=1.2, zorder=1)
            else:
                color, dash = (
                    (palette.positive, "-") if w > 0 else (palette.negative, (0, (4, 1.6)))
                )
                width = 0.5 + 4 * abs(w) / largest
                ax.plot(
                    [layer, layer + 1], [y0, y1], linestyle=dash, color=color, lw=width, zorder=1
                )
            if has_numbers:
                # Nearer to the unit it comes from; every second one further on, so that the
                # numbers of crossing lines do not lie on each other.
                t = 0.3 if q % 2 == 0 else 0.42
                ax.text(
                    layer + t,
                    y0 + t * (y1 - y0),
                    in_words(w),
                    fontsize=9,
                    ha="center",
                    va="center",
                    zorder=2,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
                )


def draw_units(
    ax: Axes,
    layer: int,
    shown: Sequence[int | None],
    names: Sequence[str],
    b: NDArray[np.float64] | None,
) -> None:
    """Draw a layer's circles with names, and the biases below them where there is room."""
    for slot, unit in enumerate(shown):
        y = height(slot, len(shown))
        if unit is None:
            ax.text(layer, y, "⋮", ha="center", va="center", fontsize=18, color=palette.muted)
            continue
        ax.plot(
            [layer],
            [y],
            "o",
            markersize=27,
            color=palette.paper,
            zorder=3,
            markeredgecolor=palette.ink,
            markeredgewidth=1.3,
        )
        ax.text(
            layer,
            y,
            names[unit],
            ha="center",
            va="center",
            zorder=4,
            fontsize=11 if len(names[unit]) < 4 else 8,
        )
        if b is not None and len(shown) <= 5:
            ax.annotate(
                f"b = {in_words(b[unit])}",
                (layer, y),
                (0, -16),
                ha="center",
                va="top",
                textcoords="offset points",
                fontsize=9,
                color=palette.muted,
                zorder=4,
            )


def in_sentences(
    sizes: Sequence[int], pairs: Sequence[Pair], names: Sequence[Sequence[str]]
) -> str:
    """Say the sizes, and the weights: all of them if they are few, else signs and extremes."""
    total = sum((a + 1) * b for a, b in pairwise(sizes))
    words = f"Fully connected network {'-'.join(map(str, sizes))}, {plural(total, 'parameter')}."
    for layer, (W, b) in enumerate(pairs, start=1):
        before, after = names[layer - 1], names[layer]
        if W.size <= FEW_WEIGHTS:
            each = [f"{before[i]} to {after[j]} {in_words(w)}" for (i, j), w in np.ndenumerate(W)]
            biases = [f"{name} {in_words(v)}" for name, v in zip(after, b, strict=True)]
            words += f" Layer {layer}: weights {', '.join(each)}; biases {', '.join(biases)}."
        else:
            i, j = np.unravel_index(int(np.argmax(np.abs(W))), W.shape)
            words += (
                f" Layer {layer}: {int((W > 0).sum())} of {W.size} weights positive, "
                f"{int((W < 0).sum())} negative; the largest is {in_words(W[i, j])}, from "
                f"{before[int(i)]} to {after[int(j)]}."
            )
    return words
