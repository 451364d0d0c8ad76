"""A notebook with its outputs where JupyterLab is not: in Notebook 7, and as nbconvert's HTML.

One notebook has each kind of thing that the course shows, and was saved with it. All of it reads
the same there by day and by night; where widgets have no kernel their still twins stand for them.

Not here: JupyterLab (test_chapter.py, test_desk.py), and the course's own pages (test_book.py).
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.access import faults
from tests.browser.fitting import BEYOND, assert_flows, box
from tests.browser.lab import OUTPUT, Lab
from tests.browser.static_site import alone, served
from tests.sampling import LONG

pytestmark = [*LONG, pytest.mark.browser]

QUESTION, EXPLORER = 'quiz("collapse_question")', "activation_explorer()"
CELLS = (
    "import numpy as np\n\nfrom annkit import check, contents, progress, quiz, show\n"
    "from annkit.lessons.activations import pictures\n"
    "from annkit.lessons.activations.explorer import activation_explorer",
    'contents("ch03_activations")',
    QUESTION,
    'check("sigmoid_prime", lambda a: a * (1 - a))',
    'check("relu", lambda z: np.maximum(z, 0.0))',
    'show.table([("AND", 1, 0.25), ("OR", 3, -0.5)], ["gate", "ones", "slope"], "Two gates")',
    "pictures.gallery()",
    EXPLORER,
    "progress()",
)
# What is read wherever it is shown, and a question's first words.
WORDS = ("of 17 exercises", "not yet", "pre-activation", "expected", "✓ relu: passed", "Two gates")
ASKED = "A network has twenty layers"
# Of windows, as at the desks of test_desk.py.
WIDTHS = (1280, 1000)
TALL = 6_000  # pixels, so that all of it is in one picture
SHOWN = {"include": [".jp-OutputArea-output"], "exclude": [".noUi-handle"]}
# Whole pages are nbconvert's and Notebook's own.
PAGES = ("region", "landmark-one-main", "page-has-heading-one", "scrollable-region-focusable")
RULES = {"rules": {rule: {"enabled": False} for rule in PAGES}}
# Cells of a table that stand otherwise than the table itself says, or are cut.
ASKEW = """cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1
    || cell.style.textAlign && getComputedStyle(cell).textAlign !== cell.style.textAlign).length"""
# Cards without a line around them, or with words on top of it.
BARE = """cards => cards.filter(card => !["Top", "Right", "Bottom", "Left"].every(side =>
    parseFloat(getComputedStyle(card)[`border${side}Width`])
    && parseFloat(getComputedStyle(card)[`padding${side}`]))).length"""


@pytest.fixture(scope="module")
def saved(notebooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebook, run and saved by nobody whom a server would trust."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    places = dict.fromkeys(("ANNKIT_STATE", "IPYTHONDIR"), str(tmp_path_factory.mktemp("record")))
    client = NotebookClient(notebook, timeout=600, startup_timeout=600)
    client.execute(env={**os.environ, **places})
    path = notebooks / "ch03_activations" / "elsewhere.ipynb"
    nbformat.write(notebook, path)
    return path


def assert_looks_right(page: Page, name: str) -> None:
    """All that is shown is whole, in its place, and stands out from its ground; keep its look."""
    said = page.locator(".jp-OutputArea-output").all_inner_texts()
    assert [words for words in WORDS if words not in "\n".join(said)] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": TALL})
        assert page.locator("html").evaluate(BEYOND) == 0
        for shown in page.locator(".jp-OutputArea-output:visible").all():
            assert_flows(shown)
        assert page.locator("td:visible, th:visible").evaluate_all(ASKEW) == 0
        cards = page.locator("[style*='border-left']:visible").filter(has=page.locator("b"))
        assert cards.count() >= 3
        assert cards.evaluate_all(BARE) == 0
        OUTPUT.mkdir(exist_ok=True)
        page.screenshot(path=OUTPUT / f"{name}-{width}.png")
    assert faults(page, SHOWN, RULES) == []


def assert_stands_still(twin: Locator) -> None:
    """An explorer's twin: the question first, then pictures side by side, and the table below."""
    asked, table = box(twin.get_by_text("First, predict.")), box(twin.locator("table"))
    places = [box(picture) for picture in twin.locator("img").all()]
    assert len(places) > 4
    assert asked["y"] + asked["height"] <= min(place["y"] for place in places)
    assert max(place["y"] + place["height"] for place in places) <= table["y"]
    assert len({place["x"] for place in places}) == 2
    for first, second in zip(places[::2], places[1::2], strict=False):
        assert first["y"] == second["y"]
        assert first["x"] + first["width"] <= second["x"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_as_plain_html_without_scripts_of_others(
    browser: Browser, saved: Path, tmp_path: Path, theme: Any
) -> None:
    html, _ = HTMLExporter(theme=theme).from_filename(str(saved))
    (tmp_path / "elsewhere.html").write_text(html, encoding="utf-8")
    with served(tmp_path) as address:
        context, _ = alone(browser, address, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(f"{address}elsewhere.html")
        assert_looks_right(page, f"html-{theme}")
        page.set_viewport_size({"width": 1280, "height": TALL})
        expect(page.get_by_text(ASKED)).to_be_visible()
        assert_stands_still(page.locator(".annkit-twin").filter(has=page.locator("img")))
        context.close()


@pytest.fixture
def notebook7(browser: Browser, address: str, saved: Path) -> Iterator[Lab]:
    """The saved notebook in Notebook 7, which the same server has beside JupyterLab."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    lab = Lab(page, re.sub(r"/lab\?", "/notebooks/{}?", address))
    page.goto(lab.address.format(f"{saved.parent.name}/{saved.name}"))
    lab.wait("panel?.context?.path?.endsWith(v[0])", saved.name)
    lab.wait_for_kernel()
    yield lab
    lab.close()


def test_in_notebook_7(notebook7: Lab) -> None:
    lab = notebook7
    # As somebody hands it on: nothing of it is trusted, and nothing has run.
    lab.show_whole()
    assert_looks_right(lab.page, "notebook7-untrusted")
    lab.page.set_viewport_size({"width": 1280, "height": 900})
    lab.run_all()
    assert lab.errors() == []
    lab.output(QUESTION).locator("[data-letter=c]").click()
    expect(lab.output(QUESTION)).to_contain_text("✓")
    lab.output(EXPLORER).locator("button").first.click()
    lab.move_slider(EXPLORER, "ArrowRight")
    for cell in (QUESTION, EXPLORER):
        expect(lab.output(cell).locator(".annkit-twin")).to_be_hidden()
    for theme in ("Dark", "Light"):
        lab.set_theme(theme)
        assert_looks_right(lab.page, f"notebook7-{theme}")
