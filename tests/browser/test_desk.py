"""A question, an explorer and a card: clicked today, and readable tomorrow without running a cell.

One notebook for all of it, in the order of a learner's days.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.lab import Lab, keep_if_failed, new_page

pytestmark = pytest.mark.browser

IMPORTS = "import numpy as np\n\nfrom annkit import check, quiz"
QUESTION = 'rheobase_question = ""  # your letter\nquiz("rheobase_question")'
EXPLORER = "from annkit.lessons.autodiff.explorer import tape_explorer\n\ntape_explorer()"
CHECK = 'check("sigmoid_prime", lambda a: a * (1 - a))'
DEAD = re.compile("model not found|Loading widget|Error displaying")


@pytest.fixture(scope="module")
def notebook(notebooks: Path) -> Path:
    """A notebook of this module's own."""
    kernel = {"name": "python3", "display_name": "Python 3"}
    made = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    made.cells = [nbformat.v4.new_code_cell(text) for text in (IMPORTS, EXPLORER, CHECK)]
    made.cells.insert(1, nbformat.v4.new_code_cell(QUESTION, id="rheobase_question"))
    path = notebooks / "second_day.ipynb"
    nbformat.write(made, path)
    return path


@pytest.fixture(scope="module")
def page(browser: Browser, address: str, notebook: Path) -> Iterator[Lab]:
    """The notebook, run once."""
    lab = new_page(browser, address)
    lab.page.set_viewport_size({"width": 1000, "height": 700})
    lab.open(notebook.name)
    lab.run_all()
    yield lab
    lab.close()


@pytest.fixture
def lab(page: Lab, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """Its page; the last look is kept if the test fails."""
    yield page
    keep_if_failed(page, request)


def option(lab: Lab, letter: str) -> Locator:
    return lab.output("quiz(").locator(f"[data-letter={letter}]")


def source(lab: Lab) -> str:
    return str(lab.ask("notebook.widgets[find('quiz(')].model.sharedModel.source"))


def seen(lab: Lab, cell: str) -> str:
    """What a cell shows to the eye, without what is hidden."""
    return lab.output(cell).inner_text()


def test_one_click_explains_an_option_and_fills_in_the_line(lab: Lab) -> None:
    assert lab.errors() == []
    assert "It never fires" in seen(lab, "quiz(")
    option(lab, "c").click()
    expect(option(lab, "c")).to_have_attribute("aria-checked", "true")
    assert source(lab) == QUESTION.replace('""', '"c"')
    expect(lab.output("quiz(").get_by_text("Option c is not right.").first).to_be_visible()
    lab.keep_screenshot("question-clicked", "quiz(")


def test_what_lives_needs_no_scrolling_sideways(lab: Lab) -> None:
    for cell in ("quiz(", EXPLORER):
        live = lab.output(cell).locator(".annkit-live").first
        assert live.evaluate("box => box.scrollWidth - box.clientWidth") == 0


def test_keys_stay_inside_and_the_verdict_is_announced(lab: Lab) -> None:
    option(lab, "c").focus()
    lab.page.keyboard.press("ArrowUp")
    expect(option(lab, "b")).to_be_focused()
    assert source(lab) == QUESTION.replace('""', '"c"'), "an arrow chooses nothing"
    lab.page.keyboard.press("Space")
    expect(lab.output("quiz(").get_by_role("status").first).to_contain_text("right")
    expect(option(lab, "b")).to_be_focused()
    assert source(lab) == QUESTION.replace('""', '"b"')
    assert lab.ask("notebook.activeCellIndex") == 1
    expect(lab.output("quiz(").locator(".annkit-twin")).to_contain_text("question: right")


def test_after_a_restart_and_the_next_day_everything_is_readable(lab: Lab, notebook: Path) -> None:
    lab.save()
    lab.restart_kernel()
    lab.page.wait_for_function("document.querySelectorAll('.jupyter-widgets-disconnected').length")
    assert "Run this cell to make it move" in seen(lab, EXPLORER)
    for reload in (lab.page.reload, lambda: lab.open(distrusted(notebook))):
        reload()
        lab.wait("panel?.context?.isReady && notebook.widgets.length === 4")
        lab.wait_for_kernel()
        shown = {cell: seen(lab, cell) for cell in ("quiz(", EXPLORER, CHECK)}
        assert [text for text in shown.values() if DEAD.search(text)] == []
        assert "It never fires" in shown["quiz("]
        assert "✓ rheobase_question: right" in shown["quiz("]
        assert "First, predict" in shown[EXPLORER]
        assert lab.output(EXPLORER).locator("img:visible").count() > 1
        assert "pre-activation" in shown[CHECK]


def distrusted(notebook: Path) -> str:
    """A copy of a saved notebook that this server has not seen being made."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["metadata"]["title"] = "From somebody else"
    copy = notebook.with_stem("distrusted")
    copy.write_text(json.dumps(content), encoding="utf-8")
    return copy.name


def test_the_first_cell_after_a_restart_says_what_to_run(lab: Lab) -> None:
    said = lab.run("quiz(")
    assert "The kernel has started afresh" in said
    assert "Run All Above Selected Cell" in said
    assert "NameError" in said


def test_wide_code_is_wrapped_in_a_small_window(lab: Lab) -> None:
    lab.type(CHECK, "x = " + " + ".join(["1"] * 40))
    editor = lab.page.locator(".jp-mod-active .cm-scroller").first
    assert editor.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_who_learns_alone_is_not_offered_to_validate(lab: Lab) -> None:
    assert lab.page.get_by_text("Validate", exact=True).count() == 0
    assert lab.page.locator(".lm-MenuBar-item", has_text="Nbgrader").count() == 0
