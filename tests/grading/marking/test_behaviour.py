"""Answers with the same mistake behave the same, however they are written."""

from typing import Any

import numpy as np
import pytest

from annkit.exercises import Catalogue, Exercise, course
from annkit.exercises.calls.answer import here
from annkit.grading.marking import score
from annkit.grading.marking.behaviour import observed
from annkit.grading.marking.verdict import MarkLine
from annkit.grading.sandbox.sandbox import Sandbox
from annkit.grading.sandbox.session import SubmissionFault
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.states import CRASHED, GRADED
from tests.grading.conftest import NOTEBOOK, Hand


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


class NoSession:
    """A session in which nothing runs."""

    def __init__(self, *given: object) -> None:
        self.outcomes: list[object] = []
        self.seconds_left = 0.0

    def __enter__(self) -> "NoSession":
        return self

    def __exit__(self, *reason: object) -> None:
        pass


@pytest.mark.parametrize("observes", [True, False])
def test_where_no_class_is_compared_nothing_is_observed(
    hand: Hand,
    solved: NOTEBOOK,
    small_course: Catalogue,
    monkeypatch: pytest.MonkeyPatch,
    observes: bool,
) -> None:
    asked = []

    def mark(catalogue: Catalogue, id: str, session: object, seed: int, wanted: Any) -> MarkLine:
        asked.append(wanted())
        return MarkLine(id, GRADED, 1.0, 1.0)

    monkeypatch.setattr(score, "Session", NoSession)
    monkeypatch.setattr(score, "_mark", mark)
    seeds = {"scaled": 0, "tally": 0}
    score.score(small_course, seeds, hand(solved), Sandbox(Tier.LIMITS), observes=observes)
    assert asked == [observes, observes]
