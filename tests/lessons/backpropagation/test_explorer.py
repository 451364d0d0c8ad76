"""The centre-piece of chapter 10: a step lights up, later numbers stay hidden."""

import numpy as np
import pytest

from annkit.lessons.backpropagation.explorer import (
    EDGES,
    UNITS,
    LinesSide,
    NetworkSide,
    backprop_stepper,
    row_height,
)
from annkit.lessons.backpropagation.steps import FORWARD_STEPS, LAST_STEP, STEPS, passes
from annkit.show.colours import palette
from annkit.show.style import blank_figure
from tests.show.explorers import frame


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


def test_what_a_step_does_not_need_is_grey():
    fig = blank_figure()
    network, lines = NetworkSide(fig.add_subplot()), LinesSide(fig.add_subplot())
    for side in (network, lines):
        side.update(9, passes(1.0, 0.5, "sigmoid"))  # delta1 = da1 * f_prime(z1)
    lit = [text.get_color() != palette.muted for text in lines.arrays]
    assert [line.array for line, on in zip(STEPS, lit, strict=True) if on] == ["z₁", "da₁", "δ₁"]
    assert network.second[0].get_color() == palette.muted
    assert network.below[0].get_color() != palette.muted


def test_a_gap_separates_forward_from_backward():
    gaps = np.diff([row_height(step) for step in range(1, LAST_STEP + 1)])
    assert gaps.argmax() == FORWARD_STEPS - 1


@pytest.fixture(scope="module")
def explorer():
    return backprop_stepper()


def written(explorer):
    """All texts that are visible in the figure."""
    texts = explorer.panel._canvas.fig.findobj(lambda artist: hasattr(artist, "get_text"))
    return [text.get_text() for text in texts if text.get_visible() and text.get_text()]


def test_an_array_appears_with_its_step(explorer):
    frame(explorer, step=7)
    assert "db₂ = [0.5]" in written(explorer)
    assert not any(text.startswith("da₁ =") for text in written(explorer))
    frame(explorer, step=8)
    assert "da₁ = [[1, −0.5]]" in written(explorer)
    assert "∂a −0.5" in written(explorer)


def test_every_step_lights_something_up():
    assert set(EDGES) | set(UNITS) == set(range(1, LAST_STEP + 1))


def test_twice_the_error_doubles_all_nine(explorer):
    once, twice = (frame(explorer, step=LAST_STEP, target=y).numbers for y in (0.5, 0.0))
    assert (once["db₁"], twice["db₁"]) == ("[0.1875, −0.125]", "[0.375, −0.25]")
    assert (once["dW₂"], twice["dW₂"]) == ("[[0.375], [0.25]]", "[[0.75], [0.5]]")
    assert explorer.prediction.outcomes["all nine double"].startswith("Yes")


def test_a_flat_activation_is_said(explorer):
    panel = explorer.panel
    panel.set({"step": 11, "x1": 3.0, "activation": "relu"})
    assert "could not be drawn" not in panel.text.value
    assert "relu is flat" in panel.text.value
