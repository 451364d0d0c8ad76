"""An installed wheel is enough: `check` and `annkit start` work where there is no repository."""

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from annkit.exercises.tasks.catalogue import course
from tests.browser.server import wait_for
from tests.sampling import LONG
from tools.lock import LEARNER, ROOT, pins

NEWEST = 14

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


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, what it needs lying elsewhere on the path."""
    target = tmp_path_factory.mktemp("installed") / "site"
    install = ["pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([sys.executable, "-m", *install, str(wheel)], check=True)
    return target


def run(site: Path, here: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the installed wheel; -P and another folder keep the repository off its path."""
    return subprocess.run(
        [sys.executable, "-P", *words],
        cwd=here,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
    )


def test_checks_work_from_the_wheel_alone(site: Path, tmp_path: Path) -> None:
    result = run(site, tmp_path, "-c", ANSWER)
    assert result.returncode == 0, result.stderr
    assert Path(result.stdout.strip()).is_relative_to(site)


def test_the_course_starts_from_the_wheel_alone(wheel: Path, site: Path, tmp_path: Path) -> None:
    result = run(site, tmp_path, str(site / "bin" / "annkit"), "start", "--copy-only")
    assert result.returncode == 0, result.stderr
    copies = expect_whole_course(tmp_path / "annkit-course", wheel)
    copies[-1].write_text("mine")
    again = run(site, tmp_path, str(site / "bin" / "annkit"), "start", "--copy-only")
    assert again.returncode == 0, again.stderr
    assert copies[-1].read_text() == "mine"


def expect_whole_course(folder: Path, wheel: Path) -> list[Path]:
    """Every chapter lies there as the wheel carries it; returns the notebooks."""
    carried = zipfile.ZipFile(wheel)
    names = [f"{chapter}/{chapter}.ipynb" for chapter in course().chapters]
    for name in names:
        assert (folder / name).read_bytes() == carried.read(f"annkit/_notebooks/{name}")
    return [folder / name for name in names]


def interpreter(minor: int) -> str | None:
    """A Python of this version that runs; None if there is none here."""
    name = f"python3.{minor}"
    kept = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/{name}"))
    for path in (*kept, shutil.which(name)):
        if path and not subprocess.run([path, "--version"], capture_output=True).returncode:
            return str(path)
    return None


INTERPRETERS = {minor: interpreter(minor) for minor in range(11, NEWEST + 1)}


@pytest.mark.parametrize(
    "python",
    [
        pytest.param(python, marks=LONG, id=f"3.{minor}")
        for minor, python in INTERPRETERS.items()
        if python
    ],
)
def test_in_an_empty_environment_it_installs_checks_and_opens(
    wheel: Path, tmp_path: Path, python: str
) -> None:
    """On every Python that is found here; the workflow has the others."""
    constraints = tmp_path / "constraints.txt"
    lock = (ROOT / LEARNER).read_text(encoding="utf-8")
    constraints.write_text("\n".join(pins(lock)), encoding="utf-8")
    venv = tmp_path / "venv"
    subprocess.run([python, "-m", "venv", "--without-pip", str(venv)], check=True)
    inside = str(venv / "bin" / "python")
    install = ["uv", "pip", "install", "--quiet", "--python", inside, "--constraints"]
    subprocess.run([sys.executable, "-m", *install, str(constraints), f"{wheel}[lab]"], check=True)
    answered = subprocess.run(
        [inside, "-P", "-c", ANSWER], cwd=tmp_path, env={}, capture_output=True, text=True
    )
    assert answered.returncode == 0, answered.stderr
    doctor = [str(venv / "bin" / "annkit"), "doctor"]
    said = subprocess.run(doctor, cwd=tmp_path, env={}, capture_output=True, text=True).stdout
    assert said.startswith("✓ nothing else here is called annkit")
    expect_lab_opens(venv, tmp_path)
    expect_whole_course(tmp_path / "annkit-course", wheel)


def expect_lab_opens(venv: Path, here: Path) -> None:
    """`annkit start` serves JupyterLab in the copy, until it is told to end."""
    runtime = here / "runtime"
    environment = {
        "PATH": f"{venv / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(here / "home"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTER_PORT": "0",
    }
    command = [str(venv / "bin" / "annkit"), "start", "--no-browser"]
    with (here / "log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=here, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        about = wait_for(lambda: note_in(runtime), server, here / "log")
        page = f"{about['url']}api/contents/ch00_welcome?token={about['token']}"
        # The note is written before the server listens.
        content = wait_for(lambda: text_at(page), server, here / "log")
        assert "ch00_welcome.ipynb" in content
        assert Path(about["root_dir"]) == here / "annkit-course"
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def note_in(runtime: Path) -> dict[str, str] | None:
    """What a server has noted of itself; None while there is none."""
    return next((json.loads(path.read_bytes()) for path in runtime.glob("jpserver-*.json")), None)


def text_at(address: str) -> str:
    """What a server answers."""
    with urlopen(address) as answer:
        return str(answer.read().decode())
