"""The f–I curve of a leaky cell on its way to a ReLU and a step, in numbers and in words.

Not here: the picture of it (`neuron_explorer`), the cell itself (`leaky_cell`).
"""

import numpy as np

from annkit.arguments import Array
from annkit.lessons.neurons.leaky_cell import LeakyCell
from annkit.nn import ACTIVATIONS
from annkit.show.moving.controls import Frame

CELL = LeakyCell()
STRONGEST = 8.0  # nA
SIMULATED_TIME = 500.0  # ms
SIMULATED_STEP = 0.05  # ms


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
