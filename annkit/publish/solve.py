"""Notebooks with answers in them: a learner's notebook, filled in.

Answers go by exercise id, wherever their cell stands and whatever else the notebook holds.

Not here: judging answers (`annkit.exercises`, `annkit.grading`).
"""

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbformat import NotebookNode

from annkit.exercises.tasks.catalogue import Catalogue, course
from annkit.exercises.tasks.question import Question
from annkit.exercises.tasks.references import read_reference
from annkit.exercises.tasks.task import Exercise
from annkit.publish.cells import letter_cell
from annkit.publish.notebooks import read_notebook


def solve(
    notebook: NotebookNode | Path,
    answers: Mapping[str, str] | None = None,
    *,
    catalogue: Catalogue | None = None,
) -> NotebookNode:
    """A copy of a learner's notebook with its answer cells filled in.

    Args:
        notebook: a notebook made by the build, or its file.
        answers: exercise id → the new text of its answer cell; other answer cells stay as they
            are. None fills in every answer: references, right letters, model explanations.
        catalogue: where the right answers come from; this course's by default.

    Returns:
        A new notebook; the one given is left as it is.

    Raises:
        KeyError: an id in `answers` has no answer cell in this notebook.

    Example:
        `solve(path, {"anatomy": 'anatomy = "b"'})`
    """
    given = read_notebook(notebook) if isinstance(notebook, Path) else notebook
    solved = copy.deepcopy(given)
    cells = dict(answer_cells(solved))
    if answers is None:
        source = catalogue or course()
        answers = {id: right_answer(id, source) for id in cells}
    unknown = sorted(answers.keys() - cells.keys())
    if unknown:
        raise KeyError(f"no answer cell for {', '.join(unknown)}; there are {', '.join(cells)}")
    for id, text in answers.items():
        cells[id].source = text
    return solved


def answer_cells(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """The cells a learner fills in, each with the id of its exercise, in notebook order."""
    for cell in notebook.cells:
        id = cell.metadata.get("annkit", {}).get("answers")
        if id:
            yield id, cell


def right_answer(id: str, catalogue: Catalogue) -> str:
    """What belongs into the answer cell of an exercise.

    Args:
        id: an exercise, a question with points, or an explanation.
        catalogue: where its file is found.

    Returns:
        The reference's code, the assignment of the right letter, or the model explanation.
    """
    task = catalogue.load(id)
    if isinstance(task, Exercise):
        return read_reference(catalogue.path(id)).solution
    if isinstance(task, Question):
        return letter_cell(id, task.answer)
    return task.model.strip()
