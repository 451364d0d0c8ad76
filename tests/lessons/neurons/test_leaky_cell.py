"""The leaky cell: exact formulas against each other, and Euler's method against both."""

import numpy as np
import pytest

from annkit.lessons.neurons.leaky_cell import LeakyCell

CELL = LeakyCell(tau=12.0, v_rest=-64.0, v_reset=-70.0, v_threshold=-51.0, resistance=8.0)


def test_rheobase_is_where_the_rate_leaves_zero() -> None:
    currents = CELL.rheobase + np.array([-1.0, 0.0, 1e-9, 1.0])
    assert CELL.rate(currents)[:2].tolist() == [0.0, 0.0]
    assert (CELL.rate(currents)[2:] > 0).all()
    assert LeakyCell().rheobase == pytest.approx(1.5)


def test_rate_of_the_textbook_cell() -> None:
    # T = 2 + 10 ln(30/15) ms
    assert float(LeakyCell().rate(3.0)) == pytest.approx(1000 / (2 + 10 * np.log(2)))


def test_the_exact_voltage_solves_the_equation() -> None:
    times = np.linspace(0.0, 60.0, 60_001)
    voltage, _ = CELL.exact(2.1, times)
    slope = np.gradient(voltage, times)
    wanted = (-(voltage - CELL.v_rest) + CELL.resistance * 2.1) / CELL.tau
    assert np.median(np.abs(slope - wanted)) < 1e-6  # not at the jumps
    assert voltage[0] == CELL.v_rest
    assert voltage.max() <= CELL.v_threshold


def test_exact_spikes_come_at_the_analytic_rate() -> None:
    _, spikes = CELL.exact(3.0, np.linspace(0.0, 500.0, 1000))
    assert 1000 / np.diff(spikes) == pytest.approx(np.full(len(spikes) - 1, CELL.rate(3.0)))


def test_no_spike_below_the_rheobase() -> None:
    voltage, spikes = CELL.exact(0.99 * CELL.rheobase, np.linspace(0.0, 1000.0, 100))
    assert spikes.size == 0
    assert voltage[-1] == pytest.approx(float(CELL.target(0.99 * CELL.rheobase)))


@pytest.mark.parametrize("current", [1.7, 2.5, 5.0])
def test_euler_converges_to_the_exact_spikes(current: float) -> None:
    errors = []
    for dt in (0.1, 0.01):
        steps = round(40.0 / dt)
        _, fired = CELL.euler(np.full((steps, 1), current), dt)
        _, exact = CELL.exact(current, np.linspace(0.0, 40.0, 10))
        found = np.flatnonzero(fired[:, 0]) * dt
        errors.append(np.abs(found[: len(exact)] - exact).max())
    assert errors[1] < 0.05
    assert errors[1] < errors[0] / 3


def test_euler_holds_the_voltage_during_the_pause() -> None:
    voltages, fired = CELL.euler(np.full((40, 2), 10.0), 0.5)
    first = int(np.argmax(fired[:, 0]))
    assert (voltages[first : first + 5, 0] == CELL.v_reset).all()  # the spike and 2 ms of pause
    assert voltages[first + 5, 0] > CELL.v_reset


def test_euler_keeps_cells_apart() -> None:
    rng = np.random.default_rng(5)
    currents = rng.uniform(0, 5, size=(300, 3))
    together = CELL.euler(currents, 0.5)
    for cell in range(3):
        alone = CELL.euler(currents[:, [cell]], 0.5)
        assert np.array_equal(together[0][:, [cell]], alone[0])
        assert np.array_equal(together[1][:, [cell]], alone[1])
