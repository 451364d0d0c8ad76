"""Whose a file is."""

from collections.abc import Sequence

import pytest

from annkit.grading.intake.owners import Person, Roster, RuleError, choose

ROSTER = Roster([Person("al", "Ada", "Lovelace", "17"), Person("wu", "Wei", "Wu", "18")])
MOODLE = "{}_{}_assignsubmission_file_/{}.ipynb"


def owners(
    names: Sequence[str], named: str | None = None, roster: Roster = ROSTER
) -> dict[str, str]:
    """Name → student; empty where it waits."""
    rule = choose(names, named)
    return {name: rule.owner(name, roster).student for name in names}


def whose(name: str, named: str | None = None, roster: Roster = ROSTER) -> str:
    return owners([name], named, roster)[name]


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Ada Lovelace_991_assignsubmission_file_/my work.ipynb", "al"),
        ("Ada Lovelace_991_assignsubmission_file/my work.ipynb", "al"),
        ("Ada Lovelace_991_assignsubmission_file_ch03.ipynb", "al"),
        ("lovelaceada_17_5501_ch03_activations.ipynb", "al"),
        ("wuwei_LATE_18_5502_ch03_activations-1.ipynb", "wu"),
        ("wei wu_LATE_18_5502_ch03.ipynb", "wu"),
        ("Eve Noone_44_assignsubmission_file_/x.ipynb", "Eve Noone_44"),
        ("noone_44_5503_x.ipynb", "noone_44"),
        ("ada/any/thing.ipynb", "ada"),
        ("ada.ipynb", "ada"),
        ("line\nbreak/x.ipynb", "line\nbreak"),
    ],
)
def test_the_names_themselves_tell_the_platform(name: str, student: str) -> None:
    assert whose(name) == student


def test_the_platform_is_that_of_the_whole_download() -> None:
    """Only one part of a name is the student's own; it may follow another platform's pattern."""
    canvas = [
        "wuwei_18_5501_ch03.ipynb",
        "wuwei_18_5502_Ada Lovelace_991_assignsubmission_file_ch03.ipynb",
        "lovelaceada_LATE_17_5503_ch03.ipynb",
    ]
    assert list(owners(canvas).values()) == ["wu", "wu", "al"]
    moodle = [
        MOODLE.format("Wei Wu", 5, "x"),
        "Wei Wu_5_assignsubmission_file_lovelaceada_17_5503_ch03.ipynb",
        MOODLE.format("Ada Lovelace", 6, "lovelaceada_18_1_x"),
    ]
    assert list(owners(moodle).values()) == ["wu", "wu", "al"]
    folders = ["wu/Ada Lovelace_991_assignsubmission_file_x.ipynb", "al/wuwei_18_1_x.ipynb"]
    assert list(owners(folders).values()) == ["wu", "al"]


def test_where_all_names_fit_two_platforms_the_teacher_says_which() -> None:
    names = ["wuwei_18_5502_Ada Lovelace_991_assignsubmission_file_ch03.ipynb"]
    with pytest.raises(RuleError, match="--names moodle or --names canvas"):
        owners(names)
    assert list(owners(names, "canvas").values()) == ["wu"]


def test_what_was_added_by_hand_to_a_platforms_download_waits() -> None:
    names = [*(MOODLE.format("Ada Lovelace", 5, place) for place in range(2)), "wu.ipynb"]
    assert list(owners(names).values()) == ["al", "al", ""]


def test_moodles_number_of_a_participant_is_no_number_of_the_roster() -> None:
    roster = Roster([Person("al", "Ada", "Lovelace", "18"), Person("18", "Wei", "Wu", "7")])
    for named in (None, "moodle"):
        assert whose(MOODLE.format("Ada Lovelace", 7, "x"), named, roster) == "al"
        assert whose(MOODLE.format("Ada Lovelace", 18, "x"), named, roster) == "al"
        assert whose(MOODLE.format("Eve Noone", 18, "x"), named, roster) == "Eve Noone_18"


def test_canvas_number_is_no_id_of_the_roster() -> None:
    roster = Roster([Person("17", "Wei", "Wu", "18"), Person("al", "Ada", "Lovelace", "")])
    assert whose("lovelaceada_17_1_x.ipynb", None, roster) == "al"


def test_a_name_and_a_number_of_two_people_are_left_open() -> None:
    assert whose("wuwei_17_5501_x.ipynb") == ""
    assert whose("wuwei_99_5501_x.ipynb") == ""  # Wei Wu has the number 18
    assert whose("Wei Wu 17.ipynb", "{name} {number}.ipynb") == ""
    twice = Roster([Person("a", lms="5"), Person("b", lms="5")])
    assert whose("x_5_1_y.ipynb", None, twice) == ""
    either = Roster([Person("5"), Person("b", lms="5")])
    assert whose("hw 5.ipynb", "hw {number}.ipynb", either) == ""


def test_a_name_that_spells_an_id_is_not_that_student() -> None:
    """Whoever may choose the name they are shown by could choose another's id."""
    roster = Roster([Person("ben"), Person("x_5")])
    assert whose(MOODLE.format("ben", 9, "x"), None, roster) == "ben_9"
    assert whose(MOODLE.format("x", 5, "x"), None, roster) == ""


def test_a_pattern_of_ones_own() -> None:
    assert whose("hw3-ada.final.ipynb", "hw3-{student}.final.ipynb") == "ada"
    assert whose("hw3-ada.ipynb", "hw3-{student}.final.ipynb") == ""
    assert whose("x_17.ipynb", "*_{number}.ipynb") == "al"
    # As GitHub Classroom calls the clones.
    clone = "ch03_activations-ada-l/ch03_activations/ch03_activations.ipynb"
    assert whose(clone, "ch03_activations-{student}/*") == "ada-l"


def test_a_pattern_without_a_student_is_refused() -> None:
    with pytest.raises(RuleError, match=r"\{student\}"):
        choose([], "*.ipynb")


def test_a_name_two_students_share_waits() -> None:
    twins = Roster([Person("a1", "Ada", "Lovelace"), Person("a2", "Ada", "Lovelace")])
    assert whose("Ada Lovelace_9_assignsubmission_file_/x.ipynb", None, twins) == ""
    near = Roster([Person("a1", "Ann", "Alee"), Person("a2", "Anna", "Lee")])
    assert whose("Anna Lee_9_assignsubmission_file_/x.ipynb", None, near) == ""


def test_two_of_one_name_are_told_apart_by_their_numbers_in_canvas() -> None:
    numbered = Roster(
        [Person("a1", "Ada", "Lovelace", "17"), Person("a2", "Ada", "Lovelace", "18")]
    )
    names = [f"lovelaceada_{number}_55{number}_x.ipynb" for number in (17, 18)]
    assert list(owners(names, None, numbered).values()) == ["a1", "a2"]


def test_accents_are_the_same_however_they_are_written() -> None:
    roster = Roster([Person("rm", "Ren\u00e9", "M\u00fcller")])
    assert whose(MOODLE.format("Rene\u0301 Mu\u0308ller", 4, "x"), None, roster) == "rm"


@pytest.mark.parametrize("name", ["\u7dad" * 100, "\U0001f600" * 60, "x" * 300])
def test_a_long_name_makes_an_id_that_fits_into_a_file_name(name: str) -> None:
    made = {whose(MOODLE.format(name + end, number, "x")) for number, end in ((7, ""), (8, "y"))}
    assert len(made) == 2
    assert all(0 < len(student.encode()) < 200 for student in made)


def test_who_lacks_a_number_or_a_name_is_not_everybody() -> None:
    """A rule without a number looks nobody up by none."""
    some = Roster([Person("al", "Ada", "Lovelace", "17"), Person("wu", "Wei", "Wu"), Person("no")])
    assert whose("Ada Lovelace - ch03.ipynb", "{name} - *", some) == "al"
    assert whose("Eve - ch03.ipynb", "{name} - *", some) == "Eve"
    assert whose("55_ch03.ipynb", "{number}_*", some) == "55"


@pytest.mark.parametrize(
    "name",
    [
        "lovelaceada_17_999_18_5_x.ipynb",
        "lovelaceada_LATE_17_999_LATE_18_5_x.ipynb",
        "Ada Lovelace_991_assignsubmission_file__6_assignsubmission_file_/x.ipynb",
        "Ada Lovelace_991_assignsubmission_file_6_assignsubmission_file/x.ipynb",
    ],
)
def test_who_is_called_like_the_whole_of_anothers_file_waits(name: str) -> None:
    """The part a student chose stands in front; that of the platform behind it."""
    assert whose(name) == ""


def test_what_canvas_calls_late_is_found_by_name_alone() -> None:
    """A class list of one's own knows no numbers; a name that Canvas writes has no capitals."""
    own = Roster([Person("kim", "Kim", "Li"), Person("wu", "Wei", "Wu")])
    rule = choose(["likim_LATE_110_5010_x.ipynb"])
    found = rule.owner("likim_LATE_110_5010_x.ipynb", own)
    assert (found.student, found.number, found.is_late) == ("kim", "110", True)
    assert whose("likim_LATE_17_999_LATE_18_5_x.ipynb", "canvas", own) == ""
    assert whose("likim_17_999_wuwei_LATE_18_5_x.ipynb", "canvas", own) == ""


def test_a_file_that_was_uploaded_under_its_downloaded_name_is_its_owners() -> None:
    assert whose("wuwei_18_5502_wuwei_18_5400_ch03.ipynb") == "wu"
    assert whose("wuwei_18_5502_lovelaceada_17_5400_ch03.ipynb", "canvas") == ""


def test_an_id_that_another_begins_with_is_told_by_the_class_list() -> None:
    roster = Roster([Person("ada"), Person("ada_b"), Person("cem_k")])
    assert whose("cem_k_hw.ipynb", "{student}_*", roster) == "cem_k"
    assert whose("ada_hw.ipynb", "{student}_*", roster) == "ada"
    assert whose("ada_b_hw.ipynb", "{student}_*", roster) == ""
    assert whose("eve_hw.ipynb", "{student}_*", roster) == "eve"


def test_vowels_that_are_signs_tell_names_apart() -> None:
    roster = Roster([Person("rima", "रीमा", "देवी")])
    assert whose("रीमा देवी_5_assignsubmission_file_/x.ipynb", "moodle", roster) == "rima"
    assert whose("रमा देवी_5_assignsubmission_file_/x.ipynb", "moodle", roster) != "rima"


def test_a_number_without_end_is_no_number() -> None:
    assert whose(f"lovelaceada_17_{'9' * 5000}_x.ipynb", "canvas") == ""
