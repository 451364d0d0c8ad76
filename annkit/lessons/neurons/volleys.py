"""A thousand synapses, ten spikes a second each: what does a cell make of them?

The rates, and the mean current, are always the same. What differs is how far the ten volleys are
spread out in time, from all at once to one even drizzle.

Not here: the cell (`leaky_cell`), the slider (`volley_explorer`).
"""

import numpy as np

from annkit.arguments import Array
from annkit.lessons.neurons.leaky_cell import LeakyCell

CELL = LeakyCell()
SYNAPSES = 1000
VOLLEYS, APART = 10, 100  # ms from one volley to the next
DURATION = VOLLEYS * APART  # ms
CHARGE_TIME, PULSE = 5, 0.02  # ms and nA: what one spike brings
STEP = 0.25  # ms
SPREADS = np.arange(0.0, 101.0, 4.0)  # ms


def arrivals(spread: float, seed: int = 0) -> Array:
    """When the spikes arrive, ms, (SYNAPSES, VOLLEYS).

    Args:
        spread: ms over which each volley is spread; 0 is all at once, 100 a steady drizzle.
        seed: of the places in the volleys, the same for every spread.
    """
    places = np.random.default_rng(seed).uniform(size=(SYNAPSES, VOLLEYS))
    return np.asarray(np.arange(VOLLEYS) * APART + spread * places)


def currents(times: Array) -> Array:
    """The current that spikes at these times bring, nA, (steps,) of `STEP` each."""
    arriving = np.histogram(times, bins=DURATION, range=(0, DURATION))[0]
    each_ms = PULSE * np.convolve(arriving, np.ones(CHARGE_TIME))[:DURATION]
    return np.repeat(each_ms, round(1 / STEP))


def answers(seed: int = 0) -> tuple[Array, Array, Array]:
    """What the cell does, for each of `SPREADS`.

    Returns:
        The mean currents, nA, (spreads,); the voltages after each step, mV, (steps, spreads); and
        which steps end in a spike, (steps, spreads).
    """
    brought = np.stack([currents(arrivals(spread, seed)) for spread in SPREADS], axis=1)
    return brought.mean(axis=0), *CELL.euler(brought, STEP)
