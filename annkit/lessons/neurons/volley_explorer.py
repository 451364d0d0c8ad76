"""A second interactive of chapter 1: volleys that fray, and what the cell makes of them.

Above, the spikes that arrive; below them, the voltage; on the right, how often the cell fires, for
this spread and all wider ones: whoever begins at the widest uncovers the curve, and has to predict
it first.

Not here: the spikes and the cell's answers (`volleys`).
"""

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from annkit.lessons.neurons.volleys import CELL, SPREADS, STEP, VOLLEYS, answers, arrivals
from annkit.show.colours import palette
from annkit.show.moving.controls import Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer

SHOWN_SYNAPSES, SHOWN_TIME = 60, 300.0  # ms; the rest would only be more of it


def _draw(fig: Figure) -> Callable[..., Frame]:
    mean_current, voltages, spikes = answers()
    counts = spikes.sum(axis=0)
    grid = fig.add_gridspec(2, 2, width_ratios=(1.4, 1))
    top, below = (fig.add_subplot(grid[row, 0]) for row in (0, 1))
    curve = fig.add_subplot(grid[:, 1])
    top.set(xlim=(0, SHOWN_TIME), ylim=(-1, SHOWN_SYNAPSES), yticks=[], xticklabels=[])
    top.set(ylabel=f"{SHOWN_SYNAPSES} synapses", title="A dot for each spike that arrives")
    below.set(xlim=(0, SHOWN_TIME), ylim=(-67, -30), xlabel="time (ms)", ylabel="voltage (mV)")
    below.set(yticks=[CELL.v_rest, CELL.v_threshold], yticklabels=["rest −65", "fires −50"])
    below.axhline(CELL.v_threshold, color=palette.muted, lw=1.0, dashes=(5, 3))
    curve.set(xlabel="each volley spread over (ms)", title="Spikes of the cell in 1 s")
    curve.set(xlim=(-3, 103), ylim=(-1, 34))
    (dots,) = top.plot([], [], ".", color=palette.ink, ms=2.5, animated=True)
    (trace,) = below.plot([], [], color=palette.blue, lw=1.5, animated=True)
    (fired,) = below.plot([], [], color=palette.blue, lw=1.5, animated=True)
    (seen,) = curve.plot([], [], "o", color=palette.vermillion, ms=4, animated=True)
    (here,) = curve.plot([], [], "o", color=palette.blue, ms=9, animated=True)
    row_of = np.repeat(np.arange(SHOWN_SYNAPSES), VOLLEYS)
    shown = round(SHOWN_TIME / STEP)
    time = np.arange(1, shown + 1) * STEP

    def update(spread: float) -> Frame:
        at = int(np.argmin(np.abs(SPREADS - spread)))
        dots.set_data(arrivals(spread)[:SHOWN_SYNAPSES].ravel(), row_of)
        trace.set_data(time, voltages[:shown, at])
        when = time[spikes[:shown, at]]
        strokes = np.tile([CELL.v_reset, -32.0, np.nan], when.size)
        fired.set_data(np.repeat(when, 3), strokes)
        seen.set_data(SPREADS[at:], counts[at:])
        here.set_data(SPREADS[[at]], counts[[at]])
        n = int(counts[at])
        return Frame(
            f"Each volley is spread over {spread:.0f} ms. {mean_current[at]:.2f} nA on average, as "
            f"always; the cell fires {n} times in a second.",
            {"mean current (nA)": round(float(mean_current[at]), 2), "spikes in 1 s": n},
        )

    return update


def frayed_volleys() -> Explorer:
    """Show what the cell makes of the same spikes, together or spread out."""
    return explorer(
        _draw,
        controls=[Slider("spread", "each volley spread over", "ms", 0.0, 100.0, 4.0, value=100.0)],
        presets={
            "all at once": {"spread": 0.0},
            "over 20 ms": {"spread": 20.0},
            "over 60 ms": {"spread": 60.0},
            "anywhere": {"spread": 100.0},
        },
        prediction=Prediction(
            "When all synapses fire at once, ten times a second, the cell fires 20 times. When the "
            "spikes come anywhere, it never does. What happens in between, as each volley is "
            "spread out more and more?",
            {
                "it falls silent at once": (
                    "Even spread over 60 ms the volleys still make it fire 20 times. While a "
                    "volley lasts, it brings up to 1.7 times the mean current, and that is more "
                    "than the rheobase."
                ),
                "fewer and fewer spikes": (
                    "In the end, yes. But first there are more, 30 of them: while the cell pauses "
                    "after a spike, what arrives is lost, and a volley that takes its time loses "
                    "less."
                ),
                "first more spikes, then fewer, then none": (
                    "Yes: 20, 30, 20, 0. While the cell pauses after a spike, what arrives is "
                    "lost, and a volley that takes its time loses less. Beyond some 75 ms the "
                    "current is too weak even while a volley lasts."
                ),
            },
            "The rates are the same at every setting.",
        ),
        title="The same spikes, together or spread out",
        height=3.6,
    )
