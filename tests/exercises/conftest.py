"""A learner of a small course: a notebook's cells, and folders of their own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annkit.exercises.tasks.catalogue import course
from tests.exercises.cells import Cells, cells

SMALL_COURSE = Path(__file__).parent.parent / "publish" / "small_course"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of `my_ann.py`."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    monkeypatch.setenv("ANNKIT_HOME", str(folder))
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    return folder


@pytest.fixture
def small_course(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The course that the verbs speak of."""
    monkeypatch.setenv("ANNKIT_COURSE", str(SMALL_COURSE))
    course.cache_clear()
    yield SMALL_COURSE
    course.cache_clear()


@pytest.fixture
def notebook(home: Path, small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cells]:
    """A notebook of the small course with the verbs imported."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    with cells() as shell:
        cell = shell.run(
            "import numpy as np\nfrom annkit import check, hint, progress, quiz, solution"
        )
        assert cell.outputs == []
        yield shell
