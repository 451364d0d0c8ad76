"""A mistake is known by what it does, not by how it is written."""

import numpy as np
import pytest
import sympy

from annkit.exercises import course, judge
from annkit.exercises.judging.diagnose import same_value

x, y = sympy.symbols("x y")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (np.ones(3), [1.0, 1.0, 1.00000001], True),
        (np.ones(3), np.ones((3, 1)), False),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1.0}, True),
        ({"a": 1}, {"b": 1}, False),
        ((x + y) ** 2, x**2 + 2 * x * y + y**2, True),
        ({"w": x * y}, {"w": y * x + x - x}, True),
        (x + y, x - y, False),
        (sympy.Matrix([[x]]), sympy.Matrix([[2 * x / 2]]), True),
        ([x], [y], False),
        ("a", "a", True),
        (None, 0.0, False),
    ],
)
def test_the_same_up_to_rounding_and_algebra(one, other, same):
    """Numbers, structures and formulas; either way round."""
    assert same_value(one, other) is same_value(other, one) is same


@pytest.mark.parametrize(("sign", "bits"), [(1, 1400), (-1, 1400), (1, 1000), (-1, 64)])
def test_a_huge_number_is_an_ordinary_wrong_answer(sign, bits):
    """Comparing and showing it must not fail: the learner would be suspected of lying."""
    task = course().load("weighted_sum")
    report = judge(task, lambda *args: sign * 2**bits)
    assert not report.passed
    assert "weighted_sum" in report.message
