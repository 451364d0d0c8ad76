"""Controls say what they accept."""

import pytest

from annkit.show import Choice, Prediction, Slider, Toggle
from annkit.show.moving.controls import Control

CURRENT = Slider("current", "input current", "nA", 0.0, 5.0, 0.1)
STEP = Slider("step", "step", "", 0, 10, 1, value=3)
KIND = Choice("kind", "function", ("step", "ReLU"))
NOISE = Toggle("noise", "noise")


@pytest.mark.parametrize(
    ("control", "start"), [(CURRENT, 0.0), (STEP, 3), (KIND, "step"), (NOISE, False)]
)
def test_start(control: Control, start: object) -> None:
    assert control.start == start
    assert control.problem(control.start) == ""


@pytest.mark.parametrize(
    ("control", "value"), [(CURRENT, 5.1), (CURRENT, "1"), (KIND, "tanh"), (NOISE, "on")]
)
def test_what_does_not_fit(control: Control, value: object) -> None:
    assert control.problem(value).startswith("expected")


def test_whole_numbers_stay_whole() -> None:
    assert STEP.is_whole
    assert not CURRENT.is_whole


def test_values_in_words() -> None:
    assert CURRENT.words(1.5) == "1.5 nA"
    assert STEP.words(4) == "4"
    assert NOISE.words(True) == "on"


def test_a_prediction_needs_something_to_say() -> None:
    with pytest.raises(ValueError, match="two or more predictions"):
        Prediction("What happens?")
    with pytest.raises(ValueError, match="two or more predictions"):
        Prediction("What happens?", {"only this": "yes"})
    assert Prediction("How many?", answer="Seven.").answer == "Seven."
