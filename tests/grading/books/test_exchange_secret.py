"""What nbgrader's exchange handed in with a notebook goes along with its mark."""

from pathlib import Path

import pytest

from annkit.grading.books.exchange_secret import NAME, exchange_secret
from annkit.grading.intake.course import Course

FOLDERS = ("submitted", "release", "autograded", "feedback")


@pytest.fixture
def course_folder(tmp_path: Path) -> Course:
    (tmp_path / "submitted" / "ada" / "ch03").mkdir(parents=True)
    submitted, release, autograded, feedback = (tmp_path / name for name in FOLDERS)
    return Course(tmp_path, submitted, release, autograded, feedback, "", "", None)


def test_the_secret_goes_beside_the_graded_notebook(course_folder: Course) -> None:
    (course_folder.submitted / "ada" / "ch03" / NAME).write_bytes(b"abc")
    place = course_folder.autograded / "ada" / "ch03" / NAME
    assert exchange_secret(course_folder, "ada", "ch03") == {place: b"abc"}


@pytest.mark.parametrize("kind", ["none", "link", "folder", "huge"])
def test_anything_else_is_left_where_it_is(course_folder: Course, kind: str) -> None:
    path = course_folder.submitted / "ada" / "ch03" / NAME
    if kind == "link":
        (course_folder.root / ".annkit-secret").write_text("the course's")
        path.symlink_to(course_folder.root / ".annkit-secret")
    elif kind == "folder":
        path.mkdir()
    elif kind == "huge":
        path.write_bytes(b"x" * 2000)
    assert exchange_secret(course_folder, "ada", "ch03") == {}
