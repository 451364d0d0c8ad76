"""Does a simulated cell fire as often as the formula says? Its spikes, and dots on the f–I curve.

Not here: how far a single period may be off (`step_errors`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import figure

CURRENTS = np.linspace(1.3, 4.0, 10)  # nA
TIME, STEP = 300.0, 0.1  # ms
SHOWN = 150.0  # ms of it in the raster


def dots_on_the_curve(
    simulate_lif: Callable[..., Any], firing_rate: Callable[[Array], Any]
) -> Picture:
    """Draw the spikes of a simulated cell at ten steady currents, beside the curve of the formula.

    Args:
        simulate_lif: (currents (steps,) in nA, step in ms) → voltages, times of the spikes in ms.
        firing_rate: currents (n,) in nA → rates in Hz, (n,).
    """
    fired = [_spike_times(simulate_lif, current) for current in CURRENTS]
    simulated = np.array([_rate(times) for times in fired])
    formula = np.asarray(firing_rate(CURRENTS), dtype=float)
    # The curve rises from the rheobase more steeply than any line: there, more points.
    fine = np.union1d(np.linspace(1.0, CURRENTS[-1], 301), 1.5 + np.geomspace(1e-9, 0.01, 40))
    fig, (raster, ax) = figure(7.8, 3.2, 1, 2)
    raster.eventplot(fired, lineoffsets=CURRENTS, linelengths=0.22, colors=palette.blue)
    raster.set(xlim=(0, SHOWN), xlabel="time (ms)", ylabel="input current (nA)", yticks=CURRENTS)
    raster.set_title("Each stroke is a spike")
    ax.set_title("How often")
    ax.plot(fine, np.asarray(firing_rate(fine), dtype=float), color=palette.vermillion)
    ax.plot(CURRENTS, simulated, "o", color=palette.blue)
    ax.set(xlabel="input current (nA)", ylabel="firing rate (Hz)")
    ax.text(4, float(simulated[-4]) - 40, "dots: simulated", color=palette.blue, ha="right")
    ax.text(2.8, float(formula[-4]) + 12, "formula", color=palette.vermillion, ha="right")
    apart = float(np.abs(simulated - formula).max())
    counts = [int(np.sum(times < SHOWN)) for times in fired]
    return Picture(
        fig,
        f"Ten rows of spikes, {counts[0]} of them in the first {SHOWN:g} ms at {CURRENTS[0]:g} nA, "
        f"{counts[-1]} at {CURRENTS[-1]:g} nA. Firing rates at the same ten currents: the "
        f"simulation and the formula differ by {apart:.1f} Hz at most.",
        f"Each row, and each dot, is one cell, simulated for {TIME:g} ms in steps of {STEP:g} ms.",
    )


def _spike_times(simulate_lif: Callable[..., Any], current: float) -> Array:
    """When the cell fires, ms, (spikes,)."""
    _, times = simulate_lif(np.full(round(TIME / STEP), current), STEP)
    return np.asarray(times, dtype=float)


def _rate(times: Array) -> float:
    """Hz, from the time between the first and the last spike; 0 for fewer than two."""
    return 1000 * (times.size - 1) / (times[-1] - times[0]) if times.size > 1 else 0.0
