"""The six fruits: what the chapter says about them."""

import numpy as np

from annkit.data import fruits


def test_lemons_are_lighter_and_longer_than_all_oranges() -> None:
    X, y = fruits()
    assert X.shape == (6, 2)
    assert y.tolist() == [-1, 1, -1, 1, -1, 1]
    assert X[y < 0, 0].max() < X[y > 0, 0].min()
    assert X[y < 0, 1].min() > X[y > 0, 1].max()


def test_nobody_can_spoil_them_for_the_next() -> None:
    X, y = fruits()
    X[:] = np.nan
    y[:] = 0
    assert np.isfinite(fruits()[0]).all()
    assert fruits()[1].all()
