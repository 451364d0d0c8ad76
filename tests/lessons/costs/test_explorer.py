"""The explorer of chapter 5: what it says is what one can compute."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from annkit.lessons.costs.explorer import (
    cost_explorer,
    cross_entropy,
    is_right,
    squared_error,
    surprise,
)
from annkit.nn import COSTS
from tests.show.explorers import frame


@pytest.mark.parametrize(("y", "y_hat", "sigma"), [(300, 300, 25), (350, 310, 10), (150, 200, 60)])
def test_surprise_is_minus_the_logarithm_of_the_density(y, y_hat, sigma):
    assert math.isclose(surprise(y, y_hat, sigma), -math.log(NormalDist(y_hat, sigma).pdf(y)))


@pytest.mark.parametrize("sold", [False, True])
@pytest.mark.parametrize("z", [-7.5, -1.0, 0.0, 2.5, 9.0])
def test_losses_and_slopes_over_the_logit(z, sold):
    cost = COSTS["binary_cross_entropy"].value([[z]], [[float(sold)]])
    p, h = 1 / (1 + math.exp(-z)), 1e-5
    assert math.isclose(float(cross_entropy(z, sold)[0]), cost, rel_tol=1e-9)
    assert math.isclose(float(squared_error(z, sold)[0]), 0.5 * (p - sold) ** 2, rel_tol=1e-9)
    for f in (cross_entropy, squared_error):
        slope = float(f(z + h, sold)[0] - f(z - h, sold)[0]) / (2 * h)
        assert math.isclose(float(f(z, sold)[1]), slope, rel_tol=1e-4, abs_tol=1e-9)


def test_curves_come_for_a_whole_axis():
    z = np.linspace(-10, 10, 5)
    for f in (cross_entropy, squared_error):
        loss, slope = f(z, True)
        assert loss.shape == slope.shape == (5,)


@pytest.mark.parametrize(("y", "y_hat", "right"), [(350, 300, True), (250, 300, False)])
def test_a_word_goes_away_from_the_prediction(y, y_hat, right):
    assert is_right(y, y_hat) == right


@pytest.mark.parametrize(("y", "right"), [(150, True), (450, False)])
def test_a_word_stays_inside_the_picture(y, right):
    assert is_right(y, 300) == right


@pytest.fixture(scope="module")
def explorer():
    return cost_explorer()


@pytest.mark.parametrize(("y", "y_hat", "sigma"), [(300, 300, 25), (350, 300, 10), (150, 450, 60)])
def test_a_price_costs_minus_the_logarithm_of_its_density(explorer, y, y_hat, sigma):
    said = frame(explorer, y=y, y_hat=y_hat, sigma=sigma)
    cost = f"{-math.log(NormalDist(y_hat, sigma).pdf(y)):.2f}"
    assert said.numbers["−ln p of the price"] == cost
    assert f"{0.5 * ((y - y_hat) / sigma) ** 2:.2f} more than a hit" in said.text


def test_undecided_costs_ln_2_and_the_squared_error_pulls_a_quarter(explorer):
    said = frame(explorer, z=0.0)
    assert said.numbers["−ln p of the sale"] == "0.693"
    assert said.numbers["its slope"] == "0.5"
    assert said.numbers["slope of ½ squared error"] == "0.125"
    assert "0.125: 4 times weaker" in said.text


@pytest.mark.parametrize("outcome", ["sold", "not sold"])
def test_sure_and_wrong_the_squared_error_pulls_3000_times_weaker(explorer, outcome):
    z = -8.0 if outcome == "sold" else 8.0
    p = 1 / (1 + math.exp(8.0))
    said = frame(explorer, z=z, outcome=outcome)
    assert f"{1 / (p * (1 - p)):.0f} times weaker" in said.text
    assert f"it was {outcome}." in said.text


def test_the_answer_to_the_prediction_is_what_the_picture_says(explorer):
    assert "2983" in explorer.prediction.answer
    assert "2983" in frame(explorer, z=8.0).text


def test_every_control_moves_the_picture(explorer):
    panel = explorer.panel
    for change in ({"y": 350}, {"y_hat": 320}, {"sigma": 40}, {"z": 5.0}, {"outcome": "sold"}):
        before, words = panel.image.value, panel.text.value
        panel.set(change)
        assert panel.image.value != before, change
        assert panel.text.value != words, change
