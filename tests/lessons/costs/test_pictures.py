"""Pictures of a learner's costs: their words tell what the numbers are, right or wrong."""

import numpy as np
import pytest

from annkit.lessons.costs import pictures as cost_pictures
from annkit.nn import COSTS


def test_the_squared_error_of_a_moved_prediction_is_lowest_where_it_hits():
    alt = cost_pictures.one_moved(COSTS["half_squared_error"].value).alt
    # the other four miss by 20: 4 · 200 / 5
    assert "lowest, 160, at 240, and" in alt
    assert "sold for 240" in alt


def test_another_cost_has_another_height():
    picture = cost_pictures.one_moved(lambda y_hat, y: float(np.abs(y_hat - y).mean()))
    assert "lowest, 16, at 240" in picture.alt


def test_the_best_sigma_is_the_usual_size_of_a_miss():
    def cost(y_hat, y, sigma):
        return float(np.mean(0.5 * ((y_hat - y) / sigma) ** 2 + np.log(sigma)))

    alt = cost_pictures.best_sigma(cost).alt
    assert "lowest, 3.72, at 25" in alt
    assert "squared miss is 25.0" in alt


def test_both_answers_are_drawn():
    alt = cost_pictures.yes_or_no(COSTS["binary_cross_entropy"].value).alt
    assert "y = 0, 0.000335 at z = −8, 0.693 at 0, 8 at 8" in alt
    assert "y = 1, 8 at z = −8" in alt


def test_slopes_are_the_gradient_as_it_is():
    def gradient(z, labels):
        return COSTS["softmax_cross_entropy"].gradient(z, labels)

    picture = cost_pictures.slopes(gradient)
    assert "true class 1: +0.11, −0.22, +0.11" in picture.alt
    assert picture.png.startswith(b"\x89PNG")


def test_a_gradient_without_a_finite_number_is_drawn_too():
    assert cost_pictures.slopes(lambda z, labels: z * np.nan).png


@pytest.mark.parametrize("value", [np.nan, 0.0])
def test_a_wrong_cost_is_drawn_too(value):
    for draw in (cost_pictures.one_moved, cost_pictures.best_sigma, cost_pictures.yes_or_no):
        assert draw(lambda *args: value).png
