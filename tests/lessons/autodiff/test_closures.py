"""Closures pass back what slopes would."""

import numpy as np
import pytest

from annkit.lessons.autodiff.closures import Closures
from annkit.lessons.autodiff.number import Node, in_order


def computed(kind, a, b):
    """Every operator once, numbers on either side: (result, a, b)."""
    a, b = kind(a), kind(b)
    return (2 - a) * b / (a**2 + 1) - 3 / b + -a * 0.5 + (1 + b - 4), a, b


@pytest.mark.parametrize(("a", "b"), [(0.7, -1.3), (-2.0, 0.4)])
def test_the_gradients_are_those_of_slopes(a, b):
    result, x, y = computed(Closures, a, b)
    other, u, v = computed(Node, a, b)
    result.grad = 1.0
    for node in reversed(in_order(result)):
        node.pass_back()
    other.backward()
    np.testing.assert_allclose(result.data, other.data)
    np.testing.assert_allclose([x.grad, y.grad], [u.grad, v.grad])
