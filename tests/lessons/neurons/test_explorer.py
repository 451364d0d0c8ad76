"""The centre-piece of chapter 1 says true things, at every setting, fast."""

import numpy as np
import pytest

from annkit.lessons.neurons.explorer import leaky_neuron
from annkit.show.moving.controls import Frame
from annkit.show.moving.interactive import Explorer


@pytest.fixture(scope="module")
def neuron() -> Explorer:
    return leaky_neuron()


def period(current: float) -> float:
    """Time between spikes, ms, from the formula written out once more."""
    drive = 10.0 * current
    return 2.0 + 10.0 * float(np.log(drive / (drive - 15.0)))


def test_the_presets_say_the_numbers_of_the_formula(neuron: Explorer) -> None:
    frames = neuron.frames()
    for label, current in (("2 nA", 2.0), ("4 nA", 4.0), ("8 nA", 8.0)):
        hertz = 1000 / period(current)
        assert f"{hertz:.0f} Hz" in frames[label].text
        assert frames[label].numbers["rate of the cell (Hz)"] == pytest.approx(hertz, abs=0.05)
    assert "no spike" in frames["just too little"].text
    assert "no spike" not in frames["just enough"].text


def test_the_prediction_names_the_numbers_the_curves_show(neuron: Explorer) -> None:
    assert neuron.prediction is not None
    relu = 0.5 * 1000 / period(8.0) / 6.5
    assert f"{1000 / period(2.0):.0f} times a second" in neuron.prediction.question
    assert all(f"{relu:.0f} Hz" in said for said in neuron.prediction.outcomes.values())
    assert f"{1000 / period(8.0):.0f} Hz" in neuron.prediction.answer
    assert relu < 63 / 2


def test_every_corner_can_be_drawn(neuron: Explorer) -> None:
    panel = neuron.panel
    panel.commit("about 63 Hz")
    for current in (0.0, 1.5, 8.0):
        for shape in (0.0, 0.3, 1.0, 1.7, 2.0):
            panel.set({"current": current, "shape": shape})
            assert "could not be drawn" not in panel.text.value


def test_words_stand_for_the_picture(neuron: Explorer) -> None:
    text = repr(neuron)
    for piece in ("First, predict", "just too little", "63 Hz", "a ReLU", "a step"):
        assert piece in text
    assert all(isinstance(frame, Frame) for frame in neuron.frames().values())
