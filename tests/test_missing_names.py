"""A name that is not defined: what stands above Python's own words."""

import sys
from pathlib import Path

import pytest

from annkit import missing_names
from tests.exercises.cells import cells


@pytest.mark.parametrize(
    ("first", "cell", "said"),
    [
        ("x = 1", 'check("sigmoid", 1)', "Run All Above"),
        ("from annkit import check", 'again("sigmoid")', "`from annkit import again`"),
        ("from annkit import check", "sigmoid", "look at the spelling"),
    ],
)
def test_a_missing_name_is_told_by_what_cures_it(first: str, cell: str, said: str) -> None:
    with cells() as notebook:
        missing_names.load_ipython_extension(notebook.shell)
        notebook.run(first)
        shown = notebook.run(cell).outputs
    assert any(said in output.data["text/plain"] for output in shown if "data" in output)
    assert any(output.get("ename") == "NameError" for output in shown)


def test_a_name_that_is_missing_in_the_own_module_is_said_to_be_missing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notebook may well know it."""
    (tmp_path / "my_ann.py").write_text("def scaled(x):\n    return mine.first(x)\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    with cells() as notebook:
        missing_names.load_ipython_extension(notebook.shell)
        notebook.run("from my_ann import scaled\nmine = 1")
        shown = notebook.run("scaled(1)").outputs
    said = "".join(output.data["text/plain"] for output in shown if "data" in output)
    assert "In my_ann.py nothing is called mine" in said
    assert "above" not in said
