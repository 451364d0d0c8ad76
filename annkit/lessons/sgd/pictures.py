"""Still pictures of chapter 7: how examples are dealt, how far SGD hovers, where it gets stuck.

Not here: the race of the optimisers (`explorer`).
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.show.colours import MARKERS, palette
from annkit.show.labels import label_line, listed
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words


def deal(epochs: Sequence[Sequence[ArrayLike]]) -> Picture:
    """Draw which example sits in which batch.

    Args:
        epochs: for each epoch its batches, each the numbers of its examples.

    Returns:
        One row of numbered squares per epoch, with a gap between batches.
    """
    fig, ax = figure(7.6, 0.75 * len(epochs) + 0.5)
    told = []
    for row, batches in enumerate(epochs):
        place = 0.0
        for number, batch in enumerate(batches):
            colour = (palette.sky, palette.faint)[number % 2]
            for example in np.asarray(batch, dtype=int):
                ax.add_patch(_square(place, row, colour))
                ax.text(place + 0.5, row, str(example), ha="center", va="center", fontsize=9)
                place += 1
            place += 0.6
        sizes = listed([str(np.size(batch)) for batch in batches])
        order = ", ".join(str(int(e)) for batch in batches for e in np.asarray(batch))
        told.append(f"epoch {row + 1}: batches of {sizes} examples, in the order {order}")
        ax.text(-0.4, row, f"epoch {row + 1}", ha="right", va="center")
    ax.set(xlim=(-4, place), ylim=(len(epochs) - 0.4, -0.6))
    ax.axis("off")
    return Picture(fig, "; ".join(told) + ".", "Each number is an example; a gap ends a batch.")


def _square(left: float, row: int, colour: str) -> Rectangle:
    return Rectangle((left, row - 0.4), 1, 0.8, facecolor=colour, edgecolor=palette.paper, lw=1.5)


def noise_ball(
    scatters: Mapping[int, Mapping[float, ArrayLike]],
    predicted: Callable[[Array], Array],
    caption: str = "",
) -> Picture:
    """Draw how far a weight scatters while SGD hovers, against rate ÷ batch, with a prediction.

    Args:
        scatters: batch size → rate → the scatter in each of several runs, (runs,).
        predicted: (rates ÷ batch sizes) → scatter.
        caption: what to look at.

    Returns:
        Both axes are logarithmic. A mark is the median of the runs, its bar goes from the lowest
        tenth of them to the highest; the line is the prediction.
    """
    fig, ax = figure(6.4, 3.8)
    ratios = [rate / batch for batch, runs in scatters.items() for rate in runs]
    ends_of_line = np.array([min(ratios) / 1.3, max(ratios) * 1.3])
    ax.plot(ends_of_line, predicted(ends_of_line), color=palette.ink, lw=1.2)
    told = []
    for i, (batch, runs) in enumerate(scatters.items()):
        x = np.array([rate / batch for rate in runs])
        low, middle, high = np.percentile(np.array([*runs.values()]), [10, 50, 90], axis=1)
        look = {"color": palette.cycle[i], "ms": 7, "lw": 1.4, "capsize": 3, "mfc": "none"}
        ax.errorbar(x, middle, [middle - low, high - middle], fmt=MARKERS[i], **look)
        at = len(x) // 2
        label_line(ax, x[at], middle[at] * 0.62, f"batches of {batch}", palette.cycle[i])
        told.append(
            f"batches of {batch}: from {in_words(middle[0], 2)} at {in_words(x[0], 2)} "
            f"to {in_words(middle[-1], 2)} at {in_words(x[-1], 2)}"
        )
    ax.set(xscale="log", yscale="log", xlabel="learning rate ÷ batch size",
           ylabel="scatter of c (hundred thousands)")  # fmt: skip
    alt = "Scatter over rate ÷ batch, medians, all near one rising line: " + "; ".join(told) + "."
    return Picture(fig, alt, caption)


def ends(
    w: ArrayLike, cost: ArrayLike, arrived: Mapping[str, ArrayLike], caption: str = ""
) -> Picture:
    """Draw a cost of one weight, and below it where several searches ended.

    Args:
        w: places, (n,).
        cost: at each of them, (n,).
        arrived: name → ends, (runs,), the first run lowest; what lies outside of w is drawn at
            the edge.
        caption: what to look at.
    """
    w, cost = np.asarray(w, dtype=float), np.asarray(cost, dtype=float)
    heights = [1.5, *[0.35] * len(arrived)]
    fig, axes = figure(
        6.8, 2.2 + 0.5 * len(arrived), len(heights), 1, sharex=True, height_ratios=heights
    )
    axes[0].plot(w, cost, color=palette.ink)
    axes[0].set(ylabel="cost", ylim=(0, None), xlim=(w[0], w[-1]))
    left, right = _lowest_valley(w, cost)
    told = []
    for i, (ax, (name, places)) in enumerate(zip(axes[1:], arrived.items(), strict=True)):
        places = np.asarray(places, dtype=float)
        inside = np.clip(places, w[0], w[-1])
        rank = np.linspace(-0.5, 0.5, len(inside))
        ax.plot(inside, rank, MARKERS[i], color=palette.cycle[i], ms=5, alpha=0.7, clip_on=False)
        ax.set(yticks=[], ylim=(-1, 1))
        ax.spines["left"].set_visible(False)
        beside = {"transform": ax.transAxes, "va": "center"}
        ax.text(1.03, 0.75, name, **beside)
        there = int(np.sum((left < places) & (places < right)))
        ax.text(1.03, 0.2, f"{there} of {len(places)} in the lowest valley", **beside)
        told.append(f"{name}: {there} of {len(places)} in the lowest valley")
    axes[-1].set_xlabel("w")
    alt = (
        f"Cost over w from {in_words(w[0])} to {in_words(w[-1])}, lowest "
        f"({in_words(cost.min(), 2)}) at {in_words(w[np.argmin(cost)], 2)}. Ends: "
    )
    return Picture(fig, alt + "; ".join(told) + ".", caption)


def _lowest_valley(w: Array, cost: Array) -> tuple[float, float]:
    """Between which two ridges, or ends of w, the lowest point lies."""
    uphill, lowest = np.diff(cost) > 0, int(cost.argmin())
    rises_before, falls_after = np.flatnonzero(uphill[:lowest]), np.flatnonzero(~uphill[lowest:])
    left = rises_before[-1] + 1 if rises_before.size else 0
    right = lowest + falls_after[0] if falls_after.size else len(w) - 1
    return float(w[left]), float(w[right])
