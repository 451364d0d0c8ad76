"""SiLU and its slope, beside SymPy, and what makes it unlike the others."""

import numpy as np
import sympy

from annkit.lessons.activations.silu import SILU


def test_value_and_slope_are_those_of_the_formula():
    z = sympy.Symbol("z")
    formula = SILU.formula(sympy, z)
    grid = np.linspace(-8, 8, 65)
    for of, values in ((formula, SILU.f(grid)), (sympy.diff(formula, z), SILU.f_prime(grid))):
        np.testing.assert_allclose(values, sympy.lambdify(z, of)(grid), rtol=1e-13, atol=1e-15)


def test_nothing_overflows_and_integers_become_floats():
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(SILU.f([-600, 0, 600]).round(9), [0, 0, 600])
        np.testing.assert_array_equal(SILU.f_prime([-600, 0, 600]).round(9), [0, 0.5, 1])


def test_it_falls_left_of_its_lowest_point():
    assert SILU.f_prime(-1.28) < 0 < SILU.f_prime(-1.27)
    assert SILU.f(-1.28) < 0
