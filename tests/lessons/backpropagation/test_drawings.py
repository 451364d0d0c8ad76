"""The stepper's two sides: what glows, and where the lines stand."""

import numpy as np

from annkit.lessons.backpropagation.drawings import LinesSide, NetworkSide, row_height
from annkit.lessons.backpropagation.steps import FORWARD_STEPS, LAST_STEP, passes
from annkit.show.style import blank_figure


def test_only_the_edges_and_units_of_the_step_glow():
    side = NetworkSide(blank_figure().add_subplot())
    side.update(8, passes(1.0, 0.5, "sigmoid"))
    lit = {name: {line.get_visible() for line in lines} for name, lines in side.glow.items()}
    assert lit == {"first": {False}, "second": {True}, "h": {True}, "o": {False}, "c": {False}}


def test_the_bar_lies_on_the_line_of_the_step():
    side = LinesSide(blank_figure().add_subplot())
    for step in range(1, LAST_STEP + 1):
        side.update(step, passes(1.0, 0.5, "sigmoid"))
        assert side.bar.get_y() < row_height(step) < side.bar.get_y() + side.bar.get_height()
        assert side.arrays[step - 1].get_text()
    side.update(0, passes(1.0, 0.5, "sigmoid"))
    assert not side.bar.get_visible()


def test_a_gap_separates_forward_from_backward():
    gaps = np.diff([row_height(step) for step in range(1, LAST_STEP + 1)])
    assert gaps.argmax() == FORWARD_STEPS - 1
