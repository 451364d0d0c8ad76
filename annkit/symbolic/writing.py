"""Formulas as LaTeX and as plain text, in the order in which they were written.

Not here: what is written (`derivation`).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class _PositiveFirst:
    """Sums as people write them: y − t, where SymPy would begin with the minus."""

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        terms: Iterable[Any] = super()._as_ordered_terms(expr, order)  # type: ignore[misc]
        return sorted(terms, key=lambda term: bool(term.could_extract_minus_sign()))


class _Latex(_PositiveFirst, LatexPrinter):  # type: ignore[misc]  # SymPy's classes are untyped
    pass


class _Text(_PositiveFirst, StrPrinter):  # type: ignore[misc]
    pass


def latex(expression: Any) -> str:
    """A formula in LaTeX."""
    return str(_Latex().doprint(expression))


def text(expression: Any) -> str:
    """A formula on one line, with a true minus, raised powers, a dot for times and σ by its letter.

    >>> from sympy.abc import a, t
    >>> print(text((a - t)**2 / 2))
    (a − t)²/2
    """
    line = str(_Text().doprint(expression))
    line = re.sub(r"\*\*(-?\d+)", lambda found: found[1].translate(_RAISED), line)
    line = line.replace("sigma(", "σ(")
    return line.replace("**", "^").replace("*", "·").replace("-", "−")


def sum_latex(products: Sequence[Sequence[Any]]) -> str:
    """Products in this order, with a plus between them, in LaTeX."""
    return " + ".join(product_latex(factors) for factors in products)


def sum_text(products: Sequence[Sequence[Any]]) -> str:
    """Products in this order, with a plus between them, on one line."""
    return " + ".join(product_text(factors) for factors in products)


def product_latex(factors: Sequence[Any]) -> str:
    """Factors in this order, with dots between them, in LaTeX."""
    pieces = [
        rf"\left({latex(f)}\right)" if _in_brackets(place, factors) else latex(f)
        for place, f in enumerate(factors)
    ]
    return r" \cdot ".join(pieces)


def product_text(factors: Sequence[Any]) -> str:
    """Factors in this order, with dots between them, on one line."""
    pieces = [
        f"({text(f)})" if _in_brackets(place, factors) else text(f)
        for place, f in enumerate(factors)
    ]
    return " · ".join(pieces)


def _in_brackets(place: int, factors: Sequence[Any]) -> bool:
    """Whether a factor of several is a sum, or begins with a minus in the middle."""
    factor = factors[place]
    minus = place > 0 and bool(factor.could_extract_minus_sign())
    return len(factors) > 1 and (bool(factor.is_Add) or minus)


def number(value: float) -> str:
    """A number with four digits and a true minus."""
    return f"{value:.4g}".replace("-", "−")
