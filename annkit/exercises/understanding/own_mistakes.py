"""A question about a mistake that the learner has made and mended: why was it wrong?

It shows what the mistake did to one input, and asks which explanation fits. The result comes from
running the known wrong answer, the other explanations from other mistakes of the same exercise.

Not here: naming a mistake in the first place (`annkit.exercises.judging.diagnose`), when it is
asked about (`annkit.exercises.record.schedule`).
"""

import re
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.cards.case import case_text
from annkit.exercises.cards.values import short
from annkit.exercises.judging.diagnose import again_of_a_known
from annkit.exercises.tasks.compare import mismatch
from annkit.exercises.tasks.question import Option, Question
from annkit.exercises.tasks.task import Exercise, Wrong
from annkit.exercises.understanding.own_numbers import question_of, short_calls, shuffled

_FEWEST, _MOST = 2, 4  # options
_FIRST_SENTENCE = re.compile(r"(.+?[.?!])(?:\s|$)", re.DOTALL)


def mistake_question(
    task: Exercise, answer: Any, name: str, rng: np.random.Generator
) -> Question | None:
    """Ask why a mended mistake was wrong.

    Args:
        task: the exercise.
        answer: the learner's function as it is now, which passes.
        name: the mistake's.
        rng: chooses the input, and the order of the options.

    Returns:
        the question; None if the mistake is not known any more, or shows in no short call.
    """
    made = next((wrong for wrong in task.wrongs if wrong.name == name), None)
    if made is None:
        return None
    for call in shuffled(short_calls(task, answer), rng):
        question = _about(task, made, call, rng)
        if question is not None:
            return question
    return None


def _about(task: Exercise, made: Wrong, call: Call, rng: np.random.Generator) -> Question | None:
    shown = _outcome(made.target, call)
    if shown == short(call.value):
        return None  # here the mistake does not show
    options = [Option(_said(made), "Yes: that is what it was.", correct=True)]
    for wrong in task.wrongs:
        other = _outcome(wrong.target, call)
        # An explanation of another result cannot be right.
        if wrong is not made and other != shown and len(options) < _MOST:
            options.append(Option(_said(wrong), f"That would have given {other}."))
    if len(options) < _FEWEST:
        return None
    prompt = (
        f"Once your `{task.object_name}` had a mistake, which you have mended. It gave\n\n"
        f"```\n{case_text(task, call)}\n→ {shown}\n```\n\n"
        f"instead of {short(call.value)}. Why?"
    )
    return question_of(task, "A mistake you have mended", prompt, options, rng)


def _outcome(target: Any, call: Call) -> str:
    """What a wrong answer makes of an input, in words."""
    other = again_of_a_known(target, call)
    if other.error is not None:
        return f"an error, {other.error.type}"
    if mismatch(other.value, call.value) is None:
        return short(call.value)
    return short(other.value)


def _said(wrong: Wrong) -> str:
    """The first sentence of what a mistake's author says of it."""
    found = _FIRST_SENTENCE.match(wrong.text)
    return found[1] if found else wrong.text
