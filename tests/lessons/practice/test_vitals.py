"""The vital signs are what their names say."""

import numpy as np
import pytest

from annkit.lessons.practice.stacked import Recipe, StackedNetworks, one_hot
from annkit.lessons.practice.vitals import BINS, shares, silent_shares, vitals_of


@pytest.fixture
def networks() -> StackedNetworks:
    made = StackedNetworks(Recipe((2, 4, 3, 3), learning_rate=0.5), 2, np.random.default_rng(0))
    X = np.random.default_rng(1).normal(size=(2, 10, 2)).astype(np.float32)
    made.layers[0].params["b"][1, 0, 2] = -100  # a dead unit in run 1
    made.forward(X)
    made.backward(one_hot(np.zeros((2, 10), int), 3))
    return made


def test_moves_are_step_over_weights(networks: StackedNetworks) -> None:
    layer = networks.layers[1]
    step, weights = 0.5 * layer.grads["W"][0].ravel(), layer.params["W"][0].ravel()
    expected = np.sqrt(np.einsum("i,i", step, step) / np.einsum("i,i", weights, weights))
    assert vitals_of(networks).moves[1] == pytest.approx(expected)


def test_zero_weights_have_no_ratio(networks: StackedNetworks) -> None:
    networks.layers[1].params["W"][:] = 0
    assert np.isnan(vitals_of(networks).moves).tolist() == [False, True, False]


def test_a_dead_unit_is_silent_and_counted_in_its_run(networks: StackedNetworks) -> None:
    alive, one_dead = silent_shares(networks)[0]
    assert one_dead == alive + 0.25
    np.testing.assert_array_equal(vitals_of(networks, run=1).silent, silent_shares(networks)[:, 1])


def test_histograms_hold_everything_and_clip_to_the_ends() -> None:
    found = shares(np.array([-5.0, 0.5, 0.5, 9.0, np.nan]), (0.0, 1.0))
    assert len(found) == BINS
    assert found.sum() == pytest.approx(1)
    assert (found[0], found[BINS // 2], found[-1]) == (0.25, 0.5, 0.25)


def test_there_is_a_row_per_layer(networks: StackedNetworks) -> None:
    now = vitals_of(networks)
    assert now.a.shape == (2, BINS)
    assert now.delta.shape == (3, BINS)
    assert now.delta_size.shape == now.moves.shape == (3,)
