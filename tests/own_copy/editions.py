"""A small chapter in two editions, and a learner who works in the first.

Not here: what becomes of it (test_corrected.py, test_copying.py).
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from annkit.grading.rebuild.release import Release, read_release
from annkit.publish.cells import Cell
from annkit.publish.notebooks import release_notebook, to_bytes

CHAPTER = "ch01_counting"
STUB = "def relu(z):\n    raise NotImplementedError()"
ANSWER = "def relu(z):\n    return max(z, 0)"
FIRST = (
    Cell("title-1", "markdown", "# Counting"),
    Cell("imports-1", "code", "import numpy"),
    Cell("steps-1", "code", "steps = 10\nprint(steps)"),
    Cell("gone-1", "markdown", "This is taken out."),
    Cell("relu_task", "markdown", "### The rectifier\n\nWrite it.", locked=True),
    Cell("relu", "code", STUB, ANSWER, answers="relu", solution=True),
    Cell("relu_check", "code", 'check("relu", relu)', locked=True, points=1),
    Cell("pick", "code", 'pick = ""', answers="pick", metadata={"deletable": False}),
    Cell("why", "markdown", "YOUR ANSWER HERE", "model", "why", solution=True, points=2),
)
Raw = dict[str, Any]


def edition(*changed: Cell, without: str = "", first: tuple[Cell, ...] = FIRST) -> tuple[Cell, ...]:
    """The first edition with some cells changed, or added at the end, and one taken out."""
    new = {cell.id: cell for cell in changed}
    cells = [new.pop(cell.id, cell) for cell in first if cell.id != without]
    return (*cells, *new.values())


def changed(id: str, source: str) -> Cell:
    """A cell of the first edition with another text."""
    return replace(next(cell for cell in FIRST if cell.id == id), source=source)


def notebook(cells: tuple[Cell, ...]) -> bytes:
    """What is handed out."""
    return to_bytes(release_notebook(cells, "solutions/made_up/chapter.py"))


def laid_out(folder: Path, cells: tuple[Cell, ...]) -> Path:
    """An edition's notebooks, as a package carries them."""
    path = folder / CHAPTER / f"{CHAPTER}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(notebook(cells))
    return path


def release(folder: Path, cells: tuple[Cell, ...]) -> Release:
    """The same, read."""
    return read_release(laid_out(folder, cells), CHAPTER)


def worked_in(content: bytes, work: Callable[[dict[str, Raw], list[Raw]], None]) -> bytes:
    """A notebook after a learner's work.

    Args:
        content: the file.
        work: what the learner does, told the cells by id and in order.
    """
    read = json.loads(content)
    for cell in read["cells"]:
        cell["source"] = "".join(cell["source"])
    work({cell["id"]: cell for cell in read["cells"]}, read["cells"])
    return json.dumps(read).encode()


def own(id: str, source: str, kind: str = "code") -> Raw:
    """A cell that a learner adds."""
    more: Raw = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"id": id, "cell_type": kind, "metadata": {}, "source": source, **more}


def texts(content: bytes) -> list[str]:
    """The texts of a notebook's cells, in order."""
    return ["".join(cell["source"]) for cell in json.loads(content)["cells"]]
