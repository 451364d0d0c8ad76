"""What learners have from the last edition goes on working: notebooks, progress, `my_ann.py`.

`learner.tar.xz` is what somebody had who solved chapters 1, 3, 9 and 10: all notebooks as they
were handed out, the record of progress, and the learner's own module. A new edition puts its own
in their place when it is published, not before.
"""

import ast
import importlib
import sys
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from annkit.exercises import Exercise, course
from annkit.exercises.record import progress_log
from annkit.grading.rebuild.release import read_release
from annkit.own_copy.carried import carried
from annkit.own_copy.corrected import corrected
from annkit.publish import answer_cells, solve
from annkit.source.ipython import plain_python
from tests.exercises.cells import Cells, cells

pytestmark = pytest.mark.slow
SOLVED = ("ch01_neurons", "ch03_activations", "ch09_autodiff", "ch10_backpropagation")


def contents() -> dict[str, bytes]:
    """Path below the learner's folder → what is in the file."""
    with tarfile.open(Path(__file__).parent / "learner.tar.xz") as archive:
        return {one.name: file.read() for one in archive if (file := archive.extractfile(one))}


CONTENTS = contents()


def notebooks() -> dict[str, NotebookNode]:
    """Name → notebook, in the order of the course."""
    return {
        Path(path).stem: nbformat.reads(CONTENTS[path].decode(), as_version=4)
        for path in sorted(CONTENTS)
        if path.endswith(".ipynb")
    }


NOTEBOOKS = notebooks()


def nodes(notebook: NotebookNode) -> Iterator[ast.AST]:
    """Every node of the code in a notebook."""
    for cell in notebook.cells:
        tree = plain_python(cell.source) if cell.cell_type == "code" else None
        if tree is not None:
            yield from ast.walk(tree)


def imported(notebook: NotebookNode) -> dict[str, Any]:
    """What a notebook's own import lines bring from annkit, by the names it gives them."""
    found: dict[str, Any] = {}
    for node in nodes(notebook):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("annkit"):
            exec(ast.unparse(node), found)
    return found


@pytest.fixture
def learner(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the learner's notebooks; the record is where this edition looks for it."""
    for path, content in CONTENTS.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / "progress.jsonl").rename(state / "progress.jsonl")
    folder = tmp_path / "notebooks"
    monkeypatch.setenv("ANNKIT_HOME", str(folder))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    sys.modules.pop("my_ann", None)
    yield folder
    sys.modules.pop("my_ann", None)


@pytest.fixture
def notebook(learner: Path) -> Iterator[Cells]:
    """A notebook of today beside what the learner has."""
    with cells() as shell:
        shell.run("import numpy as np\nfrom annkit import check, progress")
        yield shell


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_whatever_a_notebook_imports_and_uses_is_there(name: str) -> None:
    found = imported(NOTEBOOKS[name])
    assert "check" in found
    for node in nodes(NOTEBOOKS[name]):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            home = found.get(node.value.id)
            if isinstance(home, ModuleType):
                assert hasattr(home, node.attr), f"{name}: {ast.unparse(node)}"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_exercise_of_a_notebook_is_still_an_exercise(name: str) -> None:
    ids = [cell.metadata.get("annkit", {}).get("answers") for cell in NOTEBOOKS[name].cells]
    assert set(filter(None, ids)) <= set(course().paths)


def test_an_old_path_is_the_same_thing_and_an_unknown_one_is_an_error() -> None:
    old = importlib.import_module("annkit.nn.tape")
    new = importlib.import_module("annkit.lessons.autodiff.tape")
    assert old.push_forward is new.push_forward
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("annkit.nn.never_was")
    with pytest.raises(AttributeError):
        _ = old.never_was


def solved() -> Iterator[str]:
    """The exercises in code that the learner had solved."""
    for chapter in SOLVED:
        for cell in NOTEBOOKS[chapter].cells:
            id = cell.metadata.get("annkit", {}).get("answers")
            if id and isinstance(course().load(id), Exercise):
                yield id


def test_what_was_passed_is_still_passed(notebook: Cells) -> None:
    shown = notebook.run("progress()").outputs[0].data["text/plain"]
    ids = list(solved())
    assert len(ids) > 20
    assert [id for id in ids if f"✓ {id}" not in shown] == []
    assert "✓ weighted_sum" not in shown


def test_the_own_module_is_imported_and_grows(learner: Path, notebook: Cells) -> None:
    before = (learner / "my_ann.py").read_text(encoding="utf-8")
    told = notebook.run("from my_ann import Value, sigmoid\nprint(sigmoid(np.array([0.0])))")
    assert told.outputs[0].text == "[0.5]\n"
    card = notebook.run(
        "def weighted_sum(x, w, b):\n    return float(np.dot(x, w) + b)\n\n"
        'check("weighted_sum", weighted_sum)'
    )
    assert "Kept in my_ann.py" in card.outputs[0].data["text/plain"]
    after = (learner / "my_ann.py").read_text(encoding="utf-8")
    assert "def weighted_sum" in after
    assert all(line in after for line in before.splitlines())


def test_a_solved_chapter_still_passes(learner: Path, notebook: Cells) -> None:
    """Its own imports, its own cells for answers, its own checks."""
    solved_one = solve(NOTEBOOKS["ch01_neurons"])
    cells = [cell for cell in solved_one.cells if cell.cell_type == "code"]
    own = [cell for cell in cells if cell is cells[0] or cell.metadata.get("annkit")]
    checks = [cell for cell in cells if cell.source.startswith("check(")]
    for cell in own:
        assert not [o for o in notebook.run(cell.source).outputs if o.output_type == "error"]
    cards = [notebook.run(cell.source).outputs[0].data["text/plain"] for cell in checks]
    assert len(cards) > 5
    assert [card for card in cards if not card.startswith("✓")] == []


def test_an_old_record_knows_what_is_due(notebook: Cells, monkeypatch: pytest.MonkeyPatch) -> None:
    later = progress_log.now() + timedelta(days=400)
    monkeypatch.setattr(progress_log, "now", lambda: later)
    shown = [
        output.data["text/plain"]
        for output in notebook.run("from annkit import today\ntoday()").outputs
    ]
    assert shown[0].startswith("Today: ")
    assert any("Once more from memory" in card for card in shown)
    assert any("Your own " in card for card in shown), "its own functions are in `my_ann.py`"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_update_brings_todays_text_and_keeps_every_answer(learner: Path, name: str) -> None:
    path = learner / name / f"{name}.ipynb"
    before = read_release(path, name)
    now = read_release(carried()[name], name)
    mine = nbformat.read(path, as_version=4)
    answers = {id: f"# my own {id}" for id, _ in answer_cells(mine)}
    mine = solve(mine, answers)
    mine.cells.append(nbformat.v4.new_code_cell("mine = 1", id="mine"))
    mine.cells.append(nbformat.v4.new_markdown_cell("A note.", id="note"))
    content = corrected(nbformat.writes(mine).encode(), before, now)
    updated = nbformat.reads(content.decode(), as_version=4)
    nbformat.validate(updated)
    assert {id: cell.source for id, cell in answer_cells(updated) if id in answers} == answers
    texts = [cell.source for cell in updated.cells]
    assert {"mine = 1", "A note."} <= set(texts)
    stubs = {cell.source for cell in now.cells if cell.answers in answers}
    assert [
        cell.id for cell in now.cells if cell.source not in texts and cell.source not in stubs
    ] == []
