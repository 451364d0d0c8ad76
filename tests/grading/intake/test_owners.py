"""Whose a file is."""

import pytest

from annkit.grading.intake.owners import Person, Roster, RuleError, rules

ROSTER = Roster([Person("al", "Ada", "Lovelace", "17"), Person("wu", "Wei", "Wu", "18")])


def whose(name: str, named: str | None = None, roster: Roster = ROSTER) -> str | None:
    found = (rule.student(name, roster) for rule in rules(named))
    return next(filter(None, found), None)


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Ada Lovelace_991_assignsubmission_file_/my work.ipynb", "al"),
        ("Ada Lovelace_991_assignsubmission_file_ch03.ipynb", "al"),
        ("lovelaceada_17_5501_ch03_activations.ipynb", "al"),
        ("wuwei_LATE_18_5502_ch03_activations-1.ipynb", "wu"),
        ("wei wu_LATE_18_5502_ch03.ipynb", "wu"),
        ("Eve Noone_44_assignsubmission_file_/x.ipynb", "Eve Noone_44"),
        ("ada/any/thing.ipynb", "ada"),
        ("ada.ipynb", "ada"),
        ("line\nbreak/x.ipynb", "line\nbreak"),
    ],
)
def test_without_a_rule_the_first_that_fits_is_taken(name: str, student: str) -> None:
    assert whose(name) == student


def test_a_pattern_of_ones_own() -> None:
    assert whose("hw3-ada.final.ipynb", "hw3-{student}.final.ipynb") == "ada"
    assert whose("hw3-ada.ipynb", "hw3-{student}.final.ipynb") is None
    assert whose("x_17.ipynb", "*_{number}.ipynb") == "al"


def test_a_pattern_without_a_student_is_refused() -> None:
    with pytest.raises(RuleError, match=r"\{student\}"):
        rules("*.ipynb")


def test_a_name_two_students_share_is_not_guessed() -> None:
    twins = Roster([Person("a1", "Ada", "Lovelace"), Person("a2", "Ada", "Lovelace")])
    assert whose("Ada Lovelace_9_assignsubmission_file_/x.ipynb", None, twins) == "Ada Lovelace_9"


def test_who_lacks_a_number_or_a_name_is_not_everybody() -> None:
    """A rule without a number looks nobody up by none."""
    some = Roster([Person("al", "Ada", "Lovelace", "17"), Person("wu", "Wei", "Wu"), Person("no")])
    assert whose("Ada Lovelace - ch03.ipynb", "{name} - *", some) == "al"
    assert whose("Eve - ch03.ipynb", "{name} - *", some) == "Eve"
    assert whose("55_ch03.ipynb", "{number}_*", some) == "55"
