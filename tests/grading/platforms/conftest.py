"""The welcome chapter's autograder, small and quick to judge, and a notebook with answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annkit.exercises import course
from annkit.grading.platforms.starter import Starter
from annkit.publish import release, solve
from annkit.publish.notebooks import read_notebook, to_bytes

CHAPTER = "ch00_welcome"
WRONG = {"one_hot": "def one_hot(labels, classes):\n    return np.eye(classes)[labels].T"}


def small_wheel(folder: Path) -> Path:
    """A file in place of the wheel, which takes seconds to build."""
    path = folder / "annkit_course-0-py3-none-any.whl"
    path.write_bytes(b"in place of the wheel")
    return path


@pytest.fixture(scope="session")
def starter() -> Starter:
    """What autograders are made from, without a real wheel."""
    return Starter(course(), lambda chapters: release(course(), chapters), small_wheel)


@pytest.fixture(scope="session")
def started(starter: Starter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the autograder is started with."""
    folder = tmp_path_factory.mktemp("started")
    for name, content in starter.files(CHAPTER, folder).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def answered(started: Path) -> Callable[..., bytes]:
    """The chapter with some answers; all of them, right, without any."""
    handed_out = read_notebook(started / f"{CHAPTER}.json")
    return lambda answers=None: to_bytes(solve(handed_out, answers))
