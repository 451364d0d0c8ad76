"""A class of four in a classroom of one chapter, and what its gradebook holds.

Not here: notebooks of the small course (`conftest`).
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annkit.exercises import course
from annkit.grading.books.ledger import Ledger
from annkit.grading.classroom import make_classroom
from annkit.publish import solve, sources
from annkit.publish.notebooks import read_notebook, to_bytes
from annkit.publish.solve import answer_cells
from tests.grading.forks import Done, Forks, Running

CHAPTER = "ch03_activations"
NAME = Path(CHAPTER) / f"{CHAPTER}.ipynb"
# Seconds until a command counts as hung, however busy the machine is.
PATIENCE = 1200
STUDENTS = ("ada", "ben, jr.", "cem", "dot")
# One student, all that may go wrong: a wrong answer, an endless loop at home, a dead process.
TROUBLE = {
    "step": "def step(z):\n    while True:\n        pass",
    "sigmoid": "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
    "relu": "import os\n\n\ndef relu(z):\n    os._exit(3)",
    "tanh_prime": "def tanh_prime(z):\n    raise ValueError(f'secret {z!r}')",
    "break_relu": "It dies. <script>alert('mine')</script> [x](javascript:alert(1))",
}


def make_class(folder: Path, endless: bool = True) -> Path:
    """A classroom in which four students have handed in one chapter.

    Args:
        folder: where to make it.
        endless: whether one of them has an answer that never ends.
    """
    trouble = TROUBLE if endless else TROUBLE | {"step": "def step(z):\n    return None"}
    roster = [{"id": student, "last_name": f"Name, {student}"} for student in STUDENTS]
    make_classroom(folder, sources(course(), [CHAPTER]), roster)
    handed_out = read_notebook(folder / "release" / NAME)
    full = solve(handed_out)
    half = {id: cell.source for id, cell in list(answer_cells(full))[::2]}
    work = (full, solve(handed_out, half), handed_out, solve(handed_out, trouble))
    for student, notebook in zip(STUDENTS, work, strict=True):
        path = folder / "submitted" / student / NAME
        path.parent.mkdir(parents=True)
        path.write_bytes(to_bytes(notebook))
    return folder


@cache
def _brisk() -> Forks:
    return Forks("tests.grading.brisk")


def annkit(
    folder: Path, *words: str, status: int = 0, variables: Mapping[str, str] = MappingProxyType({})
) -> Done:
    """Run `annkit`, with brisk budgets, in a folder, and expect an exit status."""
    done = _brisk().run(folder, *words, variables=variables)
    assert done.status == status, done
    return done


def faulty(folder: Path, *words: str, limit: int | None = None) -> Running:
    """Start a grader on a course directory that dies at a chosen step (see `faults`), or at none.

    Args:
        folder: the course directory.
        words: the step, and what follows it.
        limit: bytes that a file may have; no limit if None.
    """
    return _brisk().start(folder, "faults", str(folder), *words, limit=limit)


def nbgrader(folder: Path, *words: str, **variables: str) -> str:
    """Run a stock command in a folder, with some more environment variables; what it printed."""
    done = _brisk().run(folder, "nbgrader", *words, variables=variables)
    assert done.status == 0, done
    return done.stdout


def grade(folder: Path, *words: str, status: int = 0) -> Done:
    """Run `annkit grade` on a course directory."""
    return annkit(folder, "grade", ".", *words, status=status)


def grades(folder: Path) -> list[dict[str, Any]]:
    """Every row of grades in the gradebook, in order."""
    with closing(sqlite3.connect(folder / "gradebook.db")) as book:
        book.row_factory = sqlite3.Row
        rows = book.execute(
            "select s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade, "
            "n.late_submission_penalty from grade g join base_cell c on c.id = g.cell_id "
            "join submitted_notebook n on n.id = g.notebook_id "
            "join submitted_assignment s on s.id = n.assignment_id order by 1, 2"
        )
        return [dict(row) for row in rows]


def comments(folder: Path) -> list[tuple[str, str, str | None, str | None]]:
    """Every comment in the gradebook, in order."""
    with closing(sqlite3.connect(folder / "gradebook.db")) as book:
        rows = book.execute(
            "select s.student_id, c.name, t.auto_comment, t.manual_comment from comment t "
            "join base_cell c on c.id = t.cell_id "
            "join submitted_notebook n on n.id = t.notebook_id "
            "join submitted_assignment s on s.id = n.assignment_id order by 1, 2"
        )
        return rows.fetchall()


def everything(folder: Path) -> dict[str, Any]:
    """All that grading leaves behind, so that two runs can be compared."""
    ledger = Ledger(folder)
    verdicts = sorted((one.plain() for one in ledger.verdicts()), key=lambda one: one["student"])
    # Keys hold pseudonyms, which each course draws for itself.
    names = {one["key"]: f"{one['student']}, {one['content']}" for one in verdicts}
    for one in verdicts:
        one["key"] = names[one["key"]]
    counting = {
        place: vars(replace(one, key=names.get(one.key, one.key)))
        for place, one in ledger.counting().items()
    }
    autograded = folder / "autograded"
    files = {
        str(path.relative_to(autograded)): path.read_bytes()
        for path in sorted(autograded.rglob("*"))
        if path.is_file()
    }
    return {
        "grades": grades(folder),
        "comments": comments(folder),
        "files": files,
        "verdicts": verdicts,
        "counting": counting,
    }
