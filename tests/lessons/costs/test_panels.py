"""The costs behind chapter 5's panels: against the standard library and central differences."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from annkit.lessons.costs.panels import cross_entropy, is_right, squared_error, surprise
from annkit.nn import COSTS


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
