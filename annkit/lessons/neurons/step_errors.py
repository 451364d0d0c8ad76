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
    """Draw the error of the period in steps, with its sign, and the band where it must lie.

    Args:
        cell: the cell; its refractory period is divided into 1 to 200 steps.
        current: nA, above the rheobase.
    """
    steps = cell.refractory / np.unique(np.geomspace(1, 200, 60).astype(int))
    in_steps = period_errors(cell, current, steps) / steps
    early = float(cell.climb(current)) / (2 * cell.tau)  # by how many steps Euler climbs too fast
    fig, ax = figure(6.2, 3.2)
    ax.axhspan(-early, 1 - early, color=palette.faint, lw=0)
    ax.axhline(0, color=palette.muted, lw=1.0)
    ax.semilogx(steps, in_steps, "o", color=palette.blue, ms=4)
    for side, name in ((1, "late"), (-1, "early")):  # right of all dots, on their side of 0
        ax.text(1.3 * steps.max(), 0.12 * side, f"spikes\n{name}", color=palette.muted, va="center")
    ax.set(
        xlim=(0.8 * steps.min(), 3.5 * steps.max()),
        xlabel="time step Δt (ms)",
        ylabel="error of the period ÷ Δt",
        title=f"Simulated minus exact period, {current:g} nA",
        ylim=(-0.6, 0.9),
    )
    alt = (
        f"Error of the simulated period, in steps, against the time step at {current:g} nA. For "
        f"{steps.size} steps from {steps.min():g} to {steps.max():g} ms it jumps between "
        f"{in_steps.min():.2f} and {in_steps.max():.2f}, inside the band from {-early:.2f} to "
        f"{1 - early:.2f}."
    ).replace("-", "−")
    return Picture(fig, alt, "The dots jump about, early and late, and stay in the grey band.")
