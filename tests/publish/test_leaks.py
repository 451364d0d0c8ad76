"""Nothing an author wrote as an answer reaches the notebooks; and the search for it finds it."""

import ast
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from annkit.exercises import Catalogue, Exercise, Explanation, Question, course
from annkit.publish import answer_cells, release, solve
from annkit.publish.chapters import read_chapter
from tests.publish.leaks import Body, bodies_of, leaks, squeeze

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
Edit = Callable[[str, str, str], Path]


def notebooks_of(catalogue: Catalogue) -> list[NotebookNode]:
    """What a build of a course hands out."""
    contents = release(catalogue).values()
    return [nbformat.reads(content.decode("utf-8"), as_version=4) for content in contents]


def bodies_in(catalogue: Catalogue) -> list[Body]:
    """Every author's body of a course."""
    return [body for path in catalogue.paths.values() for body in bodies_of(path)]


@pytest.fixture(scope="module")
def handed_out() -> list[NotebookNode]:
    """The notebooks of this course; that they are what a build writes is tested elsewhere."""
    paths = [NOTEBOOKS / chapter / f"{chapter}.ipynb" for chapter in course().chapters]
    return [nbformat.read(path, as_version=4) for path in paths]


@pytest.mark.slow
def test_no_body_reaches_a_learner(handed_out: list[NotebookNode]) -> None:
    bodies = bodies_in(course())
    assert len({body.id for body in bodies}) > 20
    assert leaks(bodies, handed_out) == []


def test_answer_cells_are_signature_docstring_and_stub(handed_out: list[NotebookNode]) -> None:
    for notebook in handed_out:
        for id, cell in answer_cells(notebook):
            if not isinstance(course().load(id), Exercise):
                continue
            functions = [
                node
                for node in ast.walk(ast.parse(cell.source))
                if isinstance(node, ast.FunctionDef)
            ]
            assert functions
            for function in functions:
                body = [ast.unparse(statement) for statement in function.body[1:]]
                assert ast.get_docstring(function)
                assert body == ["raise NotImplementedError()"], id


def test_no_letter_reason_or_model_reaches_a_learner(handed_out: list[NotebookNode]) -> None:
    text = squeeze("\n".join(cell.source for nb in handed_out for cell in nb.cells))
    for id in course().paths:
        task = course().load(id)
        if isinstance(task, Question):
            assert squeeze(f'{id} = "{task.answer}"') not in text
            assert not [o.why for o in task.options if squeeze(o.why) in text]
        elif isinstance(task, Explanation):
            assert squeeze(task.model) not in text


def test_no_cell_for_authors_reaches_a_learner(handed_out: list[NotebookNode]) -> None:
    text = squeeze("\n".join(cell.source for nb in handed_out for cell in nb.cells))
    for chapter in course().chapters:
        for cell in read_chapter(course().root / chapter / "chapter.py").cells:
            assert not (cell.for_authors and squeeze(cell.source) in text), cell.source


@pytest.mark.parametrize("id", ["scaled", "tally"])
def test_a_solved_notebook_would_be_noticed(small_course: Catalogue, id: str) -> None:
    bodies = bodies_in(small_course)
    clean = notebooks_of(small_course)
    assert leaks(bodies, clean) == []
    solved = solve(clean[0], None, catalogue=small_course)
    answer = {i: cell.source for i, cell in answer_cells(solved)}[id]
    assert any(leak.startswith(f"{id}.") for leak in leaks(bodies, [solve(clean[0], {id: answer})]))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        # several statements, anywhere, spaced and quoted otherwise
        (
            "chapter.py",
            "# Three numbers",
            "# `twice=np.asarray(x,dtype=float)\n#return twice + twice`",
        ),
        (
            "chapter.py",
            "numbers.sum()\n\n",
            "def other(x, factor):\n    array = as_floats(x)  # new\n    return array*factor\n\n",
        ),
        # one statement, in its own task
        (
            "scaled.py",
            "Multiply every entry by a factor.\n",
            "Like `np.asarray(x, dtype = float)`.\n",
        ),
        # one statement, as a whole function of a demonstration
        (
            "chapter.py",
            "numbers.sum()\n\n",
            "def other(x):\n    return np.asarray(x, dtype=float)\n\n",
        ),
    ],
)
def test_a_planted_leak_is_noticed(
    edit: Edit, course_copy: Path, name: str, old: str, new: str
) -> None:
    edit(name, old, new)
    catalogue = Catalogue(course_copy)
    assert leaks(bodies_in(catalogue), notebooks_of(catalogue))
