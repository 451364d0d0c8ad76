"""The record read as states: the best counts, and a strange detail counts for nothing."""

import pytest

from annkit.exercises.record.progress_log import Record, remember
from annkit.exercises.record.progress_state import (
    course_state,
    has_answered,
    history_of,
    mistakes_made,
    nearest,
)
from annkit.exercises.tasks.catalogue import course


def check(id, **details):
    """A recorded check."""
    return {"event": "check", "id": id, **details}


def test_the_best_result_counts():
    record = Record(
        (
            check("relu", passed=True, points=2.0, attempted=True),
            check("relu", passed=False, points=0.5, attempted=True),
            check("tanh", passed=False, points=1.0, attempted=False),
            {"event": "hint", "id": "relu", "rung": 2},
            {"event": "solution", "id": "relu"},
        )
    )
    history = history_of(record, "relu")
    assert (history.passed, history.points, history.tried) == (True, 2.0, True)
    assert (history.hints, history.solved) == (2, True)
    assert not history_of(record, "tanh").tried


def test_an_answer_is_an_attempt_or_a_solution_that_was_shown():
    assert not has_answered("relu")
    remember("hint", "relu", rung=1)
    remember("check", "relu", passed=False, attempted=False)
    assert not has_answered("relu")
    remember("check", "relu", passed=False, attempted=True)
    remember("solution", "tanh")
    assert has_answered("relu")
    assert has_answered("tanh")


@pytest.mark.parametrize("strange", ["yes", None, [1], -3, {"a": 1}])
def test_a_strange_detail_counts_for_nothing(strange):
    record = Record(
        (
            check("relu", passed=strange, points=strange, attempted=strange),
            {"event": "hint", "id": "relu", "rung": strange},
        )
    )
    history = history_of(record, "relu")
    assert (history.passed, history.points, history.tried) == (False, 0.0, False)
    assert history.hints == 0


def test_points_never_exceed_what_there_is(small_course):
    (state,) = course_state(course(), Record((check("scaled", passed=True, points=99.0),)))
    assert {e.id: e.points for e in state.exercises}["scaled"] == 2.0
    assert [e.id for e in state.exercises] == [
        "scaled",
        "tally",
        "unit_question",
        "explain_scaling",
    ]


@pytest.mark.parametrize(("letters", "points"), [("b)", 1.0), ("b, b", 1.0), ("a, b", 0.0)])
def test_a_choice_that_was_kept_is_read_as_it_is_judged(small_course, letters, points):
    kept = check("unit_question", passed=False, attempted=True, kept=True, letters=letters)
    (state,) = course_state(course(), Record((kept,)))
    assert {e.id: e.points for e in state.exercises}["unit_question"] == points


def test_what_to_do_next(small_course):
    states = course_state(course(), Record((check("scaled", passed=True, points=2.0),)))
    assert nearest(states) == "tally"
    done = Record(tuple(check(id, passed=True) for id in ("scaled", "tally", "unit_question")))
    assert nearest(course_state(course(), done)) == ""


def test_a_mistake_is_mended_by_a_pass_after_it_and_open_again_when_made_again(small_course):
    events = (
        check("scaled", mistake="sign_flipped"),
        check("scaled", mistake="factor_forgotten"),
        check("scaled", passed=True),
        check("tally", mistake="counts_twice"),
        check("unit_question", mistake="option_a"),
        check("gone", mistake="of_an_old_edition"),
        check("scaled", mistake=7),
        check("scaled", mistake="sign_flipped"),
    )
    lines = [one.line for one in mistakes_made(course(), Record(events))]
    assert lines == [
        "◐ sign flipped (Scale an array)",
        "◐ counts twice (Count things)",
        "✓ factor forgotten (Scale an array)",
    ]
