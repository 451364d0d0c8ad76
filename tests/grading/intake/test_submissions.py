"""Submissions in nbgrader's folders, with whatever names they come."""

from pathlib import Path

import pytest

from annkit.grading.intake.submissions import Refused, find, why_no_student
from annkit.grading.rebuild.release import Release
from tests.grading.conftest import CHAPTER, NOTEBOOK, to_bytes


@pytest.fixture
def hand_in(tmp_path: Path, notebook: NOTEBOOK):
    """Hand in a notebook under a name."""

    def put(student: str, name: str = f"{CHAPTER}.ipynb", content: bytes | None = None) -> Path:
        path = tmp_path / student / CHAPTER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_bytes(notebook) if content is None else content)
        return path

    return put


def test_each_student_once(tmp_path: Path, release: Release, hand_in) -> None:
    paths = [hand_in(student) for student in ("ada", "ben, jr.", "林")]
    found, refused = find(tmp_path, [release])
    assert [(one.student, one.path) for one in found] == [
        (path.parent.parent.name, path) for path in paths
    ]
    assert refused == []
    assert all(one.notes == () for one in found)
    only, _ = find(tmp_path, [release], ["林"])
    assert [one.student for one in only] == ["林"]


def test_a_renamed_notebook_is_found(tmp_path: Path, release: Release, hand_in) -> None:
    hand_in("ada", "a.ipynb", b'{"cells": []}')
    path = hand_in("ada", "mine (1).ipynb")
    (found,), _ = find(tmp_path, [release])
    assert found.path == path
    assert found.notes == ("the notebook was called 'mine (1).ipynb'",)


def test_further_notebooks_are_said(tmp_path: Path, release: Release, hand_in) -> None:
    path = hand_in("ada")
    hand_in("ada", "other.ipynb")
    (found,), _ = find(tmp_path, [release])
    assert found.path == path
    assert "other.ipynb" in found.notes[0]


def test_an_empty_folder_is_a_submission_without_a_notebook(
    tmp_path: Path, release: Release
) -> None:
    (tmp_path / "ada" / CHAPTER).mkdir(parents=True)
    (found,), _ = find(tmp_path, [release])
    assert found.path is None


def test_links_are_refused(tmp_path: Path, release: Release, hand_in) -> None:
    target = hand_in("ada").parent
    folder = tmp_path / "eve"
    folder.mkdir()
    (folder / CHAPTER).symlink_to(target)
    found, refused = find(tmp_path, [release])
    assert [one.student for one in found] == ["ada"]
    assert refused == [Refused("eve", "the folder is a link, which is not followed")]


@pytest.mark.parametrize("name", ["a\nb", "a\0b", "..", ".hidden", "", "x" * 129, "a\udcff"])
def test_names_that_are_no_ids(name: str) -> None:
    assert why_no_student(name)


@pytest.mark.parametrize("name", ["ada", "O'Neil, Ben", "林", "a b", "[x]", "ünï"])
def test_names_that_are(name: str) -> None:
    assert why_no_student(name) == ""


@pytest.mark.parametrize(
    ("text", "hour"), [("2026-11-05 10:00:00 UTC", 10), ("2026-11-05 10:00:00+02:00", 8)]
)
def test_the_time_is_read(tmp_path: Path, release: Release, hand_in, text: str, hour: int) -> None:
    hand_in("ada", "timestamp.txt", text.encode())
    hand_in("ada")
    (found,), _ = find(tmp_path, [release])
    assert found.timestamp is not None
    assert found.timestamp.hour == hour
    assert found.timestamp.tzinfo is None


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff\xfe", b"9" * 90, b"x" * 10_000])
def test_a_broken_time_is_no_time(
    tmp_path: Path, release: Release, hand_in, content: bytes
) -> None:
    hand_in("ada", "timestamp.txt", content)
    (found,), _ = find(tmp_path, [release])
    assert found.timestamp is None
    assert "timestamp.txt is no date and time" in found.notes[-1]
