"""A call of the answer beside the same call of the reference, made again of other functions.

Whoever says what an answer does has to say it of every call, and of more wrong numbers than agree
by chance. The other functions are the course's own, so nobody watches these calls; they leave the
process as it was.

Not here: arrays beside each other (`witnesses`), what is said (`partly`, `two_slips`).
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.calls.containment import OutOfTime, Quiet, time_limit
from annkit.exercises.calls.observe import with_generator
from annkit.exercises.calls.probe import compile_probe
from annkit.exercises.calls.surroundings import Borrowed
from annkit.exercises.judging.diagnose import same, same_value
from annkit.exercises.judging.resemblance import Given, given_in
from annkit.exercises.tasks.compare import as_array, close_entries

Function = Callable[..., Any]

# So many wrong numbers must agree before a mistake is named that does not explain everything.
ENOUGH = 3
# A 0 or a 1 is what many a mistake makes.
_OF_A_PLAIN_ONE = 0.5
# Of processor time, in seconds: what a call may take of a function that need not end; and so many
# times as long as the reference takes.
_BRIEF = 0.02
_SLOW = 10


@dataclass(frozen=True, eq=False)
class Tried:
    """A call of the answer, and the same call of the reference.

    Attributes:
        call: of the answer.
        right: of the reference.
        names: of the reference's parameters.
    """

    call: Call
    right: Call
    names: Sequence[str] = ()

    @cached_property
    def is_right(self) -> bool:
        """Whether the answer does what the reference does."""
        return same(self.call, self.right)

    @cached_property
    def is_own(self) -> bool:
        """Whether the result is the answer's own, be it handed on by a probe."""
        return self.call.made_by is None or self.call.made_by.hands_on

    @cached_property
    def given(self) -> Given:
        """What went in."""
        return given_in(self.call, self.names)

    def value_of(self, function: Function) -> Any:
        """What comes of the same call of another function; an exception stands for itself."""
        given, named = self.call.arguments()  # any call may change its own
        args = map(with_generator, given)
        kwargs = {name: with_generator(value) for name, value in named.items()}
        limit = time_limit(max(_BRIEF, _SLOW * self.right.seconds))
        try:
            with limit:
                return (self._probe or _called)(function, *args, **kwargs)
        except OutOfTime as over:
            if not limit.has_struck:
                raise
            return over
        except Exception as error:  # with changed arguments anything may happen
            return error

    @cached_property
    def _probe(self) -> Function | None:
        made_by = self.call.made_by
        return None if made_by is None else compile_probe(made_by.source, made_by.name)


def _called(function: Function, *args: Any, **kwargs: Any) -> Any:
    return function(*args, **kwargs)


@contextmanager
def unwatched() -> Iterator[None]:
    """A context for calls that leave nothing behind and say nothing."""
    with Borrowed(), Quiet(), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def only_returns(tried: Sequence[Tried]) -> bool:
    """Whether all calls did nothing but return something, so that values tell everything."""
    return not any(one.call.error or one.right.error or one.call.mutated for one in tried)


def does(function: Function, tried: Sequence[Tried]) -> bool:
    """Whether a function returns in every call what the answer has returned."""
    return all(same_value(one.call.value, one.value_of(function)) for one in tried)


def most_telling_first(tried: Sequence[Tried]) -> list[Tried]:
    """In the order to try: what is wrong, and what is quick, tells most for its time."""
    return sorted(tried, key=lambda one: (one.is_right, one.call.seconds))


def evidence(tried: Sequence[Tried]) -> float:
    """How many numbers agree by more than chance if all do: those that are wrong.

    Where nothing but NaN comes, whatever else gives NaN agrees.
    """
    return sum(
        wrong_numbers(one.call.value, one.right.value)
        for one in tried
        if not one.is_right and not _is_nan(one.call.value)
    )


def _is_nan(value: Any) -> bool:
    array = as_array(value)
    if isinstance(array, str):
        return isinstance(value, list | tuple) and bool(value) and all(map(_is_nan, value))
    return array.dtype.kind in "fc" and array.size > 0 and bool(np.isnan(array).all())


def wrong_numbers(value: Any, right: Any) -> float:
    """How many numbers are wrong; 1 for each piece that is missing or cannot be compared."""
    got, want = as_array(value), as_array(right)
    if isinstance(got, np.ndarray) and isinstance(want, np.ndarray):
        if got.shape != want.shape:
            return 1
        wrong = got[~close_entries(got, want)]
        return len(wrong) - (1 - _OF_A_PLAIN_ONE) * int(np.isin(wrong, (-1, 0, 1)).sum())
    if isinstance(value, list | tuple) and isinstance(right, list | tuple):
        return abs(len(value) - len(right)) + sum(map(wrong_numbers, value, right))
    return int(not same_value(value, right))
