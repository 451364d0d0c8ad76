"""A picture or table made with the learner's own functions, which says whose functions they were.

A picture belongs to one set of functions from edge to edge: where one of the learner's fails, the
picture is drawn again with the course's in its place. So it never ends in an error of the learner's
code; and a number that a text quotes is never computed like this.

Not here: fetching what was kept (`own_parts`), the pictures below a card (`tasks`).
"""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Protocol, TypeVar

import numpy as np

from annkit.exercises.calls.containment import OutOfTime, Quiet, time_limit
from annkit.exercises.my_ann.own_parts import find
from annkit.exercises.tasks.compare import describe
from annkit.show.labels import listed

SECONDS = 10.0  # of processor time, for one picture


class Captioned(Protocol):
    """A picture or a table; its caption is read with it, in a notebook as in plain text."""

    caption: str


Drawing = TypeVar("Drawing", bound=Captioned)


class OwnFunction:
    """The learner's function, or the course's where that is missing or has failed.

    Args:
        name: what it is called in the learner's module.
        ours: the course's; it takes the same and returns the same shapes.

    Attributes:
        trouble: why the learner's is not used; empty while it is.
    """

    def __init__(self, name: str, ours: Callable[..., Any]) -> None:
        """Look for the learner's function."""
        self.name, self._ours = name, ours
        self._yours, self.trouble = find(name)

    def __deepcopy__(self, memo: dict[int, Any]) -> "OwnFunction":
        """Handed to another one, it stays itself: its trouble is its own."""
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the one or the other; whatever goes wrong with the learner's is raised, and kept."""
        if self.trouble:
            return self._ours(*args, **kwargs)
        # On copies: what is drawn from a random generator is drawn once.
        expected = self._ours(*deepcopy(args), **deepcopy(kwargs))
        try:
            got = self._yours(*args, **kwargs)
        except BaseException as error:
            self.trouble = f"yours {_ending(error)}"
            raise
        if form(got) != form(expected):
            self.trouble = f"yours returned {describe(got)}, where {describe(expected)} was due"
            raise ValueError(self.trouble)
        return got


def with_own(draw: Callable[..., Drawing], /, **ours: Callable[..., Any]) -> Drawing:
    """Draw with the learner's functions as far as they have passed, and say so in the caption.

    Args:
        draw: makes a picture or table from functions, passed by name. It is called again where
            one of them fails, so it makes its own random generators.
        **ours: name in the learner's module → what the course has in its place.

    Returns:
        what `draw` made.
    """
    own = [OwnFunction(name, function) for name, function in ours.items()]
    drawing = None
    while drawing is None and not all(one.trouble for one in own):
        before = [one.trouble for one in own]
        try:
            with Quiet(), warnings.catch_warnings(), time_limit(SECONDS):
                warnings.simplefilter("ignore")
                drawing = draw(**{one.name: one for one in own})
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a learner's function may do anything, `sys.exit()` too
            if [one.trouble for one in own] == before:
                for one in own:
                    one.trouble = one.trouble or f"with yours the drawing {_ending(error)}"
    drawing = drawing or draw(**{one.name: one for one in own})
    drawing.caption = " ".join(filter(None, [drawing.caption, *_whose(own)]))
    return drawing


def form(value: Any) -> Any:
    """Shape of an array or a number; of ragged lists and dictionaries, the forms of all parts."""
    if isinstance(value, Mapping):
        return {key: form(one) for key, one in value.items()}
    try:
        return None if value is None else np.shape(value)
    except ValueError:  # ragged
        return [form(one) for one in value]


def _ending(error: BaseException) -> str:
    if isinstance(error, OutOfTime):
        return f"was not done after {SECONDS:g} seconds"
    return f"raised {type(error).__name__}"


def _whose(own: Sequence[OwnFunction]) -> Iterator[str]:
    for trouble in dict.fromkeys(one.trouble for one in own):
        names = listed([one.name for one in own if one.trouble == trouble])
        yield (
            f"Made with the course’s {names} ({trouble})."
            if trouble
            else f"Made with your {names}."
        )
