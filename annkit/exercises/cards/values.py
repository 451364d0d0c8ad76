"""Values and calls as a learner reads them: short, in small numbers.

Not here: two values compared (`sides`), sentences and cards (`render`).
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from annkit.exercises.calls.wire import Opaque, Rng

MAX_TEXT = 72  # characters of a value on one line
MAX_LINE = 100  # characters of a call on one line
MAX_ROW = 8  # entries of a row shown in full
DIGITS = (4, 6, 9, 13, 17)


def short(value: Any) -> str:
    """Return one line that stands for a value; never raises, whatever the value is."""
    try:
        return _short(value)
    except Exception:  # a learner's object may do anything when asked for its text
        return f"an object of type {type(value).__name__}"


def _short(value: Any) -> str:
    if isinstance(value, Opaque):
        return value.description
    if isinstance(value, Rng):
        return f"np.random.default_rng({value.seed})"
    if isinstance(value, np.ndarray):
        return _short_array(value)
    if isinstance(value, bool | int | float | np.bool_ | np.number):
        return number(value)
    if isinstance(value, dict):
        inner = ", ".join(f"{key!r}: {_short(item)}" for key, item in list(value.items())[:4])
        return "{" + cut(inner + (", …" if len(value) > 4 else "")) + "}"
    if isinstance(value, list | tuple):
        start, end = "[]" if isinstance(value, list) else "()"
        inner = ", ".join(_short(item) for item in value[:MAX_ROW])
        comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
        return start + cut(inner + (", …" if len(value) > MAX_ROW else "")) + comma + end
    return cut(repr(value))


def _short_array(array: np.ndarray) -> str:
    if array.ndim == 0:
        return number(array[()])
    for most in (MAX_ROW, 4, 2, 1):
        inner = _nested(array, most)
        if len(inner) <= MAX_TEXT:
            break
    whole = max(array.shape) <= most
    return inner if whole else f"{cut(inner)} of shape {array.shape}"


def _nested(array: np.ndarray, most: int) -> str:
    """The array in brackets, with at most so many entries along each axis."""
    if array.ndim == 0:
        return number(array[()])
    inner = ", ".join(_nested(row, most) for row in array[:most])
    return f"[{inner}{', …' if len(array) > most else ''}]"


def cut(text: str) -> str:
    """Return a text on one line, shortened at its end if it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_TEXT else line[: MAX_TEXT - 1] + "…"


def number(value: Any, digits: int = DIGITS[0]) -> str:
    """Return a number with so many significant digits, without trailing zeros."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, int | np.integer):
        return str(value) if abs(int(value)) < 10**12 else number(float(value))
    if isinstance(value, complex | np.complexfloating):
        sign = "-" if value.imag < 0 else "+"
        return f"{number(value.real, digits)}{sign}{number(abs(value.imag), digits)}j"
    x = float(value)
    if not math.isfinite(x) or x == 0:
        return "0" if x == 0 else str(x)
    size = math.floor(math.log10(abs(x)))
    if not -4 <= size < 7:
        mantissa, exponent = f"{x:.{digits - 1}e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    text = f"{x:.{max(0, digits - 1 - size)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def call_text(name: str, args: Sequence[Any], kwargs: dict[str, Any], probe: str | None) -> str:
    """Return a call as a learner would type it: "leaky_relu([-1, 2], slope=0.1)".

    Args:
        name: the learner's function or class.
        args: positional arguments.
        kwargs: named arguments.
        probe: name of the helper that was given the learner's object, or None. Such a call is
            told as what the helper does with the object.
    """
    given = [short(arg) for arg in args] + [f"{key}={short(arg)}" for key, arg in kwargs.items()]
    if probe is not None:
        with_what = f" given {', '.join(given)}" if given else ""
        return f"{name}, {probe.replace('_', ' ')}{with_what}"
    line = f"{name}({', '.join(given)})"
    if len(line) <= MAX_LINE:
        return line
    inner = "".join(f"    {text},\n" for text in given)
    return f"{name}(\n{inner})"
