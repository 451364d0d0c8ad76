"""Centre-piece of chapter 1: one current, its voltage trace, and its place on the f–I curve.

Left, what the leaky cell does in 100 ms at a steady current; right, how often it fires, for every
current. A second slider turns the f–I curve into a ReLU and the ReLU into a step: what is left
of a neuron when time is taken out of it.

Not here: the cell itself (`leaky_cell`), the sliders and the still twin
(`annkit.show.moving.interactive`).
"""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from annkit.arguments import Array
from annkit.lessons.neurons.leaky_cell import LeakyCell
from annkit.nn import ACTIVATIONS
from annkit.show.colours import palette
from annkit.show.moving.controls import Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer

CELL = LeakyCell()
STRONGEST = 8.0  # nA
SIMULATED_TIME = 500.0  # ms
SIMULATED_STEP = 0.05  # ms
DURATION = 100.0  # ms
SPIKE_TOP = -20.0  # mV; where the drawn spikes end, the model says nothing about their height


def morphed(current: Array, shape: float) -> Array:
    """Rate on the way from the f–I curve (0) over a ReLU (1) to a step (2).

    Args:
        current: nA, any shape.
        shape: from 0 to 2; in between, a mixture of the two neighbours.

    Returns:
        Hz, the shape of current. ReLU and step start at the rheobase and meet the f–I curve at
        the strongest current.
    """
    top = float(CELL.rate(STRONGEST))
    over = np.asarray(current, dtype=float) - CELL.rheobase
    relu = top * ACTIVATIONS["relu"].f(over) / (STRONGEST - CELL.rheobase)
    if shape <= 1:
        return (1 - shape) * CELL.rate(current) + shape * relu
    return (2 - shape) * relu + (shape - 1) * top * ACTIVATIONS["step"].f(over)


def simulated_rates(currents: Array) -> Array:
    """Count what simulated cells do at steady currents.

    Args:
        currents: nA, (cells,).

    Returns:
        Hz, from the time between the first and the last spike, (cells,); 0 for fewer than two.
    """
    steps = round(SIMULATED_TIME / SIMULATED_STEP)
    _, spikes = CELL.euler(np.broadcast_to(currents, (steps, currents.size)), SIMULATED_STEP)
    rates = np.zeros(currents.size)
    for cell in range(currents.size):
        times = np.flatnonzero(spikes[:, cell]) * SIMULATED_STEP
        if times.size > 1:
            rates[cell] = 1000 * (times.size - 1) / (times[-1] - times[0])
    return rates


def words(current: float, shape: float) -> Frame:
    """Say what the picture shows at this setting."""
    rate = float(CELL.rate(current))
    if rate == 0:
        heard = (
            f"The voltage heads for {in_mv(current)} and stays below −50 mV: no spike, 0 Hz. "
            "The rheobase is 1.5 nA."
        )
    else:
        heard = (
            f"The voltage heads for {in_mv(current)}, but on its way crosses −50 mV, "
            f"{float(CELL.climb(current)):.1f} ms after each start; with 2 ms of pause that is one "
            f"spike every {1000 / rate:.1f} ms: {rate:.0f} Hz."
        )
    drawn = float(morphed(np.asarray(current), shape))
    if shape > 0:
        heard += f" The curve on the right, {named(shape)}, says {drawn:.0f} Hz."
    numbers = {
        "target (mV)": float(CELL.target(current)),
        "rate of the cell (Hz)": round(rate, 1),
        "curve on the right": named(shape),
        "its value (Hz)": round(drawn, 1),
    }
    return Frame(heard, numbers)


def in_mv(current: float) -> str:
    """Write the voltage that a current leads to."""
    return f"{float(CELL.target(current)):.0f} mV".replace("-", "−")


def named(shape: float) -> str:
    """Name the curve at this shape."""
    if shape in (0, 1, 2):
        return {0: "the f–I curve", 1: "a ReLU", 2: "a step"}[int(shape)]
    pair = "the f–I curve and a ReLU" if shape < 1 else "a ReLU and a step"
    return f"between {pair}"


def _draw(fig: Figure) -> Callable[..., Frame]:
    left, right = fig.subplots(1, 2, width_ratios=(1.25, 1))
    _draw_trace_frame(left)
    _draw_curve_frame(right)
    times = np.linspace(0.0, DURATION, 1200)
    currents = np.linspace(0.0, STRONGEST, 801)
    (trace,) = left.plot(times, times, color=palette.blue, lw=1.8, animated=True)
    (spikes,) = left.plot([], [], color=palette.blue, lw=1.8, animated=True)
    (goal,) = left.plot(
        [0, DURATION], [0, 0], color=palette.green, lw=1.4, dashes=(1, 1.5), animated=True
    )
    # Above the tops of the spikes, where no line ever runs.
    goal_name = left.text(
        99, SPIKE_TOP + 1.5, "", color=palette.green, ha="right", fontsize=10, animated=True
    )
    (curve,) = right.plot(currents, currents, color=palette.vermillion, lw=2.2, animated=True)
    (cross,) = right.plot([], [], color=palette.muted, lw=1.0, dashes=(3, 2), animated=True)
    (point,) = right.plot([], [], "o", color=palette.blue, ms=9, animated=True)
    name = right.text(7.9, 8, "", color=palette.vermillion, ha="right", animated=True)

    def update(current: float, shape: float) -> Frame:
        voltage, fired = CELL.exact(current, times)
        trace.set_ydata(voltage)
        gap = np.full(fired.size, np.nan)
        spikes.set_data(
            np.column_stack([fired, fired, gap]).ravel(),
            np.tile([CELL.v_reset, SPIKE_TOP, np.nan], fired.size),
        )
        target = float(CELL.target(current))
        visible = target < SPIKE_TOP - 3
        goal.set_ydata([target, target])
        where = "dotted" if visible else "↑ above"
        goal_name.set_text(f"{where}: heads for {in_mv(current)}")
        curve.set_ydata(morphed(currents, shape))
        drawn = float(morphed(np.asarray(current), shape))
        cross.set_data([0, current, current], [drawn, drawn, 0])
        point.set_data([current], [drawn])
        name.set_text(named(shape))
        return words(current, shape)

    return update


def _draw_trace_frame(ax: Axes) -> None:
    ax.set(
        xlabel="time (ms)",
        ylabel="membrane voltage (mV)",
        yticks=[CELL.v_rest, CELL.v_threshold, -35, -20],
        yticklabels=["rest −65", "threshold −50", "−35", "−20"],
        xlim=(0, DURATION),
        ylim=(-68, SPIKE_TOP + 6),
        title="What the cell does",
    )
    ax.axhline(CELL.v_threshold, color=palette.muted, lw=1.0, dashes=(5, 3))


def _draw_curve_frame(ax: Axes) -> None:
    ax.set(
        xlabel="input current (nA)",
        ylabel="firing rate (Hz)",
        xlim=(0, STRONGEST + 0.4),
        ylim=(0, 340),
        title="How often, for every current",
    )
    currents = np.linspace(0.0, STRONGEST, 801)
    (formula,) = ax.plot(currents, CELL.rate(currents), color=palette.faint, lw=5)
    some = np.arange(0.5, STRONGEST + 0.1, 0.75)
    (simulated,) = ax.plot(some, simulated_rates(some), "s", mfc="none", mec=palette.muted, ms=5)
    ax.legend(
        [simulated, formula],
        ["the cell, simulated", "the cell, by the formula"],
        loc="upper left",
        fontsize=10,
        labelcolor=palette.muted,
        frameon=False,
    )


def leaky_neuron() -> Explorer:
    """Show the leaky cell: a current slider, the trace, the f–I curve, and what becomes of it."""
    return explorer(
        _draw,
        controls=[
            Slider("current", "input current", "nA", 0.0, STRONGEST, 0.1, value=2.0),
            Slider("shape", "shape (0 f–I curve, 1 ReLU, 2 step)", "", 0.0, 2.0, 0.1, value=0.0),
        ],
        presets={
            "just too little": {"current": 1.4},
            "just enough": {"current": 1.6},
            "2 nA": {"current": 2.0},
            "4 nA": {"current": 4.0},
            "8 nA": {"current": 8.0},
            "2 nA, as a ReLU": {"current": 2.0, "shape": 1.0},
            "2 nA, as a step": {"current": 2.0, "shape": 2.0},
        },
        prediction=Prediction(
            "The curve on the right will turn into a ReLU: zero up to the rheobase, then a "
            "straight line that meets the curve again at 8 nA. At 2 nA the cell fires 63 times a "
            "second. What will the ReLU say there?",
            {
                "more than 63 Hz": (
                    "A straight line between two points of this curve lies below it, since the "
                    "curve bends downwards. At 2 nA the ReLU says 19 Hz."
                ),
                "about 63 Hz": (
                    "At 8 nA they agree, near the rheobase they do not: both start from nothing, "
                    "but the cell's rate climbs more steeply than any line. At 2 nA the ReLU says "
                    "19 Hz."
                ),
                "a little less, 40 to 60 Hz": (
                    "Less, yes, but far less: 19 Hz. Just above the rheobase the curve is steeper "
                    "than any line."
                ),
                "less than half of it": (
                    "Right: 19 Hz. Just above the rheobase the curve is steeper than any line, and "
                    "no ReLU has such a foot."
                ),
            },
            "And the step says 245 Hz at 2 nA as at 8 nA: all that is left is off or on.",
        ),
        title="The leaky neuron at some currents",
        height=3.5,
    )
