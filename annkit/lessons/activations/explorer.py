"""The centre-piece of chapter 3: an activation, its slope, and what ten of them do to a nudge.

Three panels answer three questions about one setting: how steep is the curve here (formula and
measurement on one axis), what is left of a small change after ten layers, and which units of a
layer are flat for every example. Each panel draws its fixed parts once; `show` moves the rest.

Not here: the measurements (`measurements`).
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from annkit.lessons.activations.measurements import (
    DEPTH,
    central_difference,
    chain,
    is_flat,
    silent_units,
)
from annkit.lessons.activations.pictures import without_jumps
from annkit.lessons.activations.silu import SILU
from annkit.nn import ACTIVATIONS, Activation
from annkit.show.colours import palette
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer
from annkit.show.tables import power_of_ten

EXAMPLES, UNITS = 20, 12
FLOOR = 1e-12  # products below it are drawn at the bottom of the axis
GRID = np.linspace(-6, 6, 241)
DOTS = np.linspace(-5.75, 5.75, 24)  # no dot at 0: the kink has a preset of its own
CURVES = {
    "sigmoid": ACTIVATIONS["sigmoid"],
    "tanh": ACTIVATIONS["tanh"],
    "ReLU": ACTIVATIONS["relu"],
    "leaky ReLU": ACTIVATIONS["leaky_relu"],
    "SiLU": SILU,
    "step": ACTIVATIONS["step"],
}


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
        self.image.set_data(~is_flat(activation, Z))
        columns = np.flatnonzero(silent)
        self.crosses.set_data(columns, np.full(len(columns), -1.4))


def layer_sums() -> np.ndarray:
    """Pre-activations of a layer before anything is pushed, (EXAMPLES, UNITS)."""
    rng = np.random.default_rng(6)
    centres = np.linspace(-1.5, 1.5, UNITS)
    return np.asarray(rng.normal(size=(EXAMPLES, UNITS)) + rng.permutation(centres))


def draw(fig: Figure) -> Any:
    """Draw everything once and return the function that moves it."""
    left, middle, right = fig.subplots(1, 3, width_ratios=[1.15, 1, 0.9])
    curves, products, units = CurvePanel(left), ProductPanel(middle), UnitPanel(right)
    sums = layer_sums()

    def update(name: str, z: float, weight: float, bias: float, push: float) -> Frame:
        activation = CURVES[name]
        measured = float(central_difference(activation.f, z))
        stack = chain(activation, z, weight, bias)
        silent = silent_units(activation, sums + push)
        curves.show(activation, z, measured)
        products.show(stack.products)
        units.show(activation, sums + push, silent)
        slope = float(activation.f_prime(np.array(z)))
        arrived = power_of_ten(float(stack.products[-1]))
        return Frame(
            f"{name} at z = {power_of_ten(z)}: slope {power_of_ten(slope)} by formula, "
            f"{power_of_ten(measured)} measured. Of a nudge, {arrived} is left after ten layers "
            f"(weight {power_of_ten(weight)}, bias {power_of_ten(bias)}). Flat for every example: "
            f"{silent.sum()} of {UNITS} units (push {power_of_ten(push)}).",
            {
                "f(z)": power_of_ten(float(activation.f(np.array(z)))),
                "f′(z)": power_of_ten(slope),
                "measured f′(z)": power_of_ten(measured),
                "left after 10 layers": arrived,
                "flat units": int(silent.sum()),
            },
        )

    return update


PREDICTION = Prediction(
    "Ten units in a row, each a sigmoid, each weight 1, and the first one at z = 0, where the "
    "sigmoid is steepest. You nudge the input by a little. By what factor is the nudge smaller "
    "when it comes out at the end?",
    {
        "about as large": "That would need slopes near 1. The sigmoid's slope is nowhere above ¼.",
        "10 times smaller": "Ten layers, but each takes away much more than a tenth: at "
        "least three quarters.",
        "a thousand times smaller": "Halving ten times gives about a thousand. The "
        "sigmoid at its best leaves a quarter, not a half.",
        "a million times smaller or more": "Yes: at best ¼ · ¼ · … ten times, which is "
        "about one millionth. The chain drifts away from the steepest place, so it is even less.",
    },
    "Press “sigmoid at its steepest” to see it: 3.9 · 10⁻⁷, one part in 2.6 million. But that is "
    "the fault of the weights as much as of the sigmoid: press “weight 4, bias −2”.",
)


def activation_explorer() -> Explorer:
    """Make the explorer: curve and slope, ten layers, flat units."""
    return explorer(
        draw,
        controls=[
            # Not at the sigmoid: the picture must not answer the question above it.
            Choice("name", "activation", list(CURVES), value="ReLU"),
            Slider("z", "first pre-activation z", "", -6.0, 6.0, 0.1, value=1.0),
            Slider("weight", "weight between layers", "", 0.0, 6.0, 0.1, value=1.0),
            Slider("bias", "bias of each layer", "", -4.0, 4.0, 0.1, value=0.0),
            Slider("push", "push on all units of the map", "", -8.0, 8.0, 0.5, value=0.0),
        ],
        presets={
            "sigmoid at its steepest": {"name": "sigmoid", "z": 0.0, "weight": 1.0, "push": 0.0},
            "sigmoid, large weights": {"name": "sigmoid", "z": 0.0, "weight": 6.0, "push": 0.0},
            "weight 4, bias −2": {"name": "sigmoid", "z": 0.0, "weight": 4.0, "bias": -2.0},
            "tanh, a little off": {"name": "tanh", "z": 1.0, "weight": 1.0, "push": 0.0},
            "ReLU, on": {"name": "ReLU", "z": 1.0, "weight": 1.0, "push": 0.0},
            "ReLU at the kink": {"name": "ReLU", "z": 0.0, "weight": 1.0, "push": 0.0},
            "ReLU, pushed down": {"name": "ReLU", "z": -1.0, "weight": 1.0, "push": -3.0},
            "leaky ReLU, pushed down": {
                "name": "leaky ReLU",
                "z": -1.0,
                "weight": 1.0,
                "push": -3.0,
            },
            "SiLU, where it falls": {"name": "SiLU", "z": -2.0, "weight": 1.0, "push": -3.0},
        },
        prediction=PREDICTION,
        title="One activation, seen three ways",
        width=9.0,
        height=3.3,
    )
