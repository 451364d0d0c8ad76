"""Notebooks of the last edition go on working: what they import and use is still there.

`notebooks.tar.xz` holds them as learners have them, without answers. A new edition puts its own
notebooks in their place when it is published, not before.
"""

import ast
import importlib
import tarfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest

from annkit.source.ipython import plain_python

ARCHIVE = Path(__file__).parent / "notebooks.tar.xz"


def notebooks() -> dict[str, nbformat.NotebookNode]:
    """Name → notebook, in the order of the course."""
    with tarfile.open(ARCHIVE) as archive:
        files = {
            Path(member.name).stem: archive.extractfile(member)
            for member in archive
            if member.name.endswith(".ipynb")
        }
        return {
            name: nbformat.reads(file.read().decode(), as_version=4)
            for name, file in sorted(files.items())
            if file is not None
        }


NOTEBOOKS = notebooks()


def statements(notebook: nbformat.NotebookNode) -> Iterator[ast.AST]:
    """Every node of the code in a notebook."""
    for cell in notebook.cells:
        tree = plain_python(cell.source) if cell.cell_type == "code" else None
        if tree is not None:
            yield from ast.walk(tree)


def imported(notebook: nbformat.NotebookNode) -> dict[str, Any]:
    """What a notebook's own import lines bring from annkit, by the names it gives them."""
    found: dict[str, Any] = {}
    for node in statements(notebook):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("annkit"):
            exec(ast.unparse(node), found)
    return found


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_whatever_it_imports_and_uses_is_there(name: str) -> None:
    found = imported(NOTEBOOKS[name])
    assert "check" in found
    for node in statements(NOTEBOOKS[name]):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            home = found.get(node.value.id)
            if isinstance(home, ModuleType):
                assert hasattr(home, node.attr), f"{name}: {ast.unparse(node)}"


def test_an_old_path_is_the_same_thing_and_an_unknown_one_is_an_error() -> None:
    old = importlib.import_module("annkit.nn.tape")
    new = importlib.import_module("annkit.lessons.autodiff.tape")
    assert old.push_forward is new.push_forward
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("annkit.nn.never_was")
    with pytest.raises(AttributeError):
        _ = old.never_was
