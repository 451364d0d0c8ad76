"""The committed notebooks are what a build writes, and what nbgrader and nbformat accept."""

import json
from pathlib import Path

import nbformat
import pytest
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)

from annkit.exercises import Explanation, course
from annkit.publish import release, sources
from annkit.publish.build import outdated, refresh_index

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
# What `nbgrader generate_assignment` does to a source notebook, its database left out.
GENERATE = [
    LockCells,
    ClearSolutions,
    ClearOutput,
    ComputeChecksums,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
]
CHAPTERS = list(course().chapters)


def committed(chapter: str) -> nbformat.NotebookNode:
    """A chapter's notebook as it lies in the repository."""
    return nbformat.read(NOTEBOOKS / chapter / f"{chapter}.ipynb", as_version=4)


def test_notebooks_are_up_to_date() -> None:
    names = [str(path.relative_to(NOTEBOOKS)) for path in outdated(release(course()), NOTEBOOKS)]
    assert names == [], "run `make build` and commit what it writes"


def test_the_index_is_up_to_date() -> None:
    assert refresh_index(course(), write=False) == [], "run `make build` and commit what it writes"


@pytest.mark.slow
def test_nbgrader_makes_the_same_cells_from_the_sources() -> None:
    for name, source in sources(course()).items():
        notebook = nbformat.reads(source.decode("utf-8"), as_version=4)
        for preprocessor in GENERATE:
            notebook, _ = preprocessor().preprocess(notebook, {})
        assert notebook.cells == committed(name.stem).cells


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_validators_find_nothing_wrong(chapter: str) -> None:
    notebook = committed(chapter)
    nbformat.validate(notebook)
    CheckCellMetadata().preprocess(notebook, {})


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_points_are_those_of_the_exercises(chapter: str) -> None:
    points = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points
        for cell in committed(chapter).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    tasks = [course().load(id) for id in course().chapters[chapter]]
    assert points == {
        task.id if isinstance(task, Explanation) else f"{task.id}_check": task.points
        for task in tasks
        if task.points
    }


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_nothing_private_or_run_is_committed(chapter: str) -> None:
    notebook = committed(chapter)
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    assert "jupytext" not in json.dumps(notebook.metadata)
    assert "lines_to_next_cell" not in json.dumps(notebook)
