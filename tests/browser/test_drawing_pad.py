"""The drawing pad of chapter 12, by mouse and by keyboard alone: the bars follow the drawing.

The network that reads is a stand-in which says how dark each of ten pixels is, so that what the
bars must show is known without training.
"""

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

pytestmark = pytest.mark.browser

CELL = """import numpy as np
from annkit.lessons.capstone.drawing_pad import drawing_pad

def predict_proba(X):
    dark = X[:, 27:37] + 0.01
    return dark / dark.sum(axis=1, keepdims=True)

pad = drawing_pad(predict_proba, hidden=lambda X: X[:, :16])
pad"""
PAD = "drawing_pad(predict_proba"  # what that cell can be found by
# Lengths of the bars, each as a share of the place it has.
BARS = """[...document.querySelectorAll('.annkit-pad-bar')].map(
  bar => bar.getBoundingClientRect().width / bar.parentElement.getBoundingClientRect().width)"""


@pytest.fixture
def lab(lab: Lab, notebooks: Path) -> Lab:
    """A notebook that shows the pad."""
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [nbformat.v4.new_code_cell(CELL)]
    nbformat.write(notebook, notebooks / "drawing_pad.ipynb")
    lab.turn_to("drawing_pad.ipynb")
    lab.run_all()
    return lab


def draw(lab: Lab) -> None:
    """Draw with the mouse and with the keys on the pad that `CELL` shows, and read its bars."""
    n_cells = lab.ask("notebook.widgets.length")
    shown = lab.output(PAD)
    pad, words = shown.locator(".annkit-pad"), shown.locator(".annkit-pad-words")
    expect(words).to_have_text("The pad is empty.")

    box = pad.bounding_box()
    assert box
    x, y = box["x"], box["y"]
    side = box["width"]
    # A line through the middle of row 3, from column 3 on: only pixels 27 to 31 are among the ten.
    lab.page.mouse.move(x + side * 3.5 / 8, y + side * 3.5 / 8)
    lab.page.mouse.down()
    lab.wait(f"{BARS}[0] > 0.6")
    lab.page.mouse.move(x + side * 4.5 / 8, y + side * 3.5 / 8, steps=8)
    lab.wait(f"{BARS}.slice(0, 2).every(share => share > 0.3)")  # the button is still down
    lab.page.mouse.up()
    expect(words).to_have_text(re.compile(r"It reads [01], with \d\d\s%"))
    lab.keep_screenshot("drawing-pad-mouse", PAD)

    shown.get_by_role("button", name="Clear").click()
    expect(words).to_have_text("The pad is empty.")
    lab.wait(f"{BARS}.every(share => share === 0)")
    pad.focus()
    # The cursor starts in cell 27, which is the first of the ten; two to the right is the third.
    lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("Space")
    expect(words).to_have_text(re.compile(r"It reads 2, with 8\d\s%|It reads 2, with 9\d\s%"))
    lab.wait(f"{BARS}.every((share, digit) => digit === 2 ? share > 0.8 : share < 0.1)")
    lab.keep_screenshot("drawing-pad-keys", PAD)
    lab.page.keyboard.press("Space")
    expect(words).to_have_text("The pad is empty.")
    # The keys stayed with the pad: JupyterLab has neither moved to another cell nor run one.
    assert lab.ask("notebook.widgets.length") == n_cells


def test_bars_follow_the_mouse_and_the_keys(lab: Lab) -> None:
    assert lab.errors() == []
    draw(lab)

    shown = lab.output(PAD)
    pad, words = shown.locator(".annkit-pad"), shown.locator(".annkit-pad-words")
    lab.page.keyboard.press("Space")
    choices = shown.get_by_label("Preparation of the drawing")
    choices.focus()
    lab.page.keyboard.press("ArrowDown")
    lab.page.keyboard.press("ArrowDown")
    expect(choices).to_have_value("centred and scaled")
    expect(choices).to_be_focused()
    # A single cell stands in the middle then, between pixels 27, 28, 35 and 36.
    expect(words).to_have_text(re.compile(r"It reads [0189], with \d\d\s%"))

    # In a small window beside the list of files, drawing and answer are seen at once.
    lab.page.set_viewport_size({"width": 1000, "height": 700})
    bottom = words.bounding_box()
    top = pad.bounding_box()
    assert top
    assert bottom
    assert bottom["y"] + bottom["height"] - top["y"] < 400
