"""Watching the calls that a probe makes of the learner's function.

A probe builds arguments of its own and hands them over, so what was sent to the probe does not
tell whether they were changed. The probe is therefore given a stand-in: it calls the function,
and compares every argument with what it was before. Wherever the stand-in is asked for something
else, it answers as the function does.

A class is handed over as it is: its methods are given numbers and nodes, which no call changes.

Not here: the arguments of a direct call (`observe`).
"""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from annkit.exercises.calls.wire import encode


class Watched:
    """Stands for a learner's function.

    Attributes:
        changed: names of the parameters whose argument a call changed, in order, once each.
        seen: the arguments of all calls, kept alive, so that no other object has their `id`.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        """No call is made yet."""
        self.changed: list[str] = []
        self.seen: list[Any] = []
        self._function = function
        self._open: list[list[tuple[str, Any, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        """Whatever else is asked is asked of the function."""
        return getattr(self._function, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function, and compare its arguments afterwards."""
        names = parameter_names(self._function)
        given = [(name_at(names, place), arg) for place, arg in enumerate(args)]
        given += list(kwargs.items())
        before = [(name, arg, encode(arg)) for name, arg in given]
        self.seen += [arg for _, arg in given]
        # A generator works after its call: it is looked at again at the end.
        self._open.append(before)
        result = self._function(*args, **kwargs)
        self._look(before)
        if not isinstance(result, Iterator):
            self._open = [one for one in self._open if one is not before]
        return result

    def finish(self) -> list[str]:
        """Look at the calls that were not over, and return the names of what was changed."""
        for before in self._open:
            self._look(before)
        return self.changed

    def _look(self, before: list[tuple[str, Any, Any]]) -> None:
        for name, arg, sent in before:
            if name not in self.changed and differs(sent, arg):
                self.changed.append(name)


def differs(sent: Any, now: Any) -> bool:
    """Whether an argument is no longer what it was when encoded."""
    # A generator is meant to be used up; everything else must be as it was.
    if isinstance(now, np.random.Generator):
        return False
    after = encode(now)
    return after != sent and not _both_nan(after, sent)


def _both_nan(a: Any, b: Any) -> bool:
    return isinstance(a, float) and isinstance(b, float) and a != a and b != b


def parameter_names(function: Callable[..., Any]) -> list[str]:
    """Names of a function's parameters in order; none if they are not to be had."""
    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []


def name_at(names: list[str], place: int) -> str:
    """The name of the argument at a place, counted from 0."""
    return names[place] if place < len(names) else f"argument {place + 1}"
