"""Executed chapters: what is as it was comes from the cache, and no work of the author is met."""

from collections.abc import Callable
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from annkit.exercises import Catalogue
from annkit.publish.book import executing

CHAPTER = "ch01_counting"


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The chapters that were executed, in the place of executing them."""
    names: list[str] = []

    def execute(course: Path, name: str, notebook: NotebookNode) -> NotebookNode:
        names.append(name)
        return notebook

    monkeypatch.setattr(executing, "_execute", execute)
    return names


def test_a_chapter_is_executed_again_when_an_exercise_of_it_changes(
    course_copy: Path, edit: Callable[[str, str, str], Path], executed: list[str], tmp_path: Path
) -> None:
    def execute_all() -> None:
        chapters = {CHAPTER: new_notebook(cells=[new_code_cell("1", id="one")])}
        executing.execute_all(Catalogue(course_copy), chapters, tmp_path / "cache")

    execute_all()
    execute_all()
    assert executed == [CHAPTER]
    edit("scaled.py", "Scale an array", "Scale numbers")
    execute_all()
    assert executed == [CHAPTER, CHAPTER]


def test_a_chapter_meets_its_own_course_and_no_work_of_the_author(
    small_course: Catalogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("ANNKIT_COURSE", "ANNKIT_HOME", "ANNKIT_STATE"):
        monkeypatch.setenv(name, str(tmp_path / "author"))
    met: dict[str, str] = {}

    def execute(client: NotebookClient, env: dict[str, str]) -> NotebookNode:
        met.update(env)
        return client.nb

    monkeypatch.setattr(NotebookClient, "execute", execute)
    executing.execute_all(small_course, {CHAPTER: new_notebook()}, tmp_path / "cache")
    assert met["ANNKIT_COURSE"] == str(small_course.root)
    assert "author" not in met["ANNKIT_HOME"] + met["ANNKIT_STATE"]
