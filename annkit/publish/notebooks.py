"""Notebooks as nbformat nodes and as bytes: the same source gives the same bytes, always.

Not here: what stands in the cells (`cells`, `assemble`), where files go (`build`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from annkit.kernel_language import LANGUAGE_INFO
from annkit.publish.cells import Cell
from annkit.source.cell_texts import texts_digest

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class CellIds:
    """Hands out ids to cells without a name: the heading above them and a counter.

    A new cell under one heading changes no id under another.
    """

    def __init__(self) -> None:
        """Start above the first heading."""
        self._slug = "top"
        self._counts: Counter[str] = Counter()

    def next(self, kind: str, source: str) -> str:
        """The id of the next cell, like `"the-sigmoid-2"`."""
        title = re.match(r"#{1,6} +(.*)", source) if kind == "markdown" else None
        if title:
            slug = re.sub(r"[^a-z0-9]+", "-", title[1].lower()).strip("-")
            self._slug = slug[:40].rstrip("-") or "section"
        self._counts[self._slug] += 1
        return f"{self._slug}-{self._counts[self._slug]}"


def release_notebook(cells: Sequence[Cell], origin: str) -> NotebookNode:
    """What a learner opens: stubs, locked tasks and checks, nbgrader's checksums.

    Args:
        cells: the chapter's cells.
        origin: the file it is generated from, relative to the project.

    Returns:
        The notebook, as nbgrader's own `generate_assignment` would release it.
    """
    from nbgrader.utils import compute_checksum

    nodes = []
    for cell in cells:
        node = _node(cell, cell.source)
        if cell.for_nbgrader:
            node.metadata.deletable = False
            if not cell.solution:
                node.metadata.editable = False
            node.metadata.nbgrader.checksum = compute_checksum(node)
            node.metadata.nbgrader.cell_type = node.cell_type
        nodes.append(node)
    return _notebook(nodes, origin)


def source_notebook(cells: Sequence[Cell], origin: str) -> NotebookNode:
    """What a teacher opens: the same cells with the solutions between nbgrader's marks."""
    texts = (cell.source if cell.solved is None else cell.solved for cell in cells)
    return _notebook([_node(cell, text) for cell, text in zip(cells, texts, strict=True)], origin)


def read_notebook(path: Path) -> NotebookNode:
    """A notebook from its file."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def to_bytes(notebook: NotebookNode) -> bytes:
    """The file: sorted keys, a line of text a line in the file, one newline at the end."""
    text: str = nbformat.writes(notebook)
    return (text.rstrip("\n") + "\n").encode()


def _notebook(nodes: Iterable[NotebookNode], origin: str) -> NotebookNode:
    """A notebook for Python that says what it is generated from."""
    metadata = {
        "annkit": {"generated_from": origin},
        "kernelspec": dict(KERNEL),
        "language_info": dict(LANGUAGE_INFO),
    }
    notebook: NotebookNode = nbformat.v4.new_notebook(
        cells=list(nodes), metadata=nbformat.from_dict(metadata)
    )
    notebook.metadata.annkit.sha256 = texts_digest(notebook)
    return notebook


def _node(cell: Cell, source: str) -> NotebookNode:
    """One cell with the metadata that both notebooks share."""
    metadata: dict[str, Any] = dict(cell.metadata)
    if cell.answers:
        metadata["annkit"] = {"answers": cell.answers}
    if cell.for_nbgrader:
        graded = cell.points is not None
        metadata["nbgrader"] = {
            "grade": graded,
            "grade_id": cell.id,
            "locked": cell.locked,
            "schema_version": 3,
            "solution": cell.solution,
            "task": False,
        }
        if graded:
            metadata["nbgrader"]["points"] = cell.points
    shared = {"source": source, "id": cell.id, "metadata": nbformat.from_dict(metadata)}
    node: NotebookNode
    if cell.kind == "code":
        node = nbformat.v4.new_code_cell(**shared)
    else:
        node = nbformat.v4.new_markdown_cell(**shared)
    return node
