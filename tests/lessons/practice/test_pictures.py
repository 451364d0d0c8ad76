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
    found = {
        "needs it": {"none": Trial(0.7, 1.0), "L2": Trial(0.8, 1.0, 18, 2)},
        "does not": {"none": Trial(0.9, 0.5), "L2": Trial(0.6, 1.0, 0, 20)},
    }
    picture = pictures.remedies(found, "look")
    assert "needs it: none 70.0 %, L2 80.0 % (18 : 2)" in picture.alt
    assert "does not: none 90.0 %, L2 60.0 % (0 : 20)" in picture.alt
    assert picture.fig.axes[0].xaxis.get_major_formatter()(0.8) == "80\N{NO-BREAK SPACE}%"
    ends = [
        [line.get_marker() for line in ax.lines if np.size(line.get_xdata()) == 1]
        for ax in picture.fig.axes
    ]
    assert ends == [["o", ">"], ["o", "<"]]


def test_learning_rates_mark_where_to_begin_and_tell_what_came_of_each() -> None:
    rates = np.array([0.001, 0.1, 10.0])
    costs = {"flat": np.array([1.1, 0.4, 2.0]), "deep": np.array([1.1, 0.9, 3.0])}
    trained = (0.03, 0.3), {"flat": [0.5, 0.9], "deep": [0.8, 0.33]}
    picture = pictures.learning_rates((rates, costs), {"flat": 0.2, "deep": 0.06}, trained, "look")
    told = "flat: suggested rate 0.2; right after training 50 % at 0.03, 90 % at 0.3"
    assert told in picture.alt
    left, right = picture.fig.axes
    marks = [np.asarray(line.get_xdata()) for line in left.lines]
    assert [mark.tolist() for mark in marks if mark.size == 2] == [[0.2, 0.2], [0.06, 0.06]]
    assert [text.get_text().strip() for text in left.texts] == ["0.20", "0.06"]
    assert left.get_xscale() == right.get_xscale() == "log"
