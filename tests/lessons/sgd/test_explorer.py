"""The race of chapter 7 says what one can compute."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from annkit.data import houses
from annkit.lessons.sgd.explorer import (
    N_STEPS,
    START,
    WINDOW,
    _draw,
    bowl,
    ellipse,
    optimiser_race,
    race,
    running_mean,
)
from annkit.show.moving.interactive import Explorer
from tests.show.explorers import ends_of

# Frame after frame is drawn.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return optimiser_race()


def test_the_paths_follow_their_rules() -> None:
    X, price = houses(1000, np.random.default_rng(7))
    A = X[:, [0, 2]]
    A = (A - A.mean(axis=0)) / A.std(axis=0)
    t = (price - price.mean()) / 100
    now = race(1.0, 0.1, 1000)
    w = np.array(START)
    g = np.einsum("ni,n->i", A, A @ w - t) / 1000
    again = np.einsum("ni,n->i", A, A @ (w - 0.1 * g) - t) / 1000
    np.testing.assert_allclose(now.paths["SGD"][1], w - 0.1 * g)
    np.testing.assert_allclose(now.paths["momentum"][2], w - 0.1 * (1.9 * g + again))
    np.testing.assert_allclose(now.paths["Adam"][1], w - 0.1 * np.sign(g), rtol=1e-6)
    np.testing.assert_allclose(now.first["SGD"], np.abs(g))
    np.testing.assert_allclose(now.first["RMSProp"], np.sqrt(10), rtol=1e-6)


def test_the_ball_shrinks_with_the_rate_and_with_larger_batches() -> None:
    heights = [race(1.0, 0.1, B).hovering["SGD"] for B in (1, 4, 16, 64)]
    assert heights == sorted(heights, reverse=True)
    assert race(1.0, 0.3, 16).hovering["SGD"] > 3 * race(1.0, 0.1, 16).hovering["SGD"]


def test_contour_lines_lie_at_their_height() -> None:
    cost = bowl(5.0)
    np.testing.assert_allclose(cost.excess(ellipse(cost, 0.5)), 0.5)


def test_the_smooth_line_is_a_mean_of_what_came_before() -> None:
    values = np.arange(100.0) ** 2
    smooth = running_mean(values)
    assert smooth[0] == 0
    assert smooth[2] == pytest.approx(5 / 3)
    assert smooth[60] == pytest.approx(values[61 - WINDOW : 61].mean())


def test_the_prediction_names_the_numbers_that_are_shown(explorer: Explorer) -> None:
    assert explorer.prediction is not None
    one, sixteen = (race(1.0, 0.1, B).hovering["SGD"] for B in (1, 16))
    assert f"{one:.3f}" == "0.051"
    assert f"{sixteen:.4f}" == "0.0016"
    assert "0.051" in explorer.prediction.question
    assert "0.0016" in explorer.prediction.answer


def test_every_setting_can_be_drawn(explorer: Explorer) -> None:
    panel = explorer.panel
    panel.commit("it comes to rest")
    for step in (0, N_STEPS):
        for control in explorer.controls:
            for value in ends_of(control):
                panel.set({"step": step, control.name: value})
                assert "could not be drawn" not in panel.text.value
    panel.set({"batch": "1", "rate": "0.3", "inputs": "distance in another unit, × 5"})
    assert "SGD blown up" in panel.text.value


def test_the_still_twin_says_how_long_the_first_steps_are(explorer: Explorer) -> None:
    assert "Adam 1 and 1" in repr(explorer)


def test_runaways_are_named_on_the_map_and_all_names_stay_in_their_frame() -> None:
    fig = Figure()
    update = _draw(fig)
    update(N_STEPS, "16", "0.1", "distance in another unit, × 5")
    assert "off the map: SGD, momentum" in [text.get_text() for text in fig.axes[0].texts]
    for batch in ("16", "all 1000"):
        update(N_STEPS, batch, "0.1", "distance in another unit, × 5")
        heights = sorted(text.get_position()[1] for text in fig.axes[1].texts)
        low, high = fig.axes[1].get_ylim()
        assert low < heights[0] < heights[-1] < high
        assert min(np.diff(np.log10(heights))) > 0.5
