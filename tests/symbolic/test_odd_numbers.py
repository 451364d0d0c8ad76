"""A formula that only comes close is told from an exact one by the numbers in it."""

import pytest
import sympy

from annkit.symbolic.equivalence import comes_close, difference

z = sympy.Symbol("z")


def sigma(x):
    """The logistic curve as a formula."""
    return 1 / (1 + sympy.exp(-x))


SLOPE = sympy.diff(sigma(z), z)


def central(h):
    """A central difference."""
    return (sigma(z + h) - sigma(z - h)) / (2 * h)


def five_points(h):
    """Five points: the error is about h**4 / 30."""
    near, far = sigma(z + h) - sigma(z - h), sigma(z + 2 * h) - sigma(z - 2 * h)
    return (8 * near - far) / (12 * h)


@pytest.mark.parametrize(
    "close",
    [
        central(sympy.Rational(1, 10**6)),
        central(sympy.Rational(1, 999)),
        central(1e-5),
        central(sympy.Rational(1, 2) ** 10),
        central(sympy.exp(-8)),
        five_points(sympy.Rational(1, 50)),
        sympy.expand(five_points(sympy.Rational(1, 50))),
        sympy.together(central(sympy.Rational(1, 999))),
    ],
)
def test_a_difference_quotient_only_comes_close(close):
    """Whatever its step, and however it is written."""
    assert difference(close, SLOPE, {z: (-4, 4)}) == ""
    assert "only comes close" in comes_close(close, SLOPE)


@pytest.mark.parametrize(
    "exact",
    [
        sigma(z) * (1 - sigma(z)),
        (1 - sympy.tanh(z / 2) ** 2) / 4,
        1 / (2 + 2 * sympy.cosh(z)),
        0.25 / sympy.cosh(0.5 * z) ** 2,
        2.718281828459045**-z / (1.0 + 2.718281828459045**-z) ** 2,
        SLOPE,
        sympy.Piecewise((SLOPE, z > 0), (SLOPE.subs(z, -z), True)),
        sympy.expand(sigma(z) * (1 - sigma(z)) * (z + 3) ** 4) / (z + 3) ** 4,
    ],
)
def test_an_exact_formula_may_be_written_in_any_way(exact):
    """Halves, quarters, small whole numbers, e."""
    assert difference(exact, SLOPE, {z: (-2, 2)}) == ""
    assert comes_close(exact, SLOPE) == ""


def test_a_number_that_is_asked_for_is_not_odd():
    """Three sixteenths, and a slope that holds 0.07."""
    assert comes_close(sympy.Rational(3, 16), sympy.Rational(3, 16)) == ""
    assert comes_close(0.07 * z, sympy.Rational(7, 100) * z) == ""
