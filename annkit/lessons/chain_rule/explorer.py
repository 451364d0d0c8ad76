"""The centre-piece of chapter 8: one neuron's derivation, line by line, each line measured.

Left the lines written so far, each with its value at the place the sliders choose, beside the
measured slope. Right the error over the parameter, with the tangent that the last line claims.
Not here: the panels (`derivation_panels`), the derivation and its slips
(`annkit.symbolic.neuron`).
"""

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure

from annkit.lessons.chain_rule.panels import (
    MARKS,
    MOST_LINES,
    CurvePanel,
    LinesPanel,
    agree,
    number,
)
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider, Toggle, Value
from annkit.show.moving.interactive import Explorer, explorer
from annkit.symbolic.derivation import Derivation
from annkit.symbolic.measuring import Place
from annkit.symbolic.neuron import (
    MEANINGS,
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

BY = {"∂E/∂w₁": "w1", "∂E/∂w₂": "w2", "∂E/∂b": "b"}
FIXED = {w2: -1.0, b: 0.0, x1: 2.0, x2: 1.0}
TARGET = 1.0


def draw(fig: Figure) -> Callable[..., Frame]:
    """Draw everything once and return the function that moves it."""
    left, right = fig.subplots(1, 2, width_ratios=[1.75, 1])
    written, curve = LinesPanel(left), CurvePanel(right)

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
    here = f"At w1 = {number(values[w1])}, where z = {number(total)} and t = {number(values[t])}, "
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
        "factor is multiplied with.",
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
