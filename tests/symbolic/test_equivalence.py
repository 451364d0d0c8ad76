"""Two forms of one function are equal; a sign, a factor or a missing term is not."""

import math

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from annkit.symbolic.equivalence import alike, difference, evaluate, sampled

z, w = sympy.symbols("z w")
sigma = 1 / (1 + sympy.exp(-z))
wide = {z: (-3.0, 3.0), w: (-2.0, 2.0)}


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (sigma * (1 - sigma), sympy.diff(sigma, z)),
        (sympy.exp(-z) / (1 + sympy.exp(-z)) ** 2, sympy.diff(sigma, z)),
        (1 - sympy.tanh(z) ** 2, 1 / sympy.cosh(z) ** 2),
        (z * (w + 1), z * w + z),
        (sympy.Max(0, z), sympy.Piecewise((z, z > 0), (0, True))),
        (2, sympy.Integer(2)),
        (sympy.Matrix([[z + z, w]]), sympy.Matrix([[2 * z, w]])),
    ],
)
def test_equal_in_another_form(got, expected):
    """Form does not matter."""
    assert difference(got, expected, wide) == ""


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (sigma, "where it should be"),
        (-sigma * (1 - sigma), "where it should be"),
        (sigma * (1 - sigma) + sympy.Float(1e-4), "where it should be"),
        (sympy.Symbol("q"), "contains q"),
        (sympy.log(z), "where it should be"),
        (None, "should be a SymPy expression"),
        ("z", "should be a SymPy expression"),
        (sympy.Matrix([z]), "should be one expression"),
        (sympy.Integer(10) ** sympy.Symbol("z") ** 50, "where it should be"),
    ],
)
def test_different(got, says):
    """Every difference is said in words."""
    assert says in difference(got, sigma * (1 - sigma), wide)


def test_a_wrong_entry_of_a_matrix_is_located():
    """Row and column are told."""
    said = difference(sympy.Matrix([[z, w], [w, z]]), sympy.Matrix([[z, w], [w, w]]), wide)
    assert "row 1, column 1" in said


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (sigma * (1 - sigma), sympy.exp(-z) / (1 + sympy.exp(-z)) ** 2, True),
        (sigma * (1 - sigma), -sigma * (1 - sigma), False),
        (sympy.log(z), sympy.log(z**2) / 2, False),  # the second is defined for negative z too
        (z * w, z * z, False),
        (z + w - w, z, True),
        (sympy.Matrix([[z, w]]), sympy.Matrix([[z, 2 * w / 2]]), True),
        (sympy.Matrix([[z, w]]), sympy.Matrix([z, w]), False),
        (z, "z", False),
    ],
)
def test_alike_needs_no_intervals(one, other, same):
    """Two answers are compared without knowing the right one."""
    assert alike(one, other) is alike(other, one) is same


def test_what_is_no_matrix_is_told_that_one_is_wanted():
    """A list of lists is near; the message says what to make of it."""
    assert "SymPy Matrix" in difference([[z]], sympy.Matrix([z]), wide)


def test_a_tower_of_powers_is_judged_at_once():
    """Floating-point evaluation overflows instead of running for ever."""
    ten = sympy.Integer(10)
    tower = sympy.Pow(ten, sympy.Pow(ten, ten, evaluate=False), evaluate=False)
    assert math.isinf(evaluate(tower, {}).real)
    assert difference(tower, z, wide)


@settings(max_examples=40, deadline=None)
@given(st.floats(-5, 5), st.floats(-5, 5))
def test_evaluation_agrees_with_sympy(a, b):
    """SymPy's own arithmetic is the oracle."""
    expression = sympy.tanh(w * z) + sympy.exp(-(z**2)) * sympy.cos(w) + sympy.Max(z, w)
    ours = evaluate(expression, {"z": a, "w": b})
    assert ours == pytest.approx(complex(expression.subs({z: a, w: b}).evalf()), abs=1e-9)


def test_the_place_that_is_shown_is_as_simple_as_can_be():
    a, b, c, d = sympy.symbols("a b c d")
    within = dict.fromkeys((a, b, c, d), (-1.2, 1.2))
    product = (a + b) * c + d
    assert difference(product - d, product, within) == (
        "is 0 at d = 1, all other letters 0, where it should be 1"
    )
    assert difference(a * c + d, product, within).startswith(
        "is 0 at b = 1, c = 1, all other letters 0, where"
    )
    assert "where every letter is 0" in difference(product + 1, product, within)
    assert "at z = 1," in difference(2 / z, 1 / z, {z: (0.3, 1.2)})


def test_a_place_is_shown_as_it_was_written_and_numbers_with_digits_enough():
    at = {z: (sympy.log(3),) * 2, w: (0.0, 0.0)}
    said = difference(sympy.Float(0.187511), sympy.Rational(3, 16), at)
    assert said == "is 0.187511 at z = log(3), w = 0, where it should be 0.1875"


def test_values_at_the_same_places():
    places = sampled(2 * z, z * w / w)
    assert len(places) == 12
    assert all(abs(mine - 2 * right) < 1e-12 for _, mine, right in places)
    assert all(abs(place["z"] - right) < 1e-12 for place, _, right in places)
    (_, mine, right), *_ = sampled(sympy.Matrix([[z, 1]]), sympy.Matrix([[w, z]]))
    assert mine.shape == right.shape == (1, 2)
    for other in (sympy.Matrix([z]), [z], w, sympy.Lambda(z, z), sympy.oo * sympy.I):
        assert sampled(other, z) == []
