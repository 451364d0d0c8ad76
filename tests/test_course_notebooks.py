"""Every chapter runs from top to bottom: as a script, solved, and untouched, without an error.

Under `pytest -n 2` the notebooks run in two processes at a time.

Not here: what a single exercise accepts (tests/exercises), how notebooks are made (tests/publish).
"""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from annkit.exercises.tasks.catalogue import course
from annkit.exercises.tasks.question import Explanation
from annkit.publish import release, solve
from annkit.publish.notebooks import to_bytes

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = list(course().chapters)
MOST_SECONDS = 900  # a chapter takes ten; the rest is for a machine that others use

pytestmark = pytest.mark.slow


@cache
def all_handed_out() -> dict[Path, bytes]:
    """Every chapter's notebook as learners get it, made once."""
    return release(course())


def handed_out(chapter: str) -> bytes:
    """The notebook of one chapter."""
    return all_handed_out()[Path(chapter) / f"{chapter}.ipynb"]


def execute(content: bytes, chapter: str, course_folder: Path) -> nbformat.NotebookNode:
    """Run a notebook where a learner would: in its own folder below the learner's module.

    Raises:
        CellExecutionError: a cell ended with an error.
    """
    folder = course_folder / chapter
    folder.mkdir()
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(
        notebook, timeout=MOST_SECONDS, startup_timeout=MOST_SECONDS, resources=resources
    )
    client.execute()
    return notebook


def complaints(notebook: nbformat.NotebookNode) -> list[str]:
    """What a learner would take for a fault of the course: tracebacks and text on stderr."""
    return [
        output.get("text", "") or output.get("evalue", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
        or output.get("name") == "stderr"
        or "Traceback (most recent call last)" in json.dumps(output)
    ]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_untouched_notebook_runs_without_an_error(chapter: str, tmp_path: Path) -> None:
    assert complaints(execute(handed_out(chapter), chapter, tmp_path)) == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_solved_notebook_passes_every_check(chapter: str, tmp_path: Path, state: Path) -> None:
    untouched = nbformat.reads(handed_out(chapter).decode("utf-8"), as_version=4)
    content = to_bytes(solve(untouched))
    assert complaints(execute(content, chapter, tmp_path)) == []
    log = (state / "progress.jsonl").read_text(encoding="utf-8")
    events = [json.loads(line) for line in log.splitlines()]
    passed = {event["id"] for event in events if event.get("passed")}
    tasks = {id: course().load(id) for id in course().chapters[chapter]}
    judged = {id for id, task in tasks.items() if task.points and not isinstance(task, Explanation)}
    assert judged - passed == set()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_chapter_runs_as_a_script(chapter: str, tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, ROOT / "solutions" / chapter / "chapter.py"],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
    )
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
