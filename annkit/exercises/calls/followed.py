"""Following one call of a function line by line: which lines ran, and what the names then held.

Not here: what is asked about it (`annkit.exercises.judging.own_lines`).
"""

import sys
import warnings
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
    """

    value: Any = None
    lines: list[int] = field(default_factory=list)
    shapes: dict[int, dict[str, tuple[int, ...]]] = field(default_factory=dict)


def follow(
    function: FunctionType, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Followed | None:
    """Call a function and follow its own lines; None if it raises or takes too long."""
    seen = Followed()
    code = function.__code__

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code is not code:
            return None
        if seen.lines and event in ("line", "return"):
            seen.shapes.setdefault(seen.lines[-1], _shapes(frame.f_locals))
        if event == "line":
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


def _shapes(names: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    return {name: value.shape for name, value in names.items() if isinstance(value, np.ndarray)}
