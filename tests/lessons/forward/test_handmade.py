"""Networks set by hand do what their names say."""

import numpy as np
import pytest

from annkit import data, nn
from annkit.lessons.forward.handmade import bump_network, house_network, joined_points


def run(params, X):
    """Send X through ReLU layers and a last one without activation."""
    *hidden, (W, b) = params
    for W_hidden, b_hidden in hidden:
        X = np.maximum(X @ W_hidden + b_hidden, 0)
    return X @ W + b


def test_the_house_network_fits_into_the_library_and_agrees_with_it():
    network = nn.Network([4, 2, 1], output="identity", rng=np.random.default_rng(0))
    network.params = house_network()
    X = np.random.default_rng(1).normal(size=(7, 4))
    np.testing.assert_allclose(network.forward(X), run(house_network(), X))


def test_the_house_network_predicts_houses_it_was_not_made_from():
    X, y = data.houses(500, np.random.default_rng(77))
    prices = run(house_network(), (X - X.mean(axis=0)) / X.std(axis=0))[:, 0]
    assert 1 - np.mean((prices - y) ** 2) / y.var() > 0.88


@pytest.mark.parametrize("n_bumps", [2, 3, 10])
def test_the_bumps_join_the_points_of_the_curve(n_bumps):
    x = np.linspace(-1, 4, 301)
    drawn = run(bump_network(np.cos, -1, 4, n_bumps), x[:, None])[:, 0]
    knots = np.linspace(-1, 4, n_bumps)
    np.testing.assert_allclose(drawn, np.interp(x, knots, np.cos(knots)), atol=1e-12)


def test_outside_of_the_interval_the_bumps_end():
    drawn = run(bump_network(np.cos, 0, 6, 7), np.array([[-1.0], [-5.0], [7.0], [99.0]]))
    np.testing.assert_allclose(drawn, 0, atol=1e-10)


def test_one_bump_has_no_width():
    with pytest.raises(ValueError, match="at least 2"):
        bump_network(np.cos, 0, 1, 1)


def test_one_unit_for_each_line_draws_what_three_for_each_bump_do():
    x, places = np.linspace(-1, 4, 301)[:, None], np.linspace(-1, 4, 9)
    joined = joined_points(np.cos, places)
    assert joined[0][0].shape == (1, 8)
    np.testing.assert_allclose(run(joined, x), run(bump_network(np.cos, -1, 4, 9), x), atol=1e-12)


@pytest.mark.parametrize("places", [[1.0], [0.0, 2.0, 1.0], [[0.0, 1.0]]])
def test_places_must_rise(places):
    with pytest.raises(ValueError, match="rising"):
        joined_points(np.cos, places)
