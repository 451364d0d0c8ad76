"""Numbers that no exact formula of the course holds, but a difference quotient does.

(f(z + h) - f(z - h)) / (2 h) with a small h, or a clever mix of several with a larger one, agrees
with a derivative to many digits. It can't hide its h: somewhere in the formula stand numbers that
are no whole ones, halves, thirds or quarters.

Not here: whether two formulas agree (`equivalence`).
"""

import math
from collections.abc import Callable, Iterator
from typing import Any

_LARGEST = 1_000
_DENOMINATORS = (1, 2, 3, 4)
# Somebody may write e**(-z) with a number for e.
_KNOWN = (math.e, math.pi)
_DIGITS = 1e-9

Value = Callable[[Any], Any]


def odd_number(plain: list[Any], wanted: list[Any], value: Value) -> str:
    """The first odd number of a formula that is none of the expected one's, or "".

    Args:
        plain: the formula as `transport.to_plain` gives it.
        wanted: the expected one.
        value: the number that a formula without symbols stands for.
    """
    expected = [*_KNOWN, *(abs(number) for number in _numbers(wanted, value))]
    for number in _numbers(plain, value):
        size = abs(number)
        whole = any(abs(size * k - round(size * k)) < _DIGITS for k in _DENOMINATORS)
        known = any(math.isclose(size, other, rel_tol=_DIGITS) for other in expected)
        if not known and not (whole and size <= _LARGEST):
            return f"{number:.4g}"
    return ""


def _numbers(plain: Any, value: Value) -> Iterator[float]:
    """Values of the largest parts of a formula without a symbol in them."""
    if _has_symbol(plain):
        for part in plain[1:]:
            if type(part) is list:
                # A Piecewise holds pairs (value, condition), which are lists without a head.
                pieces = part if type(part[0]) is list else [part]
                for piece in pieces:
                    yield from _numbers(piece, value)
    elif type(number := value(plain)) is not bool and math.isfinite(abs(number)):
        yield number.real if number.imag == 0 else abs(number)


def _has_symbol(plain: Any) -> bool:
    if type(plain) is not list:
        return False
    return plain[0] == "Symbol" or any(map(_has_symbol, plain))
