"""A name that is not defined: what stands above Python's own words."""

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
