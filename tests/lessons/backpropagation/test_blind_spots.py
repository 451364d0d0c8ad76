"""Where a check sees nothing, it is the check that is blind: elsewhere it sees the same bug."""

import numpy as np

from annkit import data
from annkit.lessons.backpropagation.blind_spots import check_error, hiding_places, wrong_labels
from annkit.lessons.backpropagation.bug_fingerprints import first_params
from annkit.lessons.backpropagation.planted_bugs import faulty_gradients, true_gradients

X, LABELS = data.moons(60, np.random.default_rng(3))
Y = LABELS[:, None].astype(float)


def test_a_check_passes_the_right_gradient_and_no_other() -> None:
    params = first_params(2, 3, np.random.default_rng(0))
    assert check_error(true_gradients(X, Y, params), X, Y, params) < 1e-8
    flipped = faulty_gradients("sign_flipped", X, Y, params)
    np.testing.assert_allclose(check_error(flipped, X, Y, params), 1)


def test_each_bug_is_seen_elsewhere_and_not_in_its_place() -> None:
    for found in hiding_places(X, Y, np.random.default_rng(1)):
        assert found.there < 1e-6 < 0.01 < found.elsewhere, found


def test_a_wrong_cost_passes_with_its_own_gradient() -> None:
    error, share = wrong_labels(X, Y, np.random.default_rng(0))
    assert error < 1e-8
    assert share < 0.2
