"""GitHub's own schema of workflows takes ours."""

import os
import subprocess
import sys
from pathlib import Path

from annkit.grading.platforms.github_repository import WORKFLOW
from tests.sampling import LONG
from tools.beside import install

pytestmark = list(LONG)


def test_the_workflow_fits_the_schema_and_a_misspelt_one_does_not(tmp_path: Path) -> None:
    folder = install("platforms")
    for text, status in ((WORKFLOW, 0), (WORKFLOW.replace("runs-on:", "run-on:"), 1)):
        path = tmp_path / f"{status}.yml"
        path.write_text(text)
        check = ["check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
        done = subprocess.run(
            [sys.executable, "-m", *check],
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == status, done.stdout + done.stderr
