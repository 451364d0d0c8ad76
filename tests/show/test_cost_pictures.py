"""Pictures of a learner's costs: their words tell what the numbers are, right or wrong."""

import numpy as np
import pytest

from annkit.nn import COSTS
from annkit.show import cost_pictures


def test_the_squared_error_is_cheapest_at_the_mean():
    alt = cost_pictures.constant_guess(COSTS["half_squared_error"].value).alt
    assert "at 450, and" in alt
    assert "mean of the prices is 450" in alt


def test_another_cost_shows_another_lowest_point():
    picture = cost_pictures.constant_guess(lambda y_hat, y: float(np.abs(y_hat - y).mean()))
    assert "lowest, 180, at 288" in picture.alt


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


def test_pulls_of_every_row_sum_to_nothing():
    def gradient(z, labels):
        return COSTS["softmax_cross_entropy"].gradient(z, labels)

    picture = cost_pictures.pulls(gradient)
    assert "true class 1: −0.33, +0.67, −0.33" in picture.alt
    assert picture.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("value", [np.nan, 0.0])
def test_a_wrong_cost_is_drawn_too(value):
    for draw in (cost_pictures.constant_guess, cost_pictures.best_sigma, cost_pictures.yes_or_no):
        assert draw(lambda *args: value).png
