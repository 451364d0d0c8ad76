"""Cards and pictures are for everyone: with a screen reader or a keyboard, and before any trust."""

import gc
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import expect

from annkit.exercises import course
from tests.browser.access import CONTRAST, SHOWN, faults
from tests.browser.lab import Lab, keep_if_failed

pytestmark = pytest.mark.browser

CHAPTER = "ch03_activations/ch03_activations.ipynb"
EXPLORER = "activation_explorer()"
# These rules are about whole pages, and the page around an output is Lab's.
PAGES = ("region", "landmark-one-main", "page-has-heading-one")
OPTIONS = {"rules": {rule: {"enabled": False} for rule in PAGES}}


@pytest.fixture(scope="module")
def chapter_shown(window: Lab) -> Iterator[Lab]:
    """A whole chapter, opened and run once."""
    window.turn_to(CHAPTER)
    window.do("panel.sessionContext.session.kernel.info")  # Lab writes it into the notebook
    window.do("panel.sessionContext.session.kernel.spec")
    assert not window.ask("panel.model.dirty"), "opening it has changed it"
    window.run_all()
    assert window.errors() == []
    yield window
    window.turn_to(CHAPTER)
    window.leave()


@pytest.fixture
def chapter_page(chapter_shown: Lab, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """The page with the chapter in front; the last look is kept if the test fails."""
    chapter_shown.set_usual()
    chapter_shown.turn_to(CHAPTER)
    yield chapter_shown
    keep_if_failed(chapter_shown, request)


@pytest.fixture
def untrusted(notebooks: Path) -> str:
    """A notebook with saved outputs that this server has not seen being made."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_code_cell("from annkit import check, progress"),
        nbformat.v4.new_code_cell('check("sigmoid_prime", lambda a: a * (1 - a))'),
        nbformat.v4.new_code_cell("progress()"),
    ]
    NotebookClient(notebook, timeout=600, startup_timeout=600).execute()
    gc.collect()  # the kernel's manager closes its sockets now, and in nobody's time limit
    nbformat.write(notebook, notebooks / "untrusted.ipynb")
    return "untrusted.ipynb"


def test_a_card_reads_the_same_in_an_untrusted_notebook(lab: Lab, untrusted: str) -> None:
    lab.turn_to(untrusted)
    assert lab.ask("panel.model.cells.get(1).trusted") is False
    card = lab.read("check(")
    assert "not yet" in card
    assert "pre-activation" in card
    assert "expected" in card
    assert "A weighted sum" in lab.read("progress()")
    assert lab.output("progress()").get_by_role("img").count() == len(course().chapters)
    lab.keep_screenshot("card-untrusted", "check(")
    lab.keep_screenshot("progress-untrusted", "progress()")


def test_the_slider_moves_the_figure_by_keyboard(chapter_page: Lab) -> None:
    lab = chapter_page
    explorer = lab.output(EXPLORER)
    # A prediction comes first.
    expect(explorer.locator("input[type=number]").first).to_be_hidden()
    lab.keep_screenshot("explorer-before", EXPLORER)
    explorer.get_by_role("button").first.click()
    lab.move_slider(EXPLORER, "ArrowRight")
    lab.move_slider(EXPLORER, "PageUp")
    lab.keep_screenshot("explorer-after", EXPLORER)


def test_a_picture_fills_the_screen_by_a_key_and_by_a_click(chapter_page: Lab) -> None:
    lab = chapter_page
    fills = "document.fullscreenElement?.tagName === 'IMG'"
    for cell in ("show.lines(", EXPLORER):
        picture = lab.output(cell).locator("img:visible").first
        picture.focus()
        lab.page.keyboard.press("Enter")
        lab.wait(fills)
        picture.click()
        lab.wait("document.fullscreenElement === null")


def test_what_a_chapter_shows_is_accessible(chapter_page: Lab) -> None:
    lab = chapter_page
    lab.show_whole()
    handles = lab.page.locator(".jp-OutputArea .noUi-handle").count()
    assert lab.page.locator(".jp-OutputArea input[type=number]").count() >= handles > 0
    assert faults(lab.page, SHOWN, OPTIONS) == []


def test_at_night_all_words_keep_their_contrast(chapter_page: Lab) -> None:
    lab = chapter_page
    lab.set_theme("Dark")
    found = faults(lab.page, SHOWN, CONTRAST)
    lab.keep_screenshot("chapter-at-night")
    lab.set_theme("Light")
    assert found == []


def test_the_map_leads_to_an_exercise_in_another_chapter(chapter_page: Lab) -> None:
    lab = chapter_page
    lab.append("progress()  # once more")
    lab.run("# once more")
    shown = lab.output("# once more")
    shown.locator("summary").first.click()
    shown.get_by_role("link", name="One-hot rows").click()
    lab.wait("panel?.context?.path === v[0]", "ch00_welcome/ch00_welcome.ipynb")
    lab.wait("notebook.widgets[find(v[0])]?.inViewport", "one_hot_task")
    lab.wait_for_kernel()
    lab.leave()
