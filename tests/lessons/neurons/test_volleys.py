"""The same thousand synapses, together or spread out: the charge stays, the spikes don't."""

import numpy as np
import pytest

from annkit.lessons.neurons.leaky_cell import LeakyCell
from annkit.lessons.neurons.volley_explorer import frayed_volleys
from annkit.lessons.neurons.volleys import SPREADS, answers, arrivals, currents
from annkit.show.moving.interactive import Explorer


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return frayed_volleys()


def test_every_spike_arrives_within_its_volley() -> None:
    for spread in (0.0, 36.0, 100.0):
        times = arrivals(spread)
        assert times.shape == (1000, 10)
        late = times - 100.0 * np.arange(10)
        assert late.min() >= 0
        assert late.max() <= spread
    assert arrivals(50.0, seed=1)[0, 0] != arrivals(50.0, seed=2)[0, 0]


def test_each_spike_brings_a_tenth_of_a_picocoulomb() -> None:
    one = currents(np.array([[200.0]]))
    assert one.sum() * 0.25 == pytest.approx(0.1)  # nA · ms = pC
    assert np.flatnonzero(one)[0] * 0.25 == 200.0
    assert np.count_nonzero(one) * 0.25 == 5.0


def test_the_count_is_that_of_a_cell_simulated_alone() -> None:
    _, _, spikes = answers()
    for at in (0, 9, 15, 18):
        _, times = LeakyCell().simulate(currents(arrivals(SPREADS[at])), 0.25)
        assert spikes[:, at].sum() == times.size


def test_the_prediction_tells_what_happens(explorer: Explorer) -> None:
    """Rising, then falling to nothing, for any draw of the places."""
    for seed in range(20):
        mean, _, spikes = answers(seed)
        counts = dict(zip(SPREADS, spikes.sum(axis=0), strict=True))
        assert np.ptp(mean) < 0.01
        assert [counts[spread] for spread in (0.0, 20.0, 40.0)] == [20, 30, 30]
        assert 18 <= counts[60.0] <= 21
        assert all(counts[spread] == 0 for spread in SPREADS[SPREADS > 80])
        assert 0 < counts[68.0] < 15
    assert explorer.prediction is not None
    assert "first more spikes, then fewer, then none" in explorer.prediction.outcomes


def test_the_picture_keeps_the_answer_until_somebody_looks_for_it() -> None:
    """While the question is asked, only the count that it tells is to be seen."""
    panel = frayed_volleys().panel
    curve = panel._canvas.fig.axes[2]
    assert [np.asarray(line.get_ydata()).tolist() for line in curve.lines] == [[0], [0]]
    panel.commit("fewer and fewer spikes")
    panel.set({"spread": 0.0})
    counts = answers()[2].sum(axis=0)
    assert np.asarray(curve.lines[0].get_ydata()).tolist() == counts.tolist()


def test_every_setting_is_drawn_and_told(explorer: Explorer) -> None:
    panel = explorer.panel
    panel.commit("fewer and fewer spikes")
    for spread in SPREADS:
        panel.set({"spread": float(spread)})
        assert "could not be drawn" not in panel.text.value
    frames = explorer.frames()
    assert [frame.numbers["spikes in 1 s"] for frame in frames.values()] == [20, 30, 20, 0]
