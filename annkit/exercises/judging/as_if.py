"""What the right function does when it is handed something else: a mistake told by the argument.

Whoever subtracts the bias computes what is right for −b; whoever forgets the learning rate, what
is right for 1; whose loop begins at 1, what is right for a first entry of 0. So one argument is
changed in the ways in which it gets mistaken. If the reference then does in every call what the
answer does, this says where to look, whatever the code looks like, and beside a probe too.

Not here: changes to the result (`resemblance`), comparing with the answer (`diagnose`).
"""

import functools
import inspect
from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np

from annkit.exercises.tasks.compare import as_array
from annkit.show.tables import in_words

Function = Callable[..., Any]
# Takes the arguments by their names and gives the changed ones; those it doesn't fit stay.
_Change = Callable[[dict[str, Any]], dict[str, Any]]


class Likely(NamedTuple):
    """An argument mistaken in a likely way.

    Attributes:
        name: the argument.
        change: what stands for it, in a few words with a place for its name.
        made_of: makes a function as it would be if its argument at this place were so mistaken.
    """

    name: str
    change: str
    made_of: Callable[[Function], Function]

    @property
    def words(self) -> str:
        """What stands for the argument."""
        return self.change.format(name=self.name)

    @property
    def is_multiple(self) -> bool:
        """Whether a multiple of the argument stands for it."""
        return self.change in _MULTIPLES


def in_short(function: Function) -> Iterator[Likely]:
    """The ways in which a function's arguments are likely mistaken, the likeliest first."""
    parameters = inspect.signature(function).parameters.values()
    for words, change in _LIKELY.items():
        for place, parameter in enumerate(parameters):
            made_of = functools.partial(_at, place, parameter, change)
            yield Likely(parameter.name, words, made_of)


def _at(
    place: int, parameter: inspect.Parameter, change: Callable[[Any], Any], function: Function
) -> Function:
    """The function with one argument changed; its parameters may have other names."""

    @functools.wraps(function)
    def handed_otherwise(*args: Any, **kwargs: Any) -> Any:
        if place < len(args):
            changed = _everywhere(change, args[place])
            args = (*args[:place], changed, *args[place + 1 :])
        elif (value := kwargs.get(parameter.name, parameter.default)) is not parameter.empty:
            kwargs[parameter.name] = _everywhere(change, value)
        return function(*args, **kwargs)

    return handed_otherwise


def as_if(function: Function) -> Iterator[tuple[str, Function]]:
    """Make the function again as it would be if its arguments were mistaken.

    Args:
        function: with a signature.

    Yields:
        A sentence for whoever wrote such a function, and the function; the likeliest first.

    Raises:
        TypeError, ValueError: it has no signature.
    """
    signature = inspect.signature(function)
    for words, change in _changes(signature):
        yield words, _handed(function, signature, change)


def _handed(function: Function, signature: inspect.Signature, change: _Change) -> Function:
    @functools.wraps(function)
    def handed_otherwise(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        bound.arguments.update(change(dict(bound.arguments)))
        return function(*bound.args, **bound.kwargs)

    return handed_otherwise


def _changes(signature: inspect.Signature) -> Iterator[tuple[str, _Change]]:
    names = list(signature.parameters)
    for words, change in _OF_ONE.items():
        for name in names:
            yield f"Your result is right for {words.format(name=name)}", _on(name, change)
    for name, parameter in signature.parameters.items():
        if parameter.default is not inspect.Parameter.empty:
            value = parameter.default
            words = f"Your result is right for `{name}` = {in_words(value)}, whatever is handed in."
            yield words, functools.partial(_set, name, value)
    for one, other in combinations(names, 2):
        words = f"Your result is right for `{one}` and `{other}` exchanged: which stands where?"
        yield words, functools.partial(_exchange, one, other)
    for name in names:
        words = f"Your result is right for `{name}` in the opposite order."
        yield words, functools.partial(_reverse, name)
    for words, kept in _KEPT.items():
        for name, is_alone, (axis, place) in product(names, (True, False), _AXES.items()):
            keep = functools.partial(_keep, name, kept, axis, is_alone)
            yield f"Your result is right {words.format(name=name, place=place)}", keep


def _on(name: str, change: Callable[[Any], Any]) -> _Change:
    return lambda given: {name: _everywhere(change, given[name])}


def _everywhere(change: Callable[[Any], Any], value: Any) -> Any:
    """Change a number, an array, every array of a list of layers, or what a function gives."""
    if callable(value):
        return lambda *args: _everywhere(change, value(*args))
    if isinstance(value, list | tuple) and isinstance(as_array(value), str):
        return type(value)(_everywhere(change, piece) for piece in value)
    array = as_array(value)
    if isinstance(array, str) or array.dtype.kind not in "iuf":
        return value
    changed = change(array)
    return value if changed is None else changed[()]


def _set(name: str, value: Any, given: dict[str, Any]) -> dict[str, Any]:
    return {name: value}


def _exchange(one: str, other: str, given: dict[str, Any]) -> dict[str, Any]:
    if _outline(given[one]) != _outline(given[other]):
        return {}
    return {one: given[other], other: given[one]}


def _keep(
    name: str, kept: slice, axis: int, is_alone: bool, given: dict[str, Any]
) -> dict[str, Any]:
    """Keep some places of an argument, alone or with all of its shape, which belong to it."""
    outline = _outline(given[name])
    is_table = isinstance(outline, tuple) and len(outline) > 1
    if not outline or (axis == 0 and not is_table):
        return {}
    names = [name] if is_alone else [one for one in given if _outline(given[one]) == outline]
    return {one: _only(kept, axis, given[one]) for one in names}


def _outline(value: Any) -> Any:
    """What is alike in arguments that belong together: a shape, or the number of layers."""
    array = as_array(value)
    if isinstance(array, str):
        return len(value) if isinstance(value, list) else None
    return array.shape if array.dtype.kind in "iuf" else None


def _only(kept: slice, axis: int, value: Any) -> Any:
    """Drop the other layers of a list; put 0 in the other places of an array."""
    array = as_array(value)
    if isinstance(array, str):
        return value[kept]
    places = (..., kept) if axis else (kept,)
    only = np.zeros_like(array)
    only[places] = array[places]
    return only


def _reverse(name: str, given: dict[str, Any]) -> dict[str, Any]:
    value = given[name]
    return {name: value[::-1]} if isinstance(value, list) else {}


def _number(change: Callable[[float], Any]) -> Callable[[Any], Any]:
    """A change to single numbers only."""
    return lambda array: None if array.ndim else np.asarray(change(array[()]))


def _share(number: float) -> float:
    return 1 - number if 0 <= number <= 1 else number


def _counted(by: int) -> Callable[[Any], Any]:
    return lambda array: None if array.ndim or array.dtype.kind == "f" else array + by


def _root(array: Any) -> Any:
    return np.sqrt(array) if (array >= 0).all() else None


def _over(array: Any) -> Any:
    return 1 / array if array.all() else None


def _turned(array: Any) -> Any:
    return array.T if array.ndim == 2 and array.shape[0] == array.shape[1] else None


def _mean(array: Any) -> Any:
    return array / array.shape[-1] if array.ndim else None


_OF_ONE: dict[str, Callable[[Any], Any]] = {
    "`{name}` with the other sign: is there a minus too many, or one too few?": np.negative,
    "`{name}` = 0: does it ever come in?": np.zeros_like,
    "`{name}` = 1: does it ever come in?": _number(lambda number: 1.0),
    "1 − `{name}` in the place of `{name}`: which share belongs to what?": _number(_share),
    "`{name}` + 1: where does your count begin, and where does it end?": _counted(1),
    "`{name}` − 1: where does your count begin, and where does it end?": _counted(-1),
    "the square of `{name}` in its place: is it squared once too often?": np.square,
    "the root of `{name}` in its place: is a square missing?": _root,
    "1 / `{name}` in its place: which way does it come in?": _over,
    "twice `{name}` in its place.": lambda array: 2 * array,
    "half of `{name}` in its place.": lambda array: array / 2,
    "`{name}` without its sign: where is it lost?": np.abs,
    "`{name}` cut off to whole numbers: is an array of integers in between?": np.trunc,
    "`{name}` with rows and columns exchanged.": _turned,
    "`{name}` divided by its number of entries: is a mean taken of what should be added?": _mean,
}

# The first that fits is told: what does not come in at all has no sign.
_LIKELY: dict[str, Callable[[Any], Any]] = {
    "`{name}` = 0": np.zeros_like,
    "`{name}` with the other sign": np.negative,
    "`{name}` with rows and columns exchanged": _turned,
    "`{name}` = 1": _number(lambda number: 1.0),
    "1 − `{name}` in the place of `{name}`": _number(_share),
    "twice `{name}`": lambda array: 2 * array,
    "half of `{name}`": lambda array: array / 2,
}
_MULTIPLES = ("`{name}` with the other sign", "twice `{name}`", "half of `{name}`")


_AXES = {-1: "entry", 0: "row"}
_KEPT = {
    "if the first {place} of `{name}` is left out, or 0: where does your loop begin?": slice(
        1, None
    ),
    "if the last {place} of `{name}` is left out, or 0: where does your loop end?": slice(None, -1),
    "if only the first {place} of `{name}` counts: is the `return` inside a loop?": slice(None, 1),
    "if only the last {place} of `{name}` counts: does your sum begin again in each turn?": slice(
        -1, None
    ),
}
