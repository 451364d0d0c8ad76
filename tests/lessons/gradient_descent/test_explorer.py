"""The centre-piece of chapter 6 keeps its promises at every setting."""

import pytest

from annkit.lessons.gradient_descent.cases import landscapes
from annkit.lessons.gradient_descent.explorer import LAST_STEP, descent_explorer
from annkit.show.moving.interactive import Explorer

# Frame after frame is drawn.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return descent_explorer()


def test_the_prediction_quotes_the_counts_that_are_shown(explorer: Explorer) -> None:
    assert explorer.prediction is not None
    land = landscapes()["three houses"]
    assert f"{land.edge:.3f}" in explorer.prediction.question
    counts = {rate: land.steps_needed(rate) for rate in (0.1, 0.48, 0.9)}
    for outcome, answer in explorer.prediction.outcomes.items():
        rate = float(outcome.split(",")[0])
        assert f"{counts[rate]}" in answer
        assert f"{counts[0.9]}" in answer
    assert counts[0.9] == min(count for count in counts.values() if count)
    assert land.steps_needed(0.98) is None


def test_every_setting_can_be_drawn(explorer: Explorer) -> None:
    panel = explorer.panel
    panel.commit(next(iter(explorer.prediction.outcomes)) if explorer.prediction else "")
    for name in landscapes():
        for rate in (0.01, 0.96, 2.2):
            for steps in (0, 1, LAST_STEP):
                panel.set({"landscape": name, "rate": rate, "steps": steps, "newton": True})
                assert "could not be drawn" not in panel.text.value


def test_moving_a_slider_changes_picture_and_text(explorer: Explorer) -> None:
    panel = explorer.panel
    panel.set({"landscape": "three houses", "rate": 0.1, "steps": 10, "newton": False})
    before = panel.text.value
    panel.set({"rate": 0.9})
    assert panel.text.value != before
    assert "Learning rate 0.9" in panel.text.value


def test_words_stand_for_the_picture(explorer: Explorer) -> None:
    text = repr(explorer)
    for piece in ("First, predict", "beyond the edge", "went to the saddle", "37 steps"):
        assert piece in text
