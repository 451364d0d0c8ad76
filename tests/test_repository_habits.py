"""What GitHub and others read of a repository is what they can read, and names what there is.

Not here: what the workflows run.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from annkit.distribution import version
from annkit.grading.platforms.github_repository import WORKFLOW
from tests.conftest import REQUIRED
from tools.beside import install
from tools.lock import NPM, ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
CONFIG = GITHUB / "ISSUE_TEMPLATE" / "config.yml"


def complaint(schema: str, paths: Iterable[Path]) -> str:
    """What a schema says against some files; "" if nothing."""
    check = ["check_jsonschema", "--default-filetype", "yaml", "--builtin-schema", schema]
    done = subprocess.run(
        [sys.executable, "-m", *check, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(install("platforms"))},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.slow
@pytest.mark.long
def test_every_file_fits_its_schema_and_a_misspelt_one_does_not(tmp_path: Path) -> None:
    classroom, misspelt = tmp_path / "classroom.yml", tmp_path / "misspelt.yml"
    classroom.write_text(WORKFLOW)
    misspelt.write_text(WORKFLOW.replace("runs-on:", "run-on:"))
    files = {
        "vendor.github-workflows": [*WORKFLOWS, classroom],
        "vendor.github-issue-forms": [path for path in FORMS if path != CONFIG],
        "vendor.github-issue-config": [CONFIG],
        "vendor.citation-file-format": [ROOT / "CITATION.cff"],
    }
    assert {schema: told for schema in files if (told := complaint(schema, files[schema]))} == {}
    assert "run-on" in complaint("vendor.github-workflows", [misspelt])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_pins_what_it_uses_and_runs_what_there_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert [name for name in used if not re.search(r"@v\d+(\.\d+)*$", name)] == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"run: make ([a-z-]+)", text)) <= targets
    named = re.findall(r"(?<![\w/])(?:tests/[\w/.]+|requirements[\w.-]+)", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.skipif(shutil.which("node") is None and not REQUIRED, reason="it asks Node.js")
def test_a_published_site_takes_pyodides_own_distribution_of_the_pinned_release() -> None:
    text = (GITHUB / "workflows" / "site.yml").read_text(encoding="utf-8")
    asked = re.findall(r"version=\$\((node .+)\)\n", text)
    assert len(asked) == 1
    told = subprocess.run(shlex.split(asked[0]), cwd=ROOT, capture_output=True, text=True)
    pinned = json.loads((NPM["site"] / "package.json").read_text(encoding="utf-8"))
    assert told.stdout.strip() == pinned["dependencies"]["pyodide"], told.stderr
    made = re.findall(r"run: (make site .+)", text)
    assert len(made) == 1
    plan = subprocess.run(
        [*shlex.split(made[0]), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "annkit.publish.browser dist/site/lite --pyodide 'pyodide'\n" in plan.stdout


def test_every_python_that_the_package_names_is_tried() -> None:
    text = (GITHUB / "workflows" / "test.yml").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    tried = ", ".join(f'"{one}"' for one in named)
    assert text.count(f"python: [{tried}]") == 2


def test_it_is_cited_as_the_version_it_is() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {version()}\n" in citation


def test_a_hook_runs_what_an_installation_brings() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    commands = re.findall(r"entry: (\S+)", hooks)
    assert len(commands) == 3
    assert all(Path(sys.prefix, *Path(command).parts[1:]).exists() for command in commands)
