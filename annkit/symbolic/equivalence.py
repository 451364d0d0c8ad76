"""Are two expressions the same function? Judged by their values at random points.

Algebra has many right forms, and deciding by simplification is slow and sometimes wrong. Two
formulas of the course that agree at a dozen random points of an interval to six digits agree
everywhere: both are analytic there, or piecewise so.

Evaluation is done here, in floating-point numbers along the tree, and not by SymPy: a number
that grows too large becomes infinite at once, where exact arithmetic would run for ever.

A place where two formulas differ is made as simple as it can be before it is shown: most letters
0, the others small whole numbers, so that both values can be found on paper.

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
# What a letter is set to, if it can be, in the place that is shown.
_SIMPLE = (0.0, 1.0, -1.0, 2.0, 0.5, -0.5)
# So many letters are listed one by one, those that are 0 as well.
_FEW = 3
_DIGITS = (4, 6, 9, 13)

# An interval's ends are numbers. For a place they are the same, and one of SymPy's such as log(3)
# is shown as it is.
Intervals = Mapping[Any, tuple[Any, Any]]


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


def difference(got: Any, expected: Any, intervals: Intervals) -> str:
    """Say how two expressions or matrices differ, as the end of a sentence; empty if equal.

    Args:
        got: the expression to judge; may be anything.
        expected: the right one.
        intervals: for each symbol an interval in which `expected` is defined; both ends may be
            the same place.
    """
    if isinstance(got, bool | int | float):
        got = sympy.sympify(got)
    plain = to_plain(got)
    wanted = to_plain(expected)
    if plain is None or plain[0] == "Lambda":
        return f"should be a SymPy {'Matrix' if wanted[0] == 'Matrix' else 'expression'}"
    if (wanted[0] == "Matrix") != (plain[0] == "Matrix"):
        return f"should be {'a matrix' if wanted[0] == 'Matrix' else 'one expression'}"
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


def sampled(a: Any, b: Any) -> list[tuple[dict[str, float], np.ndarray, np.ndarray]]:
    """Values of two expressions, or of two matrices of one shape, at the same random places.

    Args:
        a: an expression or matrix.
        b: the other one, with all letters that `a` may hold.

    Returns:
        (place, value of `a`, value of `b`) for each place where both are real numbers; a matrix's
        values are an array of its shape. Nothing if the two cannot be compared so.
    """
    one, other = to_plain(a), to_plain(b)
    heads = [plain and plain[0] for plain in (one, other)]
    if None in heads or "Lambda" in heads or (heads[0] == "Matrix") != (heads[1] == "Matrix"):
        return []
    is_matrix = heads[0] == "Matrix"
    if not _symbols(one) <= _symbols(other) or (is_matrix and one[1:3] != other[1:3]):
        return []
    names, found = sorted(_symbols(other)), []
    for numbers in np.random.default_rng(1).uniform(0.4, 1.4, size=(N_POINTS, len(names))):
        point = dict(zip(names, map(float, numbers), strict=True))
        pair = [_values(plain, point) for plain in (one, other)]
        if all(np.isfinite(values).all() and not values.imag.any() for values in pair):
            found.append((point, pair[0].real, pair[1].real))
    return found


def _values(plain: list[Any], point: Mapping[str, float]) -> np.ndarray:
    """The value at a point as an array: of shape () for an expression."""
    if plain[0] != "Matrix":
        return np.asarray(complex(_evaluate(plain, point)))
    entries = [complex(_evaluate(entry, point)) for entry in plain[3:]]
    return np.array(entries).reshape(plain[1], plain[2])


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


def _matrix_difference(plain: list[Any], wanted: list[Any], intervals: Intervals) -> str:
    _, rows, columns, *entries = wanted
    if plain[1:3] != [rows, columns]:
        return f"should have shape ({rows}, {columns})"
    for i, (entry, right) in enumerate(zip(plain[3:], entries, strict=True)):
        problem = _difference(entry, right, intervals)
        if problem:
            return f"{problem}, in row {i // columns}, column {i % columns} (counted from 0)"
    return ""


def _difference(plain: list[Any], wanted: list[Any], intervals: Intervals) -> str:
    unknown = sorted(_symbols(plain) - set(map(str, intervals)))
    if unknown:
        letters = ", ".join(map(str, intervals))
        known = letters if len(intervals) <= 2 * _FEW else "the letters that are handed in"
        return f"still contains {unknown[0]}, where only {known} may be left"
    ends = {str(symbol): (float(low), float(high)) for symbol, (low, high) in intervals.items()}
    # Other points for every formula: one that is right at some points only cannot know them.
    rng = np.random.default_rng([0, zlib.crc32(repr(plain).encode("utf-8", "replace"))])
    for _ in range(N_POINTS):
        point = {name: float(rng.uniform(low, high)) for name, (low, high) in ends.items()}
        if _differ(_evaluate(plain, point), _evaluate(wanted, point)):
            point = _simplified(plain, wanted, point, ends)
            value, right = _numbers(_evaluate(plain, point), _evaluate(wanted, point))
            return f"is {value} {_where(point, intervals)}, where it should be {right}"
    return ""


def _differ(value: complex, right: complex) -> bool:
    return not abs(value - right) <= ATOL + RTOL * abs(right)


def _simplified(
    plain: list[Any],
    wanted: list[Any],
    point: dict[str, float],
    ends: Mapping[str, tuple[float, float]],
) -> dict[str, float]:
    """A place like the given one, as simple as possible, where both still differ to be seen."""

    def still_differ(place: dict[str, float]) -> bool:
        value, right = _evaluate(plain, place), _evaluate(wanted, place)
        are_numbers = np.isfinite(value) == finite and np.isfinite(right)
        return bool(are_numbers and _differ(value, right) and _number(value) != _number(right))

    finite = np.isfinite(_evaluate(plain, point))
    for name, (low, high) in ends.items():
        tried = ({**point, name: number} for number in _SIMPLE if low <= number <= high)
        point = next((place for place in tried if still_differ(place)), point)
    return point


def _where(point: Mapping[str, float], intervals: Intervals) -> str:
    """A place in words: "at x1 = 2, b = 1, all other letters 0"."""
    ends = {str(symbol): (low, high) for symbol, (low, high) in intervals.items()}
    told = {
        name: str(ends[name][0]) if isinstance(ends[name][0], sympy.Basic) else f"{number:.3g}"
        for name, number in point.items()
    }
    listed = {name: text for name, text in told.items() if text != "0"}
    if not listed:
        return "where every letter is 0" if len(told) > 1 else f"at {next(iter(told), 'z')} = 0"
    if len(told) <= _FEW:
        listed = told
    rest = ", all other letters 0" if len(listed) < len(told) else ""
    return "at " + ", ".join(f"{name} = {text}" for name, text in listed.items()) + rest


def _symbols(plain: Any) -> set[str]:
    if plain[0] == "Symbol":
        return {plain[1]}
    nested = [part for part in plain[1:] if type(part) is list]
    # A Piecewise holds pairs (value, condition), which are lists without a head.
    parts = [piece for part in nested for piece in (part if type(part[0]) is list else [part])]
    return set().union(*map(_symbols, parts))


def _numbers(value: complex, right: complex) -> tuple[str, str]:
    """Two numbers as texts, with digits enough to tell them apart."""
    texts = [(_number(value, digits), _number(right, digits)) for digits in _DIGITS]
    return next((pair for pair in texts if pair[0] != pair[1]), texts[-1])


def _number(value: complex, digits: int = _DIGITS[0]) -> str:
    if math.isnan(value.real):
        return "undefined"
    return f"{value.real:.{digits}g}" if value.imag == 0 else f"{value:.{digits}g}"
