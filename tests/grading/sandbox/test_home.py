"""Whatever becomes of a grader, its folders in the temporary directory go."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from annkit.grading.sandbox.home import Home

_HOLD = """
import time
from annkit.grading.sandbox.home import Home
home = Home()
(home.path / "matplotlib").mkdir()
print(home.path, flush=True)
time.sleep(600)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary directory of our own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_who_is_killed_leaves_a_folder_that_the_next_one_removes(temporary: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", _HOLD], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        held = Path(process.stdout.readline().strip())
        first = Home()
        assert sorted(temporary.iterdir()) == sorted([held, first.path]), "both are in use"
        os.kill(process.pid, signal.SIGKILL)
    second = Home()
    assert sorted(temporary.iterdir()) == sorted([first.path, second.path])
    first.close()
    second.close()
    assert list(temporary.iterdir()) == []


def test_a_link_and_other_peoples_folders_stay(temporary: Path) -> None:
    (temporary / "precious").mkdir()
    (temporary / "annkit-sandbox-x").symlink_to(temporary / "precious")
    Home().close()
    assert {path.name for path in temporary.iterdir()} == {"precious", "annkit-sandbox-x"}
