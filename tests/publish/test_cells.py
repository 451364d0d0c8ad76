"""Cells of an exercise: what a learner may edit, what carries points, what stays out."""

import pytest

from annkit.exercises import Catalogue, Explanation, Option, Question
from annkit.publish.assemble import chapter_cells
from annkit.publish.cells import Cell, explanation_cells, heading, letter_cell, question_cells


@pytest.fixture(scope="module")
def cells(small_course: Catalogue) -> dict[str, Cell]:
    """The small chapter's cells by id."""
    path = small_course.root / "ch01_counting" / "chapter.py"
    return {cell.id: cell for cell in chapter_cells(path, small_course)}


def test_an_exercise_becomes_task_answer_and_check(cells: dict[str, Cell]) -> None:
    task, answer, check = (cells[id] for id in ("scaled_task", "scaled", "scaled_check"))
    assert task.locked
    assert task.source.startswith("### Exercise 1.1 · Scale an array (2 points)\n\nMultiply every")
    assert "1 line" in task.source
    assert 'hint("scaled")' in task.source
    assert answer.solution
    assert not answer.locked
    assert answer.points is None
    assert check.source == 'check("scaled", scaled)'
    assert (check.locked, check.points) == (True, 2)


def test_a_class_is_checked_by_its_own_name(cells: dict[str, Cell]) -> None:
    assert cells["tally_check"].source == 'check("tally", Tally)'


def test_a_question_leaves_its_options_to_its_cell_and_takes_a_letter(
    cells: dict[str, Cell],
) -> None:
    assert cells["unit_question_task"].source.endswith("Which factor leaves every number as it is?")
    answer = cells["unit_question"]
    assert answer.source.startswith('unit_question = ""  # your letter\n')
    assert answer.source.endswith('quiz("unit_question")')
    assert not answer.for_nbgrader
    check = cells["unit_question_check"]
    assert (check.points, check.metadata) == (1, {"jupyter": {"source_hidden": True}})


def test_a_recall_question_is_never_graded(cells: dict[str, Cell]) -> None:
    ours = [cell for id, cell in cells.items() if id.startswith("recall_sum")]
    assert [cell.kind for cell in ours] == ["markdown", "code"]
    assert ours[1].source == 'quiz("recall_sum")'
    assert all(cell.locked and cell.points is None and not cell.answers for cell in ours)


def test_an_explanation_shows_what_earns_its_points(cells: dict[str, Cell]) -> None:
    assert "- the mean doubles (1)\n" in cells["explain_scaling_task"].source
    answer = cells["explain_scaling"]
    assert (answer.kind, answer.solution, answer.points) == ("markdown", True, 2)
    assert answer.source == "YOUR ANSWER HERE"
    assert 'solution("explain_scaling")' in cells["explain_scaling_model"].source


def test_graded_tasks_are_numbered_in_their_order(cells: dict[str, Cell]) -> None:
    numbers = [
        cell.source.split(" · ")[0].split()[-1] for cell in cells.values() if " · " in cell.source
    ]
    assert numbers == ["**Recall", "1.1", "1.2", "1.3", "1.4"]


def test_cells_for_authors_are_left_out(cells: dict[str, Cell]) -> None:
    assert not any("assert" in cell.source for cell in cells.values())


def test_points_are_counted_in_good_english() -> None:
    assert heading("Exercise", "3.1", "Step", 1).endswith("Step (1 point)")
    assert heading("Exercise", "3.1", "Step", 0.5).endswith("(0.5 points)")
    assert heading("Exercise", "3.1", "Step", 2.0).endswith("(2 points)")


def test_several_right_letters_are_asked_for() -> None:
    right = Option("yes", "because", correct=True)
    question = Question(
        id="both", title="Both", prompt="Which?", options=(right, right, Option("no", "why"))
    )
    answer = question_cells(question, "1.1", 1)[1]
    assert answer.source.startswith('both = ""  # your letters')
    assert letter_cell("both", question.answer).startswith('both = "ab"\n')


def test_the_model_explanation_is_for_the_teacher_only() -> None:
    task = Explanation(
        id="why", title="Why", prompt="Why?", marking=(("because", 2),), model="Because of it."
    )
    cells = explanation_cells(task, "1.1", 2)
    assert [cell.solved for cell in cells] == [None, "Because of it.", None]
    assert not any("Because of it." in cell.source for cell in cells)
