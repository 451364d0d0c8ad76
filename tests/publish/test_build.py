"""Folders of notebooks: written when needed, never over somebody's work."""

from pathlib import Path

import nbformat
import pytest

from annkit.exercises import Catalogue
from annkit.publish import release, solve, sources
from annkit.publish.build import EditedNotebooksError, is_edited, outdated, write
from annkit.publish.notebooks import to_bytes

NAME = Path("ch01_counting") / "ch01_counting.ipynb"


@pytest.fixture
def files(small_course: Catalogue) -> dict[Path, bytes]:
    return release(small_course)


def test_one_notebook_a_chapter(files: dict[Path, bytes]) -> None:
    assert list(files) == [NAME]


def test_two_builds_are_equal_byte_for_byte(
    files: dict[Path, bytes], small_course: Catalogue
) -> None:
    assert release(Catalogue(small_course.root)) == files


def test_writing_twice_writes_once(files: dict[Path, bytes], tmp_path: Path) -> None:
    assert outdated(files, tmp_path) == [tmp_path / NAME]
    assert write(files, tmp_path) == [tmp_path / NAME]
    assert (tmp_path / NAME).read_bytes() == files[NAME]
    assert write(files, tmp_path) == outdated(files, tmp_path) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / NAME]


def test_the_notebook_of_a_chapter_that_is_gone_goes(
    files: dict[Path, bytes], tmp_path: Path
) -> None:
    write({**files, Path("ch02_gone/ch02_gone.ipynb"): files[NAME]}, tmp_path)
    mine = tmp_path / "my_ann.py"
    copy = tmp_path / "ch01_counting" / "ch01_counting-Copy1.ipynb"
    mine.touch()
    copy.write_bytes(files[NAME])
    assert write(files, tmp_path) == [tmp_path / "ch02_gone" / "ch02_gone.ipynb"]
    assert mine.exists()
    assert copy.exists()


def test_answers_are_not_overwritten(files: dict[Path, bytes], tmp_path: Path) -> None:
    write(files, tmp_path)
    path = tmp_path / NAME
    worked_in = to_bytes(solve(path, {"unit_question": 'unit_question = "a"'}))
    path.write_bytes(worked_in)
    assert is_edited(path)
    with pytest.raises(EditedNotebooksError, match="ch01_counting"):
        write(files, tmp_path)
    assert path.read_bytes() == worked_in
    assert write(files, tmp_path, force=True) == [path]
    assert path.read_bytes() == files[NAME]


def test_outputs_alone_are_no_work(files: dict[Path, bytes], tmp_path: Path) -> None:
    write(files, tmp_path)
    path = tmp_path / NAME
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].execution_count = 1
    nbformat.write(notebook, path)
    assert not is_edited(path)
    assert write(files, tmp_path) == [path]


def test_sources_have_marks_and_the_release_has_none(
    files: dict[Path, bytes], small_course: Catalogue
) -> None:
    source = sources(small_course)[NAME].decode()
    assert source.count("### BEGIN SOLUTION") == source.count("### END SOLUTION") == 4
    assert "SOLUTION" not in files[NAME].decode()
