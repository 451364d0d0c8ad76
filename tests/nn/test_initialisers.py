"""Initialisers: shape, spread, and the seed."""

import numpy as np
import pytest

from annkit.nn import INITIALISERS

SPREAD = {
    "zeros": 0.0,
    "small_normal": 0.01,
    "xavier": (2 / 500) ** 0.5,
    "he": (2 / 300) ** 0.5,
}


@pytest.mark.parametrize("name", INITIALISERS)
def test_shape_spread_and_centre(name: str) -> None:
    W = INITIALISERS[name](300, 200, np.random.default_rng(0))
    assert W.shape == (300, 200)
    assert W.std() == pytest.approx(SPREAD[name], rel=0.02)
    assert W.mean() == pytest.approx(0, abs=0.02 * SPREAD[name])
    np.testing.assert_array_equal(W, INITIALISERS[name](300, 200, np.random.default_rng(0)))


def test_he_keeps_the_signal_through_twenty_relu_layers() -> None:
    rng = np.random.default_rng(1)
    a = rng.normal(size=(100, 300))
    for _ in range(20):
        a = np.maximum(a @ INITIALISERS["he"](300, 300, rng), 0)
    assert 0.3 < np.mean(a**2) < 3
