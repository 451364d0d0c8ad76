"""Answers that ignore the question: what earns nothing, whatever the exercise.

- An *idle* answer gives a constant, nothing, or its arguments back; numbers that have the form of
  the right ones and nothing else; or it is a class whose methods do no work.
- A *table* holds the right results for whatever is the same for every student, and is idle for
  what is drawn anew where marks are made: only that shows that an answer computes. Checks are
  public, so what they draw from a handful of cases may stand in a table as well.

Not here: what follows if one of them earns something (`selfcheck`).
"""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial, wraps
from inspect import signature
from types import SimpleNamespace
from typing import Any, TypeVar

import numpy as np

from annkit.exercises.calls.answer import Answer, Transport, here
from annkit.exercises.calls.observe import observe
from annkit.exercises.calls.wire import decode, encode
from annkit.exercises.judging.judge import run_check
from annkit.exercises.tasks.task import Exercise

# Students whose inputs are compared with one's: what two of them share by luck is not shared by
# all.
_STUDENTS = (12, 13)
# With these, two of six: of 25 cases that a check might draw from, somebody's are another's too
# in three tries of four.
_MORE = (14, 15, 16)
# How a request with an expression in it is written.
_FORMULA = '"expression": '
_CONSTANTS: tuple[Any, ...] = (
    None,
    True,
    0.0,
    0.5,
    1.0,
    2,
    -1.0,
    float("nan"),
    "",
    [],
    (),
    {},
    ([], []),
)

T = TypeVar("T")
Fill = Callable[[tuple[int, ...]], np.ndarray]


def _one_entry(place: slice, shape: tuple[int, ...]) -> np.ndarray:
    numbers = np.zeros(shape)
    numbers.flat[place] = 1
    return numbers


# How numbers that have nothing but the right form may look.
FILLS: dict[str, Fill] = {
    "0 everywhere": np.zeros,
    "½ everywhere": lambda shape: np.full(shape, 0.5),
    "1 everywhere": np.ones,
    "1 in the first place, else 0": partial(_one_entry, slice(1)),
    "1 in the last place, else 0": partial(_one_entry, slice(-1, None)),
}


def idle_answers(task: Exercise) -> Iterator[tuple[str, Transport]]:
    """What it gives, and the transport, of every idle answer to an exercise."""
    yield from forms(task)
    if isinstance(task.answer, type):
        return
    for constant in _CONSTANTS:
        yield repr(constant), here(lambda *args, given=constant, **kwargs: given)
    for place, name in enumerate(signature(task.answer).parameters):
        yield name, here(lambda *args, at=place, **kwargs: args[at] if at < len(args) else None)
        yield f"all up to {name}", here(lambda *args, at=place, **kwargs: args[: at + 1])


def takes_nothing(task: Exercise) -> bool:
    """Whether the answer is data: a function without arguments."""
    return not isinstance(task.answer, type) and not signature(task.answer).parameters


class AnswerTable:
    """All that is the same for every student.

    Args:
        task: the exercise.
        right: a transport to its reference, which need not work out anything twice.
        student: the seed of one of them.

    Attributes:
        is_of_use: whether such a table is against the course's rules. An answer that is data and
            one that is a formula are the same for everybody by their nature.
    """

    def __init__(self, task: Exercise, right: Transport, student: int) -> None:
        """Have the reference asked on behalf of several students."""
        self._task = task
        self._right = right
        self._asked = [self._requests(seed) for seed in (student, *_STUDENTS)]
        everything = [set().union(*asked) for asked in self._asked]
        self._known = set.intersection(*everything)
        about_formulas = any(_FORMULA in text for text in everything[0])
        self.is_of_use = not takes_nothing(task) and not about_formulas

    def answer(self, fill: Fill) -> Transport:
        """An answer that knows the table; where it says nothing, these numbers are given."""

        def transport(request: dict[str, Any]) -> dict[str, Any]:
            reply = self._right(request)
            if request["kind"] == "describe" or _text(request) in self._known:
                return reply
            return reply | {"value": encode(filled(decode(reply["value"]), fill)), "error": None}

        return transport

    def from_few_cases(self) -> Iterator[str]:
        """Labels of checks with points that ask one student only what others are asked, too."""
        asked = [*self._asked, *(self._requests(seed) for seed in _MORE)]
        for place, check in enumerate(self._task.checks):
            for one in asked if check.points else ():
                others = (each for other in asked if other is not one for each in other)
                if one[place] <= set().union(*others):
                    yield check.label
                    break

    def _requests(self, seed: int) -> list[set[str]]:
        """All that each check asks the reference with this seed."""
        answer = Answer(self._right, self._task.object_name, self._task.seconds)
        asked = []
        for check in self._task.checks:
            before = len(answer.calls)
            run_check(self._task, check, answer, seed)
            asked.append({_text(call.request) for call in answer.calls[before:]})
        return asked


def _text(request: dict[str, Any]) -> str:
    return json.dumps(request, sort_keys=True)


def once_each(give: Callable[[dict[str, Any]], T]) -> Callable[[dict[str, Any]], T]:
    """The same, but whoever asks again is given the same again: references may be trainings."""
    given: dict[str, T] = {}

    def known(request: dict[str, Any]) -> T:
        text = _text(request)
        if text not in given:
            given[text] = give(request)
        return given[text]

    return known


def filled(value: Any, fill: Fill) -> Any:
    """The form of a result, with other numbers, and of several texts always the first.

    Example:
        >>> filled([(np.arange(3), 2.0), ["a", "b"]], np.ones)
        [(array([1., 1., 1.]), 1.0), ['a', 'a']]
    """
    if isinstance(value, dict):
        return {key: filled(one, fill) for key, one in value.items()}
    if isinstance(value, list | tuple):
        texts = [one for one in value if isinstance(one, str)]
        return type(value)(texts[0] if one in texts else filled(one, fill) for one in value)
    if isinstance(value, np.ndarray):
        return fill(value.shape)
    number = float(fill(()))
    if isinstance(value, bool | int | float | np.generic):
        return number
    if hasattr(value, "applyfunc"):  # a matrix of expressions
        return type(value)(*value.shape, fill(value.shape).ravel().tolist())
    if hasattr(value, "free_symbols"):
        return 0 * value + number
    if hasattr(value, "inputs"):  # a node of a graph
        return type(value)(number)
    if callable(value):
        return lambda *args: filled(value(*args), fill)
    if hasattr(value, "predict"):  # a fitted model
        return SimpleNamespace(predict=filled(value.predict, fill))
    return value


def forms(task: Exercise) -> Iterator[tuple[str, Transport]]:
    """What it gives, and the answer, with the form of the right one; none calls an argument."""
    reference = task.answer
    if isinstance(reference, type):
        for what, fill in FILLS.items():
            yield what, here(_idle_class(reference, float(fill(()))))
        return

    def results(request: dict[str, Any]) -> list[Any]:
        found = []

        @wraps(reference)
        def right(*args: Any, **kwargs: Any) -> Any:
            found.append(reference(*args, **kwargs))
            return deepcopy(found[-1])

        observe(right, request)
        return found

    known = once_each(results)
    for what, fill in FILLS.items():
        yield what, partial(_in_form, known, fill)


def _in_form(
    results: Callable[[dict[str, Any]], list[Any]], fill: Fill, request: dict[str, Any]
) -> dict[str, Any]:
    """The reply of whoever gives numbers of its own in the form of these results."""
    left = iter(results(request))
    return observe(lambda *args, **kwargs: filled(next(left, None), fill), request)


def _idle_class(reference: type, number: float) -> type:
    """A class with the reference's own methods, which all give a new node of this number."""

    def idle(self: Any, *args: Any) -> Any:
        return type(self)(number)

    own = (name for name, value in vars(reference).items() if callable(value))
    return type(reference.__name__, (reference,), dict.fromkeys(set(own) - {"__init__"}, idle))
