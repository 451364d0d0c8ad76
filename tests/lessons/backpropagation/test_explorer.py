"""The centre-piece of chapter 10: a step lights up, later numbers stay hidden."""

import pytest

from annkit.lessons.backpropagation.drawings import EDGES, UNITS
from annkit.lessons.backpropagation.explorer import backprop_stepper
from annkit.lessons.backpropagation.steps import LAST_STEP
from tests.show.explorers import frame


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
