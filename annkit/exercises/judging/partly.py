"""What is said of a wrong answer that no known one explains wholly.

1. Real answers often hold a second slip. Then a known wrong answer is the mistake if it explains
   the failure that is shown and most of the others, and nothing contradicts: nowhere is the learner
   right where that mistake would show. One mistake written in two ways may do two things elsewhere,
   so nothing is claimed of a second one: the card says what to mend first.
2. If no known mistake fits, it is said how the wrong results are related to the right ones, or
   which argument seems mistaken for another.

Not here: known wrong answers that fit wholly (`diagnose`), relations of results (`resemblance`) and
of arguments (`as_if`).
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call, Failure
from annkit.exercises.judging.as_if import as_if
from annkit.exercises.judging.diagnose import (
    Diagnosis,
    again,
    again_of_a_known,
    named,
    said_alike,
    same,
    same_traits,
    same_value,
    that_count,
)
from annkit.exercises.judging.relations import constant
from annkit.exercises.judging.resemblance import resemblance
from annkit.exercises.judging.tried import (
    ENOUGH,
    Tried,
    does,
    evidence,
    most_telling_first,
    only_returns,
    unwatched,
    wrong_numbers,
)
from annkit.exercises.judging.two_slips import two_slips
from annkit.exercises.tasks.compare import as_array, close_entries, explains_the_change
from annkit.exercises.tasks.task import Exercise

# Results so close, relative to their size, show the same failure.
_NEARLY = 0.01


def explain_partly(
    exercise: Exercise,
    calls: list[Call],
    shown: Sequence[Call],
    rights: Mapping[int, Call],
    failure: Failure | None = None,
    failure_of: Callable[[Any], Failure | None] = lambda target: None,
) -> Diagnosis:
    """Find the mistake that explains what is shown, or else a relation.

    Args:
        exercise: whose wrong answers are compared.
        calls: all calls of the answer.
        shown: those among them that the failing check on the card has made.
        rights: `id` of a call → the same call of the reference, as far as they have been made.
        failure: what the card shows.
        failure_of: how a known wrong answer fails the same check, if it does.
    """
    try:
        names = list(inspect.signature(exercise.answer).parameters)
        tried = [
            Tried(call, rights.get(id(call)) or again(exercise.answer, call), names)
            for call in calls
        ]
    except (TypeError, ValueError):
        return Diagnosis()  # a reference that cannot be called as it is: data, a class in pieces
    if sentence := _one_number_everywhere(tried):
        return Diagnosis(related=sentence)
    partly = [
        wrong
        for wrong in exercise.wrongs
        if wrong.recognise is None
        and any(
            _explains(exercise, target, tried, shown)
            and (exercise.traits is not None or _is_shown(failure, failure_of, target))
            for target in (wrong.target, *wrong.variants)
        )
    ]
    if partly:
        # What explains every call is more than what explains the one on the card.
        words = "" if exercise.traits is not None else _right_as_if(exercise, tried)
        return Diagnosis(related=words) if words else named(partly, is_whole=False)
    asked = [one for one in tried if _is_asked(one.call)]
    direct = [(one.call, one.right) for one in asked if _is_direct(one.call)]
    related = ""
    # A probe may return something of its own; what is shown must be a result.
    if direct and all(map(_is_direct, shown)):
        related = resemblance(direct, _parameters(exercise.answer))
    if exercise.traits is not None:  # a draw, or data: no argument explains it
        return Diagnosis(related=related)
    related = related or _right_as_if(exercise, tried)
    with unwatched():
        if not related and (failure is None or failure.error is None):  # an error has no result
            related = _one_row_only(exercise, tried)
        return Diagnosis(related=related) if related else two_slips(exercise, tried)


def _one_number_everywhere(tried: list[Tried]) -> str:
    """Say that results of the right shape hold one number only; empty if nothing goes in."""
    results = [as_array(one.call.value) for one in tried]
    wanted = [as_array(one.right.value) for one in tried]
    fits = list(map(np.shape, results)) == list(map(np.shape, wanted))
    return constant(results) if fits and all(_is_asked(one.call) for one in tried) else ""


def _is_asked(call: Call) -> bool:
    """Whether something goes in: where nothing does, there may be many right results."""
    return bool(call.args or call.kwargs)


def _is_direct(call: Call) -> bool:
    """Whether the result is the answer's own, be it handed on by a probe."""
    return call.probe is None or (call.made_by is not None and call.made_by.hands_on)


def _parameters(target: Any) -> list[str]:
    return list(inspect.signature(target).parameters)


def _explains(exercise: Exercise, target: Any, tried: list[Tried], shown: Sequence[Call]) -> bool:
    """Whether a mistake is one of several: it explains what is shown, and nothing contradicts."""
    alike = same if exercise.traits is None else partial(same_traits, exercise.traits)
    on_the_card = {id(call) for call in shown}
    numbers, agree, differ = 0.0, 0, 0
    for one in sorted(_told(exercise, tried), key=lambda one: id(one.call) not in on_the_card):
        mine, right, known = _where_it_shows(one, again_of_a_known(target, one.call))
        if alike(known, right):
            continue  # the mistake does not show in this call
        is_shown = id(one.call) in on_the_card
        if alike(mine, right) or not (is_shown or agree):
            return False  # it would show here; or nothing on the card is explained by it
        if is_shown and not explains_the_change(mine.value, known.value, right.value):
            return False
        if alike(mine, known) and said_alike(mine, known):
            agree += 1
            numbers += wrong_numbers(mine.value, right.value) if exercise.traits is None else ENOUGH
        elif is_shown:
            return False
        else:
            differ += 1
    return numbers >= ENOUGH and agree > differ


def _is_shown(
    failure: Failure | None, failure_of: Callable[[Any], Failure | None], target: Any
) -> bool:
    """Whether a mistake fails the check on the card with the same result, or in the same words.

    It may show in another part of the result only, or in another check.
    """
    if failure is None or failure.error is not None:
        return True
    known = failure_of(target)
    if known is None or failure.got is None:
        return known is not None and known.what == failure.what
    one, other = as_array(known.got), as_array(failure.got)
    if isinstance(one, str) or isinstance(other, str) or one.shape != other.shape:
        return same_value(known.got, failure.got)
    # A second slip may be small: 3.163 learning rates instead of 3.162.
    return bool(close_entries(one, other, _NEARLY).all())


def _told(exercise: Exercise, tried: list[Tried]) -> list[Tried]:
    calls = set(map(id, that_count([one.call for one in tried], [exercise.where])))
    return [one for one in tried if id(one.call) in calls]


def _where_it_shows(one: Tried, known: Call) -> tuple[Call, Call, Call]:
    """Of results with several parts, those in which a mistake shows; else the calls as they are."""
    calls = one.call, one.right, known
    mine, right, wrong = (call.value for call in calls)
    if not all(isinstance(value, tuple | list) for value in (mine, right, wrong)):
        return calls
    if not isinstance(right, tuple) or not len(mine) == len(right) == len(wrong):
        return calls
    places = [i for i in range(len(right)) if not same_value(wrong[i], right[i])]
    if not places:
        return calls
    first, second, third = (
        replace(call, value=tuple(call.value[i] for i in places)) for call in calls
    )
    return first, second, third


def _right_as_if(exercise: Exercise, tried: list[Tried]) -> str:
    """What the reference has to be handed to do what the answer does; empty if nothing helps."""
    if not only_returns(tried) or evidence(tried) < ENOUGH:
        return ""
    cases = most_telling_first(tried)
    with unwatched():
        return next((words for words, other in as_if(exercise.answer) if does(other, cases)), "")


def _one_row_only(exercise: Exercise, tried: list[Tried]) -> str:
    """Say that an answer is right for tables of one row and for no others; empty if it is not."""
    for place, name in enumerate(_parameters(exercise.answer)):
        if not all(len(one.call.args) > place for one in tried):
            return ""
        tables = [as_array(one.call.args[place]) for one in tried]
        if any(np.ndim(table) != 2 for table in tables):
            continue
        is_one = [len(table) == 1 for table in tables]
        several = len(tables) - sum(is_one)
        seen = sum(_telling(one.right.value) for one in tried if one.is_right)
        if min(several, seen) >= ENOUGH and is_one == [one.is_right for one in tried]:
            return f"Your result is right where `{name}` has one row, and wrong where it has more."
    return ""


def _telling(value: Any) -> int:
    """How many numbers of a result no mistake makes by chance."""
    array = as_array(value)
    return int((~np.isin(array, (-1, 0, 1))).sum()) if isinstance(array, np.ndarray) else 0
