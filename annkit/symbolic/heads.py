"""The kinds of expression nodes the course uses, each with its numeric meaning.

One table serves two purposes: what may travel as plain data, and how a node is evaluated in
floating-point numbers. Nothing outside the table is ever built or evaluated.

Not here: walking a tree (`transport`, `equivalence`).
"""

import cmath
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import sympy

Number = complex | bool


@dataclass(frozen=True)
class Head:
    """A kind of node.

    Attributes:
        make: builds the node from its arguments.
        value: its value from the values of its arguments.
    """

    make: Callable[..., Any]
    value: Callable[..., Any]


def _sum(*terms: complex) -> complex:
    return sum(terms, 0j)


def _product(*factors: complex) -> complex:
    return reduce(operator.mul, factors, 1 + 0j)


def _power(base: complex, exponent: complex) -> complex:
    if base.imag == 0 and exponent.imag == 0 and (base.real > 0 or exponent.real.is_integer()):
        return complex(math.pow(base.real, exponent.real))
    return base**exponent


def _real(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of real parts only: comparisons, maxima, signs."""

    def apply(*args: complex) -> Any:
        return function(*(arg.real for arg in args))

    return apply


def _sign(x: float) -> complex:
    return complex((x > 0) - (x < 0))


def _step(x: float, at_zero: float = 0.5) -> complex:
    return complex(at_zero if x == 0 else float(x > 0))


def _plain(function: Any) -> Callable[..., Any]:
    """A builder that keeps the node as it was sent: nothing is evaluated, so nothing can hang."""

    def make(*args: Any) -> Any:
        return function(*args, evaluate=False)

    return make


HEADS: dict[str, Head] = {
    "Add": Head(_plain(sympy.Add), _sum),
    "Mul": Head(_plain(sympy.Mul), _product),
    "Pow": Head(_plain(sympy.Pow), _power),
    "exp": Head(_plain(sympy.exp), cmath.exp),
    "log": Head(
        _plain(sympy.log), lambda x, base=None: cmath.log(x) if base is None else cmath.log(x, base)
    ),
    "sin": Head(_plain(sympy.sin), cmath.sin),
    "cos": Head(_plain(sympy.cos), cmath.cos),
    "tan": Head(_plain(sympy.tan), cmath.tan),
    "sinh": Head(_plain(sympy.sinh), cmath.sinh),
    "cosh": Head(_plain(sympy.cosh), cmath.cosh),
    "tanh": Head(_plain(sympy.tanh), cmath.tanh),
    "coth": Head(_plain(sympy.coth), lambda x: 1 / cmath.tanh(x)),
    "sech": Head(_plain(sympy.sech), lambda x: 1 / cmath.cosh(x)),
    "csch": Head(_plain(sympy.csch), lambda x: 1 / cmath.sinh(x)),
    "atan": Head(_plain(sympy.atan), cmath.atan),
    "Abs": Head(_plain(sympy.Abs), lambda x: complex(abs(x))),
    "sign": Head(_plain(sympy.sign), _real(_sign)),
    "Heaviside": Head(_plain(sympy.Heaviside), _real(_step)),
    "Max": Head(_plain(sympy.Max), _real(lambda *args: complex(max(args)))),
    "Min": Head(_plain(sympy.Min), _real(lambda *args: complex(min(args)))),
    "StrictLessThan": Head(_plain(sympy.StrictLessThan), _real(operator.lt)),
    "LessThan": Head(_plain(sympy.LessThan), _real(operator.le)),
    "StrictGreaterThan": Head(_plain(sympy.StrictGreaterThan), _real(operator.gt)),
    "GreaterThan": Head(_plain(sympy.GreaterThan), _real(operator.ge)),
    "Equality": Head(_plain(sympy.Equality), operator.eq),
    "Unequality": Head(_plain(sympy.Unequality), operator.ne),
    "And": Head(_plain(sympy.And), lambda *args: all(args)),
    "Or": Head(_plain(sympy.Or), lambda *args: any(args)),
    "Not": Head(_plain(sympy.Not), operator.not_),
}

CONSTANTS: dict[str, tuple[Any, Number]] = {
    "Pi": (sympy.pi, complex(math.pi)),
    "Exp1": (sympy.E, complex(math.e)),
    "ImaginaryUnit": (sympy.I, 1j),
    "Infinity": (sympy.oo, complex(math.inf)),
    "NegativeInfinity": (-sympy.oo, complex(-math.inf)),
    "BooleanTrue": (sympy.true, True),
    "BooleanFalse": (sympy.false, False),
}
