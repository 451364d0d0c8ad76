"""How far a simulated leaky cell is from the exact one, for many lengths of the time step.

Not here: the cell and its simulation (`leaky_cell`).
"""

import numpy as np

from annkit.arguments import Array
from annkit.lessons.neurons.leaky_cell import LeakyCell
from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import figure

SPAN = 60.0  # ms of simulated time: six periods or more


def period_errors(cell: LeakyCell, current: float, steps: Array) -> Array:
    """Simulate a steady current with several time steps and compare the period with the exact one.

    Args:
        cell: the cell.
        current: nA, above the rheobase.
        steps: ms, (n,); each divides the refractory period.

    Returns:
        Simulated minus exact time between spikes, ms, (n,).
    """
    exact = 1000.0 / float(cell.rate(current))
    errors = []
    for dt in steps:
        _, spikes = cell.euler(np.full((round(SPAN / dt), 1), current), float(dt))
        errors.append(np.diff(np.flatnonzero(spikes[:, 0])).mean() * dt - exact)
    return np.array(errors)


def draw_period_errors(cell: LeakyCell, current: float) -> Picture:
    """Draw the error of the period against the time step, with the line "error = one step".

    Args:
        cell: the cell; its refractory period is divided into 1 to 200 steps.
        current: nA, above the rheobase.
    """
    steps = cell.refractory / np.unique(np.geomspace(1, 200, 60).astype(int))
    errors = np.abs(period_errors(cell, current, steps))
    fig, ax = figure(6.2, 3.2)
    ax.loglog(steps, steps, color=palette.vermillion)
    ax.loglog(steps, errors, "o", color=palette.blue, ms=4)
    ax.text(0.02, 0.06, "error = one step", color=palette.vermillion, ha="center", va="bottom")
    ax.set(
        xlabel="time step Δt (ms)",
        ylabel="error of the period (ms)",
        title=f"Simulated against exact period, {current:g} nA",
        ylim=(1e-4, 3),
    )
    alt = (
        f"Error of the simulated period against the time step at {current:g} nA, both axes "
        f"logarithmic. For {steps.size} steps from {steps.min():g} to {steps.max():g} ms the "
        f"error jumps between nearly zero and {np.max(errors / steps):.2f} steps; it never reaches "
        "the line error = one step."
    )
    return Picture(fig, alt, "The dots jump about, but every one stays below the line.")
