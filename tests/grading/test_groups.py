"""Students who hand in together: one notebook, the same marks, and no copying among them."""

import shutil
from pathlib import Path

import pytest

from annkit.cli import main
from annkit.grading.intake.course import CourseError
from annkit.grading.intake.course_file import FILE_NAME
from annkit.grading.marking.official_judge import Order
from annkit.grading.marking.similarity import matches
from annkit.grading.report_table import table
from tests.grading.term import CHAPTER, Run, counts, hand_in, ids

# The classroom is made by stock nbgrader.
pytestmark = pytest.mark.slow

PAIR = '[groups]\nteam-1 = ["ada", "ben"]\n'


def test_what_one_hands_in_counts_for_both(room: Path, grade: Run) -> None:
    (room / FILE_NAME).write_text(PAIR)
    hand_in(room, 2)
    results = grade()
    assert (counts(room), counts(room, "ben")) == (2, 2)
    assert results.absent == []
    assert "marked as one: team-1 (ada, ben)" in table(results)
    assert (room / "autograded" / "ben" / CHAPTER / f"{CHAPTER}.ipynb").is_file()
    grade()
    assert grade.judged == ["ada", "ben"]


def test_one_student_of_a_group_can_be_graded_alone(room: Path, grade: Run) -> None:
    (room / FILE_NAME).write_text(PAIR)
    hand_in(room, 2)
    results = grade.of(["ben"])
    assert [one.student for one in results.verdicts] == ["ben"]
    assert "marked as one: team-1 (ada, ben)" in table(results)
    assert grade.judged == ["ben"]


def test_both_draw_the_same_inputs_and_somebody_alone_draws_others(room: Path, grade: Run) -> None:
    seeds: dict[str, dict[str, int]] = {}

    def note(order: Order) -> dict[str, float]:
        seeds[order.student] = dict(order.seeds)
        return {}

    grade.points = note
    hand_in(room, 2)
    grade()
    alone = seeds.pop("ada")
    (room / FILE_NAME).write_text(PAIR)
    grade()
    assert seeds["ada"] == seeds["ben"]
    assert not set(alone.values()) & set(seeds["ada"].values())


def test_what_is_as_it_was_handed_out_is_no_newer_answer_of_a_group(room: Path, grade: Run) -> None:
    (room / FILE_NAME).write_text(PAIR)
    hand_in(room, 3, "2026-11-01 09:00:00")
    hand_in(room, 0, "2026-11-02 09:00:00", "ben")
    name = Path(CHAPTER) / f"{CHAPTER}.ipynb"
    shutil.copy(room / "release" / name, room / "submitted" / "ben" / name)
    grade()
    assert (counts(room), counts(room, "ben")) == (3, 3)


def test_the_newest_of_a_group_counts_and_without_times_nobody_guesses(
    room: Path, grade: Run
) -> None:
    (room / FILE_NAME).write_text(PAIR)
    hand_in(room, 3, "2026-11-01 09:00:00")
    hand_in(room, 2, "2026-11-02 09:00:00", "ben")
    grade()
    assert (counts(room), counts(room, "ben")) == (2, 2)
    hand_in(room, 1, student="ben")
    results = grade()
    (waiting,) = results.refused
    assert waiting.name == "team-1"
    assert "ada and ben handed in different notebooks" in waiting.reason
    assert results.absent == []
    assert (counts(room), counts(room, "ben")) == (2, 2), "until then nothing changes"
    shutil.rmtree(room / "submitted" / "ada")
    grade(lets_drop=True)
    assert (counts(room), counts(room, "ben")) == (1, 1)


def test_each_has_their_own_due_date_and_points_by_hand(room: Path, grade: Run) -> None:
    config = room / "nbgrader_config.py"
    config.write_text(config.read_text().replace('"none"', '"zero"'))
    dates = f"[due]\n{CHAPTER} = 2026-12-01\n[extensions.ben]\n{CHAPTER} = 2026-12-24\n"
    (room / FILE_NAME).write_text(f"{dates}{PAIR}")
    hand_in(room, 2, "2026-12-09 09:00:00")
    grade()
    assert (counts(room), counts(room, "ben")) == (0, 2)
    words = ("points", str(room), "ben", ids()[0], "0.5", "--because", "Half of it.")
    assert main(list(words)) == 0
    assert (counts(room), counts(room, "ben")) == (0, 1.5)


def test_the_same_file_of_both_is_no_conflict_and_the_first_time_counts(
    room: Path, grade: Run
) -> None:
    (room / FILE_NAME).write_text(PAIR)
    hand_in(room, 3, "2026-11-02 09:00:00")
    hand_in(room, 3, "2026-11-01 09:00:00", "ben")
    assert grade().refused == []
    time = room / "autograded" / "ada" / CHAPTER / "timestamp.txt"
    assert time.read_text().startswith("2026-11-01")


def test_groups_of_a_chapter_stand_before_those_of_all(room: Path, grade: Run) -> None:
    (room / FILE_NAME).write_text(f'{PAIR}[groups.{CHAPTER}]\nalone = ["ben"]\n')
    hand_in(room, 2)
    assert grade().absent == ["ben"]


def test_a_member_whom_the_class_list_does_not_know_is_said(room: Path, grade: Run) -> None:
    (room / FILE_NAME).write_text('[groups]\nteam-1 = ["ada", "zoe"]\n')
    hand_in(room, 2)
    with pytest.raises(CourseError, match=r"not in the class list: zoe \(team-1\)"):
        grade()


def test_a_group_does_not_copy_from_itself(room: Path, grade: Run) -> None:
    (room / FILE_NAME).write_text(PAIR)
    hand_in(room, 2)
    grade.fingerprint = "same"
    results = grade()
    assert matches(results.verdicts, {}, results.groups) == []
    assert len(matches(results.verdicts, {})) == 1
    assert len(matches(results.verdicts, {}, {"ada": "team-1"})) == 1


def test_the_manuals_command_takes_a_student_whose_fellow_handed_in(
    room: Path, grade: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (room / FILE_NAME).write_text(PAIR)
    hand_in(room, 2)
    words = ["--student", "ben", "--tier", "limits", "--allow-weak-sandbox"]
    assert main(["grade", str(room), *words]) == 0
    said = capsys.readouterr().out
    assert "\nben " in said
    assert "\nada " not in said
    assert "team-1 (ada, ben)" in said


def test_whoever_is_forgotten_leaves_the_groups_work_to_the_others(room: Path, grade: Run) -> None:
    (room / FILE_NAME).write_text(PAIR)
    hand_in(room, 2)
    grade()
    assert main(["forget", str(room), "ada", "--yes"]) == 0
    assert not (room / "submitted" / "ada").exists()
    assert (room / FILE_NAME).read_text() == '[groups]\nteam-1 = ["ben"]\n'
    assert [one.student for one in grade().verdicts] == ["ben"]
    assert counts(room, "ben") == 2
    assert grade.judged == ["ada", "ben"]
