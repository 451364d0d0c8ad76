"""The still pictures of chapter 11 say in words what they show."""

import numpy as np

from annkit.lessons.practice import pictures
from annkit.lessons.practice.trials import Trial


def test_both_ways_tell_where_a_signal_starts_and_ends() -> None:
    z, delta = np.array([1.0, 0.1, 0.01]), np.array([1e-5, 1e-4, 0.5])
    picture = pictures.both_ways({"small": (z, delta)}, "look")
    assert "z from 1 in layer 1 to 0.01 in layer 3" in picture.alt
    assert "delta from 0.5 there back to 1.0 · 10⁻⁵" in picture.alt
    left, right = picture.fig.axes
    assert left.get_xlim() == (1, 3)
    assert right.get_xlim() == (3, 1)  # the way back runs to the right
    assert picture.png


def test_remedies_point_to_where_they_lead() -> None:
    needy, able = Trial(0.7, 1.0), Trial(0.9, 0.5)
    found = {"none": (needy, able), "L2": (Trial(0.8, 1.0, 18, 2), Trial(0.6, 1.0, 0, 20))}
    picture = pictures.remedies(found, ("needs it", "does not"), "look")
    assert "needs it: none 0.7, L2 0.8 (18 : 2)" in picture.alt
    assert "does not: none 0.9, L2 0.6 (0 : 20)" in picture.alt
    left, right = picture.fig.axes
    assert [line.get_marker() for line in left.lines if np.size(line.get_xdata()) == 1] == [
        "o",
        ">",
    ]
    assert [line.get_marker() for line in right.lines if np.size(line.get_xdata()) == 1] == [
        "o",
        "<",
    ]
