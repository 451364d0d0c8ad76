"""Still pictures of chapter 10: a graph as a matrix, checks that fail, the clinic, fading deltas.

Not here: the stepper (`explorer`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.lessons.backpropagation.bug_fingerprints import Row
from annkit.show.colours import DASHES, MARKERS, palette
from annkit.show.labels import label_ends, label_line, shares_along
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_percent, in_words, power_of_ten

TINTS = ("#CFE8F7", "#FBE3B5")  # one per hidden unit, light enough to read on
EDGES = (palette.blue, palette.orange)
LINES: tuple[Any, Any] = ("-", (0, (4, 1.6)))


def collapse(delta: ArrayLike, W: ArrayLike, caption: str = "") -> Picture:
    """Draw four scalar edges next to the one matrix product they are.

    Args:
        delta: ∂C/∂z of two outputs, (2,).
        W: weights from two hidden units to the two outputs, (2, 2).
        caption: what to look at.

    Returns:
        Left the graph, right delta @ W.T; what belongs to a hidden unit has its colour and dash.
    """
    delta, W = np.asarray(delta, dtype=float), np.asarray(W, dtype=float)
    da = delta @ W.T
    fig, (left, right) = figure(8.6, 3.0, 1, 2, width_ratios=(1, 1.12))
    _edges(left, delta, W, da)
    _boxes(right, delta, W, da)
    sums = "; ".join(
        f"hidden unit {i + 1}: "
        + " + ".join(f"{in_words(d)} times {in_words(w)}" for d, w in zip(delta, W[i], strict=True))
        + f" = {in_words(da[i])}"
        for i in (0, 1)
    )
    alt = (
        "Left a graph: each of two outputs sends its delta back along its edges, times the weight, "
        f"and each hidden unit adds what arrives. {sums}. Right the same numbers as one product, "
        "delta (1, 2) @ W2.T (2, 2) = da (1, 2): a hidden unit is a column of W2.T."
    )
    return Picture(fig, alt, caption)


def _edges(ax: Axes, delta: Array, W: Array, da: Array) -> None:
    heights = (0.8, -0.8)
    small: dict[str, Any] = {"ha": "center", "va": "center"}
    white = {"facecolor": palette.paper, "edgecolor": "none", "pad": 1.0}
    for i in (0, 1):
        for j in (0, 1):
            start, end = np.array([2.0, heights[j]]), np.array([0.0, heights[i]])
            way = (end - start) / np.linalg.norm(end - start)
            ax.annotate(
                "", end - 0.28 * way, start + 0.28 * way,
                arrowprops={"arrowstyle": "-|>", "color": EDGES[i], "lw": 1.8, "ls": LINES[i]},
            )  # fmt: skip
            x, y = end + (0.52 if i == j else 0.34) * (start - end)
            factor = in_words(W[i, j]) if W[i, j] >= 0 else f"({in_words(W[i, j])})"
            product = f"{exact(delta[j])}·{factor}"
            ax.text(x, y, product, fontsize=8.5, color=palette.ink, bbox=white, **small)
    for k in (0, 1):
        for x, tint in ((0.0, TINTS[k]), (2.0, palette.paper)):
            ax.plot(x, heights[k], "o", ms=27, color=tint, mec=palette.ink, zorder=3)
        for x, letter, layer in ((0, "a", "hidden"), (2, "z", "output")):
            ax.text(x, heights[k], letter, zorder=4, **small)
            beside = heights[k] + (0.42 if k == 0 else -0.42)
            ax.text(x, beside, f"{layer} {k + 1}", fontsize=9, color=palette.muted, **small)
        ax.text(-0.3, heights[k], exact(da[k]), ha="right", va="center", fontsize=10)
        ax.text(2.3, heights[k], f"δ {exact(delta[k])}", va="center", fontsize=10)
    ax.set(xlim=(-1.25, 3.4), ylim=(-1.35, 1.35), title="Four edges")
    ax.axis("off")


def exact(value: float) -> str:
    """Write a number in six digits."""
    return in_words(float(value), 6)


def _boxes(ax: Axes, delta: Array, W: Array, da: Array) -> None:
    ax.set(xlim=(-0.3, 9.4), ylim=(-3.3, 2.3), title="One product")
    ax.axis("off")
    parts = ((0.0, delta[None], "delta (1, 2)", (None, None)), (3.2, W.T, "W2.T (2, 2)", TINTS),
             (6.6, da[None], "da (1, 2)", TINTS))  # fmt: skip
    for x, array, name, tints in parts:
        for (i, j), value in np.ndenumerate(array):
            face = tints[j] or palette.paper
            ax.add_patch(
                Rectangle((x + 1.3 * j, -i - 1), 1.3, 1, fc=face, ec=palette.muted, lw=0.8)
            )
            if tints[j]:  # its edges' line as a frame, which greyscale keeps
                frame = Rectangle((x + 1.3 * j + 0.05, -i - 0.95), 1.2, 0.9, fill=False,
                                  ec=EDGES[j], ls=LINES[j], lw=1.6)  # fmt: skip
                ax.add_patch(frame)
            ax.text(x + 1.3 * j + 0.65, -i - 0.5, exact(value), ha="center", va="center",
                    fontsize=7.3)  # fmt: skip
        ax.text(x + 1.3, 0.35, name, ha="center", va="bottom", fontsize=10)
    for x, sign in ((2.9, "@"), (6.2, "=")):
        ax.text(x, -0.5, sign, ha="center", va="center", fontsize=12, color=palette.muted)


def error_curves(
    h: ArrayLike,
    errors: Mapping[str, ArrayLike],
    guides: Sequence[tuple[str, float, float, float, float]] = (),
    caption: str = "",
) -> Picture:
    """Draw how wrong measured slopes are, against the size of the nudge.

    Args:
        h: nudges, (n,).
        errors: name → relative errors, (n,).
        guides: straight dotted lines (name, slope, from h, to h, error at from h).
        caption: what to look at.

    Returns:
        Both axes are logarithmic.
    """
    h = np.asarray(h, dtype=float)
    fig, ax = figure(7.2, 4.0)
    told = []
    for i, (name, given) in enumerate(errors.items()):
        error = np.maximum(np.asarray(given, dtype=float), 1e-17)
        ax.plot(h, error, color=palette.cycle[i], ls=DASHES[i], marker=MARKERS[i], ms=4, lw=1.5)
        best = int(np.argmin(error))
        told.append(
            f"{name}: smallest error {error[best]:.0e} at h = {h[best]:.0e}, "
            f"{error[0]:.0e} at h = {h[0]:.0e}, {error[-1]:.0e} at h = {h[-1]:.0e}"
        )
    ax.set(xscale="log", yscale="log", xlabel="size of the nudge h", ylabel="relative error")
    ax.set(xlim=(h.min(), h.max()))
    for name, slope, start, end, level in guides:
        ends = np.array([start, end])
        heights = level * (ends / start) ** slope
        ax.plot(ends, heights, ":", color=palette.muted, lw=1.4)
        middle = np.sqrt(np.prod(ends)), np.sqrt(np.prod(heights))
        ax.annotate(name, middle, (0, -12), textcoords="offset points", color=palette.muted,
                    fontsize=9.5, ha="left" if slope > 0 else "right")  # fmt: skip
    rightmost = [float(np.asarray(error)[np.argmax(h)]) for error in errors.values()]
    label_ends(ax, float(h.max()), rightmost, list(errors), palette.cycle[: len(errors)])
    return Picture(fig, "; ".join(told) + ".", caption)


def clinic(rows: Sequence[Row], caption: str = "") -> Picture:
    """Draw accuracy next to gradient error for the right equations and every bug.

    Args:
        rows: as `bug_table` yields them.
        caption: what to look at.

    Returns:
        Two panels with a line per bug, the most accurate on top.
    """
    ranked = sorted(rows, key=lambda row: (np.nan_to_num(row.accuracy, nan=-1), not row.bug))
    fig, (left, right) = figure(8.6, 4.9, 1, 2, sharey=True, width_ratios=(1, 1.1))
    told = []
    for y, row in enumerate(ranked):
        name = "no bug" if row.bug is None else row.bug.replace("_", " ")
        color = palette.green if row.bug is None else palette.blue
        worst = max(one.error for one in row.prints)
        if np.isnan(row.accuracy):
            left.text(0.02, y, "ran away", va="center", fontsize=9, color=palette.muted)
        else:
            left.plot(row.accuracy, y, "o", color=color)
        for one, marker in zip(row.prints, "o^sD", strict=True):
            if one.is_wrong:
                right.plot(one.error, y, marker, color=color, ms=6, alpha=0.85)
        if worst == 0:
            right.text(0.02, y, "no error", va="center", fontsize=9, color=color)
        told.append(
            f"{name}: accuracy {in_percent(row.accuracy)}, worst error {in_words(worst, 2)}"
        )
    left.axvline(0.95, color=palette.muted, ls=":", lw=1.4)
    label_line(left, 0.95, len(ranked) - 0.2, "95 %", palette.muted, ha="right", fontsize=9.5)
    left.set(xlim=(0, 1.05), xlabel="accuracy after training")
    shares_along(left.xaxis)
    names = ["no bug" if row.bug is None else row.bug.replace("_", " ") for row in ranked]
    left.set_yticks(range(len(ranked)), names)
    left.grid(axis="y")
    right.grid(axis="y")
    right.set_xlim(0, 1.05)
    right.set_xlabel("relative error: dW1 ●  db1 ▲  dW2 ■  db2 ◆", fontsize=10)
    left.set_ylim(-0.7, len(ranked) + 0.2)
    return Picture(fig, "; ".join(told[::-1]) + ".", caption)


def delta_lengths(lengths: ArrayLike, caption: str = "") -> Picture:
    """Draw how long delta is in each layer, from the output back.

    Args:
        lengths: mean length of an example's ∂C/∂z per layer, (layers,), the input side first.
        caption: what to look at.

    Returns:
        The way back runs to the right; lengths are logarithmic, both ends say theirs.
    """
    lengths = np.asarray(lengths, dtype=float)
    layers = np.arange(1, len(lengths) + 1)
    fig, ax = figure(6.4, 3.4)
    ax.plot(layers, lengths, "o-", color=palette.blue)
    ax.set(yscale="log", xlabel="layer, from the output back", ylabel="mean length of delta")
    ax.margins(0.04, 0.1)
    ax.invert_xaxis()
    ax.set_xticks(layers)
    ends = ((layers[-1], "output", "left", "bottom"), (1, "first layer", "right", "top"))
    for layer, name, ha, va in ends:
        length = lengths[layer - 1]
        words = f"{name}: {power_of_ten(length)}"
        label_line(ax, layer, length, words, palette.blue, ha=ha, va=va)
    told = "; ".join(f"layer {n} {power_of_ten(lengths[n - 1])}" for n in layers[::-1])
    alt = f"Mean length of delta on its way back, on a logarithmic axis: {told}."
    return Picture(fig, alt, caption)
