"""The layer that learns the house, and how it dies."""

import numpy as np
import pytest

from annkit.lessons.activations.dying_units import (
    dead_map,
    degree_days,
    slopes_of,
    train_house,
    trainings,
)


def test_the_house_needs_nothing_between_15_and_24_degrees():
    temperature, power = degree_days()
    calm = (temperature >= 15) & (temperature <= 24)
    assert (power[calm] == 0).all()
    assert (power[~calm] > 0).all()
    assert power[temperature == -5] == pytest.approx(1.6)


def test_measured_slopes_of_a_bowl():
    def bowl(w):
        return (np.array([1.0, 2.0, 3.0]) * w**2).sum(axis=-1)

    w = np.array([1.0, -1.0, 0.5])
    np.testing.assert_allclose(slopes_of(bowl, w), [2, -4, 3], atol=1e-9)


def test_a_good_rate_learns_and_a_large_one_kills():
    good, broken = train_house("relu", 0.2), train_house("relu", 1.0)
    _, power = degree_days()
    assert good.costs[-1] < 1e-3
    assert broken.costs[-1] == pytest.approx(0.5 * np.mean(power**2))  # it answers 0 everywhere
    assert broken.dead[-1] == 8
    np.testing.assert_allclose(0.5 * np.mean((good.answers - power) ** 2), good.costs[-1])


def test_dead_layers_stay_and_leaky_ones_recover():
    broken = train_house("relu", 1.0, n_steps=10)
    later = train_house("relu", 0.2, n_steps=50, start=broken.w)
    np.testing.assert_array_equal(later.w, broken.w)
    assert train_house("leaky_relu", 1.0).costs[-1] < 0.01


def test_pictures_say_what_they_show():
    run = train_house("relu", 1.0, n_steps=5)
    assert "8 of 8 units off for all" in trainings({"rate 1": run}).alt
    called = np.array([True, False, True, False, False, False, False, False])
    assert "called dead: 0, 2." in dead_map(run.Z, called).alt
    with pytest.raises(ValueError, match="shape"):
        dead_map(run.Z, called[:3])
