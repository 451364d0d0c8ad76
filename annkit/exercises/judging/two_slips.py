"""Two slips at once, of which neither explains the answer alone.

The first is a known mistake, or an argument mistaken as in `as_if`. The second is done to its
result (all of it twice, with the other sign, rows and columns exchanged) or to an argument of it.
One after the other they have to do what the answer does in every call. So many pairs are tried
that more numbers have to agree than for a single slip, and the known mistake has to show in most
of what is wrong; and where it might be one of several, none is named.

Not here: one slip that explains all (`diagnose`, `resemblance`, `as_if`) or what is shown
(`partly`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.judging.as_if import Function, Likely, in_short
from annkit.exercises.judging.diagnose import Diagnosis, named, same_value
from annkit.exercises.judging.relations import besides, may_be_besides
from annkit.exercises.judging.resemblance import pieces_of
from annkit.exercises.judging.tried import (
    ENOUGH,
    Tried,
    does,
    evidence,
    most_telling_first,
    only_returns,
)
from annkit.exercises.judging.witnesses import Pair
from annkit.exercises.tasks.compare import as_array
from annkit.exercises.tasks.task import Exercise, Wrong

# Twice as many wrong numbers as for one slip.
_ENOUGH_FOR_TWO = 2 * ENOUGH
# Two slips that are both known are found from either side.
_SIDES = 2
# So many changed arguments are tried, of all known mistakes together.
_MOST = 320
# A mistake with a sign and another sign besides may as well be one sign somewhere else.
_SIGN = " with the other sign"
_OF_A_SIGN = re.compile(r"\b(sign|signs|minus|plus|downhill|uphill|subtract\w*|taken off)\b", re.I)


def two_slips(exercise: Exercise, tried: Sequence[Tried]) -> Diagnosis:
    """Find two slips that explain every call together.

    Args:
        exercise: whose wrong answers are the first of the two.
        tried: all calls of the answer.
    """
    if not only_returns(tried) or evidence(tried) < _ENOUGH_FOR_TWO:
        return Diagnosis()
    if not all(_is_finite(one.call.value) for one in tried):
        return Diagnosis()
    if all(_is_handed_back(one.call) for one in tried if not one.is_right):
        return Diagnosis()
    cases = most_telling_first(tried)
    likely = list(_that_matter(exercise.answer, cases))[: _MOST // (1 + len(exercise.wrongs))]
    found = _beside_a_known_one(exercise, likely, cases)
    return found or _in_arguments(exercise.answer, likely, cases)


def _is_finite(value: Any) -> bool:
    """Whether these are numbers: formulas take too long, and any two NaN are alike."""
    array = as_array(value)
    if not isinstance(array, str):
        return array.dtype.kind in "biufc" and bool(np.isfinite(array).all())
    return isinstance(value, list | tuple) and all(map(_is_finite, value))


def _is_handed_back(call: Call) -> bool:
    """Whether an argument came back as it was: that is no slip in what is done to it."""
    return any(same_value(call.value, one) for one in (*call.args, *call.kwargs.values()))


def _that_matter(reference: Function, cases: list[Tried]) -> Iterator[Likely]:
    """Mistaken arguments that make a difference to some right result."""
    for one in in_short(reference):
        changed = one.made_of(reference)
        if not all(same_value(case.value_of(changed), case.right.value) for case in cases):
            yield one


def _beside_a_known_one(
    exercise: Exercise, likely: list[Likely], cases: list[Tried]
) -> Diagnosis | None:
    """A known mistake and something besides; None if there is none, or none that is sure."""
    found = [
        (wrong, words)
        for wrong in exercise.wrongs
        if wrong.recognise is None
        if (words := _on_top_of(wrong.target, likely, cases)) and _shows(wrong.target, cases)
    ]
    signs = [one.made_of(exercise.answer) for one in likely if one.words.endswith(_SIGN)]
    sure = [
        (wrong, words)
        for wrong, words in found
        if _SIGN not in words or not _is_of_a_sign(wrong, signs, cases)
    ]
    if len(found) > _SIDES or not sure:
        return Diagnosis() if found else None
    wrong, words = sure[0]
    return named([wrong], f" Besides, {words}")


def _is_of_a_sign(wrong: Wrong, signs: list[Function], cases: list[Tried]) -> bool:
    """Whether a known mistake is a sign itself, by its words or by what it does."""
    if _OF_A_SIGN.search(wrong.text):
        return True
    does_so = [case.value_of(wrong.target) for case in cases]
    return any(
        all(
            same_value(case.value_of(one), value)
            for case, value in zip(cases, does_so, strict=True)
        )
        for one in signs
    )


def _shows(function: Function, cases: list[Tried]) -> bool:
    """Whether a mistake is to be seen in most of what is wrong, and in nothing that is right."""
    seen = [not same_value(case.value_of(function), case.right.value) for case in cases]
    wrong = [not case.is_right for case in cases]
    return all(map(int.__le__, seen, wrong)) and 2 * sum(seen) >= sum(wrong)


def _on_top_of(function: Function, likely: list[Likely], cases: list[Tried]) -> str:
    """What has to be done to a function's result, or to an argument of it, to do what came."""
    if words := _to_the_result(function, cases):
        return words
    fitting = [one for one in likely if does(one.made_of(function), cases)]
    # What does not come in at all has no sign; it is the first that fits.
    of_name = {one.name: one for one in reversed(fitting)}
    changes = {one.change for one in of_name.values()}
    if len(changes) != 1:
        return ""
    return f"you compute as for {changes.pop().format(name='` or `'.join(reversed(of_name)))}."


def _in_arguments(reference: Function, likely: list[Likely], cases: list[Tried]) -> Diagnosis:
    """An argument mistaken, and another one or the result besides; not two multiples."""
    found = [
        f"You compute as for {one.words}. Besides, {more}"
        for one in likely
        if not one.is_multiple and (more := _to_the_result(one.made_of(reference), cases))
    ]
    found += [
        f"You compute as for {one.words}, and for {other.words}."
        for one, other in combinations(likely, 2)
        if one.name != other.name and not (one.is_multiple and other.is_multiple)
        if does(one.made_of(other.made_of(reference)), cases)
    ]
    return Diagnosis(related=found[0]) if len(found) == 1 else Diagnosis()


def _to_the_result(function: Function, cases: list[Tried]) -> str:
    """What is done to the results of a function, the same in all calls; empty if nothing fits."""
    if not all(case.is_own for case in cases):
        return ""
    # Most functions are out of the question after one call.
    if not all(map(may_be_besides, _faulty(_beside(function, cases[:1])).values())):
        return ""
    pieces = _beside(function, cases)
    faulty = _faulty(pieces)
    told = set(map(besides, faulty.values()))
    if len(told) != 1:
        return ""
    parts = "" if len(faulty) == len(pieces) else f"{' and '.join(faulty)} of "
    return told.pop().replace("your result", f"{parts}your result")


def _beside(function: Function, cases: list[Tried]) -> dict[str, list[Pair]]:
    """The parts of the answer's results, beside those of the function."""
    return pieces_of([(one.call.value, one.value_of(function), one.given) for one in cases])


def _faulty(pieces: dict[str, list[Pair]]) -> dict[str, list[Pair]]:
    return {part: pairs for part, pairs in pieces.items() if not all(one.is_right for one in pairs)}
