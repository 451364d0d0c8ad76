"""Is 90 % sure right nine times in ten? Certainty, put into bins and compared with what came true.

Not here: where the predictions come from (`many_splits`).
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from annkit.arguments import Array, ShapeError
from annkit.show.colours import MARKERS, palette
from annkit.show.labels import label_line, listed, shares_along
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_percent

EDGES = (0.0, 0.6, 0.8, 0.9, 0.99, 1.0)


class Bin(NamedTuple):
    """Predictions of about the same certainty.

    Attributes:
        n: how many.
        sure: their mean probability.
        right: the share of them that was right.
    """

    n: int
    sure: float
    right: float


def bins(p: Array, labels: Array, edges: tuple[float, ...] = EDGES) -> list[Bin]:
    """Sort predictions by their certainty.

    Args:
        p: probabilities, (n, C).
        labels: true classes, (n,).
        edges: of the bins, ascending, from 0 to 1.

    Returns:
        One bin for each pair of edges that has predictions between them.
    """
    p, labels = np.asarray(p), np.asarray(labels)
    if p.ndim != 2 or len(p) != len(labels):
        raise ShapeError("p", f"({len(labels)}, C), a row for each label", p.shape)
    sure, right = p.max(axis=1), p.argmax(axis=1) == labels
    place = np.clip(np.digitize(sure, edges[1:-1]), 0, len(edges) - 2)
    return [
        Bin(int(inside.sum()), float(sure[inside].mean()), float(right[inside].mean()))
        for k in range(len(edges) - 1)
        if (inside := place == k).any()
    ]


def reliability(series: Mapping[str, list[Bin]], caption: str = "") -> Picture:
    """Draw how often predictions were right against how sure they were.

    Args:
        series: name → bins.
        caption: what to look at.

    Returns:
        The picture; on the diagonal certainty is deserved.
    """
    fig, ax = figure(6.4, 4.4)
    ax.plot([0.3, 1], [0.3, 1], color=palette.muted, lw=1, ls=(0, (4, 3)))
    ax.text(0.32, 0.35, "deserved", color=palette.muted, rotation=36, va="bottom")
    told = []
    for color, marker, (name, found) in zip(palette.cycle, MARKERS, series.items(), strict=False):
        sure, right = [one.sure for one in found], [one.right for one in found]
        ax.plot(sure, right, color=color, marker=marker, ms=7)
        side = "right" if right[0] > sure[0] else "left"  # of the diagonal
        label_line(ax, sure[0], right[0], f" {name} ", color, ha=side)
        told.append(
            f"{name}: "
            + ", ".join(
                f"{in_percent(s, 0)} sure, {in_percent(r, 0)} right"
                for s, r in zip(sure, right, strict=True)
            )
        )
    ax.set(
        xlabel="how sure: mean probability",
        ylabel="how often right",
        xlim=(0.3, 1.02),
        ylim=(0.3, 1.03),
    )
    for axis in (ax.xaxis, ax.yaxis):
        shares_along(axis)
    return Picture(fig, f"How often right against how sure. {listed(told)}.", caption)
