"""Still pictures of ways down: a start split along the axes of a bowl, a path on the three houses.

Not here: the bowl to walk in (`explorer`), walking (`downhill`).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.lessons.gradient_descent.cases import landscapes
from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.surfaces import cost_surface
from annkit.show.tables import in_words


def split_start(H: ArrayLike, bottom: ArrayLike, start: ArrayLike, rate: float) -> Picture:
    """Draw the contour lines of a bowl, its two axes, and what one step makes of a start's parts.

    Args:
        H: the curvatures, symmetric and positive definite, (2, 2).
        bottom: the lowest point, (2,).
        start: where the step begins, (2,).
        rate: the learning rate.
    """
    H, bottom, start = (np.asarray(values, dtype=float) for values in (H, bottom, start))
    curvatures, axes = np.linalg.eigh(H)
    parts = axes.T @ (start - bottom)
    factors = 1 - rate * curvatures
    after = bottom + axes @ (factors * parts)
    fig, ax = figure(6.4, 4.2)
    reach = 1.25 * float(np.linalg.norm(start - bottom))
    x, y = (np.linspace(middle - reach, middle + reach, 121) for middle in bottom)
    away = np.stack(np.meshgrid(x - bottom[0], y - bottom[1]), axis=-1)
    heights = 0.5 * np.einsum("...i,ij,...j->...", away, H, away)
    top = 0.5 * (start - bottom) @ H @ (start - bottom)
    ax.contour(x, y, heights, levels=top * np.array([0.05, 0.2, 0.5, 1.0]), colors=palette.faint)
    words = []
    names = ("flat direction", "steep direction")
    for k, (name, color) in enumerate(zip(names, palette.cycle[:2], strict=True)):
        end = bottom + parts[k] * axes[:, k]
        line = np.outer([-1, 1], axes[:, k]) * reach + bottom
        ax.plot(*line.T, ":", color=color, lw=1)
        arrow: dict[str, Any] = {"arrowstyle": "-|>", "color": color, "lw": 2.4, "shrinkA": 0}
        ax.annotate("", end, bottom, arrowprops=arrow | {"shrinkB": 0})
        label = f"{name}, λ = {curvatures[k]:.3g}:\none step, times {in_words(factors[k], 2)}"
        offset, va = ((10, -4), "top") if k == 0 else ((10, 4), "bottom")
        ax.annotate(
            label, end, offset, textcoords="offset points", color=color, fontsize=10, va=va,
            bbox={"fc": palette.paper, "ec": "none", "alpha": 0.85, "pad": 1},
        )  # fmt: skip
        words.append(f"{name} {in_words(abs(parts[k]), 3)} long, times {in_words(factors[k], 2)}")
        ax.plot(*np.transpose([end, start]), "--", color=palette.muted, lw=1)
    for place, word, ha in (
        (bottom, "bottom", "right"), (start, "start", "left"), (after, "after one step", "right")
    ):  # fmt: skip
        ax.plot(*place, "o", color=palette.ink, ms=6)
        dx = -7 if ha == "right" else 7
        ax.annotate(word, place, (dx, 0), textcoords="offset points", ha=ha, va="center")
    ax.set(aspect="equal", xlabel="w", ylabel="b", xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
    alt = f"A bowl from above. The way from the bottom to the start is split: {'; '.join(words)}."
    caption = (
        "Dashed: the two parts add up to the start. Each keeps its direction and gets a factor."
    )
    return Picture(fig, alt, caption)


def on_three_houses(path: ArrayLike, caption: str) -> Picture:
    """Draw a path on the map of the three houses.

    Args:
        path: (n, 2), weights and biases.
        caption: what to look at.
    """
    land = landscapes()["three houses"]

    def cost(w: Array, b: Array) -> Array:
        return land.cost(np.stack([w, b], axis=-1))

    return cost_surface(cost, path, land.limits, "weight of the area", "bias", caption)
