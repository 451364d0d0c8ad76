"""The centre-piece of chapter 1 says true things, at every setting, fast."""

import numpy as np
import pytest

from annkit.lessons.neurons.explorer import leaky_neuron, morphed, named, simulated_rates, words
from annkit.show.moving.controls import Frame
from annkit.show.moving.interactive import Explorer


def period(current: float) -> float:
    """Time between spikes, ms, from the formula written out once more."""
    drive = 10.0 * current
    return 2.0 + 10.0 * float(np.log(drive / (drive - 15.0)))


def test_simulation_and_formula_agree() -> None:
    currents = np.array([1.0, 1.5, 1.7, 3.0, 6.0])
    wanted = np.array([0.0, 0.0, *(1000 / period(i) for i in (1.7, 3.0, 6.0))])
    assert simulated_rates(currents) == pytest.approx(wanted, rel=0.02)


def test_the_curve_turns_into_a_relu_and_a_step() -> None:
    currents = np.array([0.0, 1.4, 1.5, 2.0, 5.0, 8.0])
    top = 1000 / period(8.0)
    assert morphed(currents, 1.0) == pytest.approx(np.maximum(0, currents - 1.5) * top / 6.5)
    assert morphed(currents, 2.0) == pytest.approx([0, 0, top, top, top, top])
    halfway = (morphed(currents, 0.0) + morphed(currents, 1.0)) / 2
    assert morphed(currents, 0.5) == pytest.approx(halfway)


def test_the_words_follow_the_shape() -> None:
    assert [named(shape) for shape in (0.0, 1.0, 2.0)] == ["the f–I curve", "a ReLU", "a step"]
    assert "between a ReLU and a step" in words(3.0, 1.5).text
    assert "The curve on the right" not in words(3.0, 0.0).text
    assert "no spike" in words(1.5, 0.0).text


@pytest.fixture(scope="module")
def neuron() -> Explorer:
    return leaky_neuron()


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
