"""Measured values agree with SymPy's own derivatives, short names and all."""

import pytest
import sympy

from annkit.symbolic import Slope
from annkit.symbolic.measuring import Place, free_symbols, unfold

E, a, z, w, x, t = sympy.symbols("E a z w x t")
MEANINGS = {E: (a - t) ** 2 / 2, a: sympy.tanh(z), z: w * x}
NUMBERS = {w: 0.7, x: -1.2, t: 0.4}
place = Place(NUMBERS, MEANINGS)
whole = (sympy.tanh(w * x) - t) ** 2 / 2


def exactly(expression):
    """SymPy's value at the place."""
    return float(expression.subs(NUMBERS))


def test_short_names_stand_for_their_formulas():
    assert place.value(E) == pytest.approx(exactly(whole), rel=1e-12)
    assert place.value(a * x + 2) == pytest.approx(exactly(sympy.tanh(w * x) * x + 2), rel=1e-12)


@pytest.mark.parametrize(
    ("slope", "derivative"),
    [
        (Slope(E, w), sympy.diff(whole, w)),
        (Slope(E, x), sympy.diff(whole, x)),
        (Slope(E, a), sympy.tanh(w * x) - t),
        (Slope(a, z), 1 - sympy.tanh(w * x) ** 2),
        (Slope(z, w), x),
        (Slope(z, a), sympy.Integer(0)),  # z does not follow a
        (Slope(a**2, z), 2 * sympy.tanh(w * x) * (1 - sympy.tanh(w * x) ** 2)),
        (Slope(E, a) * Slope(a, z) + 1, sympy.diff(whole, w) / x + 1),
    ],
)
def test_a_slope_is_what_follows_a_nudge(slope, derivative):
    assert place.value(slope) == pytest.approx(exactly(derivative), abs=1e-9)


def test_undefined_is_nan_and_unknown_is_an_error():
    assert place.value(sympy.log(x)) != place.value(sympy.log(x))
    with pytest.raises(ValueError, match="q: neither a number nor a formula"):
        place.value(sympy.Symbol("q"))


def test_unfolding_reaches_to_the_bottom_and_leaves_slopes_alone():
    assert unfold(E, MEANINGS) == whole
    assert unfold(a * Slope(E, a), MEANINGS) == sympy.tanh(w * x) * Slope(E, a)
    assert free_symbols(Slope(E, w), MEANINGS) == [t, w, x]
