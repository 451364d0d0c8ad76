"""Binder's own tool recognises the repository."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_binder_would_build_an_environment_with_our_versions() -> None:
    tool = Path(sys.executable).with_name("repo2docker")
    result = subprocess.run(
        [tool, "--no-build", "--debug", "."], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    recipe = result.stdout + result.stderr
    assert "environment.yml" in recipe
    assert "RUN ./postBuild" in recipe
