"""The door of `annkit.show`: light to open, every name behind it, none hidden by a module."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from annkit import show

FOLDER = Path(show.__file__).parent


def test_opening_the_door_loads_no_pictures_and_no_widgets() -> None:
    code = (
        "import sys; from annkit import show; show.palette, show.Slider; "
        "print([m for m in ('matplotlib', 'ipywidgets', 'IPython', 'PIL') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("name", sorted(show._HOME))
def test_every_name_is_there(name: str) -> None:
    assert getattr(show, name).__class__.__name__ != "module"


def test_no_module_hides_a_name() -> None:
    assert not {path.stem for path in FOLDER.glob("*.py")} & set(show._HOME)


def test_a_type_checker_sees_the_same_names() -> None:
    tree = ast.parse((FOLDER / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        (alias.name, str(node.module).removeprefix("annkit.show."))
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == set(show._HOME.items())


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = show.nonsense
