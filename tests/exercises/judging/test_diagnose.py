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


def diagnosed(id, answer):
    """The report of an answer to an exercise of the course."""
    return judge(course().load(id), answer)


def test_a_second_slip_does_not_hide_the_one_on_the_card():
    """The sum over the whole batch, written so that it overflows as well."""

    def softmax(z):
        e = np.exp(z)
        return e / e.sum()

    report = diagnosed("softmax", softmax)
    assert report.mistake == "whole_batch_together"
    assert "This one first" in report.mistake_text


def test_what_agrees_in_one_small_case_by_chance_is_not_named():
    """On the hand case it looks like A on the left only; on every other call it does not."""

    def bfgs_update(h_inv, s, y):
        rho = 1 / (y @ s)
        a = np.eye(len(s)) - rho * np.outer(s, y)
        return a @ h_inv @ a + rho * np.outer(s, s)

    report = diagnosed("bfgs_update", bfgs_update)
    assert (report.mistake, report.suspects) == (None, ())


def test_what_nobody_wrote_down_is_told_by_what_it_does():
    report = diagnosed("mse_grad", lambda y_hat, y: 0.5 * (y_hat - y) / y.size)
    assert report.mistake is None
    assert report.related == (
        "Your result is exactly the expected one times ½ divided by the number of columns of "
        "`y_hat`."
    )
    assert "How it differs: Your result" in report.message


def test_a_named_mistake_needs_no_relation():
    report = diagnosed("relu", np.abs)
    assert report.mistake
    assert report.related == ""
