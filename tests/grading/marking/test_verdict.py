"""A verdict is plain data that gives nothing away."""

import builtins
import json

import pytest

from annkit.exercises import CheckResult, ErrorInfo, Failure, Report
from annkit.grading.marking.feedback import plain_text
from annkit.grading.marking.score import with_report
from annkit.grading.marking.verdict import MarkLine, Verdict, from_plain


def verdict(*states: str, altered: bool = False) -> Verdict:
    marks = tuple(MarkLine(f"e{i}", state, 0.0, 1.0, "words") for i, state in enumerate(states))
    return Verdict("ada", "a", "a", marks, altered=altered)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("graded", "not attempted"), "graded"),
        (("not attempted", "not attempted"), "not attempted"),
        (("graded", "crashed", "timed out"), "timed out"),
        (("graded", "tampered", "timed out"), "tampered"),
        (("for a person", "not attempted"), "graded"),
        (("unreadable",), "unreadable"),
    ],
)
def test_the_worst_state_stands_for_all(states: tuple[str, ...], state: str) -> None:
    assert verdict(*states).state == state


def test_altered_locked_cells_make_it_tampered() -> None:
    assert verdict("graded", altered=True).state == "tampered"


def test_what_a_person_has_to_see_is_said() -> None:
    assert verdict("graded", "for a person", "crashed").for_a_person == [
        "to read: e1",
        "crashed: e2",
    ]
    assert verdict("unreadable", "unreadable").for_a_person == ["unreadable: words"]


def report(error: ErrorInfo | None, besides: str = "") -> Report:
    failure = Failure("got 3, expected 5", "f(17)", 5, 3, True, "since 5", error, besides=besides)
    checks = (CheckResult("is right", False, 0.0, 1.0, failure),)
    notes = ("Your function prints (“17”)",)
    return Report("f", "F", "exercise", False, 0.0, 1.0, checks, mistake="late", notes=notes)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ErrorInfo("ValueError", "17", 3, "raise ValueError(17)"), "raised ValueError"),
        (ErrorInfo("Secret_17", "", 0, ""), "raised an exception"),
        (ErrorInfo("print", "17", 2, ""), "raised an exception"),
        (ErrorInfo("OutOfTime", "17", 0, ""), "ran out of time"),
    ],
)
def test_no_input_no_value_and_no_message_gets_through(error: ErrorInfo, words: str) -> None:
    line = with_report(MarkLine("f", "graded", 0.0, 1.0), report(error))
    text = json.dumps(Verdict("ada", "a", "a", (line,)).plain())
    assert "17" not in text
    assert "expected" not in text
    assert line.checks[0].error == words
    assert line.mistake == "late"


def test_how_an_answer_fails_says_next_to_nothing_of_its_inputs() -> None:
    """It may raise what it likes, where it likes, as an input tells it to: a thousand ways once."""
    kinds = [name for name, kind in vars(builtins).items() if isinstance(kind, type)]
    kinds += ["Secret_17", "OutOfTime"]
    errors = [ErrorInfo(kind, "", line, "") for kind in kinds for line in (0, 1, 7, 999)]
    mark = MarkLine("f", "graded", 0.0, 1.0)
    told = {plain_text(with_report(mark, report(error))) for error in (None, *errors)}
    besides = (f"Your function changed its own input `{name}`." for name in ("z", "secret_17"))
    told |= {plain_text(with_report(mark, report(None, besides=words))) for words in besides}
    assert len(told) == 14


def test_a_changed_input_is_told_beside_the_check_that_met_it() -> None:
    failure = Failure("Your function changed its own input `z`.", besides="leaves its input")
    checks = (CheckResult("keeps the shape", False, 0.0, 1.0, failure),)
    met = Report("f", "F", "exercise", False, 0.0, 1.0, checks)
    line = with_report(MarkLine("f", "graded", 0.0, 1.0), met)
    assert "✗ keeps the shape (0 of 1 point): your code changed its input" in plain_text(line)


def test_plain_and_back() -> None:
    one = Verdict("ada", "a", "b", (MarkLine("f", "graded", 1.0, 1.0),), ("x",), True)
    assert from_plain(json.loads(json.dumps(one.plain()))) == one
