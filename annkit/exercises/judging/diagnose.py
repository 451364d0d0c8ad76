"""Naming the mistake: which known wrong answer behaves like this one?

The calls that were made of the learner's answer are made again, of each known wrong answer.

1. A known wrong answer that did the same every time is the mistake: same values, same errors,
   same changes to its input, same warnings; or, if none fits so closely, all but warnings. Where
   values are a matter of chance or of taste, the exercise says what of them counts
   (`Exercise.compared_by`), and that is compared instead.
2. Of several that fit, those count that fail the check on the card. Two are two suspects; none is
   named.
3. What no comparison can tell, an exercise recognises by a function of its own; what several need
   of errors and of changed arguments is here.

Not here: the wrong answers themselves, which stand in the exercise's file; what tells mistakes in
data and formulas (`annkit.exercises.tasks.recognise`); what can be said where none fits (`partly`).
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call, here, read_reply
from annkit.exercises.calls.containment import INTERRUPTIONS
from annkit.exercises.tasks.compare import as_array, close_entries, explains_the_change, mismatch
from annkit.exercises.tasks.task import Exercise, Traits, Where, Wrong
from annkit.exercises.tasks.texts import first_sentence

# Wrong answers of an exercise differ from each other by far more than rounding: a learner's own
# arrangement of the same mistake may round differently, so this is looser than equality.
RTOL = 1e-4
ATOL = 1e-7
# How closely a known wrong answer fits.
_NO, _BUT_FOR_WARNINGS, _WHOLLY = range(3)
# So many times the usual call is a long one: a training run, many draws, ten thousand nodes.
_LONG = 3
# A call that took no longer, in seconds, is a quick one; and what a known wrong answer may take for
# the same, of processor time.
_QUICK, _BRIEF = 0.05, 0.5

# As `@`, `np.dot`, and indices of one axis or several tell of them.
_SIZES = re.compile(
    r"size (\d+) is different from (\d+)|(\d+) \(dim \d\) != (\d+) \(dim \d\)"
    r"|index (-?\d+) is out of bounds for axis \d with size (\d+)"
)

_OTHERWISE_RIGHT = re.compile(r"^[^.;:]*\b(?:is|are) right(?:, but |; )")
# Like `z` or `db`: written as it is where a sentence begins.
_A_NAME = re.compile(r"(?:[a-z]|d[A-Za-z])\b")

Recogniser = Callable[[list[Call]], bool]


@dataclass(frozen=True)
class Diagnosis:
    """The mistake found, if any.

    Attributes:
        mistake: name of the only known wrong answer that fits, or None.
        text: what it tells the learner; of several suspects, the first sentence of each.
        hint: the hint it points to; 0 if none.
        is_whole: whether the mistake explains everything that is not right.
        suspects: names of all that fit, if there are several.
        related: how wrong results are related to the right ones; empty if a mistake has a name.
    """

    mistake: str | None = None
    text: str = ""
    hint: int = 0
    is_whole: bool = True
    suspects: tuple[str, ...] = ()
    related: str = ""


def diagnose(
    exercise: Exercise,
    calls: list[Call],
    failed: Call | None = None,
    fails: Callable[[Any], Any] = lambda target: True,
) -> Diagnosis:
    """Find the known wrong answers that fit the recorded calls.

    Args:
        exercise: whose wrong answers are compared.
        calls: all calls of the answer.
        failed: the one among them that is shown on the card.
        fails: whether another function fails the check that has made it.
    """
    _of_the_answer.cache_clear()
    wheres = {wrong.where for wrong in exercise.wrongs}
    counted = {where: that_count(calls, (exercise.where, where)) for where in wheres}
    closeness = [
        _WHOLLY * bool(_understood(wrong.recognise, calls))
        if wrong.recognise is not None
        else _closeness(exercise, wrong, counted[wrong.where], failed)
        for wrong in exercise.wrongs
    ]
    best = max(closeness, default=_NO)
    pairs = zip(exercise.wrongs, closeness, strict=True)
    fitting = [wrong for wrong, one in pairs if one == best != _NO]
    if failed is not None and exercise.traits is None:
        fitting = [one for one in fitting if not _is_beside_the_point(exercise, one, failed)]
    if len(fitting) > 1:  # the learner made several mistakes, or one that is known by two names
        shown = [one for one in fitting if any(map(fails, (one.target, *one.variants)))]
        return named(shown, is_whole=len(shown) == len(fitting))
    return named(fitting)


def named(fitting: list[Wrong], more: str = "", is_whole: bool = True) -> Diagnosis:
    """What is said of the mistakes that fit: the only one has its name."""
    if len(fitting) == 1:
        (wrong,) = fitting
        text = wrong.text if is_whole and not more else _without_praise(wrong.text)
        return Diagnosis(wrong.name, text + more, wrong.hint, is_whole)
    words = " ".join(f"({n}) {first_sentence(one.text)}" for n, one in enumerate(fitting, start=1))
    return Diagnosis(text=words, suspects=tuple(wrong.name for wrong in fitting))


def _without_praise(text: str) -> str:
    """The words on a mistake that is not the only one: nothing is said to be right otherwise."""
    rest = _OTHERWISE_RIGHT.sub("", text)
    return rest if _A_NAME.match(rest) else rest[:1].upper() + rest[1:]


def _is_beside_the_point(exercise: Exercise, wrong: Wrong, failed: Call) -> bool:
    """Whether a mistake is not the one in the call on the card.

    It gives the right result there, or changes it by another amount. It may fit all the same:
    results that are nearly alike count as the same, and what recognises it may have seen another
    call.
    """
    if wrong.variants or (wrong.recognise is not None) != (failed.error is not None):
        return False
    known, right = _as_always(wrong.target, failed), _asked_once(exercise.answer, failed.text)
    if known.error is not None or right.error is not None:
        return False
    if failed.error is not None:
        return same(known, right)
    if wrong.recognise is None and not explains_the_change(failed.value, known.value, right.value):
        return True
    differs = [
        _understood(lambda x: mismatch(x, right.value), x) for x in (known.value, failed.value)
    ]
    return differs[0] is None and differs[1] is not None


def again(target: Any, call: Call) -> Call:
    """The same call of another object."""
    return read_reply(call.request, here(target)(call.request))


def again_of_a_known(target: Any, call: Call) -> Call:
    """The same call of a known wrong answer; beside a quick one it is not waited for for long."""
    return _asked(target, call.request, call.seconds < _QUICK)


def _asked(target: Any, request: dict[str, Any], is_brief: bool) -> Call:
    seconds = request.get("seconds", _BRIEF)
    brief = {**request, "seconds": min(seconds, _BRIEF)} if is_brief else request
    return read_reply(request, here(target)(brief))


def _as_always(target: Any, call: Call, turn: int = 0) -> Call:
    """The same, tried once; asked for another turn of it, one may draw other numbers."""
    return _asked_once(target, call.text, call.seconds < _QUICK, turn)


@lru_cache(maxsize=512)  # for all wrong answers of an exercise: the next answer meets them again
def _asked_once(target: Any, text: str, is_brief: bool = False, turn: int = 0) -> Call:
    return _asked(target, json.loads(text), is_brief)


def that_count(calls: list[Call], wheres: Sequence[Where]) -> list[Call]:
    """Calls that an exercise, and one of its wrong answers, wants to be compared by."""
    return [call for call in calls if all(one is None or _understood(one, call) for one in wheres)]


def _closeness(exercise: Exercise, wrong: Wrong, calls: list[Call], failed: Call | None) -> int:
    """How closely a known wrong answer fits, by the calls that count."""
    order = _most_telling_first(calls, failed)
    best = _NO
    for target in (wrong.target, *wrong.variants):
        if not order or best == _WHOLLY:
            break
        if exercise.traits is None:
            best = max(best, _by_values(exercise, target, order))
        else:
            best = max(best, _by_traits(exercise, target, calls, order, exercise.traits))
    return best


def _most_telling_first(calls: list[Call], failed: Call | None) -> list[Call]:
    """Calls in the order to try: the one on the card tells most, what takes long comes last."""
    usual = sorted(call.seconds for call in calls)[len(calls) // 2] if calls else 0.0
    return sorted(
        calls, key=lambda call: (call.seconds > _LONG * usual, call is not failed, call.seconds)
    )


def _understood(predicate: Callable[[Any], Any], seen: Any) -> Any:
    """What an exercise's own function says; None if it cannot make sense of what it meets."""
    try:
        with np.errstate(all="ignore"):  # a learner's numbers may be anything
            return predicate(seen)
    except INTERRUPTIONS:
        raise
    except BaseException:  # whatever a learner returned
        return None


def _by_values(exercise: Exercise, target: Any, calls: list[Call]) -> int:
    closeness = _WHOLLY
    for call in calls:
        known = _as_always(target, call)
        if not same(call, known) or _fails_otherwise(exercise, call, known):
            return _NO
        # The same mistake in other words may warn where ours does not.
        if call.error is None and call.warned != known.warned:
            closeness = _BUT_FOR_WARNINGS
    return closeness


def _by_traits(
    exercise: Exercise, target: Any, calls: list[Call], order: list[Call], traits: Traits
) -> int:
    """Each call by itself first, since most mistakes part at the first; then all together."""
    replayed: dict[int, Call] = {}
    turns: Counter[str] = Counter()
    for call in order:
        known = replayed[id(call)] = _as_always(target, call, turns[call.text])
        turns[call.text] += 1
        if not same_traits(traits, call, known) or _fails_otherwise(exercise, call, known):
            return _NO
    return _WHOLLY if _alike(traits, calls, [replayed[id(call)] for call in calls]) else _NO


def same_traits(traits: Traits, learner: Call, known: Call) -> bool:
    """Whether two calls went alike and show the same of what counts."""
    return _went_alike(learner, known) and _alike(traits, [learner], [known])


def _alike(traits: Traits, ours: list[Call], theirs: list[Call]) -> bool:
    seen = _of_the_answer(traits, tuple(ours))
    return seen is not None and same_value(seen, _of_known(traits, tuple(theirs)))


def _shown(traits: Traits, calls: tuple[Call, ...]) -> Any:
    return _understood(traits, list(calls))


# Known answers are met again by the next answer. That one's replies may weigh much, and go with it.
_of_known, _of_the_answer = (lru_cache(maxsize=512)(_shown) for _ in range(2))


def same(learner: Call, known: Call) -> bool:
    """Whether two calls went alike and returned the same, up to rounding."""
    if not _went_alike(learner, known):
        return False
    return learner.error is not None or same_value(learner.value, known.value)


def _went_alike(learner: Call, known: Call) -> bool:
    """Whether both raised the same kind of error, or both returned and changed their input."""
    if learner.error is not None and known.error is not None:
        return learner.error.type == known.error.type
    # Parameters may be named differently; that something was changed is what counts.
    alike = bool(learner.mutated) == bool(known.mutated)
    return alike and learner.error is None and known.error is None


def _fails_otherwise(exercise: Exercise, learner: Call, known: Call) -> bool:
    """Whether errors are of one kind and two mistakes: they say something else.

    What the task wants refused is refused in everybody's own words.
    """
    if said_alike(learner, known) or learner.error is None:
        return False
    right = again(exercise.answer, learner)
    return right.error is None or right.error.type != learner.error.type


def said_alike(learner: Call, known: Call) -> bool:
    """Whether errors, if there are any, say the same, sizes included: of one kind are many."""
    if learner.error is None or known.error is None:
        return True
    return _gist(learner.error.message) == _gist(known.error.message)


def _gist(message: str) -> str:
    """A message as it is; of a product or an index, however it is written, the sizes in it."""
    sizes = _SIZES.search(message)
    return " ".join(sorted(filter(None, sizes.groups()))) if sizes else message


def same_value(a: Any, b: Any) -> bool:
    """Whether two results are the same up to rounding: structure, shapes, numbers, formulas."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same_value(a[key], b[key]) for key in a)
    x, y = as_array(a), as_array(b)
    if isinstance(x, np.ndarray) and isinstance(y, np.ndarray):
        return x.shape == y.shape and bool(close_entries(x, y, RTOL, ATOL).all())
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(same_value, a, b))
    if "sympy" in sys.modules and type(a).__module__.startswith("sympy."):
        from annkit.symbolic.equivalence import alike

        return alike(a, b)
    return type(a) is type(b) and bool(a == b)


# From here on: what an exercise recognises a mistake by where comparing calls is not enough.


def raises(
    *words: str, where: Callable[[Call], bool] = lambda call: True, alone: bool = False
) -> Recogniser:
    """Recognise by an error: every call that counts ended in one.

    Args:
        words: one of them stands in "ValueError: the message".
        where: the calls that count.
        alone: whether all others have to do without an error.
    """

    def recognise(calls: list[Call]) -> bool:
        errors = [call.error for call in calls if where(call)]
        others = [call.error for call in calls if not where(call)]
        said = [error and f"{error.type}: {error.message}" for error in errors]
        told = bool(said) and all(text and any(one in text for one in words) for text in said)
        return told and not (alone and any(others))

    return recognise


def changes(*names: str) -> Recogniser:
    """Recognise by an argument of these names that some call changed, whatever else it did."""
    return lambda calls: any(name in call.mutated for call in calls for name in names)


def on_arrays(call: Call) -> bool:
    """Whether the first argument has several entries: a single one hides some mistakes."""
    return int(np.size(call.args[0])) > 1
