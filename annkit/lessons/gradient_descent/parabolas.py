"""Newton's step on one parameter: jump to where the parabola that touches the cost here is level.

The cost is the saddle map's, on the line v₁ = 0 through its two valleys: ¼ (v² − 1)². It bends up
near the valleys at ±1 and down around the top between them, at 0; there the parabola is a hill.

Not here: the map (`cases`), Newton's step for many parameters (`downhill`).
"""

import numpy as np

from annkit.lessons.gradient_descent.cases import landscapes
from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import figure

STARTS = (1.6, -0.3)  # where the cost bends up, and where it bends down


def newton_jumps() -> Picture:
    """Draw the cost, the parabola that touches it at two starts, and where each is level."""
    fig, ax = figure(6.4, 3.2)
    saddle, v = landscapes()["a saddle"], np.linspace(-1.75, 1.75, 351)
    ax.plot(v, saddle.cost(np.stack([0 * v, v], axis=1)), color=palette.ink)
    words = []
    for start, color in zip(STARTS, (palette.blue, palette.vermillion), strict=True):
        here = np.array([0.0, start])
        height, slope = saddle.cost(here), saddle.gradient(here)[1]
        curvature = saddle.hessian(here)[1, 1]
        level = start - slope / curvature
        near = np.abs(v - level) < 0.75
        away = v[near] - start
        parabola = height + slope * away + 0.5 * curvature * away**2
        ax.plot(v[near], parabola, "--", color=color, lw=1.5)
        lowest = height - 0.5 * slope**2 / curvature
        ax.plot(start, height, "o", color=color, ms=8)
        ax.plot(level, lowest, "o", mfc=palette.paper, mec=color, ms=8, mew=1.6)
        ax.annotate(
            "", (level, lowest), (start, height),
            arrowprops={"arrowstyle": "-|>", "color": color, "lw": 1.6, "shrinkA": 5, "shrinkB": 5},
        )  # fmt: skip
        words.append(f"from {start:g}, curvature {curvature:.2f}, to {level:.2f}")
    ax.text(0.75, 0.6, "bends up:\ntowards\nthe bottom", color=palette.blue, va="top", ha="right")
    ax.text(-0.35, 0.4, "bends down:\ntowards the top", color=palette.vermillion, ha="center")
    ax.set(xlabel="v", ylabel="cost", xlim=(-1.75, 1.75), ylim=(-0.08, 0.72))
    alt = (
        "A cost with two valleys, at −1 and 1, and a top between them, at 0. Newton's step leads "
        f"{'; '.join(words)}."
    ).replace("-", "−")
    caption = (
        "Dashed: the parabola that touches the cost at the full dot. Open dot: where it is level."
    )
    return Picture(fig, alt, caption)
