"""The centre-piece of chapter 8: one neuron's derivation, line by line, each line measured.

Left the lines written so far, each with its value at the place the sliders choose, beside the
measured slope. Right the error over the parameter, with the tangent that the last line claims.

Not here: the derivation and its slips (`annkit.symbolic.neuron`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from annkit.nn import ACTIVATIONS
from annkit.show.colours import palette
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider, Toggle, Value
from annkit.show.moving.interactive import Explorer, explorer
from annkit.show.tables import in_words
from annkit.symbolic.derivation import ATOL, RIGHT, RTOL, WRONG, Derivation
from annkit.symbolic.measuring import Place
from annkit.symbolic.neuron import (
    MEANINGS,
    REASONS,
    SLIPS,
    a,
    b,
    neuron_derivation,
    t,
    w1,
    w2,
    written_out,
    x1,
    x2,
)
from annkit.symbolic.writing import latex

MOST_LINES = len(REASONS)
MOST_IN_A_ROW = 170  # letters of LaTeX that fit beside a value
RAISED = 0.11
MARKS = {True: (RIGHT, palette.blue), False: (WRONG, palette.vermillion)}
PAPER = {"facecolor": palette.paper, "edgecolor": "none", "pad": 1.5}
BY = {"∂E/∂w₁": "w1", "∂E/∂w₂": "w2", "∂E/∂b": "b"}
FIXED = {w2: -1.0, b: 0.0, x1: 2.0, x2: 1.0}
TARGET = 1.0


def number(value: float) -> str:
    """A number with four digits and a true minus; what is only noise of measuring is 0."""
    return in_words(0.0 if abs(value) < ATOL else value)


def agree(value: float, wanted: float) -> bool:
    """Whether a line's value is the measured slope, up to the error of measuring."""
    return abs(value - wanted) <= ATOL + RTOL * abs(wanted)


class LinesPanel:
    """The derivation as it stands in a notebook: formula, reason, value, mark."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(0, 1), ylim=(0, 1))
        ax.axis("off")
        self.head = ax.text(0, 0.94, "", fontsize=15, va="center", animated=True)
        meanings = r"$E = \frac{1}{2}(a-t)^2\quad a = \sigma(z)\quad z = w_1x_1 + w_2x_2 + b$"
        ax.text(0.1, 0.94, meanings, va="center", color=palette.muted)
        self.measured = ax.text(1, 0.94, "", ha="right", va="center", animated=True)
        self.rows = []
        for row, reason in enumerate(REASONS):
            y = 0.70 - 0.22 * row
            # The reasons stand there from the start: they say what to try before the line comes.
            ax.text(0.02, y + 0.1, f"{row + 1}   {reason}", fontsize=10, color=palette.muted)
            self.rows.append(
                (
                    ax.text(0.05, y, "", fontsize=15, va="center", animated=True),
                    ax.text(0.95, y, "", ha="right", va="center", animated=True),
                    ax.text(1, y, "", fontsize=15, ha="right", va="center", animated=True),
                )
            )

    def show(self, lines: Derivation, values: list[float], holds: list[bool], slope: float) -> None:
        """Write the lines that have a value."""
        self.head.set_text(f"${latex(lines.quantity)}$")
        self.measured.set_text(f"measured  {number(slope)}")
        for place, row in enumerate(self.rows):
            for part in row:
                part.set_visible(place < len(values))
            if place < len(values):
                formula, value, mark = row
                written = lines.lines[place].latex
                # A long line is broken after its first factor and gets the whole width: its value
                # and mark move up beside the reason.
                wide = len(written) > MOST_IN_A_ROW
                broken = written.replace(r" \cdot ", "$\n$\\quad\\cdot\\ ", 1) if wide else written
                formula.set(text=f"$= {broken}$", fontsize=13 if wide else 15)
                y = formula.get_position()[1] + (RAISED if wide else 0)
                value.set(text=number(values[place]), y=y)
                sign, color = MARKS[holds[place]]
                mark.set(text=sign, color=color, y=y)


class ErrorPanel:
    """The error over one parameter, the measured tangent and the claimed one."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(-3, 3), ylim=(-0.08, 0.75), ylabel="error E")
        self.ax = ax
        (self.curve,) = ax.plot([], [], color=palette.ink, animated=True)
        (self.claim,) = ax.plot([], [], lw=3, animated=True)
        (self.tangent,) = ax.plot([], [], ":", color=palette.ink, lw=2, animated=True)
        (self.here,) = ax.plot([], [], "o", color=palette.ink, ms=7, animated=True)
        self.note = ax.text(0.03, 0.96, "", transform=ax.transAxes, va="top", animated=True)
        self.note.set_bbox(PAPER)
        key = ax.text(0.03, 0.88, "dotted: measured", transform=ax.transAxes, va="top", fontsize=10)
        key.set(animated=True, bbox=PAPER)  # a steep claim passes behind it

    def show(self, place: Place, parameter: str, slope: float, claim: float | None) -> None:
        """Draw the error around the place and both tangents."""
        name = parameter if parameter == "b" else f"{parameter[0]}_{parameter[1]}"
        if self.ax.get_xlabel() != f"${name}$":
            self.ax.set_xlabel(f"${name}$")
        grid = np.linspace(-3, 3, 181)
        values = {symbol.name: float(v) for symbol, v in place.values.items()}
        at = values[parameter]
        factor = {"w1": values["x1"], "w2": values["x2"], "b": 1.0}[parameter]
        sums = values["w1"] * values["x1"] + values["w2"] * values["x2"] + values["b"]
        answers = ACTIVATIONS["sigmoid"].f(sums + factor * (grid - at))
        error = 0.5 * (answers - values["t"]) ** 2
        self.curve.set_data(grid, error)
        height = float(np.interp(at, grid, error))
        ends = np.array([-0.9, 0.9])
        self.here.set_data([at], [height])
        self.tangent.set_data(at + ends, height + slope * ends)
        self.claim.set_visible(claim is not None)
        self.note.set_text("")
        if claim is not None:
            holds = agree(claim, slope)
            color = MARKS[holds][1]
            self.claim.set_data(at + ends, height + claim * ends)
            self.claim.set(color=color, linestyle="-" if holds else (0, (4, 1.5)))
            self.note.set(text=f"last line: slope {number(claim)}", color=color)


def draw(fig: Figure) -> Callable[..., Frame]:
    """Draw everything once and return the function that moves it."""
    left, right = fig.subplots(1, 2, width_ratios=[1.75, 1])
    written, curve = LinesPanel(left), ErrorPanel(right)

    def update(
        derivative: str, shown: int, slip: str, weight: float, hit: bool, unfold: bool
    ) -> Frame:
        lines = neuron_derivation(BY[derivative], slip)
        values: dict[Any, float] = {**FIXED, w1: weight, t: TARGET}
        if hit:
            values[t] = Place(values, MEANINGS).value(a)
        place = Place(values, MEANINGS)
        slope = place.value(lines.quantity)
        got = [place.value(line.expression) for line in lines.lines[:shown]]
        holds = [agree(value, slope) for value in got]
        shape = written_out(BY[derivative], slip) if unfold else lines
        written.show(shape, got, holds, slope)
        curve.show(place, BY[derivative], slope, got[-1] if got else None)
        return say(derivative, lines, shape, got, holds, slope, values)

    return update


def say(
    derivative: str,
    lines: Derivation,
    shape: Derivation,
    got: list[float],
    holds: list[bool],
    slope: float,
    values: dict[Any, float],
) -> Frame:
    """Say what the picture shows at a setting: the verdicts of `lines`, written as in `shape`."""
    total = values[w1] * values[x1] + values[w2] * values[x2] + values[b]
    given = ", ".join(f"{symbol} = {number(value)}" for symbol, value in FIXED.items())
    here = f"{given}. At w1 = {number(values[w1])}, where z = {number(total)} and t = "
    here += f"{number(values[t])}, "
    measured = f"the measured {derivative} is {number(slope)}. "
    numbers: dict[str, object] = {"z": number(total), "measured": number(slope)}
    if not got:
        return Frame(here + measured + "No line is written yet.", numbers)
    last = shape.lines[len(got) - 1]
    everywhere = [verdict.holds for verdict in lines.verdicts[: len(got)]]
    names = {True: "agrees", False: "does not agree"}
    text = (
        f"{here}{measured}Line {len(got)}, = {last.text} ({last.reason}), says {number(got[-1])}: "
        f"it {names[holds[-1]]} here, and {names[everywhere[-1]]} at 12 random places."
    )
    for row, (value, right) in enumerate(zip(got, holds, strict=True), start=1):
        numbers[f"line {row}"] = f"{number(value)} {MARKS[right][0]}"
    numbers["12 random places"] = " ".join(MARKS[right][0] for right in everywhere)
    return Frame(text, numbers)


PREDICTION = Prediction(
    "In line 3 somebody writes ¼ for the slope of the sigmoid. Each line is compared with the "
    "measured slope at the place where the slider stands. At which places does the wrong line "
    "pass the check?",
    {
        "nowhere: wrong is wrong": "A line is wrong if it differs somewhere. A check looks at one "
        "place, and there the two may happen to agree.",
        "only where z = 0": "There the sigmoid's slope is indeed ¼. But look also at what the "
        "factor is multiplied by.",
        "where z = 0, and where the answer is right already": "Yes: at z = 0 the slope is ¼, and "
        "where a = t the miss is 0, so both sides are 0 whatever the other factors are.",
        "everywhere: ¼ is the slope of the sigmoid": "¼ is its largest slope, at z = 0. "
        "Elsewhere it is smaller.",
    },
    "The row “12 random places” isn't fooled: it is not likely that z is 0 or a is t at random.",
)


def neuron_steps() -> Explorer:
    """Make the explorer: a derivation that is written and checked line by line."""
    full: dict[str, Value] = {"shown": MOST_LINES}
    quarter: dict[str, Value] = {**full, "slip": "¼ for the slope of σ"}
    return explorer(
        draw,
        controls=[
            Choice("derivative", "derivative", list(BY)),
            Slider("shown", "lines written", "", 0, MOST_LINES, 1, value=1),
            Choice("slip", "slip", list(SLIPS)),
            Slider("weight", "weight w1", "", -2.0, 2.0, 0.1, value=-0.5),
            Toggle("hit", "already right: t = a"),
            Toggle("unfold", "unfold a and z"),
        ],
        presets={
            "the chain rule only": {"shown": 1},
            "all four lines": full,
            "a slip in line 3": {**full, "slip": "slope of σ left out"},
            "¼, at z = −2": quarter,
            "¼, at z = 0": {**quarter, "weight": 0.5},
            "¼, at a hit": {**quarter, "hit": True},
            "unfolded": {**full, "unfold": True},
        },
        prediction=PREDICTION,
        title="One neuron, one line after the other",
        width=9.4,
        height=4.2,
    )
