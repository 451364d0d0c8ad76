"""Rules: a chapter that breaks one stops the build, with file and line, and changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annkit.exercises import Catalogue, ExerciseError
from annkit.exercises.tasks.references import Reference
from annkit.publish import release
from annkit.publish.__main__ import main
from annkit.publish.rules import check_nothing_missing

Edit = Callable[[str, str, str], Path]
CHAPTER = "chapter.py"


def problem_of(course: Path) -> str:
    """What stops the build of a course."""
    with pytest.raises(ExerciseError) as caught:
        release(Catalogue(course))
    return str(caught.value)


def line_of(path: Path, text: str) -> int:
    """The last line of a file that holds this text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return max(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "says"),
    [
        # the chapter
        (CHAPTER, "numbers.sum()\n\n", "scaled = 3\n\n", "numbers = np", "the exercise scaled"),
        (CHAPTER, "numbers.sum()\n\n", "Tally().add()\n\n", "numbers = np", "the exercise tally"),
        (CHAPTER, "numbers.sum()\n\n", "numbers.sum(]\n\n", "sum(]", "not Python"),
        (CHAPTER, "quiz, solution", "solution", "import numpy", "`from annkit import quiz`"),
        (CHAPTER, "import numpy as np\n", "import numpy\n", "import numpy", "import numpy as np"),
        (
            CHAPTER,
            "from tally import Tally",
            "from tolly import tolly",
            "from tolly",
            "no tolly",
        ),
        (CHAPTER, "from tally import Tally", "from scaled import scaled", "from scaled", "second"),
        (CHAPTER, "# Three", "# BEGIN MARK SCHEME", "# BEGIN MARK", "nbgrader would act"),
        # an exercise's file
        ("scaled.py", "# Lists", "# END SOLUTION", "# END SOLUTION", "nbgrader would act"),
        ("scaled.py", "points=1)\ndef any", "points=2)\ndef any", "exercise = ", "sum to 3"),
        ("scaled.py", '"A list is no array yet.", ', "", "exercise = ", "3 hints"),
        ("scaled.py", 'size="1 line"', 'size=""', "exercise = ", "size hint"),
        ("scaled.py", 'id="scaled"', 'id="scale"', "exercise = ", "file's name"),
        ("scaled.py", "caught_by=any_factor", "caught_by=any_number", "caught_by", "NameError"),
        ("scaled.py", "    return array * factor", "    return (array", "return (array", "never"),
        ("scaled.py", "exercise = Exercise(", "task = Exercise(", "", "exercise"),
        ("tally.py", 'object_name="Tally"', 'object_name="Counter"', "exercise = ", "Counter"),
        ("unit_question.py", ", correct=True", "", "exercise = ", "right"),
        ("explain_scaling.py", 'four", 1)', 'four", 2)', "exercise = ", "sums to 3"),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    edit: Edit, course_copy: Path, name: str, old: str, new: str, at: str, says: str
) -> None:
    path = edit(name, old, new)
    problem = problem_of(course_copy)
    assert says in problem
    if at:
        assert f"{path}:{line_of(path, at)}: " in problem
    else:
        assert f"{path}:" in problem


def test_an_exercise_without_a_place_is_told(edit: Edit, course_copy: Path) -> None:
    edit(CHAPTER, "# %%\nfrom tally import Tally\n", "")
    tally = course_copy / "ch01_counting" / "tally.py"
    assert f"{tally}:1: not placed" in problem_of(course_copy)


def test_an_id_in_two_chapters_is_told(course_copy: Path) -> None:
    other = course_copy / "ch02_again"
    other.mkdir()
    (other / "chapter.py").write_text("# %%\nfrom tally import tally\n")
    (other / "tally.py").write_text((course_copy / "ch01_counting" / "tally.py").read_text())
    problem = problem_of(course_copy)
    assert f"{other / 'tally.py'}:1: " in problem
    assert str(course_copy / "ch01_counting" / "tally.py") in problem


def test_local_names_may_repeat_an_answers_name(edit: Edit, course_copy: Path) -> None:
    edit(CHAPTER, "numbers.sum()\n\n", "np.sum([x for x in map(lambda scaled: scaled, [1])])\n\n")
    assert release(Catalogue(course_copy))


def test_a_failing_build_changes_no_notebook(
    edit: Edit, course_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebooks = tmp_path / "notebooks"
    words = ["build", str(notebooks), "--course", str(course_copy)]
    assert main(words) == 0
    before = {path: path.read_bytes() for path in notebooks.rglob("*") if path.is_file()}
    second = course_copy / "ch02_second"
    second.mkdir()
    (second / "chapter.py").write_text("# %%\nfrom nowhere import nowhere\n")
    edit(CHAPTER, "Three numbers", "Some numbers")
    assert main(words) == 1
    assert {path: path.read_bytes() for path in notebooks.rglob("*") if path.is_file()} == before
    assert f"{second / 'chapter.py'}:2: " in capsys.readouterr().err


def test_what_grows_out_of_an_answer_left_out_is_refused() -> None:
    grown, path = Reference("B", "class B(A): ...", "", "", ()), Path("b.py")
    check_nothing_missing({path: grown}, {"A": {Path("c.py")}})
    with pytest.raises(ExerciseError, match=r"b\.py:1: builds on `A`, whose exercise is left out"):
        check_nothing_missing({path: grown}, {"A": {path}})
