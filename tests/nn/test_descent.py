"""Batches: every example once per epoch, in an order that only the seed decides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annkit.nn import descent
from annkit.nn.descent import batches, clip_norm


@given(n=st.integers(1, 60), share=st.floats(0.01, 1), gather=st.sampled_from([1, 100, 10**6]))
def test_every_row_once_with_its_own_target(n: int, share: float, gather: int) -> None:
    batch_size = max(1, int(share * n))
    x = np.arange(2.0 * n).reshape(n, 2)
    y = x.sum(axis=1, keepdims=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(descent, "GATHER_BYTES", gather)
        parts = list(batches(x, y, batch_size, np.random.default_rng(0)))
    sizes = [len(x_part) for x_part, _ in parts]
    assert sizes == [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
    for x_part, y_part in parts:
        np.testing.assert_array_equal(y_part, x_part.sum(axis=1, keepdims=True))
    seen = np.concatenate([x_part[:, 0] for x_part, _ in parts])
    np.testing.assert_array_equal(np.sort(seen), x[:, 0])


def test_the_order_is_the_generators_and_changes_from_epoch_to_epoch() -> None:
    x = np.arange(20.0)[:, None]
    rng = np.random.default_rng(5)
    orders = [np.concatenate([part for part, _ in batches(x, x, 3, rng)]) for _ in range(2)]
    expected = np.random.default_rng(5)
    for order in orders:
        np.testing.assert_array_equal(order, x[expected.permutation(20)])


@pytest.mark.parametrize(("limit", "expected"), [(10.0, [3, 4]), (5.0, [3, 4]), (1.0, [0.6, 0.8])])
def test_only_long_gradients_are_shortened(limit: float, expected: list[float]) -> None:
    gradient = np.array([3.0, 4.0])
    clip_norm(gradient, limit)
    np.testing.assert_allclose(gradient, expected)


def test_no_gradient_at_all() -> None:
    gradient = np.zeros(3)
    clip_norm(gradient, 1.0)
    np.testing.assert_array_equal(gradient, 0)
