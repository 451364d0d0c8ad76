"""Every chapter runs from top to bottom: as a script, solved, and untouched, without an error.

The three share most of their cells. What looks up nothing that an answer has made cannot tell
which of them it stands in: `make test` executes it in the script, `make test-long` in all three.
What shows an interactive is executed in the untouched notebook all the same: a kernel draws it
where a script says it in words.

Not here: what a single exercise accepts (tests/exercises), how notebooks are made (tests/publish).
"""

import json
import os
import re
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
from annkit.source.needed_cells import binds, needed_cells, uses
from tests.sampling import sampled

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = list(course().chapters)
# What else depends on what has been answered.
READS_ANSWERS = {"check", "quiz", "progress", "my_ann"}
SETS_AN_ATTRIBUTE = re.compile(r"^\w+\.\w+ = ", re.MULTILINE)
INTERACTIVE = re.compile(r"explor|dashboard|clinic|\bpad\b|drawing|patient")
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


def without_what_is_the_same(
    notebook: nbformat.NotebookNode, kept: re.Pattern[str] = re.compile("(?!)")
) -> nbformat.NotebookNode:
    """Answers, whatever looks up what they have made, and what these cells need.

    Args:
        notebook: a chapter.
        kept: a pattern of cells that stay, too.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    made, wanted = set(READS_ANSWERS), []
    for place, cell in enumerate(code):
        if "nbgrader" in cell.metadata or uses(cell.source) & made:
            wanted.append(place)
            made |= binds(cell.source)
        elif kept.search(cell.source):
            wanted.append(place)
    sources = [cell.source for cell in code]
    own = [place for place, source in enumerate(sources) if SETS_AN_ATTRIBUTE.search(source)]
    needed = needed_cells(sources, wanted, own)
    left = [cell for place, cell in enumerate(code) if place in needed]
    return nbformat.from_dict({**notebook, "cells": left})


@pytest.mark.parametrize("whole", sampled((False, True), 1))
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_untouched_notebook_runs_without_an_error(
    chapter: str, whole: bool, tmp_path: Path
) -> None:
    notebook = nbformat.reads(handed_out(chapter).decode("utf-8"), as_version=4)
    content = to_bytes(notebook if whole else without_what_is_the_same(notebook, INTERACTIVE))
    assert complaints(execute(content, chapter, tmp_path)) == []


@pytest.mark.parametrize("whole", sampled((False, True), 1))
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_solved_notebook_passes_every_check(
    chapter: str, whole: bool, tmp_path: Path, state: Path
) -> None:
    solved = solve(nbformat.reads(handed_out(chapter).decode("utf-8"), as_version=4))
    content = to_bytes(solved if whole else without_what_is_the_same(solved))
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
