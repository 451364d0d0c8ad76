"""The two pictures of the proof that a perceptron comes to rest: a shadow that grows, two walls.

Not here: the learning itself (`learning`), other pictures (`pictures`).
"""

import numpy as np
from numpy.typing import ArrayLike

from annkit.show.colours import palette
from annkit.show.labels import label_line
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words


def shadow(w_hat: ArrayLike, u: ArrayLike, gamma: float) -> Picture:
    """Draw the weights after each correction, seen so that the separator u lies flat.

    Across: how far the arrow reaches along u, its shadow. Up: how far its tip is from the line
    of u, in all other directions together.

    Args:
        w_hat: (w, b) after 1, 2, … corrections, (n, dim).
        u: the separator, of length 1, (dim,).
        gamma: its smallest product with a signed example.

    Returns:
        The picture; each arrow's shadow must pass the mark kγ below it.
    """
    w_hat, u = np.asarray(w_hat, dtype=float), np.asarray(u, dtype=float)
    along = w_hat @ u
    beside = np.linalg.norm(w_hat - along[:, None] * u, axis=1)
    k = len(w_hat)
    fig, ax = figure(6.8, 3.0)
    ax.set(aspect="equal", xlabel="along u", ylabel="distance from u", yticks=[0, 1, 2])
    ax.plot([0, *along], [0, *beside], ".-", color=palette.blue, lw=0.8, ms=6)
    tip = (along[-1], beside[-1])
    ax.annotate("", tip, (0, 0), arrowprops={"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0,
                                             "lw": 1.8})  # fmt: skip
    ax.plot([tip[0], tip[0]], [0, tip[1]], ":", color=palette.muted)
    ax.plot([0, tip[0]], [0, 0], color=palette.green, lw=5, solid_capstyle="butt")
    ax.annotate("", (1, -0.28), (0, -0.28), arrowprops={"arrowstyle": "-|>", "shrinkA": 0,
                                                        "shrinkB": 0})  # fmt: skip
    label_line(ax, 1, -0.28, "u", palette.ink)
    label_line(ax, tip[0], tip[1], f"ŵ after {k} corrections", palette.ink)
    label_line(ax, tip[0], 0, f"its shadow u·ŵ = {tip[0]:.2f}", palette.green, va="bottom")
    ax.plot([k * gamma] * 2, [-0.12, 0.12], color=palette.vermillion, lw=2)
    label_line(ax, k * gamma, -0.28, f"kγ = {k * gamma:.2f}", palette.vermillion)
    ax.set(xlim=(-0.1, 1.4 * max(tip[0], 1)), ylim=(-0.55, 1.12 * beside.max()))
    alt = (
        f"After {k} corrections the arrow of the weights is {in_words(float(np.hypot(*tip)))} long "
        f"and its shadow on u {in_words(float(tip[0]))}, more than kγ = {in_words(k * gamma)}. "
        "Point by point the arrow moves to the right, and up and down."
    )
    return Picture(fig, alt, "Dots: the tip of ŵ after each correction; each lies further right.")


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
    return Picture(
        fig,
        alt,
        "Both axes are logarithmic, so that k and √k are straight lines, one twice as "
        "steep as the other. Between them there is room, but only up to where they meet.",
    )
