"""Are two expressions the same function? Judged by their values at random points.

Algebra has many right forms, and deciding by simplification is slow and sometimes wrong. Two
formulas of the course that agree at a dozen random points of an interval to six digits agree
everywhere: both are analytic there, or piecewise so.

Evaluation is done here, in floating-point numbers along the tree, and not by SymPy: a number
that grows too large becomes infinite at once, where exact arithmetic would run for ever.

Not here: simplifying, differentiating.
"""

import math
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy

from annkit.symbolic.heads import CONSTANTS, HEADS
from annkit.symbolic.odd_numbers import odd_number
from annkit.symbolic.transport import to_plain

N_POINTS = 12
RTOL = 1e-6
ALIKE_RTOL = 1e-4  # the same mistake in another arrangement: rounding may be another
ATOL = 1e-9


def evaluate(expression: Any, point: Mapping[str, float]) -> Any:
    """The value of an expression at a point: a complex number, or a truth value.

    Args:
        expression: what the course's formulas are made of; see `heads`.
        point: a number for the name of every symbol in it.

    Returns:
        the value; nan where it is undefined, infinite where it is too large.

    Raises:
        KeyError: a symbol without a value.
        ValueError: no expression of the course.
    """
    plain = to_plain(expression)
    if plain is None:
        raise ValueError("not an expression")
    return _evaluate(plain, point)


def _evaluate(plain: list[Any], point: Mapping[str, float]) -> Any:
    head, *args = plain
    if head == "Symbol":
        return complex(point[args[0]])
    if head == "Integer":
        return complex(float(args[0]))
    if head == "Rational":
        return complex(int(args[0]) / int(args[1]))
    if head == "Float":
        return complex(args[0])
    if head in CONSTANTS:
        return CONSTANTS[head][1]
    if head == "Piecewise":
        for value, condition in args:
            if _evaluate(condition, point):
                return _evaluate(value, point)
        return complex(math.nan)
    if head not in HEADS:
        raise ValueError(f"a {head} has no single value")
    try:
        return HEADS[head].value(*(_evaluate(arg, point) for arg in args))
    except OverflowError:
        return complex(math.inf)
    except (ZeroDivisionError, ValueError):
        return complex(math.nan)


def difference(got: Any, expected: Any, intervals: Mapping[Any, tuple[float, float]]) -> str:
    """Say how two expressions or matrices differ, as the end of a sentence; empty if equal.

    Args:
        got: the expression to judge; may be anything.
        expected: the right one.
        intervals: for each symbol an interval in which `expected` is defined.
    """
    if isinstance(got, bool | int | float):
        got = sympy.sympify(got)
    plain = to_plain(got)
    wanted = to_plain(expected)
    if plain is None or plain[0] == "Lambda":
        return f"should be a SymPy {'Matrix' if wanted[0] == 'Matrix' else 'expression'}"
    if (wanted[0] == "Matrix") != (plain[0] == "Matrix"):
        return (
            f"should be {'a matrix' if wanted[0] == 'Matrix' else 'one expression, not a matrix'}"
        )
    if wanted[0] == "Matrix":
        return _matrix_difference(plain, wanted, intervals)
    return _difference(plain, wanted, intervals)


def comes_close(got: Any, expected: Any) -> str:
    """Say that an expression is no exact one, as the end of a sentence; empty if it may be.

    Args:
        got: an expression that agrees with the right one.
        expected: the right one, without odd numbers such as 1/16.
    """
    odd = odd_number(to_plain(got), to_plain(expected), lambda part: _evaluate(part, {}))
    return f"only comes close: no exact formula of it holds the number {odd}" if odd else ""


def alike(a: Any, b: Any) -> bool:
    """Whether two expressions or matrices take the same values wherever both are looked at.

    Unlike `difference` it knows no right answer and no intervals: undefined in the same places
    counts as the same.

    Args:
        a: an expression or matrix.
        b: the other one.
    """
    one, other = to_plain(a), to_plain(b)
    if one is None or other is None or "Lambda" in (one[0], other[0]):
        return False
    if "Matrix" in (one[0], other[0]):
        return one[:3] == other[:3] and all(map(_same_values, one[3:], other[3:]))
    return _same_values(one, other)


def _same_values(one: list[Any], other: list[Any]) -> bool:
    names = sorted(_symbols(one) | _symbols(other))
    rng = np.random.default_rng(0)
    for numbers in rng.uniform(-1.5, 1.5, size=(N_POINTS, len(names))):
        point = dict(zip(names, map(float, numbers), strict=True))
        value, right = _evaluate(one, point), _evaluate(other, point)
        undefined = value != value and right != right
        if not (undefined or abs(value - right) <= ATOL + ALIKE_RTOL * abs(right)):
            return False
    return True


def _matrix_difference(
    plain: list[Any], wanted: list[Any], intervals: Mapping[Any, tuple[float, float]]
) -> str:
    _, rows, columns, *entries = wanted
    if plain[1:3] != [rows, columns]:
        return f"should have shape ({rows}, {columns}), got ({plain[1]}, {plain[2]})"
    for i, (entry, right) in enumerate(zip(plain[3:], entries, strict=True)):
        problem = _difference(entry, right, intervals)
        if problem:
            return f"{problem}, in row {i // columns}, column {i % columns} (counted from 0)"
    return ""


def _difference(
    plain: list[Any], wanted: list[Any], intervals: Mapping[Any, tuple[float, float]]
) -> str:
    names = {str(symbol): interval for symbol, interval in intervals.items()}
    unknown = sorted(_symbols(plain) - set(names))
    if unknown:
        return f"still contains {unknown[0]}, where only {', '.join(names)} may be left"
    # Other points for every formula: one that is right at some points only cannot know them.
    rng = np.random.default_rng([0, zlib.crc32(repr(plain).encode("utf-8", "replace"))])
    for _ in range(N_POINTS):
        point = {name: float(rng.uniform(low, high)) for name, (low, high) in names.items()}
        value, right = _evaluate(plain, point), _evaluate(wanted, point)
        if not abs(value - right) <= ATOL + RTOL * abs(right):
            where = ", ".join(f"{name} = {number:.3g}" for name, number in point.items())
            return f"is {_number(value)} at {where}, where it should be {_number(right)}"
    return ""


def _symbols(plain: Any) -> set[str]:
    if plain[0] == "Symbol":
        return {plain[1]}
    nested = [part for part in plain[1:] if type(part) is list]
    # A Piecewise holds pairs (value, condition), which are lists without a head.
    parts = [piece for part in nested for piece in (part if type(part[0]) is list else [part])]
    return set().union(*map(_symbols, parts))


def _number(value: complex) -> str:
    if math.isnan(value.real):
        return "undefined"
    return f"{value.real:.4g}" if value.imag == 0 else f"{value:.4g}"
