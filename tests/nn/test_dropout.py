"""Dropout masks: how many, how large, how random."""

import numpy as np
import pytest

from annkit.nn.dropout import Dropout


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_survivors_make_up_for_the_silenced(rate: float, dtype: type) -> None:
    mask = Dropout(rate, np.random.default_rng(0)).mask(np.ones((400, 100), dtype))
    assert mask.dtype == dtype
    np.testing.assert_allclose(np.unique(mask), [0, 1 / (1 - rate)], rtol=1e-6)
    assert np.mean(mask == 0) == pytest.approx(rate, abs=0.01)
    assert mask.mean() == pytest.approx(1, abs=0.05)


def test_every_batch_gets_another_mask() -> None:
    dropout = Dropout(0.5, np.random.default_rng(0))
    a = np.ones((10, 10))
    assert (dropout.mask(a) != dropout.mask(a)).any()
