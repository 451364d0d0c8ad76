"""Dots of a simulation lie on the curve of the formula, and the words say how near."""

import re

import pytest

from annkit.lessons.neurons.agreement import dots_on_the_curve
from annkit.lessons.neurons.leaky_cell import LeakyCell


@pytest.mark.parametrize(("pause", "least", "most"), [(2.0, 0.0, 2.0), (6.0, 30.0, 60.0)])
def test_the_words_tell_how_far_simulation_and_formula_differ(pause, least, most):
    other = LeakyCell(refractory=pause)  # 4 ms more between two spikes cost some 40 Hz at 4 nA
    alt = dots_on_the_curve(LeakyCell().simulate, other.rate).alt
    (apart,) = map(float, re.findall(r"differ by (.+) Hz", alt))
    assert least <= apart <= most
