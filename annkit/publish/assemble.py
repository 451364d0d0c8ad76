"""From a chapter's source to the cells of its notebook.

Not here: reading the source (`chapters`), the rules (`rules`), the notebook (`notebooks`).
"""

from pathlib import Path

from annkit.exercises.tasks.catalogue import Catalogue
from annkit.exercises.tasks.question import Question
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
from annkit.publish.references import Reference, read_reference
from annkit.publish.rules import check_imports, check_marks, check_names, check_placement


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
    check_marks(chapter)
    stems = [stem for cell in chapter.cells if (stem := chapter.placed(cell))]
    tasks = {stem: load(catalogue, stem) for stem in stems}
    references = {
        stem: read_reference(path.with_name(f"{stem}.py"))
        for stem, task in tasks.items()
        if isinstance(task, Exercise)
    }
    answers = {_answer_name(task): stem for stem, task in tasks.items()}
    check_names(chapter, answers, _verbs(list(tasks.values())))
    check_imports(chapter, {path.with_name(f"{stem}.py"): cut for stem, cut in references.items()})
    cells = _filled(chapter, tasks, references)
    top = next((i for i, cell in enumerate(cells) if cell.kind == "code"), 0)
    cells.insert(top, contents_cell(chapter.name))
    return [*cells, *_onward(chapter, catalogue)]


def _onward(chapter: Chapter, catalogue: Catalogue) -> list[Cell]:
    """The way to the chapters before and after, if this one belongs to any."""
    names = [None, *catalogue.chapters, None]
    place = names.index(chapter.name)
    before, after = (
        (name, f"{int(name[2:4])} · {catalogue.title(name)}") if name else None
        for name in (names[place - 1], names[place + 1])
    )
    return [onward_cell(before, after)] if before or after else []


def _filled(
    chapter: Chapter, tasks: dict[str, Task], references: dict[str, Reference]
) -> list[Cell]:
    """The chapter's cells with the exercises' cells in the places kept for them."""
    ids = CellIds()
    out: list[Cell] = []
    count = 0
    for cell in chapter.cells:
        stem = chapter.placed(cell)
        if stem is not None:
            task = tasks[stem]
            count += bool(task.points)
            out += _task_cells(task, references.get(stem), f"{chapter.number}.{count}")
        elif not cell.for_authors:
            name = ids.next(cell.kind, cell.source)
            out.append(Cell(name, cell.kind, cell.source, metadata=cell.metadata))
    return out


def _task_cells(task: Task, reference: Reference | None, number: str) -> list[Cell]:
    """The cells of one exercise, question or explanation."""
    if isinstance(task, Exercise):
        assert reference is not None
        return exercise_cells(task, reference, number)
    if isinstance(task, Question):
        return question_cells(task, number)
    return explanation_cells(task, number)


def _answer_name(task: Task) -> str:
    """What an answer is called in the notebook."""
    return task.object_name if isinstance(task, Exercise) else task.id


def _verbs(tasks: list[Task]) -> set[str]:
    """The verbs that the generated cells call or tell the learner to call."""
    verbs: set[str] = set()
    for task in tasks:
        if isinstance(task, Exercise):
            verbs |= {"check", "hint", "solution"}
        elif isinstance(task, Question):
            verbs |= {"check", "quiz"} if task.points else {"quiz"}
        else:
            verbs |= {"solution"}
    return verbs
