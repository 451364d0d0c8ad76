"""Notebooks: the same bytes every time, and what nbformat and nbgrader ask of them."""

import json
from collections.abc import Callable

import nbformat
import pytest
from nbgrader.preprocessors import CheckCellMetadata
from nbgrader.utils import compute_checksum

from annkit.publish.cells import Cell
from annkit.publish.notebooks import (
    CellIds,
    release_notebook,
    source_notebook,
    to_bytes,
)
from annkit.source.cell_texts import texts_digest

CELLS = [
    Cell("title-1", "markdown", "# Übung"),
    Cell("relu_task", "markdown", "Write it.", locked=True),
    Cell("relu", "code", "stub", "solved", answers="relu", solution=True),
    Cell("relu_check", "code", 'check("relu", relu)', locked=True, points=1),
    Cell("pick", "code", 'pick = ""', answers="pick", metadata={"deletable": False}),
    Cell("why", "markdown", "YOUR ANSWER HERE", "model", "why", solution=True, points=2),
]


def test_a_notebook_has_no_outputs_and_a_kernel_anybody_has() -> None:
    notebook = release_notebook(CELLS, "solutions/ch01_x/chapter.py")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.annkit.generated_from == "solutions/ch01_x/chapter.py"
    assert set(notebook.metadata) == {"annkit", "kernelspec", "language_info"}


def test_bytes_are_the_same_every_time_and_end_with_one_newline() -> None:
    first, second = (to_bytes(release_notebook(CELLS, "x")) for _ in range(2))
    assert first == second
    assert first.endswith(b"}\n")
    assert "Übung".encode() in first
    assert json.loads(first)["cells"][0]["source"] == ["# Übung"]


def test_learners_cells_are_editable_and_the_rest_is_locked() -> None:
    cells = {cell.id: cell.metadata for cell in release_notebook(CELLS, "x").cells}
    editable = {id for id, metadata in cells.items() if metadata.get("editable", True)}
    assert editable == {"title-1", "relu", "pick", "why"}
    deletable = {id for id, metadata in cells.items() if metadata.get("deletable", True)}
    assert deletable == {"title-1"}
    assert {id for id in cells if "annkit" in cells[id]} == {"relu", "pick", "why"}


@pytest.mark.parametrize("make", [release_notebook, source_notebook])
def test_nbformat_and_nbgrader_find_nothing_wrong(
    make: Callable[[list[Cell], str], nbformat.NotebookNode],
) -> None:
    notebook = make(CELLS, "x")
    nbformat.validate(notebook)
    CheckCellMetadata().preprocess(notebook, {})


def test_checksums_are_nbgraders() -> None:
    for cell in release_notebook(CELLS, "x").cells:
        if "nbgrader" in cell.metadata:
            assert cell.metadata.nbgrader.checksum == compute_checksum(cell)


def test_the_source_notebook_holds_the_solutions() -> None:
    texts = {cell.id: cell.source for cell in source_notebook(CELLS, "x").cells}
    assert (texts["relu"], texts["why"]) == ("solved", "model")
    assert texts["relu_check"] == 'check("relu", relu)'


def test_a_digest_sees_text_and_ignores_outputs() -> None:
    notebook = release_notebook(CELLS, "x")
    assert notebook.metadata.annkit.sha256 == texts_digest(notebook)
    notebook.cells[2].outputs.append(nbformat.v4.new_output("stream", text="hello"))
    assert notebook.metadata.annkit.sha256 == texts_digest(notebook)
    notebook.cells[2].source += " "
    assert notebook.metadata.annkit.sha256 != texts_digest(notebook)


def test_ids_follow_the_headings() -> None:
    ids = CellIds()
    cells = [
        ("code", "x = 1"),
        ("markdown", "## The sigmoid: σ(z)!\n\nText."),
        ("markdown", "No heading."),
        ("markdown", "## 激活函数"),
        ("code", "## no heading but a remark"),
        ("markdown", "## The sigmoid: σ(z)!"),
    ]
    assert [ids.next(kind, source) for kind, source in cells] == [
        "top-1",
        "the-sigmoid-z-1",
        "the-sigmoid-z-2",
        "section-1",
        "section-2",
        "the-sigmoid-z-3",
    ]
