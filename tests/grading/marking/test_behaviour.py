"""Answers with the same mistake behave the same, however they are written."""

from typing import Any

import numpy as np

from annkit.exercises import Exercise, course
from annkit.exercises.calls.answer import here
from annkit.grading.marking.behaviour import observed
from annkit.grading.sandbox.session import SubmissionFault
from annkit.grading.states import CRASHED


def softmax() -> Exercise:
    task = course().load("softmax")
    assert isinstance(task, Exercise)
    return task


def by_length(z: Any) -> Any:
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sqrt((e**2).sum(axis=-1, keepdims=True))


def by_norm(rows: Any) -> Any:
    found = []
    for row in np.atleast_2d(rows):
        e = np.exp(row - max(row))
        found.append(e / np.linalg.norm(e))
    return np.array(found).reshape(np.shape(rows))


def by_square(z: Any) -> Any:
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / (e**2).sum(axis=-1, keepdims=True)


def test_the_same_mistake_in_another_style_has_the_same_letters() -> None:
    one, seen = observed(softmax(), here(by_length))
    assert one == observed(softmax(), here(by_norm))[0] != ""
    assert one != observed(softmax(), here(by_square))[0]
    assert "softmax(" in seen
    assert "expected" in seen


def test_there_is_nothing_to_tell_of_a_right_answer_or_of_one_that_dies() -> None:
    assert observed(softmax(), here(softmax().answer)) == ("", "")

    def dead(request: dict[str, Any]) -> dict[str, Any]:
        raise SubmissionFault(CRASHED, "The process ended.")

    assert observed(softmax(), dead) == ("", "")
