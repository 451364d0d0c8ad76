"""A class to grade: notebooks of mixed quality, made from references, alternatives and mistakes.

Every student gets, exercise by exercise, a right answer, one in another style, a known wrong one
or none, drawn from a seeded generator. The same seed makes the same class.

Not here: grading it (`grading`).
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from annkit.exercises import Catalogue, Exercise, Explanation, Question
from annkit.publish import solve
from annkit.publish.notebooks import read_notebook, to_bytes
from annkit.publish.solve import right_answer
from annkit.source.needed_cells import needed_cells

# How often an answer is the reference, in another style, wrong, or not there.
SHARES = {"reference": 0.6, "alternative": 0.1, "wrong": 0.2, "nothing": 0.1}


def answer_text(task: Exercise, target: object) -> str:
    """The text of an answer cell that defines `target` under the name the exercise wants.

    Whatever the function needs of its file comes along; the framework does not.
    """
    path = Path(task.path)
    statements = [
        statement
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if not _of_framework(statement)
    ]
    name = getattr(target, "__name__", "")
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            statement.decorator_list = []
    places = [
        place
        for place, statement in enumerate(statements)
        if isinstance(statement, ast.FunctionDef | ast.ClassDef) and statement.name == name
    ]
    texts = [ast.unparse(statement) for statement in statements]
    kept = [texts[place] for place in sorted(needed_cells(texts, places[-1:]))]
    renamed = "" if name == task.object_name else f"\n\n{task.object_name} = {name}"
    return "\n\n".join(kept) + renamed


def _of_framework(statement: ast.stmt) -> bool:
    """Whether a statement only tells the framework something, or is no code."""
    if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("annkit"):
        return True
    return isinstance(statement, ast.Expr)


def answers(catalogue: Catalogue, ids: list[str], rng: np.random.Generator) -> dict[str, str]:
    """One student's answers: exercise id → text; exercises left out are not attempted."""
    chosen: dict[str, str] = {}
    for id in ids:
        kind = rng.choice(list(SHARES), p=list(SHARES.values()))
        task = catalogue.load(id)
        if kind == "nothing":
            continue
        if isinstance(task, Explanation) or kind == "reference":
            chosen[id] = right_answer(id, catalogue)
        elif isinstance(task, Question):
            letter = task.answer if kind == "alternative" else rng.choice(list(task.letters))
            chosen[id] = f'{id} = "{letter}"'
        else:
            targets = (
                task.alternatives if kind == "alternative" else [w.target for w in task.wrongs]
            )
            chosen[id] = answer_text(task, targets[int(rng.integers(len(targets)))])
    return chosen


def notebooks(
    catalogue: Catalogue, release: Path, ids: list[str], count: int, seed: int = 0
) -> Iterator[tuple[str, bytes]]:
    """Yield (student, notebook) for a class of so many.

    Args:
        catalogue: where the answers come from.
        release: the notebook that was handed out.
        ids: its exercises.
        count: how many students.
        seed: of the draw.
    """
    rng = np.random.default_rng(seed)
    for number in range(count):
        solved = solve(read_notebook(release), answers(catalogue, ids, rng), catalogue=catalogue)
        yield f"student{number:04d}", to_bytes(solved)
