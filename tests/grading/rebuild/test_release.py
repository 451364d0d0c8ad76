"""The release of an assignment."""

from pathlib import Path

import pytest

from annkit.grading.rebuild.notebook import read_cells
from annkit.grading.rebuild.release import (
    Release,
    ReleaseError,
    own_release,
    read_assignment,
    read_release,
)


def test_exercises_and_the_cells_that_carry_their_points(release: Release) -> None:
    assert release.ids == ["scaled", "tally", "unit_question", "explain_scaling"]
    assert release.grade_ids == {
        "scaled": "scaled_check",
        "tally": "tally_check",
        "unit_question": "unit_question_check",
        "explain_scaling": "explain_scaling",
    }
    assert release.commented == {"scaled", "tally", "explain_scaling"}


def test_a_folder_of_notebooks(released: Path) -> None:
    (released.parent / "notes.ipynb").write_text('{"cells": [], "metadata": {}}')
    assert set(read_assignment(released.parent)) == {released.stem}


@pytest.mark.parametrize("content", [None, "", "[]", '{"cells": [{}]}'])
def test_a_broken_release_is_said(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "x.ipynb"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ReleaseError, match=r"x\.ipynb"):
        read_release(path, "x")


def test_an_assignment_that_was_not_released_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="nbgrader generate_assignment"):
        read_assignment(tmp_path)


def test_ones_own_notebook_is_its_own_release(released: Path, release: Release) -> None:
    own = own_release("mine", read_cells(released), release.ids)
    assert own.ids == release.ids
    assert [cell.id for cell in own.cells] == [cell.id for cell in release.cells]
