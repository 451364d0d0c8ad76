"""`annkit classroom update`, killed at any moment: run again, it ends as if nothing had happened.

A moment is a change of a file or of the gradebook. The update has something of everything to do: a
chapter with marks gets other points, another is made, a third is taken back.
"""

import os
import shutil
import signal
import sqlite3
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine.default import DefaultDialect

from annkit.cli import main
from annkit.exercises import course
from annkit.grading.intake.course_file import FILE_NAME
from tests.grading.forks import gradebooks_form, try_own_exercises_in_forks
from tests.publish.conftest import SMALL_COURSE

pytestmark = pytest.mark.slow

CELLS = "# %%\nimport numpy as np\n\nfrom annkit import check, hint, solution\n\n# %%\n"
OWN = {"ch20_kept": "stretched", "ch21_gone": "shrunk", "ch22_new": "widened"}
CHANGES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}
TABLES = {
    "cells": "select a.name, n.name, c.name, g.max_score from assignment a "
    "join notebook n on n.assignment_id = a.id join base_cell c on c.notebook_id = n.id "
    "left join grade_cells g on g.id = c.id",
    "marks": "select c.name, auto_score, manual_score from grade g join base_cell c "
    "on c.id = g.cell_id",
}


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    """The course that the commands speak of."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNKIT_COURSE", str(SMALL_COURSE))
        patch.setattr("nbgrader.api.get_alembic_version", gradebooks_form)
        course.cache_clear()
        yield
    course.cache_clear()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class with two chapters, whose teacher wants a third for one of them, and other points."""
    from nbgrader.api import Gradebook

    room = tmp_path_factory.mktemp("update") / "room"
    for name in ("source", "release", "submitted"):
        (room / name).mkdir(parents=True)
    exercise = (SMALL_COURSE / "ch01_counting" / "scaled.py").read_text()
    for chapter, id in OWN.items():
        folder = room / "mine" / chapter
        folder.mkdir(parents=True)
        (folder / f"{id}.py").write_text(exercise.replace("scaled", id))
        (folder / "chapter.py").write_text(f"{CELLS}from {id} import {id}\n")
    (room / FILE_NAME).write_text('own = "mine"\nchapters = ["ch20_kept", "ch21_gone"]\n')
    assert main(["classroom", "update", str(room)]) == 0
    with Gradebook(f"sqlite:///{room / 'gradebook.db'}") as book, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of nbgrader's own making
        book.add_student("ada")
        book.add_submission("ch20_kept", "ada")
        grade = book.find_grade("stretched_check", "ch20_kept", "ch20_kept", "ada")
        grade.auto_score, grade.manual_score = 1.0, 1.5
        book.db.commit()
    (room / FILE_NAME).write_text(
        'own = "mine"\nchapters = ["ch20_kept", "ch22_new"]\n[points]\nstretched = 3\n'
    )
    return room


def update(room: Path, dies_at: int) -> int:
    """Run the command in a process that is killed at a change, or at none; how many there were."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        count, me = 0, os.getpid()

        def note(*_: object) -> None:
            nonlocal count
            if os.getpid() == me:
                count += 1
                if count == dies_at:
                    os.kill(me, signal.SIGKILL)

        def look(event: str, given: tuple[Any, ...]) -> None:
            if (
                event in CHANGES
                and str(room) in str(given[0])
                and (event != "open" or set(str(given[1])) & set("wxa+"))
            ):
                note()

        try_own_exercises_in_forks()
        _commits(note)
        sys.addaudithook(look)
        status = main(["classroom", "update", str(room)])
        os.write(writer, str(count).encode())
        os._exit(status)
    os.close(writer)
    with open(reader) as said:
        counted = said.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == (-signal.SIGKILL if dies_at else 0)
    return int(counted or 0)


def _commits(note: Callable[[], None]) -> None:
    """Take note before and after each commit, in this process."""
    commit = DefaultDialect.do_commit

    def noted(*given: Any) -> None:
        note()
        commit(*given)
        note()

    DefaultDialect.do_commit = noted  # type: ignore[method-assign]


def state(room: Path) -> dict[str, object]:
    """All files, and what the gradebook holds."""
    files: dict[str, object] = {
        path.relative_to(room).as_posix(): path.read_bytes() if path.is_file() else None
        for path in room.rglob("*")
        if path.name not in ("gradebook.db", ".annkit-lock", "__pycache__")
        and path.suffix != ".pyc"
    }
    with closing(sqlite3.connect(room / "gradebook.db")) as book:
        return files | {name: sorted(book.execute(words)) for name, words in TABLES.items()}


@pytest.mark.parametrize(
    "moments",
    [2, pytest.param(12, marks=pytest.mark.long)],
)
def test_killed_and_run_again_it_ends_as_if_undisturbed(
    before: Path, tmp_path: Path, moments: int
) -> None:
    def copied() -> Path:
        shutil.rmtree(tmp_path / "room", ignore_errors=True)
        shutil.copytree(before, tmp_path / "room")
        return tmp_path / "room"

    room = copied()
    changes = update(room, 0)
    wanted = state(room)
    assert changes > 20
    assert ("stretched_check", 1.5, 2.25) in wanted["marks"]  # type: ignore[operator]
    for moment in range(1, moments + 1):
        room = copied()
        update(room, changes * moment // (moments + 1))
        update(room, 0)
        assert state(room) == wanted, f"killed at change {changes * moment // (moments + 1)}"
