"""Following one call of a function line by line: which lines ran, and what the names then held.

Expressions can be looked at on the way, each right before its line runs for the first time. They
are evaluated once more for that, so they must be such as change nothing.

Not here: what is asked about it (`annkit.exercises.understanding.own_lines`).
"""

import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType, FunctionType
from typing import Any

import numpy as np

from annkit.exercises.calls.containment import Quiet, time_limit
from annkit.exercises.calls.surroundings import Borrowed

_SECONDS = 0.5
_MOST_STEPS = 5_000


class _Enough(Exception):
    """The call takes more steps than anybody would follow."""


@dataclass
class Followed:
    """What one call did.

    Attributes:
        value: its result.
        lines: the lines that ran, in order, as the code counts them.
        shapes: line → (name → shape) after the line ran for the first time, arrays only.
        numbers: the same of plain numbers, by their value.
        looked_at: (line, expression) → shape, arrays and NumPy's numbers only.
    """

    value: Any = None
    lines: list[int] = field(default_factory=list)
    shapes: dict[int, dict[str, tuple[int, ...]]] = field(default_factory=dict)
    numbers: dict[int, dict[str, float]] = field(default_factory=dict)
    looked_at: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)


def follow(
    function: FunctionType,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    look_at: Mapping[int, Sequence[str]] | None = None,
) -> Followed | None:
    """Call a function and follow its own lines.

    Args:
        function: the function.
        args: what it gets.
        kwargs: what it gets by name.
        look_at: line → expressions to look at.

    Returns:
        what was seen; None if it raises or takes too long.
    """
    seen = Followed()
    code = function.__code__

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code is not code:
            return None
        if seen.lines and event in ("line", "return") and seen.lines[-1] not in seen.shapes:
            seen.shapes[seen.lines[-1]] = _shapes(frame.f_locals)
            seen.numbers[seen.lines[-1]] = _numbers(frame.f_locals)
        if event == "line":
            if frame.f_lineno not in seen.lines:
                for text in (look_at or {}).get(frame.f_lineno, ()):
                    _look(seen, frame, text)
            seen.lines.append(frame.f_lineno)
            if len(seen.lines) > _MOST_STEPS:
                raise _Enough
        return step

    before = sys.gettrace()
    try:
        with Borrowed(), Quiet(), warnings.catch_warnings(), time_limit(_SECONDS):
            warnings.simplefilter("ignore")
            sys.settrace(step)
            try:
                seen.value = function(*args, **kwargs)
            finally:
                sys.settrace(before)
    except KeyboardInterrupt:
        raise
    except BaseException:  # whatever a changed function may do
        return None
    return seen


def _look(seen: Followed, frame: FrameType, text: str) -> None:
    try:
        value = eval(text, frame.f_globals, frame.f_locals)
    except Exception:  # then there is nothing to be said of it
        return
    if isinstance(value, np.ndarray | np.generic):
        seen.looked_at[frame.f_lineno, text] = np.shape(value)


def _numbers(names: dict[str, Any]) -> dict[str, float]:
    plain = (int, float, np.integer, np.floating)
    return {
        name: float(value)
        for name, value in names.items()
        if isinstance(value, plain) and not isinstance(value, bool)
    }


def _shapes(names: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    return {name: value.shape for name, value in names.items() if isinstance(value, np.ndarray)}
