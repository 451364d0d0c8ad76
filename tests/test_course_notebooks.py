"""Every chapter runs from top to bottom: as a script, solved, and untouched, without an error.

The three share most of their cells. What looks up nothing that an answer has made cannot tell
which of them it stands in: `make test` executes it in the script, `make test-long` in all three.
Nor do demonstrations that ask for the learner's own work find any, in a script or untouched.
What shows an interactive is executed in the untouched notebook all the same: a kernel draws it
where a script says it in words.

Not here: what a single exercise accepts (tests/exercises), how notebooks are made (tests/publish).
"""

import ast
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
from nbformat.v4 import new_code_cell, new_notebook

from annkit.exercises.tasks.catalogue import course
from annkit.exercises.tasks.question import Explanation
from annkit.publish import release, solve
from annkit.publish.notebooks import to_bytes
from annkit.source.ipython import plain_python
from annkit.source.needed_cells import binds, uses
from tests.sampling import sampled

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = list(course().chapters)
# What else depends on what has been answered; once there are answers, `own` fetches them.
READS_ANSWERS = {"check", "quiz", "progress", "my_ann"}
READS_PASSED = READS_ANSWERS | {"own", "with_own"}
SETS_AN_ATTRIBUTE = re.compile(r"^(\w+)\.\w+ = ", re.MULTILINE)
INTERACTIVES = re.compile(r"from annkit\.lessons\.\w+\.(?:explorer|drawing_pad) import (.+)")
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
    notebook: nbformat.NotebookNode, readers: set[str]
) -> nbformat.NotebookNode:
    """Answers, whatever looks one of them up, and what these cells need.

    Args:
        notebook: a chapter.
        readers: names that look answers up, and of what is wanted otherwise.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    made, wanted = set(readers), set()
    for place, cell in enumerate(code):
        is_answer = "nbgrader" in cell.metadata
        for one in statements(cell.source):
            if is_answer or uses(one) & made:
                wanted.add(place)
            is_fetched = "own" in uses(one) & readers
            made = made | binds(one) if is_answer or is_fetched else made - binds(one) | readers
    left: list[nbformat.NotebookNode] = []
    missing: set[str] = set()
    for place, cell in reversed(list(enumerate(code))):
        if place in wanted or missing & (binds(cell.source) | attributes_set(cell.source)):
            left.insert(0, cell)
            for one in reversed(statements(cell.source)):
                missing = missing - binds(one) | uses(one)
    return nbformat.from_dict({**notebook, "cells": left})


def statements(source: str) -> list[str]:
    """The statements of a cell, one by one."""
    tree = plain_python(source)
    return [ast.unparse(node) for node in tree.body] if tree else []


def attributes_set(source: str) -> set[str]:
    """The objects that get an attribute in a cell."""
    return set(SETS_AN_ATTRIBUTE.findall(source))


def interactives(notebook: nbformat.NotebookNode) -> set[str]:
    """The names under which a chapter has its interactives."""
    found = [names for cell in notebook.cells for names in INTERACTIVES.findall(cell.source)]
    return {name for names in found for name in names.split(", ")}


def test_what_looks_no_answer_up_is_left_out() -> None:
    answer = new_code_cell("def step(z):\n    return 0", metadata={"nbgrader": {}})
    sources = ("import numpy as np", "z = np.ones(3)", "y = 2", "y = step(z)\nz = y", "z = 4", "z")
    first, *others = [new_code_cell(source) for source in sources]
    notebook = new_notebook(cells=[first, answer, *others])
    left = without_what_is_the_same(notebook, {"check"}).cells
    assert [cell.source for cell in left] == [*sources[:1], answer.source, sources[1], sources[3]]


def test_every_interactive_is_executed() -> None:
    found = {
        name
        for content in all_handed_out().values()
        for name in interactives(nbformat.reads(content.decode("utf-8"), as_version=4))
    }
    assert len(found) == 14


@pytest.mark.parametrize("whole", sampled((False, True), 1))
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_untouched_notebook_runs_without_an_error(
    chapter: str, whole: bool, tmp_path: Path
) -> None:
    notebook = nbformat.reads(handed_out(chapter).decode("utf-8"), as_version=4)
    wanted = READS_ANSWERS | interactives(notebook)
    content = to_bytes(notebook if whole else without_what_is_the_same(notebook, wanted))
    assert complaints(execute(content, chapter, tmp_path)) == []


@pytest.mark.parametrize("whole", sampled((False, True), 1))
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_solved_notebook_passes_every_check(
    chapter: str, whole: bool, tmp_path: Path, state: Path
) -> None:
    solved = solve(nbformat.reads(handed_out(chapter).decode("utf-8"), as_version=4))
    content = to_bytes(solved if whole else without_what_is_the_same(solved, READS_PASSED))
    executed = execute(content, chapter, tmp_path)
    assert complaints(executed) == []
    assert "Made with the course" not in json.dumps(executed, ensure_ascii=False)
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
