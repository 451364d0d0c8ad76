"""What an exercise becomes in a notebook: task, answer and check cells, as nbgrader wants them.

Every cell knows both its texts: the one a learner is handed and, where they differ, the one a
teacher's source notebook holds.

Not here: cutting the reference (`annkit.exercises.tasks.references`), the notebook around the
cells (`notebooks`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annkit.address import Repository
from annkit.exercises.tasks.question import Explanation, Question
from annkit.exercises.tasks.references import Reference
from annkit.exercises.tasks.task import Exercise
from annkit.show.cards.progress_map import ChapterState


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook to be.

    Attributes:
        id: its cell id, the same in every build.
        kind: `"code"` or `"markdown"`.
        source: what a learner is handed.
        solved: what the teacher's source notebook holds instead; None where it is the same.
        answers: the exercise this cell answers; `""` for all other cells.
        locked: whether learners may not edit it.
        solution: whether it is for nbgrader a cell to clear and to fill in.
        points: what nbgrader may give for it; None where it gives nothing.
        metadata: further metadata.
    """

    id: str
    kind: str
    source: str
    solved: str | None = None
    answers: str = ""
    locked: bool = False
    solution: bool = False
    points: float | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def for_nbgrader(self) -> bool:
        """Whether nbgrader has anything to do with it."""
        return self.locked or self.solution or self.points is not None


def contents_cell(chapter: str, place: Repository | None) -> Cell:
    """The cell at the top of a chapter that shows what there is to do, and what is done.

    It stands before the chapter's imports, so it brings its own, and the verb that its table names.
    Where annkit is missing, as on Colab, or something else is called so, it says what to do.

    Args:
        chapter: the name of its folder.
        place: where the course can be installed from; None while that is not known.
    """
    advice = "the course's README tells how to install it."
    if place is not None:
        advice = f"run %pip install {place.requirement} in a new cell, then this one again."
    source = f"""try:
    from annkit import contents, today
except ImportError:
    print("annkit is missing here: {advice}")
else:
    contents("{chapter}")"""
    return Cell("contents", "code", source)


def onward_cell(before: ChapterState | None, after: ChapterState | None) -> Cell:
    """The last cell of a chapter: links to its neighbours.

    A text, so that the way on is there before anything has run.
    """
    ways = (
        f"[{left}{one.title}{right}](../{one.name}/{one.name}.ipynb)"
        for left, one, right in (("← ", before, ""), ("", after, " →"))
        if one
    )
    return Cell("onward", "markdown", " · ".join(ways))


def heading(kind: str, number: str, title: str, points: float) -> str:
    """The line over a task, like `### Exercise 3.2 · The sigmoid (2 points)`."""
    unit = "point" if points == 1 else "points"
    return f"### {kind} {number} · {title} ({points:g} {unit})"


def help_pointer(identifier: str) -> str:
    """What a task says of help, where there is a kernel to ask for it."""
    return (
        f' Stuck? Run `hint("{identifier}")`, and again for more; '
        f'after an honest attempt, `solution("{identifier}")`.'
    )


def exercise_cells(
    exercise: Exercise, reference: Reference, number: str, points: float
) -> list[Cell]:
    """Task, stub and check of an exercise that is answered in code.

    Args:
        exercise: the exercise.
        reference: its reference, cut.
        number: the printed number, like `"3.2"`.
        points: what it is worth.

    Returns:
        A locked task, an editable answer, a locked check that carries the points.

    Raises:
        ExerciseError: there is no size hint to print.
    """
    if not exercise.size.strip():
        raise exercise.error('no size hint, like "about 2 lines"')
    name, identifier = reference.name, exercise.id
    task = "\n\n".join(
        (
            heading("Exercise", number, exercise.title, points),
            exercise.task.strip(),
            f"*Size: {exercise.size}.*{help_pointer(identifier)}",
        )
    )
    return [
        Cell(f"{identifier}_task", "markdown", task, locked=True),
        Cell(
            identifier,
            "code",
            reference.stub,
            reference.marked,
            answers=identifier,
            solution=True,
        ),
        _check_cell(identifier, name, points),
    ]


def question_cells(question: Question, number: str, points: float) -> list[Cell]:
    """A multiple-choice question: read, answer with a letter, check.

    The answer is an ordinary cell for nbgrader: nbgrader can clear a cell only to code that
    raises, and an untouched notebook has to run to its end. A question without points is for
    recall: it is shown and explained, never graded.
    """
    identifier = question.id
    prompt = question.prompt.strip()
    if not question.points:
        # No heading: at the top of a chapter it would skip a level.
        text = f"**Recall · {question.title}**\n\n{prompt}"
        return [
            Cell(f"{identifier}_task", "markdown", text, locked=True),
            Cell(f"{identifier}_quiz", "code", f'quiz("{identifier}")', locked=True),
        ]
    title = heading("Question", number, question.title, points)
    wanted = "your letter" if len(question.answer) == 1 else "your letters, all that are right"
    answer = letter_cell(identifier, "", wanted)
    return [
        Cell(f"{identifier}_task", "markdown", f"{title}\n\n{prompt}", locked=True),
        Cell(identifier, "code", answer, answers=identifier, metadata={"deletable": False}),
        # For nbgrader, which wants a locked cell to give points for; nobody else has to see it.
        _check_cell(identifier, identifier, points, {"jupyter": {"source_hidden": True}}),
    ]


def explanation_cells(explanation: Explanation, number: str, points: float) -> list[Cell]:
    """A question to be answered in words: read, write, compare; a teacher gives the points."""
    identifier = explanation.id
    factor = points / explanation.points
    scheme = "\n".join(f"- {what} ({part * factor:g})" for what, part in explanation.marking)
    title = heading("In your own words", number, explanation.title, points)
    # Folded: a scheme cannot help giving away part of the answer.
    text = (
        f"{title}\n\n{explanation.prompt.strip()}\n\n"
        "<details><summary>What earns the points (best read after writing)</summary>\n\n"
        f"{scheme}\n\n</details>"
    )
    pointer = (
        f'Learning alone? Write first. Then run `solution("{identifier}")` in a cell of your own, '
        "hold the model explanation beside yours, and give yourself points."
    )
    return [
        Cell(f"{identifier}_task", "markdown", text, locked=True),
        Cell(
            identifier,
            "markdown",
            "YOUR ANSWER HERE",
            explanation.model.strip(),
            answers=identifier,
            solution=True,
            points=points,
        ),
        Cell(f"{identifier}_model", "markdown", pointer, locked=True),
    ]


def letter_cell(identifier: str, letters: str, remark: str = "") -> str:
    """The text of a question's answer cell.

    Example:
        >>> print(letter_cell("anatomy", "b"))
        anatomy = "b"
        quiz("anatomy")
    """
    comment = f"  # {remark}" if remark else ""
    return f'{identifier} = "{letters}"{comment}\nquiz("{identifier}")'


def _check_cell(
    identifier: str, name: str, points: float, metadata: Mapping[str, Any] | None = None
) -> Cell:
    """The locked cell that judges an answer; its points are the exercise's."""
    source = f'check("{identifier}", {name})'
    more = metadata or {}
    return Cell(f"{identifier}_check", "code", source, locked=True, points=points, metadata=more)
