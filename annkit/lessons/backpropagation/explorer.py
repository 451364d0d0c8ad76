"""Centre-piece of chapter 10: backpropagation through a 2-2-1 network, step by step.

Left the network with all its numbers; right every step as an equation, a line of code and an
array. What belongs together lights up together, and what a step doesn't need is grey.

Not here: what the steps are (`steps`), the sliders (`annkit.show.moving.interactive`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from annkit.lessons.backpropagation.steps import (
    FORWARD_STEPS,
    LAST_STEP,
    PARAMS,
    STEPS,
    X2,
    Passes,
    concerned,
    describe,
    in_rows,
    number,
    passes,
)
from annkit.show.colours import palette
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer
from annkit.show.moving.stamps import stamp

GLOW = palette.orange
BACK = palette.vermillion
INPUTS = ((0.0, 1.0), (0.0, -1.0))
HIDDEN = ((1.5, 1.0), (1.5, -1.0))
OUTPUT = (3.0, 0.0)
COST = (4.22, 0.0)
PAPER: dict[str, Any] = {"facecolor": palette.paper, "edgecolor": "none", "pad": 0.6}

# What glows in each step: the first layer's edges, the second's, and the units.
EDGES = {1: "first", 3: "second", 6: "second", 8: "second", 10: "first"}
# The arrays whose numbers stand above and below: inputs, hidden units, output, cost.
HIDDEN_VALUES = {"z₁", "a₁"}
ABOVE = ({"x"}, {"x"}, HIDDEN_VALUES, HIDDEN_VALUES, {"ŷ"}, {"C"})
BELOW = ({"da₁", "δ₁"}, {"da₁", "δ₁"}, {"δ₂"}, {"C", "ŷ"})
UNITS = {1: "h", 2: "h", 3: "o", 4: "c", 5: "o", 7: "o", 8: "h", 9: "h", 11: "h"}


class NetworkSide:
    """The network: values in blue above, derivatives in vermillion below."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(-0.4, 4.66), ylim=(-1.95, 2.1))
        ax.axis("off")
        (W1, _), (W2, _) = PARAMS
        self.glow: dict[str, list[Any]] = {"first": [], "second": [], "h": [], "o": [], "c": []}
        self.first = [
            [self._edge(ax, "first", INPUTS[i], HIDDEN[j], W1[i, j], 0.55 if i == j else 0.36)
             for j in (0, 1)] for i in (0, 1)
        ]  # fmt: skip
        self.second = [  # the upper one clear of what stands below the hidden unit
            self._edge(ax, "second", HIDDEN[j], OUTPUT, W2[j, 0], (0.58, 0.5)[j]) for j in (0, 1)
        ]
        ax.plot([OUTPUT[0], COST[0]], [0, 0], color=palette.muted, lw=1.2, zorder=1)
        for group, place in (("h", HIDDEN[0]), ("h", HIDDEN[1]), ("o", OUTPUT), ("c", COST)):
            around: dict[str, Any] = {"mfc": "none", "mec": GLOW, "mew": 5, "animated": True}
            (ring,) = ax.plot(*place, "s" if group == "c" else "o", ms=33, **around)
            self.glow[group].append(ring)
        names = [(INPUTS[0], "x₁"), (INPUTS[1], "x₂"), (HIDDEN[0], "1"), (HIDDEN[1], "2"),
                 (OUTPUT, "ŷ"), (COST, "C")]  # fmt: skip
        for (x, y), name in names:
            shape = "s" if name == "C" else "o"
            ax.plot(x, y, shape, ms=27, color=palette.paper, mec=palette.ink, mew=1.3, zorder=3)
            ax.text(x, y, name, ha="center", va="center", fontsize=11, zorder=4)
        self.above = [self._text(ax, x, y + 0.38, palette.blue, "bottom")
                      for x, y in (*INPUTS, *HIDDEN, OUTPUT, COST)]  # fmt: skip
        self.below = [self._text(ax, x, y - 0.4, BACK, "top") for x, y in (*HIDDEN, OUTPUT, COST)]
        (_, b1), (_, b2) = PARAMS
        corners = ((1.82, 1.22), (2.08, -1.34), (3.29, 0.05))
        self.biases = [
            self._parameter(ax, x, y, f"{name} {number(b)}", "left")
            for (x, y), name, b in zip(corners, ("b", "b", "b₂"), (*b1, *b2), strict=True)
        ]
        key: dict[str, Any] = {"fontsize": 9.5, "va": "center"}
        ax.text(-0.35, 2.0, "values", color=palette.blue, **key)
        ax.text(0.4, 2.0, "∂z is ∂C/∂z; ∂ below a weight or bias: its slope", color=BACK, **key)

    def _edge(
        self, ax: Axes, group: str, start: tuple[float, float], end: tuple[float, float],
        weight: float, place: float,
    ) -> Text:  # fmt: skip
        xs, ys = (start[0], end[0]), (start[1], end[1])
        ax.plot(xs, ys, color=palette.muted, lw=1.2, zorder=1)
        between = np.array([0.2, 0.8])  # the glow stays out of the circles
        lit_xs, lit_ys = (u[0] + between * (u[1] - u[0]) for u in (xs, ys))
        (lit,) = ax.plot(lit_xs, lit_ys, color=GLOW, lw=9, alpha=0.4, animated=True)
        self.glow[group].append(lit)
        x, y = (start[k] + place * (end[k] - start[k]) for k in (0, 1))
        return self._parameter(ax, x, y, number(weight), "center")

    def _parameter(self, ax: Axes, x: float, y: float, words: str, ha: str) -> Text:
        """Write a parameter; return the text below it, for its derivative."""
        style: dict[str, Any] = {"ha": ha, "fontsize": 9.5, "bbox": PAPER, "zorder": 6}
        ax.text(x, y + 0.02, words, va="bottom", **style)
        return stamp(ax, x, y - 0.03, "", va="top", color=BACK, **style)

    def _text(self, ax: Axes, x: float, y: float, color: str, va: str) -> Text:
        return stamp(ax, x, y, "", ha="center", va=va, color=color, fontsize=9.5, zorder=6)

    def update(self, step: int, at: Passes) -> None:
        """Show what is known after a step, and light up what it is about."""
        lit = {EDGES.get(step), UNITS.get(step)}
        for group, artists in self.glow.items():
            for artist in artists:
                artist.set_visible(group in lit)
        (first, second), (back1, back2) = at.forward, at.backward
        values = [number(at.x[0, 0]), number(X2)]
        for j in (0, 1):
            z = f"z {number(first.z[0, j])}" if step >= 1 else ""
            values.append(z + (f"\na {number(first.a[0, j])}" if step >= 2 else ""))
        values.append(number(second.a[0, 0]) if step >= 3 else "")
        values.append(number(at.cost) if step >= FORWARD_STEPS else "")
        now = concerned(step)
        for text, words, arrays in zip(self.above, values, ABOVE, strict=True):
            text.set_text(words)
            text.set_color(palette.blue if now & arrays else palette.muted)
        slopes = []
        for j in (0, 1):
            words = f"∂a {number(back2.da_prev[0, j])}" if step >= 8 else ""
            slopes.append(words + (f"\n∂z {number(back1.delta[0, j])}" if step >= 9 else ""))
        slopes.append(f"∂z {number(back2.delta[0, 0])}" if step >= 5 else "")
        slopes.append(f"target {number(at.y[0, 0])}")
        for text, words, arrays in zip(self.below, slopes, BELOW, strict=True):
            text.set_text(words)
            text.set_color(BACK if now & arrays else palette.muted)
        self.below[-1].set_color(palette.blue if {"C", "δ₂"} & now else palette.muted)
        for j in (0, 1):
            self._show(self.second[j], step >= 6, back2.dW[j, 0], "dW₂" in now)
            for i in (0, 1):
                self._show(self.first[i][j], step >= 10, back1.dW[i, j], "dW₁" in now)
            self._show(self.biases[j], step >= LAST_STEP, back1.db[j], "db₁" in now)
        self._show(self.biases[2], step >= 7, back2.db[0], "db₂" in now)

    def _show(self, text: Text, known: bool, value: float, lit: bool) -> None:
        text.set_visible(known)
        text.set_color(BACK if lit else palette.muted)
        text.set_text(f"∂ {number(value)}")


class LinesSide:
    """Equation, code and array of every step; the current one lit, later arrays unknown."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(LAST_STEP + 0.6, -0.75))
        ax.axis("off")
        self.bar = Rectangle((0, 0), 10, 0.94, fc=GLOW, ec=palette.ink, lw=1.2, alpha=0.3)
        self.bar.set_animated(True)
        ax.add_patch(self.bar)
        for x, name in ((0.15, "equation"), (2.75, "code"), (6.35, "array"), (9.85, "shape")):
            side = "right" if name == "shape" else "left"
            ax.text(x, -0.45, name, color=palette.muted, fontsize=9.5, va="center", ha=side)
        self.arrays: list[Text] = []
        shapes = {name: str(array.shape) for name, array in passes(1.0, 0.5, "tanh").arrays.items()}
        for row, line in enumerate(STEPS):
            y = row_height(row + 1)
            dark = palette.ink
            ax.text(0.15, y, line.equation, fontsize=10.5, va="center", color=dark)
            ax.text(2.75, y, line.code, fontsize=9, va="center", family="DejaVu Sans Mono")
            color = palette.blue if row < FORWARD_STEPS else BACK
            style: dict[str, Any] = {"va": "center", "fontsize": 9, "color": color}
            ax.text(9.85, y, shapes[line.array], ha="right", **style)
            self.arrays.append(stamp(ax, 6.35, y, "", ha="left", **style))
        gap = (row_height(FORWARD_STEPS) + row_height(FORWARD_STEPS + 1)) / 2
        ax.plot([0, 7.1], [gap, gap], color=palette.faint, lw=1)
        note: dict[str, Any] = {"fontsize": 9, "color": palette.muted, "va": "center"}
        ax.text(10, gap - 0.02, "forward ↑   backward ↓", ha="right", **note)

    def update(self, step: int, at: Passes) -> None:
        """Show the arrays known after a step, and light up its line."""
        arrays = at.arrays
        self.bar.set_visible(step > 0)
        self.bar.set_y(row_height(step) - 0.47)
        now = concerned(step)
        for row, (line, text) in enumerate(zip(STEPS, self.arrays, strict=True)):
            text.set_text(in_rows(line.array, arrays[line.array]) if row < step else "")
            lit = palette.blue if row < FORWARD_STEPS else BACK
            text.set_color(lit if line.array in now else palette.muted)


def row_height(step: int) -> float:
    """Where the line of a step stands; a gap separates forward from backward."""
    return float(np.where(step > FORWARD_STEPS, step - 0.1, step - 0.5))


def draw(fig: Figure) -> Callable[..., Frame]:
    """Draw both sides once and return the function that shows a step."""
    fig.set_layout_engine("none")
    network = NetworkSide(fig.add_axes((0.005, 0.01, 0.405, 0.98)))
    lines = LinesSide(fig.add_axes((0.415, 0.01, 0.58, 0.98)))

    def update(step: int, x1: float, target: float, activation: str) -> Frame:
        at = passes(x1, target, activation)
        network.update(step, at)
        lines.update(step, at)
        return describe(step, at, activation)

    return update


def backprop_stepper() -> Explorer:
    """Show both passes through a 2-2-1 network; move from step to step."""
    return explorer(
        draw,
        controls=[
            Slider("step", "step", "", 0, LAST_STEP, 1, value=0),
            Slider("x1", "input x₁", "", -1.0, 3.0, 0.5, value=1.0),
            Slider("target", "target y", "", -1.0, 2.0, 0.25, value=0.5),
            Choice("activation", "hidden activation f", ["sigmoid", "tanh", "relu"]),
        ],
        presets={
            "the forward pass is done": {"step": FORWARD_STEPS},
            "the error arrives": {"step": FORWARD_STEPS + 1},
            "back through the weights": {"step": 8},
            "all nine derivatives": {"step": LAST_STEP},
            "twice the error": {"step": LAST_STEP, "target": 0.0},
            "a ReLU that is off": {"step": LAST_STEP, "x1": 3.0, "activation": "relu"},
        },
        prediction=Prediction(
            "The network answers 1. With the target 0.5 it is wrong by 0.5. Now the target moves "
            "to 0, so that the error doubles. What happens to the nine derivatives?",
            {
                "all nine double": (
                    "Yes, exactly. The backward pass multiplies and adds and never looks at the "
                    "target again; what goes in twice as large comes out twice as large."
                ),
                "all nine become four times as large": (
                    "The cost does: it is a square. Its derivative is the error itself, and "
                    "from there on everything is in proportion to it."
                ),
                "the output's double, the hidden ones less": (
                    "It is natural to expect the sigmoid to squash something. It squashes on the "
                    "way forward. On the way back its slope is a fixed number, whatever the error."
                ),
            },
            "Forward, the network bends. Backward it is linear: all bends have become fixed "
            "numbers, the slopes at the z that were kept.",
        ),
        title="Both passes through a 2-2-1 network",
        width=10.4,
        height=4.7,
    )
