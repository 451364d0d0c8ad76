"""What nbgrader's exchange handed in with a notebook goes along with its mark."""

from pathlib import Path

import pytest
from traitlets.config import Config

from annkit.grading.books.exchange_secret import NAME, exchange_files
from annkit.grading.intake.course import Course

FOLDERS = ("submitted", "release", "autograded", "feedback")


@pytest.fixture
def course_folder(tmp_path: Path) -> Course:
    (tmp_path / "submitted" / "ada" / "ch03").mkdir(parents=True)
    submitted, release, autograded, feedback = (tmp_path / name for name in FOLDERS)
    config = Config()
    config.Exchange.root = str(tmp_path / "exchange")
    config.CourseDirectory = Config(root=str(tmp_path), course_id="autumn", assignment_id="ch03")
    return Course(tmp_path, submitted, release, autograded, feedback, "", "autumn", config)


def test_the_secret_goes_beside_the_graded_notebook(course_folder: Course) -> None:
    (course_folder.submitted / "ada" / "ch03" / NAME).write_bytes(b"abc")
    place = course_folder.autograded / "ada" / "ch03" / NAME
    assert exchange_files(course_folder, "ada", "ch03") == {place: b"abc"}


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
    assert exchange_files(course_folder, "ada", "ch03") == {}


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # nbgrader leaves what it has read open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_that_came_another_way_keeps_nobodys_feedback_back(course_folder: Course) -> None:
    """As nbgrader itself releases it, of one who handed in by the exchange and of one who did not.

    Nobody has a secret under which the other's could be fetched.
    """
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange.default import ExchangeReleaseFeedback
    from nbgrader.utils import notebook_hash

    (course_folder.submitted / "ada" / "ch03" / NAME).write_bytes(b"abc")
    (course_folder.root / "exchange").mkdir()
    for student, time in (("aaron", None), ("ada", b"2026-12-01 12:00:00 UTC")):
        folder = course_folder.feedback / student / "ch03"
        folder.mkdir(parents=True)
        (folder / "ch03.html").write_text(student)
        for path, content in exchange_files(course_folder, student, "ch03").items():
            (folder / path.name).write_bytes(content)
        if time is not None:
            (folder / "timestamp.txt").write_bytes(time)
    place = CourseDirectory(config=course_folder.config)
    ExchangeReleaseFeedback(coursedir=place, config=course_folder.config).start()
    released = course_folder.root / "exchange" / "autumn" / "feedback"
    hers = released / f"{notebook_hash(secret='abc', notebook_id='ch03')}.html"
    assert hers.read_text() == "ada"
    assert len(list(released.glob("*.html"))) == 2
