"""A slope that is not worked out stays one, and is printed as on paper."""

import sympy

from annkit.symbolic import Slope

E, a, w = sympy.symbols("E a w")


def test_it_is_an_object_that_formulas_can_hold():
    product = Slope(E, a) * Slope(a, w)
    assert product.atoms(Slope) == {Slope(E, a), Slope(a, w)}
    assert product.subs(Slope(a, w), 3) == 3 * Slope(E, a)
    assert (Slope(E, a).of, Slope(E, a).by) == (E, a)


def test_it_is_printed_as_on_paper():
    assert str(Slope(E, a)) == "∂E/∂a"
    assert str(Slope(E**2, a)) == "∂(E**2)/∂a"
    assert sympy.latex(Slope(E, a)) == r"\frac{\partial E}{\partial a}"
    assert r"\right)^{2}" in sympy.latex(Slope(E, a) ** 2)
    assert sympy.latex(Slope(E**2, a)).startswith(r"\frac{\partial}{\partial a}")
