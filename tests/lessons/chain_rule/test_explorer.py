"""The centre-piece of chapter 8: its numbers can be computed."""

import math

import pytest

from annkit.lessons.chain_rule.explorer import agree, neuron_steps, number
from annkit.show.moving.controls import Value
from annkit.show.moving.interactive import Explorer
from tests.show.explorers import ends_of, frame


@pytest.mark.parametrize(("value", "words"), [(1e-12, "0"), (-0.25, "−0.25"), (1 / 3, "0.3333")])
def test_noise_of_measuring_is_written_as_zero(value: float, words: str) -> None:
    assert number(value) == words


def test_agreement_allows_for_the_error_of_measuring_only() -> None:
    assert agree(0.5, 0.5 + 1e-9)
    assert not agree(0.5, 0.5001)
    assert not agree(float("nan"), 0.5)


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return neuron_steps()


def said(explorer: Explorer, **values: Value) -> dict[str, object]:
    """The numbers at a setting."""
    return dict(frame(explorer, **values).numbers)


def test_the_lines_say_the_measured_slope(explorer: Explorer) -> None:
    numbers = said(explorer, shown=4, weight=1.1)
    z = 2 * 1.1 - 1
    a = 1 / (1 + math.exp(-z))
    slope = f"{(a - 1) * a * (1 - a) * 2:.4g}".replace("-", "−")
    assert numbers["measured"] == slope
    assert [numbers[f"line {row}"] for row in (1, 2, 3, 4)] == [f"{slope} ✓"] * 4
    assert numbers["12 random places"] == "✓ ✓ ✓ ✓"


@pytest.mark.parametrize(
    ("setting", "mark"),
    [({}, "✗"), ({"weight": 0.5}, "✓"), ({"hit": True}, "✓"), ({"weight": 0.4}, "✗")],
)
def test_a_quarter_passes_where_the_prediction_says(
    explorer: Explorer, setting: dict[str, Value], mark: str
) -> None:
    numbers = said(explorer, shown=4, slip="¼ for the slope of σ", **setting)
    assert str(numbers["line 4"]).endswith(mark)
    assert numbers["12 random places"] == "✓ ✓ ✗ ✗"


def test_every_setting_can_be_drawn(explorer: Explorer) -> None:
    for control in explorer.controls:
        for value in ends_of(control):
            said(explorer, **{"shown": 4, "unfold": True, control.name: value})


def test_words_stand_for_the_picture(explorer: Explorer) -> None:
    words = repr(explorer)
    for piece in ("First, predict", "(a − t) · a·(1 − a) · x1", "does not agree", "12 random"):
        assert piece in words
    for label in explorer.presets:
        assert label in words
