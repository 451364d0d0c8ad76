"""The formulas are those of the library: same names, same values."""

import numpy as np
import pytest
import sympy

from annkit import nn, symbolic
from annkit.symbolic.equivalence import alike

z = sympy.Symbol("z")


@pytest.mark.parametrize("name", nn.ACTIVATIONS)
def test_an_activation_and_its_slope_are_what_the_code_computes(name):
    at = np.array([-2.0, -0.5, 0.5, 3.0])
    formula = symbolic.activation(name, z)
    for wanted, expression in (
        (nn.ACTIVATIONS[name].f(at), formula),
        (nn.ACTIVATIONS[name].f_prime(at), sympy.diff(formula, z)),
    ):
        got = [float(expression.subs(z, sympy.Rational(number))) for number in at]
        np.testing.assert_allclose(got, wanted, atol=1e-12)


def test_a_loss_and_its_slope_are_what_the_code_computes():
    scores, y = sympy.symbols("s:3"), sympy.symbols("y:3")
    at, one_hot = np.array([0.3, -1.0, 2.0]), np.array([0.0, 1.0, 0.0])
    numbers = dict(zip((*scores, *y), (*at, *one_hot), strict=True))
    for name in ("softmax_cross_entropy", "binary_cross_entropy", "half_squared_error"):
        formula = symbolic.loss(name, scores, y)
        cost, gradient = nn.COSTS[name].value_and_gradient(at[None], one_hot[None])
        assert float(formula.subs(numbers)) == pytest.approx(cost)
        slopes = [float(sympy.diff(formula, score).subs(numbers)) for score in scores]
        np.testing.assert_allclose(slopes, gradient[0])


def test_shares_sum_to_one():
    assert alike(sum(symbolic.softmax(sympy.symbols("s:4"))), sympy.Integer(1))
