"""An installed wheel is enough: `check` works where there is no repository."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from annkit.exercises.tasks.catalogue import course

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow

ANSWER = """
import numpy as np
from annkit import exercises
report = exercises.run("sigmoid", lambda z: (1 + np.tanh(np.asarray(z) / 2)) / 2)
assert report.passed, report.message
print(exercises.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the backend that the lock pins."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True)
    return next(folder.glob("annkit_course-*.whl"))


def test_the_wheel_holds_every_exercise(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    paths = [course().path(id).relative_to(ROOT / "solutions") for id in course().paths]
    assert {f"annkit/_solutions/{path.as_posix()}" for path in paths} <= names
    assert "annkit/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "solutions/", "notebooks/"))]
    data = {name.partition(".data/data/")[2] for name in names}
    assert "etc/ipython/ipython_kernel_config.json" in data
    assert "share/jupyter/lab/settings/overrides.d/annkit.json" in data


def test_checks_work_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install = ["pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([sys.executable, "-m", *install, str(wheel)], check=True)
    # -P and another cwd keep the repository off the path; the editable install comes later on it.
    result = subprocess.run(
        [sys.executable, "-P", "-c", ANSWER],
        cwd=tmp_path,
        env={"PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    assert Path(result.stdout.strip()).is_relative_to(target)
