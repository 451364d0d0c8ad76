"""The layer that remembers a bit: its way back, and what one unit keeps."""

import numpy as np
import pytest

from annkit.lessons.beyond import stand_ins
from annkit.lessons.beyond.remembering import (
    N_UNITS,
    Rememberers,
    heard,
    life,
    slopes_to_the_past,
)


def test_states_are_steps_one_after_the_other():
    rng = np.random.default_rng(0)
    layer = Rememberers.drawn(1.0, 2, rng)
    x, _ = heard(3, 2, 4, rng)
    states = layer.states(x)
    for run in range(2):
        h = np.zeros((4, N_UNITS))
        for step in range(3):
            weights = layer.W_xh[run], layer.W_hh[run], layer.b[run, 0]
            h = stand_ins.rnn_step(x[step, run], h, *weights)
            np.testing.assert_allclose(states[step + 1][run], h)


@pytest.mark.parametrize("number", range(5))
def test_every_gradient_is_the_measured_slope(number):
    rng = np.random.default_rng(1)
    layer = Rememberers.drawn(0.9, 2, rng)
    x, bits = heard(4, 2, 3, rng)
    place = layer.params[number]
    gradient = layer.gradients(x, bits)[0][number]
    assert gradient.shape == place.shape

    def cost():
        p = layer.answers(x)
        return float(-np.log(np.where(bits > 0, p, 1 - p)).mean(axis=1).sum())

    for index in [tuple(rng.integers(0, place.shape)) for _ in range(4)]:
        there, costs = place[index], []
        for nudge in (1e-5, -1e-5):
            place[index] = there + nudge
            costs.append(cost())
        place[index] = there
        assert (costs[0] - costs[1]) / 2e-5 == pytest.approx(gradient[index], abs=1e-8)


def test_delta_shrinks_by_about_the_scale_at_each_step():
    rng = np.random.default_rng(2)
    layer = Rememberers.drawn(0.5, 20, rng)
    _, lengths = layer.gradients(*heard(12, 20, 32, rng))
    assert 0.4 < (lengths[0] / lengths[-1]) ** (1 / 11) < 0.6


def test_a_short_task_is_learned():
    rng = np.random.default_rng(3)
    layer = Rememberers.drawn(1.0, 3, rng)
    layer.fit(3, rng)
    assert layer.accuracy(3, rng).min() > 0.99


def test_the_bit_stands_at_the_first_step_only():
    x, bits = heard(6, 2, 500, np.random.default_rng(4))
    np.testing.assert_array_equal(x[0], bits)
    assert 0.28 < x[1:].std() < 0.32


def test_slopes_of_one_unit_are_the_measured_ones():
    for weight in (0.5, 1.0, 2.0):
        up, down = (life(stand_ins.rnn_step, weight, 6, 0.7 + nudge) for nudge in (1e-6, -1e-6))
        measured = (up - down) / (up[0] - down[0])
        states = life(stand_ins.rnn_step, weight, 6, 0.7)
        np.testing.assert_allclose(slopes_to_the_past(weight, states), measured, rtol=1e-6)
