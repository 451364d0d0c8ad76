"""Curves drawn by one hidden layer: a sum of bumps, and how its error falls with its width.

Not here: the weights of such a layer (`handmade`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.lessons.forward.handmade import bump
from annkit.show.colours import DASHES, MARKERS, palette
from annkit.show.labels import label_ends
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure

Curve = Callable[[Array], Array]


def bumps(
    f: Curve,
    low: float,
    high: float,
    counts: Sequence[int],
    labels: tuple[str, str],
    relu_bump: Callable[[Array, float, float, float], ArrayLike] = bump,
) -> Picture:
    """Draw a curve, bumps below it, and their sum; one panel per number of bumps.

    Args:
        f: the curve.
        low: where the interval begins.
        high: where it ends.
        counts: numbers of bumps.
        labels: of the axes.
        relu_bump: (places (n,), left, peak, right) → heights of one bump, (n,).
    """
    fig, axes = figure(9.0, 3.0, 1, len(counts), sharey=True)
    x = np.linspace(low, high, 1001)
    words = []
    for ax, count in zip(axes_list(axes), counts, strict=True):
        peaks, width = np.linspace(low, high, count), (high - low) / (count - 1)
        single = np.array([relu_bump(x, peak - width, peak, peak + width) for peak in peaks])
        single = single * f(peaks)[:, None]  # (count, 1001)
        total = single.sum(axis=0)
        ax.plot(x, single.T, color=palette.sky, linewidth=0.9)
        ax.plot(x, f(x), color=palette.ink, linewidth=2.4)
        ax.plot(x, total, color=palette.vermillion, linestyle="--", linewidth=1.8)
        error = float(np.abs(total - f(x)).max())
        words.append(f"{count} bumps miss it by at most {error:.2g}")
        ax.set(xlabel=labels[0], ylim=(0, None))
        ax.set_title(f"{count} bumps, error {error:.2g}")
    axes_list(axes)[0].set_ylabel(labels[1])
    return Picture(
        fig,
        f"A curve and sums of triangular bumps below it: {'; '.join(words)}.",
        "Black: the curve. Thin: the bumps. Dashed: their sum, which is what the network answers.",
    )


def triangle(x: Array, y: ArrayLike, corners: tuple[float, float, float]) -> Picture:
    """Draw somebody's bump over the triangle that was wanted.

    Args:
        x: (n,).
        y: heights, (n,).
        corners: left, peak and right.
    """
    wanted, drawn = np.interp(x, corners, (0.0, 1.0, 0.0)), np.asarray(y, dtype=float)
    if drawn.shape != x.shape:
        raise ValueError(f"y: expected shape {x.shape} like x, got {drawn.shape}")
    fig, ax = figure(5.4, 2.8)
    ax.plot(x, wanted, color=palette.muted, linestyle=(0, (2, 1.5)), linewidth=4, label="wanted")
    ax.plot(x, drawn, color=palette.blue, linewidth=1.8, label="yours")
    ax.set(xlabel="x", ylabel="height", xlim=(x.min(), x.max()), xticks=range(8))
    ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
    apart = np.abs(drawn - wanted)
    words = f"At most {apart.max():.2g} from the triangle, at x = {x[np.argmax(apart)]:.2g}."
    return Picture(
        fig,
        f"Your bump from {drawn[0]:.2g} at x = {x[0]:.0f} to {drawn[-1]:.2g} at {x[-1]:.0f}, over "
        f"the triangle with the corners {', '.join(f'{c:.0f}' for c in corners)}. {words}",
        "Grey dashes: the triangle with these corners. Blue: yours.",
    )


def errors(measured: Mapping[str, tuple[Array, Array]], caption: str = "") -> Picture:
    """Draw the largest error against the number of units, both axes logarithmic.

    Args:
        measured: name of a curve → numbers of units and errors, both (n,).
        caption: what to look at.
    """
    fig, ax = figure(6.0, 3.5)
    ends, words = [], []
    colors = [palette.cycle[i % len(palette.cycle)] for i in range(len(measured))]
    for i, (name, (units, error)) in enumerate(measured.items()):
        style: dict[str, Any] = {"linestyle": DASHES[i], "marker": MARKERS[i], "clip_on": False}
        ax.loglog(units, error, color=colors[i], **style)
        ends.append(float(error[-1]))
        words.append(f"{name}: from {error[0]:.2g} to {error[-1]:.2g}")
    first, last = (next(iter(measured.values()))[0][k] for k in (0, -1))
    ax.set(xlabel="ReLU units", ylabel="largest error (each in its own unit)", xlim=(first, last))
    ticks = next(iter(measured.values()))[0]
    ax.set_xticks(ticks, [f"{tick:.0f}" for tick in ticks])
    ax.minorticks_off()
    label_ends(ax, float(last), ends, list(measured), colors)
    alt = f"Largest error from {first:.0f} to {last:.0f} ReLU units. {'; '.join(words)}."
    return Picture(fig, alt, caption)


def folded(x: Array, stages: Mapping[str, Array], caption: str = "") -> Picture:
    """Draw a tent and what comes out when it is folded again, one panel each.

    Args:
        x: (n,).
        stages: name → heights, (n,).
        caption: what to look at.
    """
    fig, axes = figure(9.0, 2.2, 1, len(stages), sharey=True)
    words = []
    for ax, (name, y) in zip(axes_list(axes), stages.items(), strict=True):
        ax.plot(x, y, color=palette.blue, linewidth=1.6)
        ax.set(xlabel="x", xticks=(0, 1), yticks=(0, 1))
        ax.set_title(name)
        words.append(f"{name}: {straight_pieces(y)} straight pieces")
    return Picture(fig, f"A tent folded again and again. {'; '.join(words)}.", caption)


def straight_pieces(y: Array) -> int:
    """Count the straight pieces of a curve sampled at equal distances that include its corners.

    Args:
        y: heights, (n,).
    """
    bends = np.abs(np.diff(y, 2)) > 1e-9 * np.ptp(y)
    return int(bends.sum()) + 1
