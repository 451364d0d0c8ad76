"""A course of one small chapter: everything the publisher can meet, and nothing else."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annkit.exercises import Catalogue

SMALL_COURSE = Path(__file__).parent / "small_course"


@pytest.fixture(scope="session")
def small_course() -> Catalogue:
    """The small course as it is."""
    return Catalogue(SMALL_COURSE)


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    """A copy of the small course to spoil: the folder of its chapters."""
    folder = tmp_path / "solutions"
    shutil.copytree(SMALL_COURSE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def edit(course_copy: Path) -> Callable[[str, str, str], Path]:
    """Replace one piece of text in a file of the copy's chapter."""

    def replace(name: str, old: str, new: str) -> Path:
        path = course_copy / "ch01_counting" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return replace
