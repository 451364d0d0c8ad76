"""A slope that is not worked out yet: ∂E/∂w as an object that can stand in a formula.

SymPy's own `Derivative` wants to see how E depends on w. On paper one writes ∂E/∂a before that is
known, with plain letters; this is such a letter pair. Its value comes from a measurement.

Not here: measuring (`measuring`), working it out (that is the learner's part).
"""

from typing import Any

import sympy


class Slope(sympy.Function):  # type: ignore[misc]  # SymPy's classes are untyped
    """∂of/∂by, as it is written: `Slope(E, w)`.

    Args:
        of: what changes, a symbol or an expression.
        by: the symbol that is nudged; whatever depends on it follows.
    """

    nargs = 2

    @property
    def of(self) -> Any:
        """What changes."""
        return self.args[0]

    @property
    def by(self) -> Any:
        """What is nudged."""
        return self.args[1]

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        of, by = (printer.doprint(part) for part in self.args)
        if not self.of.is_Symbol:
            text = rf"\frac{{\partial}}{{\partial {by}}}\left({of}\right)"
        else:
            text = rf"\frac{{\partial {of}}}{{\partial {by}}}"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def _sympystr(self, printer: Any) -> str:
        of, by = (printer.doprint(part) for part in self.args)
        return f"∂{of}/∂{by}" if self.of.is_Symbol else f"∂({of})/∂{by}"
