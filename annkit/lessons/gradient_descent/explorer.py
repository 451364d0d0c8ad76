"""Centre-piece of chapter 6: gradient descent on a map, the edge of stability, Newton alongside.

Left the contour map with both paths; above right the factor by which each direction shrinks or
grows per step, for every learning rate; below right the height above the bottom, step by step.

Not here: the landscapes, the walks and the words (`cases`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from annkit.arguments import Array
from annkit.lessons.gradient_descent.cases import Landscape, cut, describe, landscapes
from annkit.show.colours import palette
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider, Toggle
from annkit.show.moving.interactive import Explorer, explorer

LAST_STEP = 60
FASTEST = 2.2  # largest learning rate on the slider
FLOOR, CEILING = 1e-6, 1e3  # heights drawn
RATES = np.linspace(0, FASTEST, 221)


class _Map:
    """Contour lines, the start, the bottom, and the two paths."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        self.lines: Any = None
        (self.newton,) = ax.plot(
            [], [], "s--", color=palette.green, lw=1.8, ms=7, mfc="none", mew=2, animated=True
        )
        (self.path,) = ax.plot([], [], ".-", color=palette.blue, lw=1.2, ms=6, animated=True)
        (self.here,) = ax.plot(
            [], [], "o", color=palette.blue, mec=palette.ink, ms=9, animated=True
        )
        (self.start,) = ax.plot([], [], "o", color=palette.ink, ms=7)
        (self.lowest,) = ax.plot(
            [], [], "*", color=palette.vermillion, ms=13, zorder=5, animated=True
        )
        ax.set_aspect("equal")  # or a step against the gradient would not cross lines squarely
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MultipleLocator(1))

    def set_land(self, land: Landscape) -> None:
        left, right, bottom, top = land.limits
        if self.lines is not None:
            self.lines.remove()
        x, y = np.meshgrid(np.linspace(left, right, 120), np.linspace(bottom, top, 120))
        heights = land.cost(np.stack([x, y], axis=-1))
        levels = heights.max() * np.linspace(0.03, 1, 15) ** 2
        self.lines = self.ax.contour(
            x, y, heights, levels=levels, colors=palette.muted, linewidths=0.7, zorder=0
        )
        self.ax.set(xlim=(left, right), ylim=(bottom, top))
        self.ax.set(xlabel=land.labels[0], ylabel=land.labels[1], title="The map from above")
        self.start.set_data(*land.start[:, None])
        self.lowest.set_data(*land.lowest.T)

    def show(self, land: Landscape, path: Array, alongside: bool) -> None:
        near = np.where(np.abs(path) < 1e4, path, np.nan)
        self.path.set_data(*near.T)
        self.here.set_data(*near[-1:].T)
        self.newton.set_data(*land.jumps(3).T)
        self.newton.set_visible(alongside)


class _Factors:
    """How much of the distance is left after one step, for each direction and learning rate."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(0, FASTEST), ylim=(0, 2.2), xlabel="learning rate η", ylabel="|1 − ηλ|")
        ax.set_title("Left after a step, at the bottom")
        ax.axhline(1, color=palette.muted, lw=0.8)
        (self.beyond,) = ax.fill(
            [0], [0], color=palette.vermillion, alpha=0.15, lw=0, animated=True
        )
        (self.flat,) = ax.plot(RATES, RATES, "--", color=palette.purple, lw=1.8, animated=True)
        (self.steep,) = ax.plot(RATES, RATES, color=palette.vermillion, lw=1.8, animated=True)
        (self.rate,) = ax.plot([0, 0], [0, 1.3], color=palette.blue, lw=1.2, animated=True)
        (self.marks,) = ax.plot([], [], "o", color=palette.blue, ms=7, animated=True)
        self.name = ax.text(
            FASTEST - 0.04, 0.1, "", color=palette.vermillion, ha="right", animated=True
        )
        ax.legend(
            [self.steep, self.flat], ["steepest", "flattest"], loc="upper left", handlelength=1.8
        )

    def show(self, land: Landscape, rate: float) -> None:
        flat, steep = land.curvatures
        edge = land.edge
        self.flat.set_ydata(np.abs(1 - RATES * flat))
        self.steep.set_ydata(np.abs(1 - RATES * steep))
        self.beyond.set_xy([[edge, 0], [edge, 2.2], [FASTEST, 2.2], [FASTEST, 0]])
        self.rate.set_xdata([rate, rate])
        self.marks.set_data([rate, rate], [abs(1 - rate * flat), abs(1 - rate * steep)])
        self.name.set_text(f"edge {edge:.3g}")


class _Heights:
    """The height above the bottom after each step."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(-1, LAST_STEP + 1), yscale="log", ylim=(FLOOR / 2, 2 * CEILING))
        ax.set(xlabel="step", ylabel="height")
        ax.set_title("Height above the bottom")
        ax.set_yticks([1e-6, 1e-3, 1, 1e3])
        ax.minorticks_off()
        (self.path,) = ax.plot([], [], ".-", color=palette.blue, lw=1.2, ms=5, animated=True)
        (self.newton,) = ax.plot(
            [], [], "s--", color=palette.green, lw=1.6, ms=6, mfc="none", mew=2, animated=True
        )
        self.name = ax.text(0, 0, " Newton", color=palette.green, va="center", animated=True)

    def show(self, land: Landscape, path: Array, alongside: bool) -> None:
        self.path.set_data(np.arange(len(path)), cut(land.heights(path), FLOOR, CEILING))
        jumps = cut(land.heights(land.jumps(3)), FLOOR, CEILING)
        last = int(np.flatnonzero(np.isfinite(jumps))[-1])
        self.newton.set_data(np.arange(4), jumps)
        self.newton.set_visible(alongside)
        self.name.set(visible=alongside, position=(last + 1, jumps[last] * 2))


def _draw(fig: Figure) -> Callable[..., Frame]:
    grid = fig.add_gridspec(2, 2, width_ratios=(1.25, 1))
    whole = _Map(fig.add_subplot(grid[:, 0]))
    factors = _Factors(fig.add_subplot(grid[0, 1]))
    heights = _Heights(fig.add_subplot(grid[1, 1]))
    shown: list[str] = []

    def update(landscape: str, rate: float, steps: int, newton: bool) -> Frame:
        land = landscapes()[landscape]
        if shown != [landscape]:
            whole.set_land(land)
        shown[:] = [landscape]
        path = land.walk(rate, steps)
        whole.show(land, path, newton)
        factors.show(land, rate)
        heights.show(land, path, newton)
        return describe(land, rate, steps, newton)

    return update


def descent_explorer() -> Explorer:
    """Show gradient descent: choose a landscape, a learning rate, and how far to walk."""
    _, scaled, saddle = landscapes()
    return explorer(
        _draw,
        controls=[
            Choice("landscape", "landscape", [*landscapes()]),
            Slider("rate", "learning rate η", "", 0.01, FASTEST, 0.01, value=0.1),
            Slider("steps", "steps", "", 0, LAST_STEP, 1, value=20),
            Toggle("newton", "Newton alongside"),
        ],
        presets={
            "careful": {"rate": 0.1, "steps": 60},
            "half of the edge": {"rate": 0.48, "steps": 60},
            "just inside the edge": {"rate": 0.9, "steps": 60},
            "just beyond the edge": {"rate": 0.98, "steps": 30},
            "with Newton": {"rate": 0.9, "steps": 60, "newton": True},
            "area standardised": {"landscape": scaled, "rate": 0.9, "steps": 10},
            "a saddle": {"landscape": saddle, "rate": 0.2, "steps": 40, "newton": True},
        },
        prediction=Prediction(
            "The map of the three houses. Beyond the learning rate 0.958 the path flies apart. "
            "Which learning rate gets down to a thousandth of the first height in the fewest "
            "steps?",
            {
                "0.1, a careful one": (
                    "It never jumps, and it takes 334 steps: along the valley each of them is "
                    "tiny. At 0.9 it is 37."
                ),
                "0.48, half of the edge": (
                    "There the steep direction is finished in a single step. But the flat one "
                    "isn't, and it needs 69 steps. At 0.9, jumping from side to side, 37 are "
                    "enough."
                ),
                "0.9, just inside the edge": (
                    "Right: 37 steps, against 69 at half of the edge. The path jumps from side to "
                    "side, and the long valley gets the long steps it needs."
                ),
            },
            "And at 0.98, a little further, it never arrives.",
        ),
        title="Down the map of three houses",
        width=8.2,
        height=4.6,
    )
