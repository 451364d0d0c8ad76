"""Values as a learner reads them: short and in small numbers, alone or side by side.

Side by side, entry stands under entry and those that differ are marked. Numbers get four digits,
and more only where four would hide the difference. Large arrays shrink to the first entries that
differ.

Not here: what counts as different (`tasks.compare`), calls (`case`), sentences and cards
(`report`).
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from annkit.exercises.calls.wire import Opaque, Rng
from annkit.exercises.tasks.compare import close_entries
from annkit.show.cards.card import Side, Sides

MAX_TEXT = 72  # characters of a value on one line
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


MAX_ROWS = 6  # rows of a matrix shown in full
MAX_PICKED = 5  # differing entries picked from something larger


def side_by_side(expected: Any, got: Any) -> Sides:
    """Put what was expected above what came, entry under entry, and mark what differs.

    Args:
        expected: plain data.
        got: plain data; if it has the form of `expected`, entries are compared one by one.
    """
    want, came = _entries(expected), _entries(got)
    if want is None or came is None or want.shape != came.shape or want.size == 0:
        return Sides((_whole("expected", expected), _whole("got", got)))
    wrong = _wrong(want, came)
    fits = want.ndim <= 1 and want.size <= MAX_ROW
    if fits or (want.ndim == 2 and len(want) <= MAX_ROWS and want.shape[1] <= MAX_ROW):
        return Sides(_grids(want, came, wrong))
    return _picked(want, came, wrong)


def _whole(label: str, value: Any) -> Side:
    text = short(value)
    if isinstance(value, np.ndarray) and value.ndim and " of shape (" not in text:
        text = f"{text}   shape {value.shape}"
    return Side(label, ((text, False),))


def _entries(value: Any) -> np.ndarray | None:
    """The value as an array of numbers or texts, or None if it is neither."""
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind in "biufc" else None
    if isinstance(value, bool | int | float | complex | np.generic):
        return np.asarray(value)
    if not isinstance(value, list | tuple) or not value:
        return None
    if all(isinstance(item, str) for item in value):
        return np.asarray(value, dtype=object)
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array if array.dtype.kind in "biufc" else None


def _wrong(want: np.ndarray, came: np.ndarray) -> np.ndarray:
    """Which entries differ by the course's tolerance; if none does, which differ at all."""
    if "O" in (want.dtype.kind, came.dtype.kind):
        return np.asarray(want != came)
    wrong = ~close_entries(came, want)
    if wrong.any():
        return wrong
    return np.asarray((want != came) & ~((want != want) & (came != came)))  # nan equals nan


def _texts(want: np.ndarray, came: np.ndarray, wrong: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both arrays as texts of one width per column, with digits enough to tell them apart."""
    for digits in DIGITS:
        texts = [np.array([_entry(x, digits) for x in a.ravel()]) for a in (want, came)]
        if (texts[0] != texts[1])[wrong.ravel()].all() and _is_seen(want, came, wrong, digits):
            break
    rows = [text.reshape(-1, want.shape[-1] if want.ndim else 1) for text in texts]
    width = [max(map(len, column)) for column in np.vstack(rows).T]
    padded = (
        np.array([[cell.ljust(w) for cell, w in zip(row, width, strict=True)] for row in part])
        for part in rows
    )
    first, second = padded
    return first, second


def _is_seen(want: np.ndarray, came: np.ndarray, wrong: np.ndarray, digits: int) -> bool:
    """Whether rounding to so many digits leaves a tenth of every difference to be seen."""
    if "O" in (want.dtype.kind, came.dtype.kind) or "c" in (want.dtype.kind, came.dtype.kind):
        return True
    one, other = (a[wrong].astype(float) for a in (want, came))
    with np.errstate(all="ignore"):
        apart = np.abs(one - other)
        far = np.isfinite(apart)
        step = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(one), 1e-300))) - digits + 1)
    return bool((step[far] <= apart[far]).all())


def _entry(value: Any, digits: int) -> str:
    return cut(repr(value)) if isinstance(value, str) else number(value, digits)


def _grids(want: np.ndarray, came: np.ndarray, wrong: np.ndarray) -> tuple[Side, ...]:
    """Both arrays in full, row by row."""
    want_text, came_text = _texts(want, came, wrong)
    marks = wrong.reshape(came_text.shape)
    return (
        *_grid("expected", want_text, np.zeros_like(marks), want.ndim),
        *_grid("got", came_text, marks, want.ndim),
    )


def _grid(label: str, text: np.ndarray, marks: np.ndarray, ndim: int) -> list[Side]:
    lines = []
    for i, (row, marked) in enumerate(zip(text, marks, strict=True)):
        start, end = ("[" * min(ndim, 1), "]" * min(ndim, 1))
        if ndim == 2:
            start = "[[" if i == 0 else " ["
            end = "]]" if i == len(text) - 1 else "]"
        lines.append(Side(label if i == 0 else "", _cells(row, marked), (start, end)))
    return lines


def _cells(texts: Sequence[str], marks: Sequence[bool]) -> tuple[tuple[str, bool], ...]:
    return tuple((str(text), bool(mark)) for text, mark in zip(texts, marks, strict=True))


def _picked(want: np.ndarray, came: np.ndarray, wrong: np.ndarray) -> Sides:
    """The first entries that differ, under their positions."""
    positions = np.argwhere(wrong if wrong.any() else np.ones_like(wrong))[:MAX_PICKED]
    index = tuple(positions.T)
    want_text, came_text = _texts(want[index], came[index], wrong[index])
    names = [f"[{', '.join(map(str, position))}]" for position in positions]
    widths = [max(len(n), len(t)) for n, t in zip(names, want_text[0], strict=True)]
    rows = {"at": names, "expected": list(want_text[0]), "got": list(came_text[0])}
    lines = tuple(
        Side(
            label,
            _cells(
                [text.ljust(width) for text, width in zip(texts, widths, strict=True)],
                wrong[index] if label == "got" else [False] * len(texts),
            ),
        )
        for label, texts in rows.items()
    )
    count = int(wrong.sum())
    more = f"Shown: {len(names)} of the {count} wrong entries" if count > len(names) else ""
    return Sides(lines, f"{more} of an array of shape {want.shape}." if more else "")
