"""Two values side by side, entry under entry, with the entries that differ marked.

Numbers get four digits, and more only where four would hide the difference. Large arrays shrink
to the first entries that differ.

Not here: what counts as different (`compare`), one value alone (`values`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from annkit.exercises.cards.values import DIGITS, MAX_ROW, cut, number, short
from annkit.exercises.tasks.compare import close_entries
from annkit.show.cards.blocks import Side, Sides

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
        if (texts[0] != texts[1])[wrong.ravel()].all():
            break
    rows = [text.reshape(-1, want.shape[-1] if want.ndim else 1) for text in texts]
    width = [max(map(len, column)) for column in np.vstack(rows).T]
    padded = (
        np.array([[cell.ljust(w) for cell, w in zip(row, width, strict=True)] for row in part])
        for part in rows
    )
    first, second = padded
    return first, second


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
