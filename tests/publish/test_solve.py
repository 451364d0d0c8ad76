"""Solving: answers reach their cells by exercise id."""

from pathlib import Path

import nbformat
import pytest

from annkit.exercises import Catalogue
from annkit.publish import answer_cells, release, solve


@pytest.fixture
def path(small_course: Catalogue, tmp_path: Path) -> Path:
    (content,) = release(small_course).values()
    path = tmp_path / "notebook.ipynb"
    path.write_bytes(content)
    return path


def test_every_graded_task_has_one_answer_cell(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    ids = [id for id, _ in answer_cells(notebook)]
    assert ids == ["scaled", "tally", "unit_question", "explain_scaling"]


def test_without_answers_everything_is_filled_in(path: Path, small_course: Catalogue) -> None:
    solved = dict(answer_cells(solve(path, catalogue=small_course)))
    assert "return array * factor" in solved["scaled"].source
    assert "class Tally" in solved["tally"].source
    assert solved["unit_question"].source.startswith('unit_question = "b"\n')
    assert solved["explain_scaling"].source.startswith("The mean is linear")
    assert not any("YOUR" in cell.source for cell in solved.values())


def test_answers_go_where_they_belong_and_nowhere_else(path: Path) -> None:
    before = nbformat.read(path, as_version=4)
    solved = solve(before, {"tally": "Tally = 1"})
    changed = [new.id for old, new in zip(before.cells, solved.cells, strict=True) if old != new]
    assert changed == ["tally"]
    assert before == nbformat.read(path, as_version=4)


def test_an_unknown_id_is_told(path: Path) -> None:
    with pytest.raises(KeyError, match=r"taly.*scaled, tally"):
        solve(path, {"taly": ""})
