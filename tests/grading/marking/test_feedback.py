"""Feedback says points, checks, the mistake and the next step, in the teacher's words only."""

import pytest

from annkit.grading.marking.feedback import comment, plain_text, summary
from annkit.grading.marking.verdict import CheckLine, MarkLine, Verdict

CHECKS = (
    CheckLine("keeps the shape", True, 0.0, 0.0),
    CheckLine("is right", False, 0.0, 1.0, "raised ValueError"),
)
MARK = MarkLine("f", "graded", 0.5, 1.5, "", CHECKS, "late", "Too late.", (), "Try again.")


def test_the_text_below_a_check_cell() -> None:
    assert plain_text(MARK) == (
        "f: 0.5 of 1.5 points\n"
        "  ✓ keeps the shape\n"
        "  ✗ is right (0 of 1 point): your code raised ValueError\n"
        "  Likely mistake: Too late.\n"
        "  Next, in your notebook: Try again.\n"
    )


def test_of_several_mistakes_the_words_are_told_and_not_the_names() -> None:
    words = "(1) The mean is missing. (2) A sign is wrong."
    mark = MarkLine("f", "graded", 0.0, 1.0, "", CHECKS, "", words, ("no_mean", "sign_flipped"))
    assert f"It may be one of these: {words}" in plain_text(mark)
    assert "no_mean" not in plain_text(mark)


def test_the_comment_says_the_same() -> None:
    words = comment(MARK) or ""
    for line in ("**0.5 of 1.5 points.**", "- ✓ keeps the shape", "Too late.", "Try again."):
        assert line in words


def test_a_person_writes_their_own_comment() -> None:
    assert comment(MarkLine("f", "for a person", None, 2.0, "A person reads this.")) is None
    assert comment(MarkLine("f", "not attempted", 0.0, 2.0, "As it was.")) == "No response."


def test_states_are_said() -> None:
    crashed = MarkLine("f", "crashed", 0.0, 1.0, "It ended the process.")
    assert plain_text(crashed) == "f: 0 of 1 point (crashed)\n  It ended the process.\n"


def test_what_the_submission_said_cannot_act() -> None:
    raised = MarkLine("f", "crashed", 0.0, 1.0, "It said <img src=x onerror=alert()>")
    assert "<img" not in (comment(raised) or "")


@pytest.mark.parametrize(
    ("kind", "said"),
    [("NameError", "NameError"), ("SyntaxError", "SyntaxError"), ("Secret17", "an exception")],
)
def test_of_a_cell_that_failed_the_kind_is_told_and_no_word_of_its_own(
    kind: str, said: str
) -> None:
    """Run again, it may have found in the memory of the disk what its answer was asked."""
    mark = MarkLine("f", "graded", 0.0, 1.0, f"The cell raised {kind}: 17 (line 17: x17)")
    for text in (plain_text(mark), comment(mark) or ""):
        assert f"The cell raised {said}. Run your notebook from its beginning" in text
        assert "17" not in text


def test_the_head_lists_every_exercise_and_what_was_repaired() -> None:
    marks = (MARK, MarkLine("g", "not attempted", 0.0, 1.0), MarkLine("h", "for a person", None, 2))
    repairs = ("f_check: the check cell was altered",)
    text = summary(Verdict("ada", "a", "a", marks, repairs), {"f": "f_check", "h": "h"})
    # what a person gives is added later, and elsewhere on nbgrader's page
    assert "## Checked: 0.5 of 2.5 points\n\nA person gives up to 2 points more." in text
    rows = text.replace("&emsp;", "")
    assert "| [f](#f_check) | 0.5 of 1.5 |  |" in rows
    assert "| g | 0 of 1 | not attempted |" in rows
    assert "| [h](#h) | – of 2 | for a person |" in rows
    assert "- f_check: the check cell was altered" in text


def test_an_exercise_at_fault_is_no_failure_of_the_machine() -> None:
    marks = (MARK, MarkLine("g", "machine fault", None, 3.0, "ch01/g.py:3: NameError"))
    text = summary(Verdict("ada", "a", "a", marks, tier="limits"), {})
    assert "## Checked: 0.5 of 1.5 points\n\nNo mark yet, since the exercise itself is at" in text
    text = summary(Verdict("ada", "a", "a", marks[1:]), {})
    assert "## Not judged yet\n\nThe machine failed while it judged your work." in text
