"""Splitting: nothing lost, nothing twice, pairs kept together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annkit import data


@given(n=st.integers(0, 50), fraction=st.floats(0, 1), seed=st.integers(0, 1000))
def test_disjoint_complete_and_paired(n: int, fraction: float, seed: int) -> None:
    X, y = np.arange(2 * n).reshape(n, 2), 10 * np.arange(n)
    X_train, y_train, X_test, y_test = data.split(X, y, fraction, np.random.default_rng(seed))
    assert len(X_train) == round(fraction * n)
    np.testing.assert_array_equal(np.sort(np.concatenate([y_train, y_test])), y)
    for part, targets in ((X_train, y_train), (X_test, y_test)):
        np.testing.assert_array_equal(part[:, 0] * 5, targets)


def test_it_is_shuffled_by_the_seed_and_copies() -> None:
    X, y = np.arange(40.0).reshape(20, 2), np.arange(20)
    parts = data.split(X, y, 0.5, np.random.default_rng(0))
    assert (parts[1] != y[:10]).any()
    parts[0][:] = -1
    assert X.min() == 0


@pytest.mark.parametrize("fraction", [-0.1, 1.1])
def test_a_fraction_is_a_share(fraction: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        data.split(np.ones((3, 1)), np.ones(3), fraction, np.random.default_rng(0))


def test_x_and_y_belong_together() -> None:
    with pytest.raises(ValueError, match="3 and 4"):
        data.split(np.ones((3, 1)), np.ones(4), 0.5, np.random.default_rng(0))
