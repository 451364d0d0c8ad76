"""The bar while it works, and the table at the end."""

import re
import sys

import pytest

from annkit.grading.commands import _progress
from annkit.grading.intake.collect import NO_NOTEBOOK
from annkit.grading.intake.submissions import Refused
from annkit.grading.marking.similarity import Match
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.report_table import plain, similarity_text, table
from annkit.grading.run import Results
from annkit.grading.states import MACHINE_FAULT


def results() -> Results:
    marks = (MarkLine("f", "graded", 0.5, 1.0), MarkLine("g", "timed out", 0.0, 1.0, "late"))
    verdicts = [Verdict("ada", "a", "nb", marks), Verdict("林\n\x1b[2J", "a", "nb", marks)]
    return Results("a", verdicts, [Refused("e\x1bve", "no id")], 2, ["ada"])


def test_every_student_has_a_row_with_points_and_state() -> None:
    lines = table(results()).splitlines()
    assert lines[1] == "student  1    2  points    state"
    assert lines[2] == "ada      0.5  T  0.5 of 2  timed out"
    assert lines[3].endswith("0.5  T  0.5 of 2  timed out")
    assert "1 f (1), 2 g (1)" in lines[4]


def test_what_needs_a_person_is_below() -> None:
    text = table(results())
    assert "  ada: timed out: g" in text
    assert "  e�ve: not graded: no id" in text
    assert "  ada: was not in the class list; added" in text


def test_what_was_judged_anew_in_vain_is_said() -> None:
    found = results()
    mark = MarkLine("f", MACHINE_FAULT, None, 1.0, "mine.py:3: NameError")
    found.in_vain = [Verdict("ada", "a", "nb", (mark, *found.verdicts[0].marks))]
    text = " ".join(table(found).split())
    assert "ada: the earlier mark counts, since judging anew came to none: f: mine.py:3" in text


def test_what_lies_in_every_clone_is_said_once() -> None:
    names = ["a/README.md", "b/README.md", "b/essay.pdf", "c/README.md"]
    text = table(Results("a", refused=[Refused(name, NO_NOTEBOOK) for name in names]))
    assert "  a/README.md and 2 more of that name: not graded: no notebook" in text
    assert "  b/essay.pdf: not graded: no notebook" in text


def test_remarks_that_say_the_same_stand_together() -> None:
    repairs = ("f: its cell was deleted", "g: its cell was deleted", "h: it was moved", "odd")
    verdict = Verdict("ada", "a", "nb", (MarkLine("f", "graded", 0.0, 1.0),), repairs)
    text = table(Results("a", [verdict]))
    assert "  ada: its cell was deleted: f, g; h: it was moved; odd" in text


def test_explanations_to_read_are_counted() -> None:
    waiting = (MarkLine("w", "for a person", None, 2.0),)
    verdicts = [Verdict(name, "a", "nb", waiting) for name in ("ada", "ben")]
    text = table(Results("a", verdicts, absent=["cem"]))
    assert "Needs a person:\n  to read: w (2)\n" in text
    assert "Nothing handed in (1): cem" in text


def test_a_bar_on_a_terminal_shows_how_long_it_will_take(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for is_terminal in (False, True):
        monkeypatch.setattr(sys.stderr, "isatty", lambda there=is_terminal: there)
        assert list(_progress("ch03")(2, iter(results().verdicts))) == results().verdicts
        said = capsys.readouterr().err
        assert bool(re.search(r"ch03: .* 2/2 \[\d\d:\d\d<\d\d:\d\d", said)) == is_terminal


def test_names_cannot_command_the_terminal() -> None:
    assert "\x1b" not in table(results())


def test_the_same_as_data() -> None:
    data = plain(results(), {})
    assert data["graded_now"] == 2
    assert [row["points"] for row in data["submissions"]] == [0.5, 0.5]  # type: ignore[attr-defined]


def test_similar_answers_are_listed_for_a_person() -> None:
    text = similarity_text([Match("f", ("ada", "ben"), published=True)])
    assert text.splitlines()[1] == "  f (2, and the published solution): ada, ben"
    assert similarity_text([]) == ""


def test_a_fault_of_the_machine_is_no_zero() -> None:
    marks = (MarkLine("f", "machine fault", None, 1.0, "No mark yet."),)
    found = Results("a", [Verdict("ada", "a", "nb", marks)])
    text = table(found)
    assert "ada      M  – of 1  machine fault" in text
    assert "judged again by the next annkit grade" in text
    assert "  ada: machine fault: No mark yet." in text
    assert "M machine fault" not in table(results())
    assert plain(found, {})["submissions"][0]["points"] is None  # type: ignore[index]
