"""The four panels of chapter 5's explorer: a price under its bell, and a sale that is yes or no.

Each panel draws its fixed parts once; ``show`` moves the rest.
Not here: what is computed and said at a setting (``cost_explorer``).
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from annkit.arguments import Array
from annkit.nn import ACTIVATIONS
from annkit.show.colours import palette

PRICES = np.linspace(150, 450, 301)  # thousands
LOGITS = np.linspace(-10, 10, 201)
HIGHEST = 20.0  # of the axis of −ln p
LOWEST = 1e-9  # of the axis of slopes


def surprise(y: Any, y_hat: float, sigma: float) -> Array:
    """−ln p of a price y when the model says y_hat, give or take sigma."""
    t = (np.asarray(y, dtype=float) - y_hat) / sigma
    return 0.5 * t**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi)


def cross_entropy(z: Any, sold: bool) -> tuple[Array, Array]:
    """−ln p of what happened, and its slope in the logit z."""
    z = np.asarray(z, dtype=float)
    return np.logaddexp(0, -z if sold else z), ACTIVATIONS["sigmoid"].f(z) - sold


def squared_error(z: Any, sold: bool) -> tuple[Array, Array]:
    """½ (σ(z) − y)², and its slope in the logit z."""
    sigmoid = ACTIVATIONS["sigmoid"]
    miss = sigmoid.f(z) - sold
    return 0.5 * miss**2, miss * sigmoid.f_prime(z)


def is_right(y: float, y_hat: float) -> bool:
    """Whether there is more room for a word to the right of an observation."""
    return y < 200 or (y >= y_hat and y < 390)


class BellPanel:
    """What the model expects, and what was observed."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(150, 450), ylim=(0, 0.044), ylabel="p per thousand")
        ax.set(xlabel="price (thousands)")
        ax.set_title("A price: what the model expects")
        moving: dict[str, Any] = {"animated": True}
        (self.bell,) = ax.plot(PRICES, PRICES, color=palette.blue, **moving)
        (self.stem,) = ax.plot([], [], color=palette.ink, lw=1.2, **moving)
        (self.dot,) = ax.plot([], [], "o", color=palette.ink, ms=7, clip_on=False, **moving)
        self.name = ax.text(0, 0, "observed", va="bottom", **moving)

    def show(self, y: float, y_hat: float, sigma: float) -> None:
        """Move the bell to y_hat, give or take sigma, and the observation to y."""
        self.bell.set_ydata(np.exp(-surprise(PRICES, y_hat, sigma)))
        height = float(np.exp(-surprise(y, y_hat, sigma)))
        self.stem.set_data([y, y], [0, height])
        self.dot.set_data([y], [height])
        right = is_right(y, y_hat)
        self.name.set_horizontalalignment("left" if right else "right")
        self.name.set_position((y + 6 if right else y - 6, height + 0.001))


class SurprisePanel:
    """What each possible observation would cost."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(150, 450), ylim=(0, HIGHEST), ylabel="−ln p", xlabel="price (thousands)")
        ax.set_yticks([0, 5, 10, 15, 20])
        ax.set_title("What it costs: −ln p")
        (self.curve,) = ax.plot(PRICES, PRICES, color=palette.blue, animated=True)
        (self.stem,) = ax.plot([], [], color=palette.ink, lw=1.2, animated=True)
        (self.dot,) = ax.plot([], [], "o", color=palette.ink, ms=7, animated=True)
        self.note = ax.text(0, 0, "", va="top", animated=True)

    def show(self, y: float, y_hat: float, sigma: float) -> None:
        """Move the parabola and the point on it."""
        self.curve.set_ydata(surprise(PRICES, y_hat, sigma))
        cost = float(surprise(y, y_hat, sigma))
        inside = cost < HIGHEST - 0.5
        self.stem.set_data([y, y], [0, min(cost, HIGHEST)])
        self.dot.set_data([y], [cost if inside else HIGHEST - 0.5])
        self.dot.set_marker("o" if inside else "^")
        self.note.set_text(f"{cost:.2f}" if inside else f"{cost:.1f}, off the scale")
        right = is_right(y, y_hat)
        self.note.set_horizontalalignment("left" if right else "right")
        self.note.set_position((y + 8 if right else y - 8, cost if inside else HIGHEST - 0.2))


class _BothCosts:
    """Two curves over the logit, one per cost, and a point on each."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(-10, 10), xlabel="logit z", xticks=[-10, -5, 0, 5, 10])
        # Between the words at the bottom and the legend at the top.
        self.here = ax.axvline(0, 0.14, 0.76, color=palette.muted, lw=1, ls=":", animated=True)
        looks: list[dict[str, Any]] = [
            {"color": palette.blue, "linestyle": "solid"},
            {"color": palette.vermillion, "linestyle": (0, (5, 2))},
        ]
        self.curves = [ax.plot(LOGITS, LOGITS, animated=True, **look)[0] for look in looks]
        # A dot inside an empty square: both are seen where the two curves meet.
        marks: list[dict[str, Any]] = [
            {"marker": "o", "ms": 5.5},
            {"marker": "s", "ms": 11, "mfc": "none", "mew": 1.6},
        ]
        self.dots = [
            ax.plot([], [], color=look["color"], animated=True, zorder=3, **mark)[0]
            for mark, look in zip(marks, looks, strict=True)
        ]

    def move(self, z: float, heights: list[Array], here: list[float]) -> None:
        """Set both curves, (201,) each, and both points."""
        self.here.set_xdata([z, z])
        for curve, dot, values, value in zip(self.curves, self.dots, heights, here, strict=True):
            curve.set_ydata(values)
            dot.set_data([z], [value])


class LossPanel(_BothCosts):
    """What each logit would cost, by both costs."""

    def __init__(self, ax: Axes) -> None:
        super().__init__(ax)
        ax.set(ylim=(-0.3, 10.5), ylabel="loss")
        ax.set_title("A sale, yes or no: what it costs")
        names = ["cross-entropy", "half squared error"]
        ax.legend(self.curves, names, loc="upper center", handlelength=2.2)

    def show(self, z: float, sold: bool) -> None:
        """Move to another logit and another outcome."""
        both = (cross_entropy, squared_error)
        self.move(z, [f(LOGITS, sold)[0] for f in both], [float(f(z, sold)[0]) for f in both])


class SlopePanel(_BothCosts):
    """How strongly each cost pulls at the logit, on a logarithmic axis."""

    def __init__(self, ax: Axes) -> None:
        super().__init__(ax)
        ax.set(yscale="log", ylim=(LOWEST, 8), ylabel="size of the slope")
        ax.set_yticks([1e-8, 1e-6, 1e-4, 1e-2, 1], ["10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1"])
        ax.minorticks_off()
        ax.set_title("How strongly it pulls at z")
        self.side = ax.text(0, 3e-9, "", color=palette.muted, ha="center", animated=True)

    def show(self, z: float, sold: bool) -> None:
        """Move to another logit and another outcome."""
        both = (cross_entropy, squared_error)
        sizes = [np.abs(f(LOGITS, sold)[1]) for f in both]
        self.move(z, sizes, [abs(float(f(z, sold)[1])) for f in both])
        self.side.set_text("← sure and wrong" if sold else "sure and wrong →")
        self.side.set_x(-5.2 if sold else 5.2)
