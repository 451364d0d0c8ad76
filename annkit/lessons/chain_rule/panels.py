"""Panels of chapter 8's centre-piece: the lines of a derivation, and the tangents they claim.

Not here: what is derived (`annkit.symbolic.neuron`), what can be set (`neuron_derivation`).
"""

import numpy as np
from matplotlib.axes import Axes

from annkit.nn import ACTIVATIONS
from annkit.show.colours import palette
from annkit.show.tables import in_words
from annkit.symbolic.derivation import ATOL, RIGHT, RTOL, WRONG, Derivation
from annkit.symbolic.measuring import Place
from annkit.symbolic.neuron import REASONS
from annkit.symbolic.writing import latex

MOST_LINES = len(REASONS)
MOST_IN_A_ROW = 170  # letters of LaTeX that fit beside a value
RAISED = 0.11
MARKS = {True: (RIGHT, palette.blue), False: (WRONG, palette.vermillion)}
PAPER = {"facecolor": palette.paper, "edgecolor": "none", "pad": 1.5}


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


class CurvePanel:
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
