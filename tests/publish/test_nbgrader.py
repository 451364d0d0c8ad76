"""Stock nbgrader, with no configuration, works on what is published."""

import csv
from pathlib import Path

import nbformat
import pytest

from annkit.exercises import Catalogue
from annkit.publish import release, solve, sources
from annkit.publish.build import write
from annkit.publish.notebooks import read_notebook, to_bytes
from tests.grading import classes

pytestmark = pytest.mark.slow

CHAPTER = "ch01_counting"
NAME = Path(CHAPTER) / f"{CHAPTER}.ipynb"
HALF = {
    # doubles whatever the factor: one of two points
    "scaled": "def scaled(x, factor=2.0):\n    return 2 * np.asarray(x)",
    "unit_question": 'unit_question = "b"\nquiz("unit_question")',
}
BROKEN = {"scaled": "def scaled(x:", "unit_question": "1 / 0"}


@pytest.fixture(scope="module")
def classroom(small_course: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course directory in which nbgrader has released, graded and commented the chapter."""
    folder = tmp_path_factory.mktemp("classroom")
    write(sources(small_course), folder / "source")
    nbgrader(folder, small_course, "generate_assignment", CHAPTER)
    handed_out = read_notebook(folder / "release" / NAME)
    for student, notebook in {
        "ada": solve(handed_out, catalogue=small_course),
        "ben": solve(handed_out, HALF),
        "cem": handed_out,
        "dot": solve(handed_out, BROKEN),
    }.items():
        write({NAME: to_bytes(notebook)}, folder / "submitted" / student)
    nbgrader(folder, small_course, "autograde", CHAPTER)
    nbgrader(folder, small_course, "generate_feedback", CHAPTER)
    nbgrader(folder, small_course, "export")
    return folder


def nbgrader(folder: Path, course: Catalogue, *words: str) -> str:
    """Run one nbgrader command in a course directory; what it printed."""
    state = str(folder / "state")
    return classes.nbgrader(folder, *words, ANNKIT_COURSE=str(course.root), ANNKIT_STATE=state)


def test_nbgrader_releases_what_the_build_writes(classroom: Path, small_course: Catalogue) -> None:
    released = read_notebook(classroom / "release" / NAME)
    built = nbformat.reads(release(small_course)[NAME].decode("utf-8"), as_version=4)
    assert released.cells == built.cells
    assert released.metadata.kernelspec == built.metadata.kernelspec


def test_marks_are_right(classroom: Path) -> None:
    with (classroom / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    # 2 + 1 + 1 by machine; the explanation's 2 await a reader
    assert {name: float(row["score"]) for name, row in rows.items()} == {
        "ada": 4,
        "ben": 2,
        "cem": 0,
        "dot": 0,
    }
    assert {float(row["max_score"]) for row in rows.values()} == {6}


def test_feedback_names_the_mistake_and_gives_nothing_away(classroom: Path) -> None:
    page = (classroom / "feedback" / "ben" / NAME).with_suffix(".html").read_text("utf-8")
    assert "The factor is never used" in page
    assert "Score: 1.0 / 2.0" in page
    assert "Traceback (most recent" not in page
    assert "as_floats" not in page


def test_validate_tells_a_learner_who_is_not_done(classroom: Path, small_course: Catalogue) -> None:
    for student, says in (("ada", "Success"), ("cem", "VALIDATION FAILED ON 4 CELL(S)")):
        printed = nbgrader(
            classroom / "submitted" / student / CHAPTER, small_course, "validate", NAME.name
        )
        assert says in printed
