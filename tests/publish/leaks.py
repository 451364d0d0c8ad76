"""Find an author's code in what a learner is handed, however it is spaced, quoted or remarked.

A body of several statements counts as leaked wherever it stands. A body of one statement,
`return np.maximum(z, 0)`, may well be written in a chapter's prose or be a step of something else:
it must not stand in its own exercise's cells, nor as a function's whole body in any code cell.
A body without an operation (`return z`, `pass`) says nothing and counts nowhere.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

ROLES = ("reference", "wrong", "alternative")


@dataclass(frozen=True)
class Body:
    """The statements of one function that belongs to the author, docstring left out."""

    id: str
    name: str
    statements: list[ast.stmt]

    @property
    def is_short(self) -> bool:
        """Whether it is one statement only."""
        return len(self.statements) == 1

    @property
    def says_something(self) -> bool:
        """Whether it computes anything at all."""
        telling = ast.BinOp | ast.Call | ast.Compare | ast.Subscript | ast.IfExp | ast.Attribute
        nodes = (node for statement in self.statements for node in ast.walk(statement))
        return any(isinstance(node, telling) for node in nodes)

    @property
    def text(self) -> str:
        """The body without space and remarks; of a lone `return`, what it returns."""
        (first, *_) = self.statements
        if self.is_short and isinstance(first, ast.Return) and first.value is not None:
            return squeeze(ast.unparse(first.value))
        return squeeze("\n".join(map(ast.unparse, self.statements)))


def squeeze(text: str) -> str:
    """Text without white space and with one kind of quotes."""
    return re.sub(r"\s+", "", text).replace("'", '"')


def bodies_of(path: Path) -> Iterator[Body]:
    """All functions of an exercise file that are answers or serve an answer."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        decorators = [ast.unparse(d) for d in getattr(node, "decorator_list", [])]
        is_answer = any(f"exercise.{role}" in text for text in decorators for role in ROLES)
        is_helper = isinstance(node, ast.FunctionDef) and not decorators
        if not (is_answer or is_helper):
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.FunctionDef):
                skip = ast.get_docstring(inner) is not None
                body = Body(path.stem, inner.name, inner.body[skip:])
                if body.statements and body.says_something and not _is_stub(body):
                    yield body


def leaks(bodies: list[Body], notebooks: list[NotebookNode]) -> list[str]:
    """Every body that stands where it must not, as `exercise.function in cell`."""
    found = []
    cells = [cell for notebook in notebooks for cell in notebook.cells]
    texts = {cell.id: _texts(cell) for cell in cells}
    whole = {cell.id: {squeeze(ast.unparse(n)) for n in _bodies_in(cell)} for cell in cells}
    anything = "\n".join(text for some in texts.values() for text in some)
    any_whole = set().union(*whole.values())
    for body in bodies:
        wanted = body.text
        complete = squeeze(ast.unparse(ast.Module(body.statements, [])))
        if wanted not in anything and complete not in any_whole:
            continue  # most bodies; the rest is looked for cell by cell
        for cell in cells:
            own = cell.id == body.id or cell.id.startswith(f"{body.id}_")
            anywhere = not body.is_short or own
            stands = anywhere and any(wanted in text for text in texts[cell.id])
            if stands or complete in whole[cell.id]:
                found.append(f"{body.id}.{body.name} in {cell.id}")
    return found


def _is_stub(body: Body) -> bool:
    """Whether a wrong answer is what the learner starts from."""
    return [ast.unparse(s) for s in body.statements] == ["raise NotImplementedError()"]


def _texts(cell: NotebookNode) -> list[str]:
    """A cell's text as written, and code also as Python reads it."""
    texts = [squeeze(cell.source)]
    if cell.cell_type == "code":
        texts.append(squeeze(ast.unparse(ast.parse(cell.source))))
    return texts


def _bodies_in(cell: NotebookNode) -> Iterator[ast.Module]:
    """The bodies of all functions in a code cell, docstrings left out."""
    if cell.cell_type == "code":
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.FunctionDef):
                yield ast.Module(node.body[ast.get_docstring(node) is not None :], [])
