"""The centre-piece of chapter 2 says true things, at every step, fast."""

import numpy as np
import pytest

from annkit.data import fruits
from annkit.lessons.perceptron.cases import LAST_STEP, cases
from annkit.lessons.perceptron.explorer import perceptron_steps
from annkit.show.moving.interactive import Explorer


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return perceptron_steps()


def rosenblatt(X: np.ndarray, y: np.ndarray, n_steps: int) -> tuple[np.ndarray, int]:
    """Weights with the bias last, and corrections, after some steps: the rule once more."""
    w_hat, n_updates = np.zeros(3), 0
    for i in range(n_steps):
        signed = y[i % len(X)] * np.append(X[i % len(X)], 1)
        if signed @ w_hat <= 0:
            w_hat, n_updates = w_hat + signed, n_updates + 1
    return w_hat, n_updates


def test_the_numbers_follow_rosenblatt_s_rule(explorer: Explorer) -> None:
    explorer.panel.commit("about 100")
    X, y = fruits()
    for n_steps in (1, 2, 7, 20, 30):
        w_hat, n_updates = rosenblatt(X, y, n_steps)
        explorer.panel.set({"examples": "fruit, as measured", "step": n_steps})
        case = cases()["fruit, as measured"]
        w, b = case.boundary_at(n_steps)
        assert [*w, b] == pytest.approx(w_hat)
        assert case.made[n_steps - 1].n_updates == n_updates


def test_the_presets_say_how_it_ends(explorer: Explorer) -> None:
    frames = explorer.frames()
    assert "15 corrections in all, of at most 200" in frames["as measured, at the end"].text
    assert "2 corrections in all, of at most 10" in frames["standardised, at the end"].text
    assert "All weights are 0 again" in frames["XOR, after 12 epochs"].text
    assert frames["XOR, after 12 epochs"].numbers["corrections so far"] == 48
    assert frames["one wrong label, after 10 epochs"].numbers["at most"] == "no bound"
    assert "over" not in frames["one wrong label, after 10 epochs"].text


def test_the_prediction_names_the_count_that_is_shown(explorer: Explorer) -> None:
    assert explorer.prediction is not None
    case = cases()["fruit, as measured"]
    assert case.made[-1].n_updates == 15 < 30
    assert "at most 200" in explorer.prediction.question
    assert int(case.bound) == 200
    assert all("15" in answer for answer in explorer.prediction.outcomes.values())


def test_every_case_can_be_drawn_at_every_tenth_step(explorer: Explorer) -> None:
    panel = explorer.panel
    for name in cases():
        for step in (0, 1, *range(10, LAST_STEP + 1, 10)):
            panel.set({"examples": name, "step": step})
            assert "could not be drawn" not in panel.text.value


def test_words_stand_for_the_picture(explorer: Explorer) -> None:
    text = repr(explorer)
    for piece in (
        "First, predict",
        "fewer than 30",
        "as measured, at the end",
        "no boundary",
        "XOR",
    ):
        assert piece in text
