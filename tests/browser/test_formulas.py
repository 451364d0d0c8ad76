r"""Every displayed formula of the course fits into a small window beside the list of files.

JupyterLab draws them all in one notebook, each within the text that it stands in.

Not here: the book's formulas (test_book.py).
"""

from pathlib import Path

import nbformat
import pytest

from tests.browser.lab import Lab
from tests.sampling import LONG

pytestmark = [pytest.mark.browser, *LONG]

# How far each formula reaches beyond its cell, in pixels, those that don't left out.
BEYOND = """[...panel.node.querySelectorAll("mjx-container[display] mjx-math")]
  .map(math => ({
    cell: notebook.widgets.findIndex(cell => cell.node.contains(math)),
    beyond: math.getBoundingClientRect().right
      - math.closest(".jp-MarkdownOutput").getBoundingClientRect().right,
  }))
  .filter(({beyond}) => beyond > 0)
"""


def test_every_displayed_formula_fits_into_a_small_window(lab: Lab, notebooks: Path) -> None:
    texts = [
        cell.source
        for path in sorted(notebooks.glob("ch*/ch*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown" and "$$" in cell.source
    ]
    wide = "$$" + " + ".join(["x"] * 60) + "$$"  # what this must find
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [nbformat.v4.new_markdown_cell(text) for text in (*texts, wide)]
    nbformat.write(notebook, notebooks / "formulas.ipynb")

    lab.page.set_viewport_size({"width": 1000, "height": 700})
    lab.turn_to("formulas.ipynb")
    lab.show_whole()
    count = sum(text.count("$$") // 2 for text in (*texts, wide))
    drawn = "panel.node.querySelectorAll('.jp-MarkdownOutput mjx-container[display]').length"
    lab.wait(f"{drawn} === v[0]", count)
    lab.ask("panel.node.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    beyond = lab.ask(BEYOND)
    assert [texts[one["cell"]] for one in beyond if one["cell"] < len(texts)] == []
    assert [one["cell"] for one in beyond] == [len(texts)]
