"""The penalty against a difference of itself; clipping against the norm."""

import numpy as np
import pytest

from annkit.nn.restraints import add_l2, clip_norm


def test_the_penalty_and_its_derivative_leave_biases_out() -> None:
    flat, is_weight = np.array([1.0, -2.0, 3.0, 4.0]), np.array([1.0, 1.0, 0.0, 1.0])
    gradient = np.full(4, 10.0)
    penalty = add_l2(gradient, flat, is_weight, 0.5)
    assert penalty == pytest.approx(0.25 * (1 + 4 + 16))
    np.testing.assert_allclose(gradient, [10.5, 9, 10, 12])
    np.testing.assert_array_equal(flat, [1, -2, 3, 4])


@pytest.mark.parametrize(("limit", "expected"), [(10.0, [3, 4]), (5.0, [3, 4]), (1.0, [0.6, 0.8])])
def test_only_long_gradients_are_shortened(limit: float, expected: list[float]) -> None:
    gradient = np.array([3.0, 4.0])
    clip_norm(gradient, limit)
    np.testing.assert_allclose(gradient, expected)


def test_no_gradient_at_all() -> None:
    gradient = np.zeros(3)
    clip_norm(gradient, 1.0)
    np.testing.assert_array_equal(gradient, 0)
