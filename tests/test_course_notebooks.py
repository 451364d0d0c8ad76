"""Every chapter runs from top to bottom: as a script, solved, and untouched, without an error.

The three share most of their cells. What looks up nothing that an answer has made cannot tell
which of them it stands in: `make test` executes it in the script, `make test-long` in all three.
Nor do demonstrations that ask for the learner's own work find any, in a script or untouched.
Where a chapter names its seeds, a script has two of them in `make test`; what an author's cell says
of all is left to `make test-long`, where the cell says so.
What shows an interactive is executed in the untouched notebook all the same: a kernel draws it
where a script says it in words.

Not here: what a single exercise accepts (tests/exercises), how notebooks are made (tests/publish).
"""

import ast
import gc
import json
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.provisioning import local_provisioner
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from annkit.exercises.tasks.catalogue import course
from annkit.exercises.tasks.question import Explanation
from annkit.publish import solve
from annkit.publish.notebooks import read_notebook, to_bytes
from annkit.source.ipython import plain_python
from annkit.source.needed_cells import binds, uses
from tests.forked import Fork, launch_kernel, script
from tests.sampling import LONG, sampled

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = list(course().chapters)
# What else depends on what has been answered; once there are answers, `own` fetches them.
READS_ANSWERS = {"check", "quiz", "progress", "my_ann"}
READS_PASSED = READS_ANSWERS | {"own", "with_own"}
SETS_AN_ATTRIBUTE = re.compile(r"^(\w+)\.\w+ = ", re.MULTILINE)
# How many times a chapter trains; and what says something of all these trainings, for authors only.
SEEDS = re.compile(r"^(n_runs = |n_seeds = |seeds = range\()\d+", re.MULTILINE)
LONG_CLAIMS = re.compile(r'^# %% tags=\["author", "long"\]\n(?:(?!# %%).*\n)*', re.MULTILINE)
INTERACTIVES = re.compile(r"from annkit\.lessons\.\w+\.(?:\w*explorer|drawing_pad) import (.+)")
MOST_SECONDS = 900  # a chapter takes ten; the rest is for a machine that others use

pytestmark = pytest.mark.slow


def handed_out(chapter: str) -> nbformat.NotebookNode:
    """The notebook of one chapter as learners get it."""
    return read_notebook(ROOT / "notebooks" / chapter / f"{chapter}.ipynb")


@pytest.fixture(autouse=True)
def kernels_are_forks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kernels begin with other people's packages loaded, and leave nothing to a later test.

    A kernel's manager closes its sockets when the collector finds it: if that were in the midst of
    a time limit, it might be interrupted there.
    """
    monkeypatch.setattr(local_provisioner, "launch_kernel", launch_kernel)
    yield
    gc.collect()


def execute(content: bytes, chapter: str, course_folder: Path) -> nbformat.NotebookNode:
    """Run a notebook where a learner would: in its own folder below the learner's module.

    The kernel is reached by files: a port that was free when it was chosen may be taken by the time
    the kernel opens it.

    Raises:
        CellExecutionError: a cell ended with an error.
    """
    folder = course_folder / chapter
    folder.mkdir()
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    # The paths of sockets have to be short.
    with tempfile.TemporaryDirectory() as place:
        by_files = {"transport": "ipc", "connection_file": f"{place}/kernel.json"}
        client = NotebookClient(
            notebook,
            timeout=MOST_SECONDS,
            startup_timeout=MOST_SECONDS,
            resources=resources,
            config=Config({"KernelManager": by_files}),
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


def with_two_seeds(source: str) -> str:
    """A chapter that trains twice, without claims about more; its lines are where they were."""
    return SEEDS.sub(r"\g<1>2", LONG_CLAIMS.sub(lambda cell: "\n" * cell[0].count("\n"), source))


def scripts() -> list[Any]:
    """Parameters (chapter, whole): with two seeds, then whole where that leaves something out."""
    sources = {
        one: (ROOT / "solutions" / one / "chapter.py").read_text("utf-8") for one in CHAPTERS
    }
    longer = [one for one, source in sources.items() if LONG_CLAIMS.search(source)]
    whole = [pytest.param(one, True, marks=LONG) for one in longer]
    return [*((one, False) for one in CHAPTERS), *whole]


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
    found = {name for chapter in CHAPTERS for name in interactives(handed_out(chapter))}
    assert len(found) == 15


@pytest.mark.parametrize("whole", sampled((False, True), 1))
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_untouched_notebook_runs_without_an_error(
    chapter: str, whole: bool, tmp_path: Path
) -> None:
    notebook = handed_out(chapter)
    wanted = READS_ANSWERS | interactives(notebook)
    content = to_bytes(notebook if whole else without_what_is_the_same(notebook, wanted))
    assert complaints(execute(content, chapter, tmp_path)) == []


@pytest.mark.parametrize("whole", sampled((False, True), 1))
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_solved_notebook_passes_every_check(
    chapter: str, whole: bool, tmp_path: Path, state: Path
) -> None:
    solved = solve(handed_out(chapter))
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


@pytest.mark.parametrize(("chapter", "whole"), scripts())
def test_chapter_runs_as_a_script(chapter: str, whole: bool, tmp_path: Path) -> None:
    home = ROOT / "solutions" / chapter
    source = (home / "chapter.py").read_text(encoding="utf-8")
    path = tmp_path / "chapter.py"
    path.write_text(source if whole else with_two_seeds(source), encoding="utf-8")
    process = Fork(
        script,
        str(path),
        str(home),
        folder=tmp_path,
        environment={**os.environ, "MPLBACKEND": "Agg"},
        said=(tmp_path / "stdout", tmp_path / "stderr"),
    )
    try:
        status = process.wait(MOST_SECONDS)
    finally:
        process.kill()
    said = (tmp_path / "stderr").read_text(encoding="utf-8")
    assert status == 0, said
    assert said == ""
