"""Lines that are right pass, lines that are wrong are found, whatever SymPy thinks of them."""

import pytest
import sympy

from annkit.symbolic import Derivation, Slope
from annkit.symbolic.derivation import N_PLACES

E, a, z, w, x, b, t = sympy.symbols("E a z w x b t")
MEANINGS = {E: (a - t) ** 2 / 2, a: 1 / (1 + sympy.exp(-z)), z: w * x + b}


@pytest.fixture(scope="module")
def neuron() -> Derivation:
    return (
        Derivation(Slope(E, w), MEANINGS)
        .then((Slope(E, a), Slope(a, z), Slope(z, w)), "the chain rule")
        .then((a - t, Slope(a, z), Slope(z, w)), "slope of the error")
        .then((a - t, a * (1 - a), Slope(z, w)), "slope of the sigmoid")
        .then((a - t, a * (1 - a), x), "z is linear")
    )


def test_every_right_line_holds(neuron: Derivation) -> None:
    assert neuron.holds
    assert [verdict.mark for verdict in neuron.verdicts] == ["✓"] * 4
    assert neuron.lines[-1].expression == (a - t) * a * (1 - a) * x


@pytest.mark.parametrize(
    "wrong",
    [
        (a - t, x),
        (t - a, a * (1 - a), x),
        (a - t, 1 - a**2, x),
        (a - t, a * (1 - a), w),
        (a - t, a * (1 - a), x, 1 + sympy.Float(1e-4)),
        (a - t, sympy.Rational(1, 4), x),
        sympy.log(-1 - a**2),
    ],
)
def test_a_wrong_line_is_found_with_place_and_numbers(neuron: Derivation, wrong: object) -> None:
    spoilt = neuron.then(wrong, "a slip")
    assert not spoilt.holds
    assert [verdict.holds for verdict in spoilt.verdicts] == [True] * 4 + [False]
    said = str(spoilt.verdicts[-1])
    assert said.startswith("✗")
    assert "measured" in said
    assert "w = " in said


def test_whatever_is_derived_from_a_wrong_line_is_wrong_too(neuron: Derivation) -> None:
    spoilt = neuron.then((a - t, x), "a slip").then((x, a - t), "factors swapped, rightly")
    assert [verdict.holds for verdict in spoilt.verdicts[-2:]] == [False, False]


def test_both_paths_count() -> None:
    """A quantity that is reached in two ways has the sum of both products."""
    u, v = sympy.symbols("u v")
    both = Derivation(Slope(E, x), {E: u * v, u: x**2, v: sympy.sin(x)})
    along = Slope(E, u), Slope(u, x)
    assert not both.then(along, "one path").holds
    summed = both.then([along, (Slope(E, v), Slope(v, x))], "both")
    assert summed.holds
    assert "∂E/∂u · ∂u/∂x + ∂E/∂v · ∂v/∂x" in repr(summed)


def test_lines_are_tried_in_the_intervals_given() -> None:
    kept = Derivation(Slope(sympy.log(x), x), {}, {x: (0.5, 2.0)}).then(1 / x, "by definition")
    assert kept.holds
    assert all(0.5 <= place.values[x] <= 2 for place, _ in kept.tried)
    beyond = Derivation(Slope(sympy.log(x), x), {}, {x: (-2.0, -0.5)}).then(1 / x, "no slope here")
    assert not beyond.holds
    assert "? not compared: nothing could be measured at x = −" in repr(beyond)
    assert "✗" not in repr(beyond)


def test_unfolding_changes_the_form_and_not_the_verdict(neuron: Derivation) -> None:
    unfolded = neuron.unfolded()
    assert unfolded.holds
    assert unfolded.lines[-1].expression.free_symbols == {w, x, b, t}


def test_text_latex_and_html_tell_the_same(neuron: Derivation) -> None:
    text = repr(neuron.then((a - t, x), "100 % a slip"))
    assert "∂E/∂w\n  = ∂E/∂a · ∂a/∂z · ∂z/∂w" in text
    assert "  = (a − t) · a·(1 − a) · x" in text
    assert "the chain rule   ✓ equal at 12 places" in text
    spoilt = neuron.then((a - t, x), "100 % a slip")
    latex = spoilt.latex()
    assert r"\frac{\partial E}{\partial w}" in latex
    assert r"\left(a - t\right) \cdot a \left(1 - a\right) \cdot x" in latex
    assert r"100 \% a slip" in latex
    assert latex.count(r"\\") == 4
    html = spoilt._repr_html_()
    assert html.count("<tr>") == 6
    assert "✗" in html


@pytest.mark.parametrize(
    ("formula", "slope"),
    [
        (sympy.log(x), 1 / x),
        (sympy.sqrt(x), 1 / (2 * sympy.sqrt(x))),
        (-t * sympy.log(x) - (1 - t) * sympy.log(1 - x), (x - t) / (x * (1 - x))),
        (sympy.log(sympy.sin(40 * x)), 40 / sympy.tan(40 * x)),  # undefined here and there
    ],
)
def test_a_quantity_that_is_not_defined_everywhere_is_tried_where_it_is(formula, slope) -> None:
    sheet = Derivation(Slope(E, x), {E: formula}).then(slope, "right").then(2 * slope, "a slip")
    assert [verdict.holds for verdict in sheet.verdicts] == [True, False]
    assert all(abs(value) < float("inf") for _, value in sheet.tried)
    assert len(sheet.tried) == N_PLACES


def test_a_quantity_that_is_defined_nowhere_confirms_nothing() -> None:
    sheet = Derivation(Slope(E, x), {E: sympy.log(-1 - x**2)}).then(1 / x, "who knows")
    assert not sheet.holds
    assert len(sheet.tried) == N_PLACES


@pytest.mark.parametrize("constant", [sympy.Integer(3), sympy.pi])
def test_a_constant_is_tried_like_any_other_formula(constant) -> None:
    """Its slope is 0, and by itself it depends on no letter."""
    flat = Derivation(Slope(E, x), {E: constant}).then(0, "flat").then(x, "a slip")
    assert [verdict.holds for verdict in flat.verdicts] == [True, False]
    itself = Derivation(constant, {}).then(constant, "itself").then(constant + 1, "a slip")
    assert [verdict.holds for verdict in itself.verdicts] == [True, False]


def test_a_slip_is_told_although_some_places_cannot_be_measured() -> None:
    """Few places lie in the domain; the line is wrong at those."""
    sheet = Derivation(Slope(E, x), {E: sympy.log(x - 1.47)}).then(2 / (x - 1.47), "a slip")
    assert repr(sheet).count("✗") == 1
