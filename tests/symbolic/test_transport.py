"""Expressions travel whole, and nothing else does."""

import pytest
import sympy

from annkit.symbolic.transport import MAX_DEPTH, TransportError, from_plain, to_plain

x, y = sympy.symbols("x y")
p = sympy.Symbol("p", positive=True)


@pytest.mark.parametrize(
    "expression",
    [
        sympy.Integer(0),
        sympy.Integer(-1),
        sympy.Rational(3, 7),
        sympy.Float(0.25),
        sympy.pi * sympy.E,
        x,
        1 / (1 + sympy.exp(-x)),
        sympy.tanh(x) ** 2 - y,
        sympy.log(p) * sympy.sqrt(p),
        sympy.Piecewise((0, x <= 0), (x, True)),
        sympy.Max(0, x),
        sympy.Matrix([[x, y], [1, x * y]]),
    ],
)
def test_an_expression_comes_back_equal(expression):
    """SymPy itself is the oracle: what comes back means the same."""
    back = from_plain(to_plain(expression))
    assert sympy.simplify(back - expression) == sympy.simplify(expression - expression)


def test_a_lambda_comes_back_and_can_be_applied():
    """A function of one symbol keeps its argument."""
    square = from_plain(to_plain(sympy.Lambda(x, x**2)))
    assert square(3).doit() == 9


def test_assumptions_travel():
    """A positive symbol stays the same symbol, not one of the same name."""
    assert from_plain(to_plain(p)) == p
    assert from_plain(to_plain(x)) == x != sympy.Symbol("x", real=True)


class Fake(sympy.Symbol):
    """A symbol that would claim to be anything."""

    def __eq__(self, other):
        return True

    __hash__ = sympy.Symbol.__hash__


@pytest.mark.parametrize(
    "value", [None, 1, "x + 1", object(), Fake("x"), Fake("x") + 1, sympy.Function("f")(x)]
)
def test_nothing_but_known_classes_becomes_data(value):
    """Text, look-alikes and unknown functions are not expressions."""
    assert to_plain(value) is None


@pytest.mark.parametrize(
    "plain",
    [
        "x",
        [],
        ["os.system", "true"],
        ["Integer", "9" * 5000],
        ["Integer", 7],
        ["Symbol", "", {}],
        ["Symbol", "x", {"evil": True}],
        ["Add", ["Add", "x"]],
        ["Matrix", 2, 2, ["Integer", "1"]],
        {"head": "Add"},
    ],
)
def test_malformed_lists_are_refused(plain):
    """Whatever `to_plain` cannot have made is an error, and a quick one."""
    with pytest.raises(TransportError):
        from_plain(plain)


def test_towers_are_read_without_being_computed():
    """10**10**10 would take for ever if reading it evaluated it."""
    ten = ["Integer", "10"]
    assert from_plain(["Pow", ten, ["Pow", ten, ten]]) is not None


def test_depth_is_limited():
    """A chain deeper than the limit is refused in either direction."""
    plain: list[object] = ["Symbol", "x", {}]
    for _ in range(MAX_DEPTH + 5):
        plain = ["exp", plain]
    with pytest.raises(TransportError, match="too large"):
        from_plain(plain)
