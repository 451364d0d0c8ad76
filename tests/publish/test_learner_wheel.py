"""The learners' wheel installs, judges, and has no solutions."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from annkit.exercises import Catalogue, course
from annkit.publish.learner_wheel import browser_wheel, build_wheel

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import numpy as np
from annkit import check, exercises, solution
right = exercises.run("sigmoid", lambda z: (1 + np.tanh(np.asarray(z) / 2)) / 2)
wrong = exercises.run("sigmoid", lambda z: 1 / (1 + np.exp(-z)))
print(exercises.__file__)
print(right.passed, wrong.points, wrong.mistake)
solution("sigmoid", force=True)
solution("break_relu")
solution("collapse_question", force=True)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel."""
    return build_wheel(course(), tmp_path_factory.mktemp("wheel"))


@pytest.mark.long
def test_the_same_files_make_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    assert build_wheel(course(), tmp_path).read_bytes() == wheel.read_bytes()


def test_what_makes_notebooks_from_solutions_is_left_out(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if name.startswith("annkit/publish")]
    exercises = {Path(name).stem for name in names if name.startswith("annkit/_solutions/ch")}
    assert exercises == {*course().paths, "chapter"}


def test_a_browser_gets_the_whole_course_and_nothing_that_makes_marks(tmp_path: Path) -> None:
    small = Catalogue(Path(__file__).parent / "small_course")
    with zipfile.ZipFile(browser_wheel(small, tmp_path)) as made:
        names = made.namelist()
        for id, path in small.paths.items():
            inside = f"annkit/_solutions/{path.parent.name}/{id}.py"
            assert made.read(inside) == path.read_bytes()
        modules = [made.read(name).decode() for name in names if name.endswith(".py")]
    left_out = ("annkit/grading", "annkit/cli", "annkit/own_copy")
    assert not [name for name in names if name.startswith(left_out)]
    assert not [text for text in modules if "\nfrom annkit.grading" in text], "no half of it"
    assert [name for name in names if name.endswith("data/etc/ipython/ipython_config.json")]


def test_the_environment_gets_what_it_gets_from_the_wheel_of_all(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    data = {where for name in names if (where := name.partition(".data/data/")[2])}
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert data == set(about["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"].values())


def test_installed_it_judges_names_mistakes_and_keeps_solutions_back(
    wheel: Path, tmp_path: Path
) -> None:
    target = tmp_path / "site"
    install = ["pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([sys.executable, "-m", *install, str(wheel)], check=True)
    result = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM],
        cwd=tmp_path,
        env={"PYTHONPATH": str(target), "ANNKIT_STATE": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    place, verdicts, *said = result.stdout.splitlines()
    assert Path(place).is_relative_to(target)
    assert verdicts == "True 1.0 textbook_formula"
    assert "\n".join(said).count("comes without solutions") == 3
