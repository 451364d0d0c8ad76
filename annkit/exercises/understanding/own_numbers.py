"""A question about a result: what does the learner's own function return for this input?

The right option comes from running the learner's function. Wrong ones come from the exercise's
known mistakes, run on the same input, and only then from what is near.

Not here: questions about the lines of the function (`own_lines`), asking them
(`annkit.exercises.review`).
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Answer, Call, here
from annkit.exercises.cards.case import case_text
from annkit.exercises.cards.values import short
from annkit.exercises.judging.diagnose import again_of_a_known
from annkit.exercises.judging.judge import run_check
from annkit.exercises.tasks.question import Option, Question
from annkit.exercises.tasks.task import Exercise
from annkit.exercises.tasks.texts import spelled_out

FEWEST, MOST = 3, 4  # options
SIMPLEST = 4  # calls of which one is chosen
_LONGEST_CASE, _LONGEST_VALUE = 90, 60
_BRIEF = 0.2  # seconds of one call
_ENOUGH = 0.3  # seconds of all calls that are looked at

# What one might take for a result, and how one would come to it.
_NEAR: tuple[tuple[Callable[[Any], Any], str], ...] = (
    (lambda value: -value, "That is the result with the opposite sign."),
    (lambda value: 2 * value, "That is twice the result."),
    (lambda value: value + 1, "That is the result plus one."),
)


def number_question(task: Exercise, answer: Any, rng: np.random.Generator) -> Question | None:
    """Ask what the learner's function returns.

    Args:
        task: the exercise that was passed.
        answer: the learner's function.
        rng: chooses the input, and the order of the options.

    Returns:
        the question; None if no call of the checks is short enough to be worked out.
    """
    for call in shuffled(short_calls(task, answer)[:SIMPLEST], rng):
        question = _about(task, call, rng)
        if question is not None:
            return question
    return None


def short_calls(task: Exercise, answer: Any) -> list[Call]:
    """Calls of the checks that one can follow by hand, of an answer that passes; simplest first."""
    made = calls_made(task, answer)
    calls = [call for call in made if call.made_by is None and _is_short(task, call)]
    return sorted(calls, key=lambda call: len(case_text(task, call)) + len(short(call.value)))


def calls_made(task: Exercise, answer: Any) -> list[Call]:
    """Calls that the checks make of an answer that passes, through probes too.

    None where the answer is a class: what is done with it, only a check can say.
    """
    if isinstance(task.answer, type):
        return []
    # Whoever waits for a question waits for the checks: slow ones are broken off.
    handle = Answer(here(answer), task.object_name, min(task.seconds, _ENOUGH))
    for check in task.checks:
        run_check(task, check, handle, 0)
        if sum(call.seconds for call in handle.calls) > _ENOUGH:
            break
    return [
        call
        for call in handle.calls
        if call.request["kind"] != "value" and call.error is None and call.seconds < _BRIEF
    ]


def shuffled(calls: list[Call], rng: np.random.Generator) -> list[Call]:
    """The same calls in an order of chance."""
    return [calls[place] for place in rng.permutation(len(calls))]


def _is_short(task: Exercise, call: Call) -> bool:
    text = case_text(task, call)
    # What chance has drawn, nobody can predict.
    clear = not any(sign in text for sign in ("...", "\n", "default_rng"))
    return clear and len(text) <= _LONGEST_CASE and is_numeric(call.value)


def is_numeric(value: Any) -> bool:
    """Whether a result is a number or an array, or a tuple of such."""
    if isinstance(value, tuple) and value:
        return all(map(is_numeric, value))
    return isinstance(value, int | float | np.ndarray)


def _about(task: Exercise, call: Call, rng: np.random.Generator) -> Question | None:
    right = short(call.value)
    if len(right) > _LONGEST_VALUE:
        return None
    found = {right: Option(right, f"Yes: your `{task.object_name}` returns it.", correct=True)}
    for text, why in other_results(task, call):
        if len(found) < MOST and text not in found and len(text) <= _LONGEST_VALUE:
            found[text] = Option(text, why)
    if len(found) < FEWEST:
        return None
    return question_of(
        task,
        f"Your own {task.object_name}",
        f"What does your `{task.object_name}` return here?\n\n```\n{case_text(task, call)}\n```",
        list(found.values()),
        rng,
    )


def other_results(task: Exercise, call: Call) -> Iterator[tuple[str, str]]:
    """What else might come out of a call, and how one would come to it: known mistakes first."""
    right = call.value
    for wrong in task.wrongs:
        other = again_of_a_known(wrong.target, call)
        if other.error is None and _are_alike(other.value, right):
            words = f"With a known mistake ({spelled_out(wrong.name)}) this would come out."
            yield short(other.value), words
    if isinstance(right, tuple) or np.isin(right, (0, 1)).all():
        return  # what is near to a yes or no is no answer at all
    is_count = np.asarray(right).dtype.kind in "iu" and bool(np.min(right) >= 0)
    for change, why in _NEAR[1:] if is_count else _NEAR:  # nothing counts to less than 0
        yield short(change(np.asarray(right))), why


def _are_alike(one: Any, other: Any) -> bool:
    """Whether two results have the same form, so that only their numbers tell them apart."""
    if isinstance(one, tuple) or isinstance(other, tuple):
        are_both = isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other)
        return are_both and all(map(_are_alike, one, other))
    return is_numeric(one) and is_numeric(other) and np.shape(one) == np.shape(other)


def question_of(
    task: Exercise, title: str, prompt: str, options: list[Option], rng: np.random.Generator
) -> Question:
    """A question without marks about an exercise; its options in an order of chance."""
    order = tuple(options[place] for place in rng.permutation(len(options)))
    return Question(id=task.id, title=title, prompt=prompt, options=order, points=0)
