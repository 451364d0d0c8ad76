"""Dots of a simulation lie on the curve of the formula, and the words say how near."""

import re

import numpy as np
import pytest
from matplotlib.collections import LineCollection

from annkit.lessons.neurons.agreement import dots_on_the_curve
from annkit.lessons.neurons.leaky_cell import LeakyCell


@pytest.mark.parametrize(("pause", "least", "most"), [(2.0, 0.0, 2.0), (6.0, 30.0, 60.0)])
def test_the_words_tell_how_far_simulation_and_formula_differ(pause, least, most):
    other = LeakyCell(refractory=pause)  # 4 ms more between two spikes cost some 40 Hz at 4 nA
    alt = dots_on_the_curve(LeakyCell().simulate, other.rate).alt
    (apart,) = map(float, re.findall(r"differ by (.+) Hz", alt))
    assert least <= apart <= most


def test_the_rows_show_the_spikes_that_were_simulated():
    """At 1.6 nA after 28.7 ms and then every 29.7 ms; at 1.3 nA never."""
    picture = dots_on_the_curve(LeakyCell().simulate, LeakyCell().rate)
    drawn = [
        [x for (x, _), _ in row.get_segments()]
        for row in picture.fig.axes[0].collections
        if isinstance(row, LineCollection)
    ]
    assert drawn[0] == []
    first, period = 10 * np.log(16), 2 + 10 * np.log(16)
    assert drawn[1][:3] == pytest.approx(first + period * np.arange(3), abs=0.6)
    assert "0 of them in the first 150 ms at 1.3 nA" in picture.alt
