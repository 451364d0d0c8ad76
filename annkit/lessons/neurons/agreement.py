"""Does a simulated cell fire as often as the formula says? Dots beside the f–I curve.

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


def dots_on_the_curve(
    simulate_lif: Callable[..., Any], firing_rate: Callable[[Array], Any]
) -> Picture:
    """Draw what a simulated cell does at ten steady currents, over the curve of the formula.

    Args:
        simulate_lif: (currents (steps,) in nA, step in ms) → voltages, times of the spikes in ms.
        firing_rate: currents (n,) in nA → rates in Hz, (n,).
    """
    simulated = np.array([_rate(simulate_lif, current) for current in CURRENTS])
    formula = np.asarray(firing_rate(CURRENTS), dtype=float)
    # The curve rises from the rheobase more steeply than any line: there, more points.
    fine = np.union1d(np.linspace(1.0, CURRENTS[-1], 301), 1.5 + np.geomspace(1e-9, 0.01, 40))
    fig, ax = figure(6.2, 3.0)
    ax.plot(fine, np.asarray(firing_rate(fine), dtype=float), color=palette.vermillion)
    ax.plot(CURRENTS, simulated, "o", color=palette.blue)
    ax.set(xlabel="input current (nA)", ylabel="firing rate (Hz)")
    ax.text(3.3, float(simulated[-3]) - 16, "dots: simulated", color=palette.blue, va="top")
    ax.text(2.8, float(formula[-4]) + 12, "formula", color=palette.vermillion, ha="right")
    apart = float(np.abs(simulated - formula).max())
    return Picture(
        fig,
        f"Firing rates at ten currents from {CURRENTS[0]:g} to {CURRENTS[-1]:g} nA: the simulation "
        f"and the formula differ by {apart:.1f} Hz at most.",
        f"Each dot is one cell, simulated for {TIME:g} ms in steps of {STEP:g} ms.",
    )


def _rate(simulate_lif: Callable[..., Any], current: float) -> float:
    """Hz, from the time between the first and the last spike; 0 for fewer than two."""
    _, times = simulate_lif(np.full(round(TIME / STEP), current), STEP)
    times = np.asarray(times, dtype=float)
    return 1000 * (times.size - 1) / (times[-1] - times[0]) if times.size > 1 else 0.0
