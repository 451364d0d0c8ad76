"""Values of formulas at a place, where every slope in them is measured and none is derived.

A formula may use short names (a for the activation, z for the sum) whose meanings stand beside it.
A slope ∂E/∂w is measured by nudging w: everything that depends on w follows, and what E does is
divided by the nudge. So a line of a derivation can be checked without believing in any rule.

Not here: lines and their verdicts (`derivation`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sympy

from annkit.symbolic.equivalence import evaluate
from annkit.symbolic.slope import Slope

NUDGE = 1e-5  # of central differences: their error is about its square, and rounding is smaller


@dataclass(frozen=True)
class Place:
    """Where formulas are evaluated.

    Attributes:
        values: a number for every symbol that has no meaning of its own.
        where: symbol → the formula it is short for.
        held: symbols held at a number although they stand for a formula.
        nudge: how far slopes are measured to either side.
    """

    values: Mapping[Any, float]
    where: Mapping[Any, Any] = field(default_factory=dict)
    held: Mapping[Any, float] = field(default_factory=dict)
    nudge: float = NUDGE

    def value(self, expression: Any) -> float:
        """The value of a formula here; nan where it is undefined.

        Args:
            expression: a SymPy expression; slopes in it are measured.

        Raises:
            ValueError: a symbol has neither a number nor a meaning.
        """
        slopes = {slope: sympy.Dummy() for slope in sympy.sympify(expression).atoms(Slope)}
        plain = sympy.sympify(expression).xreplace(slopes)
        numbers = {dummy.name: self.measure(slope) for slope, dummy in slopes.items()}
        for symbol in plain.free_symbols - set(slopes.values()):
            numbers[symbol.name] = self._number(symbol)
        result = complex(evaluate(plain, numbers))
        return result.real if result.imag == 0 else float("nan")

    def measure(self, slope: Slope) -> float:
        """The central difference of what the slope is of."""
        at = self._number(slope.by)
        high, low = (
            replace(self, held={**self.held, slope.by: at + nudge}).value(slope.of)
            for nudge in (self.nudge, -self.nudge)
        )
        return (high - low) / (2 * self.nudge)

    def _number(self, symbol: Any) -> float:
        if symbol in self.held:
            return self.held[symbol]
        if symbol in self.where:
            return self.value(self.where[symbol])
        if symbol not in self.values:
            raise ValueError(f"{symbol}: neither a number nor a formula is known for it")
        return float(self.values[symbol])


def unfold(expression: Any, where: Mapping[Any, Any]) -> Any:
    """Put the formulas in the place of the short names, also in formulas; slopes stay.

    Args:
        expression: a SymPy expression.
        where: symbol → the formula it is short for.
    """
    expression = sympy.sympify(expression)
    slopes = {slope: sympy.Dummy() for slope in expression.atoms(Slope)}
    plain = expression.xreplace(slopes)
    for _ in where:
        plain = plain.xreplace(dict(where))
    return plain.xreplace({dummy: slope for slope, dummy in slopes.items()})


def free_symbols(expression: Any, where: Mapping[Any, Any]) -> list[Any]:
    """Symbols on which a formula depends in the end, by name.

    Args:
        expression: a SymPy expression, slopes allowed.
        where: symbol → the formula it is short for.
    """
    seen: set[Any] = set()
    waiting = set(sympy.sympify(expression).free_symbols)
    while waiting:
        symbol = waiting.pop()
        seen.add(symbol)
        if symbol in where:
            waiting |= where[symbol].free_symbols - seen
    return sorted(seen - set(where), key=str)
