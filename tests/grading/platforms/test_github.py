"""GitHub Classroom: the repository, its workflow, and what a run of it says."""

import base64
import json
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from annkit.exercises import course
from annkit.grading.platforms import github_report
from annkit.grading.platforms.autograder import PRACTICE
from annkit.grading.platforms.github_repository import WORKFLOW, classroom_github
from annkit.grading.platforms.starter import Starter
from tests.grading.platforms.conftest import CHAPTER, WRONG

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def said(
    started: Path, answered: Callable[..., bytes], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, Any]]:
    """The page of a run, and what the reporter was handed."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "checkout" / CHAPTER).mkdir(parents=True)
    (folder / "checkout" / CHAPTER / "mine.ipynb").write_bytes(
        answered({**WRONG, "break_shapes": "Rows do not fit."})
    )
    page, output = folder / "summary.md", folder / "output"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GITHUB_STEP_SUMMARY", str(page))
        patch.setenv("GITHUB_OUTPUT", str(output))
        assert github_report.run(started, folder / "checkout") == 0
    name, _, encoded = output.read_text().strip().partition("=")
    assert name == "result"
    return page.read_text("utf-8"), json.loads(base64.b64decode(encoded))


def test_the_page_says_that_it_is_practice_and_names_the_sandbox(said: tuple[str, Any]) -> None:
    page, _ = said
    assert PRACTICE in page.splitlines()[2]
    assert "Sandbox: " in page.splitlines()[2]


def test_the_page_has_the_mistake_and_the_next_step(said: tuple[str, Any]) -> None:
    page, _ = said
    assert "| One-hot rows | 0 of 1 | ❌ |" in page
    for words in (
        "### One-hot rows",
        "**Likely mistake:**",
        "**Next, in your notebook:**",
        "a person gives",
    ):
        assert words in page, words


def test_the_reporter_counts_what_was_judged(said: tuple[str, Any]) -> None:
    page, result = said
    tasks = [course().load(id) for id in course().chapters[CHAPTER]]
    worth = {task.id: task.points for task in tasks if task.points}
    # Words that nobody has read are neither 0 nor among what can be reached.
    del worth["break_shapes"]
    assert {test["name"] for test in result["tests"]} == set(worth)
    assert result["max_score"] == sum(worth.values())
    assert page.startswith(f"## {CHAPTER}: 0 of {sum(worth.values())} points\n")
    assert not any(test["score"] for test in result["tests"])
    assert result["status"] == "fail"
    assert all(test["line_no"] == 0 for test in result["tests"])


def test_the_reporter_finds_the_result_of_the_step() -> None:
    flow = yaml.safe_load(WORKFLOW)
    steps = flow["jobs"]["check"]["steps"]
    (reporter,) = (step for step in steps if "autograding-grading-reporter" in step.get("uses", ""))
    runner = reporter["with"]["runners"]
    assert runner.isalnum()
    assert reporter["env"] == {
        f"{runner.upper()}_RESULTS": f"${{{{ steps.{runner}.outputs.result }}}}"
    }
    assert runner in [step.get("id") for step in steps]


def test_the_repository_holds_the_notebook_and_all_its_workflow_needs(
    starter: Starter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "template"
    options = Namespace(chapter=CHAPTER, folder=folder)
    assert classroom_github(options, starter) == 0
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {
        "README.md",
        f"{CHAPTER}/{CHAPTER}.ipynb",
        ".github/workflows/classroom.yml",
        f".github/annkit/{CHAPTER}.json",
        ".github/annkit/annkit_course-0-py3-none-any.whl",
        ".github/annkit/autograder.json",
        ".github/annkit/requirements-judge.lock",
    }
    assert "practice" in capsys.readouterr().out
    assert classroom_github(options, starter) == 1  # never over what is there
