"""The release of an assignment: the instructor's own notebooks, which submissions are grafted onto.

These files are trusted: they lie in the teacher's course directory, or come from the course.

Not here: notebooks that were handed in (`notebook`), the grafting (`rebuild`).
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from annkit.grading.rebuild.notebook import LooseCell, text

# What nbgrader puts where words are to be written.
_UNWRITTEN = "YOUR ANSWER HERE"


class ReleaseError(Exception):
    """An assignment has no release that could be graded; the text says what to do."""


@dataclass(frozen=True)
class ReleaseCell:
    """A cell of the release.

    Attributes:
        id: its cell id.
        kind: "code" or "markdown".
        source: its text, the stub in an answer cell.
        answers: id of the exercise it answers; empty for other cells.
    """

    id: str
    kind: str
    source: str
    answers: str = ""


@dataclass(frozen=True)
class Release:
    """One released notebook.

    Attributes:
        assignment: name of the assignment.
        notebook: name of the notebook, without its ending.
        cells: its cells.
        raw: the same cells as they stand in the file, metadata included.
        metadata: of the notebook.
        digest: of what a verdict can depend on; "" for one that was made up.
    """

    assignment: str
    notebook: str
    cells: tuple[ReleaseCell, ...]
    raw: tuple[dict[str, Any], ...] = field(repr=False)
    metadata: dict[str, Any] = field(repr=False)
    digest: str

    @property
    def ids(self) -> list[str]:
        """Its exercises, in order."""
        return [cell.answers for cell in self.cells if cell.answers]

    def answered_in(self, cells: Iterable[LooseCell]) -> tuple[int, int]:
        """How many of its exercises have a text of their own among cells, and how many a cell.

        Pairs are compared: one answer is more than all cells as they were handed out.
        """
        texts: dict[str, list[str]] = {}
        for cell in cells:
            for id in cell.ids:
                texts.setdefault(id, []).append(cell.source)
        there = [cell for cell in self.cells if cell.answers in texts]
        written = [
            cell
            for cell in there
            if "\n\n".join(texts[cell.answers]).strip() not in ("", cell.source.strip())
        ]
        return len(written), len(there)

    @cached_property
    def grade_ids(self) -> dict[str, str]:
        """Exercise id → the cell that carries its points for nbgrader."""
        graded = {
            str(part["grade_id"])
            for cell in self.raw
            if (part := cell["metadata"].get("nbgrader", {})).get("grade")
        }
        names = {id: id if id in graded else f"{id}_check" for id in self.ids}
        return {id: name for id, name in names.items() if name in graded}

    @property
    def points(self) -> dict[str, float]:
        """Exercise id → what it is worth here."""
        parts = (cell["metadata"].get("nbgrader", {}) for cell in self.raw)
        worth = {part["grade_id"]: float(part["points"]) for part in parts if part.get("grade")}
        return {id: worth[name] for id, name in self.grade_ids.items()}

    @cached_property
    def commented(self) -> set[str]:
        """Exercises whose answer cell can carry a comment in nbgrader."""
        return {
            cell["metadata"]["annkit"]["answers"]
            for cell in self.raw
            if cell["metadata"].get("nbgrader", {}).get("solution")
            and cell["metadata"].get("annkit", {}).get("answers")
        }


def read_release(path: Path, assignment: str) -> Release:
    """Read one released notebook.

    Raises:
        ReleaseError: the file is missing, broken, or has no exercise.
    """
    try:
        notebook = json.loads(path.read_bytes())
        raw = tuple({**cell, "source": text(cell["source"])} for cell in notebook["cells"])
        cells = tuple(_cell(cell) for cell in raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(f"{path}: no released notebook ({error!r})") from None
    return Release(assignment, path.stem, cells, raw, notebook.get("metadata", {}), _digest(cells))


def read_assignment(folder: Path) -> dict[str, Release]:
    """Read all released notebooks of an assignment that have exercises: name → release.

    Raises:
        ReleaseError: there are none.
    """
    releases = [read_release(path, folder.name) for path in sorted(folder.glob("*.ipynb"))]
    found = {release.notebook: release for release in releases if release.ids}
    if not found:
        raise ReleaseError(
            f"{folder} holds no released notebook with exercises; "
            f"run: nbgrader generate_assignment {folder.name}"
        )
    return found


def own_release(name: str, cells: Sequence[LooseCell], ids: Sequence[str]) -> Release:
    """A release made up from somebody's own notebook, for a report without the instructor's copy.

    Every answer cell counts as filled in; what is still a stub shows when it is called.

    Args:
        name: of the notebook.
        cells: its cells.
        ids: the exercises it may answer.
    """
    made: list[ReleaseCell] = []
    for place, cell in enumerate(cells):
        answers = next((id for id in cell.ids if id in ids), "")
        own = cell.ids[-1] if cell.ids else f"cell{place}"
        if answers and any(answers == other.answers for other in made):
            continue
        stub = "" if cell.kind == "code" else _UNWRITTEN
        made.append(ReleaseCell(own, cell.kind, stub if answers else cell.source, answers))
    return Release(name, name, tuple(made), (), {}, "")


def _digest(cells: Iterable[ReleaseCell]) -> str:
    """A digest of all but the instructor's words, in which an exercise's points stand too.

    Of the words only the place counts, by which an answer in words that lost its id is found.
    """
    decides = [
        (cell.id, cell.kind, cell.answers, cell.source if cell.kind == "code" else "")
        for cell in cells
    ]
    return hashlib.sha256(json.dumps(decides).encode("ascii")).hexdigest()


def _cell(cell: dict[str, Any]) -> ReleaseCell:
    metadata = cell["metadata"]
    return ReleaseCell(
        str(metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "")),
        str(cell["cell_type"]),
        cell["source"],
        str(metadata.get("annkit", {}).get("answers", "")),
    )
