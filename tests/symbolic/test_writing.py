"""One line of plain text for a formula, factors in the order given."""

import pytest
import sympy

from annkit.symbolic.writing import (
    latex,
    number,
    product_latex,
    product_text,
    sum_latex,
    sum_text,
    text,
)

a, t, x = sympy.symbols("a t x")


@pytest.mark.parametrize(
    ("expression", "line"),
    [
        ((a - t) ** 2 / 2, "(a − t)²/2"),
        (a**-1, "1/a"),
        (a ** sympy.Symbol("n"), "a^n"),
        (sympy.exp(-x), "exp(−x)"),
        (x**12, "x¹²"),
    ],
)
def test_text(expression, line):
    assert text(expression) == line


def test_products_keep_their_order():
    assert product_text((x, a - t, a)) == "x · (a − t) · a"
    assert product_latex((x, a - t)) == r"x \cdot \left(a - t\right)"
    assert product_text((-x, -a)) == "−x · (−a)"
    assert product_text((a - t,)) == "a − t"
    assert sum_text([(x, a), (t, t)]) == "x · a + t · t"
    assert sum_latex([(x, a), (t,)]) == r"x \cdot a + t"


def test_sums_do_not_begin_with_a_minus_where_they_need_not():
    y = sympy.Symbol("y")
    assert text(y - t) == "y − t"
    assert latex(y - t) == "y - t"
    assert text(-y - t) == "−t − y"


def test_numbers_have_a_true_minus():
    assert number(-0.123456) == "−0.1235"
