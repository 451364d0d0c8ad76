"""The three panels of chapter 3's explorer: curve and slope, ten layers, a layer's units.

Each panel draws its fixed parts once; ``show`` moves the rest.
Not here: what is computed and said at a setting (``activation_explorer``).
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from annkit.lessons.activations.measurements import DEPTH, FLAT, central_difference
from annkit.lessons.activations.pictures import without_jumps
from annkit.nn import Activation
from annkit.show.colours import palette

EXAMPLES, UNITS = 20, 12
FLOOR = 1e-12  # products below it are drawn at the bottom of the axis
GRID = np.linspace(-6, 6, 241)
DOTS = np.linspace(-5.75, 5.75, 24)  # no dot at 0: the kink has a preset of its own


class CurvePanel:
    """f, f′ and measured slopes on one axis, with the setting marked."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlabel="pre-activation z", ylim=(-1.25, 2.6), xlim=(-6, 6))
        ax.set_title("Height and slope")
        ax.axhline(0, color=palette.faint, linewidth=0.8)
        moving: dict[str, Any] = {"animated": True}
        # It ends below the legend.
        self.here = ax.axvline(0, 0, 0.62, color=palette.muted, lw=1, ls=":", **moving)
        (self.f,) = ax.plot(GRID, GRID, color=palette.blue, **moving)
        (self.prime,) = ax.plot(GRID, GRID, "--", color=palette.vermillion, **moving)
        (self.dots,) = ax.plot(
            DOTS, DOTS, "o", color=palette.ink, markersize=4.5, markerfacecolor="none", **moving
        )
        (self.mark,) = ax.plot([0, 0], [0, 0], "o", color=palette.ink, markersize=6, **moving)
        ax.legend(
            [self.f, self.prime, self.dots],
            ["f", "f′, formula", "f′, measured"],
            loc="upper left",
            handlelength=1.6,
        )

    def show(self, activation: Activation, z: float, measured: float) -> None:
        """Move to another activation, another z, and the slope measured there."""
        self.here.set_xdata([z, z])
        self.f.set_ydata(without_jumps(activation.f(GRID)))
        self.prime.set_ydata(without_jumps(activation.f_prime(GRID)))
        self.dots.set_ydata(central_difference(activation.f, DOTS))
        self.mark.set_data([z, z], [float(activation.f(np.array(z))), measured])


class ProductPanel:
    """What is left of a nudge after one to ten layers, on a logarithmic axis."""

    def __init__(self, ax: Axes) -> None:
        self.layers = np.arange(DEPTH + 1)
        ax.set(xlabel="after layer", yscale="log", ylim=(FLOOR / 3, 1e6), xlim=(-0.5, 10.5))
        ax.set_xticks([0, 2, 4, 6, 8, 10])
        ax.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1, 1e3, 1e6])
        ax.minorticks_off()
        ax.set_title("What is left of a nudge")
        ax.axhline(1, color=palette.faint, linewidth=0.8)
        ones = np.ones(DEPTH + 1)
        (self.line,) = ax.plot(self.layers, ones, "o-", color=palette.blue, animated=True)
        (self.lost,) = ax.plot(
            [], [], "x", color=palette.vermillion, markersize=8, mew=2, animated=True
        )
        self.note = ax.text(
            0.03, 0.06, "", transform=ax.transAxes, color=palette.vermillion, animated=True
        )

    def show(self, products: np.ndarray) -> None:
        """Show what is left after each layer, (DEPTH,)."""
        left = np.concatenate([[1.0], np.abs(products)])
        gone = left < FLOOR
        self.line.set_ydata(np.where(gone, np.nan, np.minimum(left, 1e6)))
        self.lost.set_data(self.layers[gone], np.full(gone.sum(), FLOOR))
        exactly = (left[gone] == 0).all()
        self.note.set_text(("exactly 0" if exactly else "below 10⁻¹²") if gone.any() else "")
        self.note.set_y(0.12)


class UnitPanel:
    """Examples by units: where the curve is flat, and which units are flat everywhere."""

    def __init__(self, ax: Axes) -> None:
        ax.set_title("Who still listens?")
        ax.set(xlabel="unit\ngrey: flat, ×: flat for all", ylabel="example", xticks=[], yticks=[])
        ax.set(xlim=(-0.6, UNITS - 0.4), ylim=(EXAMPLES - 0.4, -2.4))
        ax.spines[["left", "bottom"]].set_visible(False)
        # Gaps between the cells, drawn over them: twelve columns of twenty.
        gaps: dict[str, Any] = {"color": palette.paper, "lw": 1, "zorder": 2, "animated": True}
        ax.vlines(np.arange(UNITS + 1) - 0.5, -0.5, EXAMPLES - 0.5, **gaps)
        ax.hlines(np.arange(EXAMPLES + 1) - 0.5, -0.5, UNITS - 0.5, **gaps)
        self.image = ax.imshow(
            np.zeros((EXAMPLES, UNITS)),
            cmap=ListedColormap([palette.faint, palette.sky]),
            vmin=0,
            vmax=1,
            aspect="auto",
            animated=True,
        )
        (self.crosses,) = ax.plot(
            [], [], "x", color=palette.vermillion, markersize=8, mew=2, animated=True
        )

    def show(self, activation: Activation, Z: np.ndarray, silent: np.ndarray) -> None:
        """Show where a layer is flat, (EXAMPLES, UNITS), and which units always are, (UNITS,)."""
        self.image.set_data(activation.f_prime(Z) >= FLAT)
        columns = np.flatnonzero(silent)
        self.crosses.set_data(columns, np.full(len(columns), -1.4))
