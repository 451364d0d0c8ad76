"""Formulas as LaTeX and as plain text, in the order in which they were written.

Not here: what is written (`derivation`).
"""

import re
from collections.abc import Sequence
from typing import Any

import sympy

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def latex(expression: Any) -> str:
    """A formula in LaTeX."""
    return str(sympy.latex(expression))


def text(expression: Any) -> str:
    """A formula on one line, with a true minus, raised powers and a dot for times.

    >>> a, t = sympy.symbols("a t")
    >>> print(text((a - t)**2 / 2))
    (a − t)²/2
    """
    line = sympy.sstr(expression)
    line = re.sub(r"\*\*(-?\d+)", lambda found: found[1].translate(_RAISED), line)
    return line.replace("**", "^").replace("*", "·").replace("-", "−")


def product_latex(factors: Sequence[Any]) -> str:
    """Factors in this order, with dots between them, in LaTeX."""
    pieces = (rf"\left({latex(f)}\right)" if _is_sum(f) else latex(f) for f in factors)
    return r" \cdot ".join(pieces)


def product_text(factors: Sequence[Any]) -> str:
    """Factors in this order, with dots between them, on one line."""
    return " · ".join(f"({text(f)})" if _is_sum(f) else text(f) for f in factors)


def _is_sum(factor: Any) -> bool:
    return bool(factor.is_Add)


def number(value: float) -> str:
    """A number with four digits and a true minus."""
    return f"{value:.4g}".replace("-", "−")
