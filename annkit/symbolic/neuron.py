"""One neuron's derivation, right or with a slip: E = ½ (a − t)², a = σ(z), z = w1·x1 + w2·x2 + b.

Four lines lead from the chain rule to the finished derivative by one parameter. A slip changes one
line; what follows is worked out from it without a further mistake.

Not here: the check of a line (`derivation`), its picture (`annkit.lessons.chain_rule.explorer`).
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import sympy

from annkit.symbolic.derivation import Derivation
from annkit.symbolic.formulas import activation
from annkit.symbolic.slope import Slope

E, a, z, t = sympy.symbols("E a z t")
w1, w2, b, x1, x2 = sympy.symbols("w1 w2 b x1 x2")
MEANINGS = {
    E: (a - t) ** 2 / 2,
    a: activation("sigmoid", z),
    z: w1 * x1 + w2 * x2 + b,
}
# Parameter → what z does when it moves, and a mistaken idea of that.
PARAMETERS = {"w1": (w1, x1, w1), "w2": (w2, x2, w2), "b": (b, sympy.Integer(1), b)}

REASONS = (
    "chain rule: parameter → z → a → E",
    "slope of E = ½(a − t)²",
    "slope of a = σ(z)",
    "slope of z = w1·x1 + w2·x2 + b",
)


@dataclass(frozen=True)
class Factors:
    """The three local slopes as somebody wrote them down.

    Attributes:
        of_error: for ∂E/∂a.
        of_unit: for ∂a/∂z.
        turned: whether ∂z/∂parameter was taken to be the parameter.
    """

    of_error: Any = a - t
    of_unit: Any = a * (1 - a)
    turned: bool = False


SIGMA = sympy.Function("sigma")  # by its name: written out, it would have exponents in fractions
_AGAIN = activation("sigmoid", a)
SLIPS = {
    "none": Factors(),
    "sign of the miss": Factors(of_error=t - a),
    "slope of σ left out": Factors(of_unit=sympy.Integer(1)),
    "¼ for the slope of σ": Factors(of_unit=sympy.Rational(1, 4)),
    "slope of σ taken at a": Factors(of_unit=_AGAIN * (1 - _AGAIN)),
    "weight instead of input": Factors(turned=True),
}


@cache
def neuron_derivation(parameter: str = "w1", slip: str = "none") -> Derivation:
    """The four lines for one parameter.

    Args:
        parameter: "w1", "w2" or "b".
        slip: a key of `SLIPS`.
    """
    symbol, by_input, by_itself = PARAMETERS[parameter]
    written = SLIPS[slip]
    last = by_itself if written.turned else by_input
    unit, sums = Slope(a, z), Slope(z, symbol)
    return (
        Derivation(Slope(E, symbol), MEANINGS)
        .then((Slope(E, a), unit, sums), REASONS[0])
        .then((written.of_error, unit, sums), REASONS[1])
        .then((written.of_error, written.of_unit, sums), REASONS[2])
        .then((written.of_error, written.of_unit, last), REASONS[3])
    )


@cache
def written_out(parameter: str, slip: str) -> Derivation:
    """The four lines with a and z in inputs and parameters; σ stays a name.

    Args:
        parameter: "w1", "w2" or "b".
        slip: a key of `SLIPS`.
    """
    short = neuron_derivation(parameter, slip)
    lines = tuple(
        replace(
            line,
            products=tuple(
                tuple(factor.xreplace({_AGAIN: SIGMA(a)}) for factor in factors)
                for factors in line.products
            ),
        )
        for line in short.lines
    )
    return replace(short, lines=lines, where={a: SIGMA(z), z: MEANINGS[z]}).unfolded()
