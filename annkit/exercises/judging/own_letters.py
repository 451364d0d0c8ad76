"""Formulas in other letters than those that were handed in: what tells them.

Not here: whether two formulas say the same (`annkit.symbolic.equivalence`).
"""

from typing import Any

from annkit.exercises.calls.answer import Call


def letters_of_its_own(calls: list[Call]) -> bool:
    """Recognise a formula with letters that were not handed in, in the first call's result."""
    return bool(_letters(calls[0].value) - _letters(calls[0].args))


def letters_of_the_first_call(calls: list[Call]) -> bool:
    """Recognise formulas in the first call's letters, whichever a later call hands in."""
    own = [_letters(call.value) - _letters(call.args) for call in calls]
    return not own[0] and any(own) and set().union(*own) <= _letters(calls[0].args)


def _letters(value: Any) -> set[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return set().union(*map(_letters, value))
    return set(getattr(value, "free_symbols", ()))
