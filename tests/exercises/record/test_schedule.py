"""When something is due, by a clock that the test sets."""

from datetime import UTC, date, datetime, timedelta

import pytest

from annkit.exercises.record import progress_log
from annkit.exercises.record.progress_log import read_record, remember
from annkit.exercises.record.schedule import (
    GAPS,
    MINUTES,
    NUMBER,
    QUESTION,
    WHY,
    WRITE,
    due_on,
    is_unaided,
    memories,
    mended_mistake,
    note_review,
    this_day,
)
from annkit.exercises.record.what_stays import what_stays
from annkit.exercises.tasks.catalogue import course

FIRST = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def later(monkeypatch, small_course):
    """Set the clock to so many days after the first."""

    def set_clock(days):
        monkeypatch.setattr(progress_log, "now", lambda: FIRST + timedelta(days=days))

    set_clock(0)
    return set_clock


def check(id, passed, **more):
    """A judged answer, now."""
    remember("check", id, passed=passed, attempted=True, points=float(passed), **more)


def due():
    """What is asked today: (id, kind)."""
    return [(one.id, one.kind) for one in due_on(this_day(), memories(course(), read_record()))]


def test_a_question_once_wrong_comes_back_and_waits_longer_each_time(later):
    check("unit_question", passed=False)
    check("unit_question", passed=True)  # a second click, right away, says nothing
    assert due() == []
    day = 0
    for gap in (*GAPS, GAPS[-1]):
        later(day + gap - 1)
        assert due() == []
        day += gap
        later(day)
        assert due() == [("unit_question", QUESTION)]
        thing = note_review(course(), "unit_question", QUESTION, passed=True)
        assert thing is not None
        assert thing.due > this_day()
        assert due() == []
    later(day + 400)  # nothing is lost by a year away
    note_review(course(), "unit_question", QUESTION, passed=False)
    later(day + 401)
    assert due() == [("unit_question", QUESTION)]


def test_a_question_right_at_once_never_comes_back(later):
    check("unit_question", passed=True)
    later(1000)
    assert due() == []


def test_a_function_is_written_again_after_a_week(later):
    check("scaled", passed=True)
    later(6)
    assert due() == [("scaled", NUMBER)]
    note_review(course(), "scaled", NUMBER, passed=True)
    later(7)
    assert due() == [("scaled", WRITE)]
    note_review(course(), "scaled", WRITE, passed=False)
    later(8)
    assert due() == [("scaled", WRITE)]


def test_what_is_not_due_is_not_written_down(later):
    check("scaled", passed=True)
    before = read_record()
    thing = note_review(course(), "scaled", WRITE, passed=True)
    assert thing is not None
    assert thing.due == date(2026, 3, 8)
    assert note_review(course(), "unit_question", QUESTION, passed=True) is None
    assert read_record() == before


def test_running_a_chapter_again_is_no_review(later):
    check("scaled", passed=True)
    for day in range(1, 8):
        later(day)
        check("scaled", passed=True)
    assert ("scaled", WRITE) in {(one.id, one.kind) for one in memories(course(), read_record())}
    assert what_stays(course(), read_record()).asked == 0


def test_a_mended_mistake_is_asked_about_once_and_once_more(later):
    check("scaled", passed=False, mistake="factor_forgotten")
    assert mended_mistake(read_record().events) is None
    check("scaled", passed=True)
    assert mended_mistake(read_record().events) == ("factor_forgotten", date(2026, 3, 1))
    asked = []
    for day in range(60):
        later(day)
        for kind in (NUMBER, WRITE):
            note_review(course(), "scaled", kind, passed=True)
        if ("scaled", WHY) in due():
            asked.append(day)
            note_review(course(), "scaled", WHY, passed=True)
    assert asked == [3, 10]


def test_five_minutes_are_never_more(later):
    for id in ("unit_question", "recall_sum"):
        check(id, passed=False)
    for id in ("scaled", "tally"):
        check(id, passed=True)
    later(30)
    kinds = [kind for _, kind in due()]
    assert kinds == [QUESTION, NUMBER, WRITE]
    assert sum(MINUTES[kind] for kind in kinds) == 5


def test_what_cannot_be_asked_makes_room(later):
    for id in ("scaled", "tally"):
        check(id, passed=True)
    later(8)
    things = memories(course(), read_record())
    chosen = due_on(this_day(), things, lambda thing: thing.id == "tally" and thing.kind == WRITE)
    assert [one.id for one in chosen] == ["tally"]


def test_help_of_the_same_day_is_help(later):
    assert is_unaided(read_record(), "scaled")
    remember("hint", "scaled", rung=1)
    assert not is_unaided(read_record(), "scaled")
    assert is_unaided(read_record(), "tally")
    later(1)
    assert is_unaided(read_record(), "scaled")


@pytest.mark.parametrize("time", [None, 5, "yesterday", "9999-99-99"])
def test_an_event_without_a_day_is_left_out(later, time):
    check("unit_question", passed=False)
    event = {"event": "check", "id": "scaled", "passed": True, "attempted": True, "time": time}
    record = progress_log.Record((*read_record().events, event))
    assert [one.id for one in memories(course(), record)] == ["unit_question"]


# --- what stays -----------------------------------------------------------------------------


def test_first_attempts_are_told_apart_from_delayed_ones(later):
    assert what_stays(course(), read_record()).sentences == []
    check("scaled", passed=True)
    check("tally", passed=False)
    check("tally", passed=True)
    check("unit_question", passed=True)  # no function
    stays = what_stays(course(), read_record())
    assert (stays.begun, stays.at_once, stays.asked) == (2, 1, 0)
    later(8)
    note_review(course(), "scaled", WRITE, passed=True)
    note_review(course(), "tally", WRITE, passed=True, unaided=False)
    stays = what_stays(course(), read_record())
    assert (stays.asked, stays.stayed) == (2, 1)
    assert "without help: 1 of 2" in stays.sentences[1]


def test_a_week_counts_from_the_last_time(later):
    check("scaled", passed=True)
    later(7)
    note_review(course(), "scaled", WRITE, passed=False)
    later(8)
    note_review(course(), "scaled", WRITE, passed=True)  # a day later is no delay
    stays = what_stays(course(), read_record())
    assert (stays.asked, stays.stayed) == (1, 0)
    later(30)
    note_review(course(), "scaled", WRITE, passed=True)
    assert what_stays(course(), read_record()).stayed == 1
