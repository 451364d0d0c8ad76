"""From a chapter's source to the cells of its notebook.

Not here: reading the source (`chapters`), the rules (`rules`), the notebook (`notebooks`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annkit.address import repository
from annkit.exercises.tasks.catalogue import Catalogue
from annkit.exercises.tasks.question import Question
from annkit.exercises.tasks.references import Reference, read_reference
from annkit.exercises.tasks.task import Exercise, Task
from annkit.publish.cells import (
    Cell,
    contents_cell,
    exercise_cells,
    explanation_cells,
    onward_cell,
    question_cells,
)
from annkit.publish.chapters import Chapter, read_chapter
from annkit.publish.errors import load
from annkit.publish.notebooks import CellIds
from annkit.publish.rules import (
    check_imports,
    check_marks,
    check_names,
    check_nothing_missing,
    check_placement,
    missing_imports,
    missing_verbs,
)
from annkit.show.cards.progress_map import ChapterState

OWN_HEADING = "## From your teacher"


def chapter_cells(path: Path, catalogue: Catalogue) -> list[Cell]:
    """The cells of a chapter's notebook.

    Args:
        path: the `chapter.py`.
        catalogue: the exercises of the course it belongs to.

    Returns:
        The chapter's own cells with every exercise in its place.

    Raises:
        ExerciseError: whatever stops the build, with its file and line.
    """
    chapter = read_chapter(path)
    check_placement(chapter)
    placed = [stem for cell in chapter.cells if (stem := chapter.placed(cell))]
    tasks = {id: load(catalogue, id) for id in catalogue.chapters[chapter.name]}
    own = [id for id in tasks if id not in placed]
    check_marks([*sorted(path.parent.glob("*.py")), *map(catalogue.path, own)])
    references = {
        id: read_reference(catalogue.path(id))
        for id, task in tasks.items()
        if isinstance(task, Exercise)
    }
    answers = {_answer_name(task): id for id, task in tasks.items()}
    verbs = {id: _verbs(task) for id, task in tasks.items()}
    check_names(chapter, answers, _together(verbs, [id for id in tasks if id in placed]))
    by_path = {catalogue.path(id): cut for id, cut in references.items()}
    check_imports(chapter, {at: cut for at, cut in by_path.items() if at.parent == path.parent})
    check_nothing_missing(by_path, _left_out(chapter, placed, tasks))
    filling = _Filling(chapter, catalogue, tasks, references)
    cells = filling.cells()
    if own:
        needed = missing_verbs(chapter, _together(verbs, own))
        cuts = [references[id] for id in own if id in references]
        imports = [line for cut in cuts for line in missing_imports(chapter, cut)]
        cells += filling.own(own, needed, list(dict.fromkeys(imports)))
    top = next((i for i, cell in enumerate(cells) if cell.kind == "code"), 0)
    cells.insert(top, contents_cell(chapter.name, repository()))
    return [*cells, *_onward(chapter, catalogue)]


def _onward(chapter: Chapter, catalogue: Catalogue) -> list[Cell]:
    """The way to the chapters before and after, if this one belongs to any."""
    names = [None, *catalogue.chapters, None]
    place = names.index(chapter.name)
    before, after = (
        ChapterState(name, (), catalogue.title(name)) if name else None
        for name in (names[place - 1], names[place + 1])
    )
    return [onward_cell(before, after)] if before or after else []


def _left_out(
    chapter: Chapter, placed: list[str], tasks: Mapping[str, Task]
) -> dict[str, set[Path]]:
    """Name of each answer in code that is left out → the files placed after it."""
    files = [chapter.path.with_name(f"{stem}.py") for stem in placed]
    return {
        read_reference(file).name: set(files[place:])
        for place, file in enumerate(files)
        if file.stem not in tasks and "@exercise.reference" in file.read_text(encoding="utf-8")
    }


class _Filling:
    """A chapter's cells with the exercises' cells in the places kept for them."""

    def __init__(
        self,
        chapter: Chapter,
        catalogue: Catalogue,
        tasks: Mapping[str, Task],
        references: Mapping[str, Reference],
    ) -> None:
        self._chapter, self._catalogue = chapter, catalogue
        self._tasks, self._references = tasks, references
        self._ids = CellIds()
        self._count = 0

    def cells(self) -> list[Cell]:
        """What the chapter's own source says."""
        out: list[Cell] = []
        for cell in self._chapter.cells:
            stem = self._chapter.placed(cell)
            if stem is not None:
                out += self._task(stem) if stem in self._tasks else []
            elif not cell.for_authors:
                out.append(self._plain(cell.kind, cell.source, cell.metadata))
        return out

    def own(self, ids: list[str], verbs: set[str], imports: list[str]) -> list[Cell]:
        """What a teacher adds at the end."""
        out = [self._plain("markdown", OWN_HEADING)]
        lines = [f"from annkit import {', '.join(sorted(verbs))}"] if verbs else []
        if lines or imports:
            out.append(self._plain("code", "\n".join([*imports, *lines])))
        return [*out, *(cell for id in ids for cell in self._task(id))]

    def _plain(self, kind: str, source: str, metadata: Mapping[str, Any] | None = None) -> Cell:
        return Cell(self._ids.next(kind, source), kind, source, metadata=metadata or {})

    def _task(self, id: str) -> list[Cell]:
        """The cells of one exercise, question or explanation."""
        task = self._tasks[id]
        self._count += bool(task.points)
        number = f"{self._chapter.number}.{self._count}"
        points = self._catalogue.worth(task)
        if isinstance(task, Exercise):
            return exercise_cells(task, self._references[id], number, points)
        if isinstance(task, Question):
            return question_cells(task, number, points)
        return explanation_cells(task, number, points)


def _answer_name(task: Task) -> str:
    """What an answer is called in the notebook."""
    return task.object_name if isinstance(task, Exercise) else task.id


def _verbs(task: Task) -> set[str]:
    """The verbs that its cells call or tell the learner to call."""
    if isinstance(task, Exercise):
        return {"check", "hint", "solution"}
    if isinstance(task, Question):
        return {"check", "quiz"} if task.points else {"quiz"}
    return {"solution"}


def _together(verbs: Mapping[str, set[str]], ids: list[str]) -> set[str]:
    return set().union(*(verbs[id] for id in ids))
