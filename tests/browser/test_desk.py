"""The learner's desk, point by point: two sizes of window, light and dark, by mouse and by keys.

Each test is one thing that once did harm or shut somebody out. All use one notebook, in the order
of a learner's days: opened, run, answered, saved, restarted, opened again. `make test` sits down at
one desk, `make test-long` at all eight; test-output/ keeps what each point looked like.

Not here: that notebook (desk.py), a learner's whole try at an exercise (test_learner.py), every
explorer (test_centre_pieces.py).
"""

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from annkit.exercises import course
from tests.browser.access import CONTRAST, SHOWN, faults
from tests.browser.desk import (
    AGAIN,
    ANSWER,
    ASKED,
    CHECK,
    DESCENT,
    HINT,
    MAP,
    QUESTION,
    TAPE,
    Desk,
    lay,
)
from tests.browser.fitting import BEYOND, assert_fits, assert_flows, box
from tests.browser.hands import Keys, Mouse
from tests.browser.lab import Lab, keep_if_failed
from tests.sampling import sampled

pytestmark = pytest.mark.browser

NEXT = "ch04_forward/ch04_forward.ipynb"
BROKEN = "def sigmoid_prime(z:\n    return z"
DEAD = re.compile("model not found|Loading widget|Error displaying")
HANDS = {"keys": Keys, "mouse": Mouse}
DESKS = list(itertools.product(("1000x700", "1280x800"), ("Dark", "Light"), HANDS))


@pytest.fixture(scope="module", params=sampled(DESKS, 1), ids="-".join)
def desk(
    window: Lab,
    notebooks: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Desk]:
    """A desk at which nobody has sat, with the notebook opened and nothing run."""
    size, theme, hands = request.param
    name = "-".join(request.param)
    path = lay(notebooks, name, tmp_path_factory.mktemp("record"))
    width, height = map(int, size.split("x"))
    window.set_usual()
    window.page.set_viewport_size({"width": width, "height": height})
    desk = Desk(name, window, HANDS[hands](window), path, width, height, theme == "Dark")
    window.turn_to(desk.path)
    window.set_theme(theme)
    window.show_whole()
    yield desk
    window.leave()


@pytest.fixture(autouse=True)
def look(desk: Desk, request: pytest.FixtureRequest) -> Iterator[None]:
    """After each point: what it looked like, and whether all words stand out from their ground."""
    yield
    point = request.node.name.split("[")[0].removeprefix("test_")
    if not keep_if_failed(desk.lab, request):
        desk.lab.keep_screenshot(f"desk-{desk.name}-{point}")
        assert faults(desk.lab.page, SHOWN, CONTRAST) == []


# The first day.


def test_a_chapter_is_as_clean_as_it_was_before_it_was_opened(desk: Desk) -> None:
    desk.lab.do("panel.sessionContext.session.kernel.info")  # Lab writes it into the notebook
    desk.lab.do("panel.sessionContext.session.kernel.spec")
    assert not desk.lab.ask("panel.model.dirty")
    desk.lab.run_all()
    assert desk.lab.errors() == []


def test_headings_follow_each_other_and_tables_are_headed(desk: Desk) -> None:
    headings = desk.lab.notebook().locator(".jp-MarkdownOutput").locator("h1, h2, h3, h4, h5, h6")
    levels = headings.evaluate_all("found => found.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []
    heads = desk.lab.notebook().locator(".jp-MarkdownOutput th").all_inner_texts()
    assert heads
    assert all(head.strip() for head in heads)


def test_who_learns_alone_is_not_offered_to_validate(desk: Desk) -> None:
    assert desk.lab.page.get_by_text("Validate", exact=True).count() == 0
    assert desk.lab.page.locator(".lm-MenuBar-item", has_text="Nbgrader").count() == 0


def test_a_question_stands_once_and_one_press_explains_it(desk: Desk) -> None:
    shown = desk.hands.shown(QUESTION)
    assert desk.seen(QUESTION).count("It fires once") == 1
    options = shown.locator("[data-letter]")
    widths = options.evaluate_all("found => found.map(one => one.offsetWidth)")
    line = 52 * 13  # pixels of a line of prose in a wide window
    assert min(widths) == max(widths) >= min(0.8 * box(shown)["width"], line)
    desk.hands.go_to(QUESTION)
    desk.hands.choose(shown, "c")
    expect(shown.locator("[data-letter=c]")).to_have_attribute("aria-checked", "true")
    assert desk.source(QUESTION) == ASKED.replace('""', '"c"')
    said = shown.get_by_text("Option c is not right.").first
    expect(said).to_be_visible()
    assert 0 < box(said)["y"] - box(shown.locator("[data-letter=c]"))["y"] < 200
    widths = options.evaluate_all("found => found.map(one => one.offsetWidth)")
    assert min(widths) == max(widths)


def test_a_question_has_a_name_and_one_stop_and_keeps_its_keys(desk: Desk) -> None:
    shown = desk.hands.shown(QUESTION)
    group = shown.get_by_role("radiogroup")
    assert group.get_attribute("aria-label")
    expect(group.get_by_role("radio", name=re.compile("It fires once"))).to_have_count(1)
    assert group.locator("[tabindex='0']").count() == 1
    assert desk.source(QUESTION) == ASKED.replace('""', '"c"')
    expect(shown.locator("[data-letter=c]")).to_be_focused()  # chosen before
    desk.lab.page.keyboard.press("ArrowUp")
    expect(shown.locator("[data-letter=b]")).to_be_focused()
    assert desk.source(QUESTION) == ASKED.replace('""', '"c"'), "an arrow chooses nothing"
    desk.hands.choose(shown, "b")
    expect(shown.locator("[data-letter=b]")).to_have_attribute("aria-checked", "true")
    expect(shown.locator("[data-letter=b]")).to_be_focused()
    assert desk.source(QUESTION) == ASKED.replace('""', '"b"')
    assert desk.lab.ask("notebook.activeCellIndex === find(v[0])", QUESTION)
    desk.lab.page.keyboard.press("Tab")
    assert not group.evaluate("group => group.contains(document.activeElement)")


def test_verdicts_are_announced(desk: Desk) -> None:
    expect(desk.hands.shown(QUESTION).get_by_role("status").first).to_contain_text("right")
    expect(desk.hands.shown(CHECK).get_by_role("status").first).to_contain_text("not yet")


@pytest.mark.parametrize("explorer", ["tape_explorer()", "descent_explorer()"])
def test_a_prediction_frees_an_explorer_and_hands_on_the_focus(desk: Desk, explorer: str) -> None:
    shown = desk.hands.shown(explorer)
    for locked in (".noUi-handle", "input", "select"):
        assert shown.locator(f"{locked}:visible").count() == 0, "nothing that takes the focus"
    desk.hands.go_to(explorer)
    desk.hands.press(shown.get_by_role("button").first)
    expect(shown.locator(".noUi-handle").first).to_be_focused()
    assert desk.lab.ask("notebook.activeCellIndex === find(v[0])", explorer)


@pytest.mark.parametrize("explorer", ["tape_explorer()", "descent_explorer()"])
def test_an_explorer_fits_and_its_labels_are_whole(desk: Desk, explorer: str) -> None:
    shown = desk.hands.shown(explorer)
    assert_fits(shown)
    assert shown.locator(".annkit-live").first.evaluate(BEYOND) == 0
    # Control and picture are seen together.
    top = box(shown.locator(".noUi-handle:visible").first)["y"]
    picture = box(shown.locator("img:visible").first)
    assert picture["y"] + picture["height"] - top <= desk.lab.ask("notebook.node.clientHeight")
    preset = shown.locator("select").first
    desk.hands.go_to(explorer)
    picked = preset.locator("option").nth(1).inner_text()
    if isinstance(desk.hands, Keys):
        desk.hands.reach(preset)
        desk.lab.page.keyboard.press("ArrowDown")
    else:
        preset.select_option(picked)
    expect(preset.locator("option:checked")).to_have_text(picked)


def test_a_picture_is_paper_that_does_not_glare(desk: Desk) -> None:
    picture = desk.hands.shown("tape_explorer()").locator("img:visible").first
    expect(picture).to_have_css("filter", "brightness(0.8)" if desk.is_dark else "none")


def test_the_next_hint_waits_in_the_card(desk: Desk) -> None:
    shown = desk.hands.shown(CHECK)
    outer, inner = (shown.get_by_text(f"Hint {rung} of", exact=False) for rung in (1, 2))
    expect(inner).to_be_hidden()
    desk.hands.go_to(CHECK)
    desk.hands.press(outer)
    expect(inner).to_be_visible()
    # Without a name `hint` is about what one is at: the next rung of the same ladder.
    said = desk.hands.run(HINT)
    assert "Hint for sigmoid_prime" in said
    assert "2 of" in said


def test_the_failing_input_can_be_played_with(desk: Desk) -> None:
    shown = desk.hands.shown(CHECK)
    fold = shown.get_by_text("Play with this input")
    desk.hands.go_to(CHECK)
    desk.hands.press(fold)
    expect(shown.get_by_text('again("sigmoid_prime")')).to_be_visible()
    assert re.search(r"\d", desk.hands.run(AGAIN))


def test_a_card_says_when_it_speaks_of_an_older_version(desk: Desk) -> None:
    edited = desk.hands.shown(CHECK).get_by_text("was edited after this")
    expect(edited).to_be_hidden()
    desk.hands.type(ANSWER, BROKEN)
    expect(edited).to_be_visible()
    desk.hands.run(BROKEN)
    failed = "has since ended in a SyntaxError"
    expect(desk.hands.shown(CHECK).get_by_text(failed)).to_be_visible()
    assert "The newest cell that defines" in desk.hands.run(CHECK)
    desk.hands.type(BROKEN, ANSWER)
    desk.hands.run(ANSWER)
    assert "The newest cell that defines" not in desk.hands.run(CHECK)


def test_wide_code_is_wrapped(desk: Desk) -> None:
    desk.hands.type(AGAIN, "x = " + " + ".join(["1"] * 60))
    editor = desk.lab.page.locator(".jp-mod-active .cm-scroller").first
    assert editor.evaluate("e => e.scrollWidth <= e.clientWidth")
    desk.hands.type("x = 1 + 1", AGAIN)


def test_the_map_begins_with_what_is_next_and_a_ring_for_each_chapter(desk: Desk) -> None:
    assert "Next" in desk.hands.run(MAP)
    shown = desk.hands.shown(MAP)
    rings = shown.get_by_role("img")
    assert rings.count() == len(course().chapters)
    top, room = box(shown)["y"], desk.lab.ask("notebook.node.clientHeight")
    for first in (shown.get_by_text("Next").first, rings.last):
        assert box(first)["y"] + box(first)["height"] - top < room / 2
    assert shown.locator("details[open]").count() == 1, "the chapter one is in"
    assert shown.evaluate(BEYOND) == 0


def test_at_200_percent_text_flows_and_pictures_stay_readable(desk: Desk) -> None:
    # Half as many pixels each way; the list of files would leave nothing of them.
    desk.hands.fold_files()
    desk.lab.page.set_viewport_size({"width": desk.width // 2, "height": desk.height // 2})
    for cell in (QUESTION, "tape_explorer()", "descent_explorer()", CHECK, MAP):
        assert_flows(desk.hands.shown(cell))
    desk.hands.go_to("tape_explorer()")
    picture = desk.hands.shown("tape_explorer()").locator("img:visible").first
    desk.hands.press(picture)
    desk.lab.wait("document.fullscreenElement?.tagName === 'IMG'")
    desk.lab.keep_screenshot(f"desk-{desk.name}-full-screen")
    desk.hands.press(picture)
    desk.lab.wait("document.fullscreenElement === null")


# The second day.


def test_what_was_saved_can_be_read_without_running_anything(desk: Desk) -> None:
    desk.lab.page.set_viewport_size({"width": desk.width, "height": desk.height})
    desk.hands.save()
    desk.hands.restart()
    desk.lab.page.wait_for_function(
        "document.querySelectorAll('.jupyter-widgets-disconnected').length"
    )
    assert "Run this cell to make it move" in desk.seen("tape_explorer()")
    days: list[Callable[[], object]] = [
        desk.lab.page.reload,
        desk.open_distrusted,
        desk.come_back,
    ]
    for number, day in enumerate(days, 2):
        day()
        desk.lab.wait("panel?.context?.isReady && notebook.widgets.length > 9")
        desk.lab.wait_for_kernel()
        desk.lab.show_whole()
        desk.lab.keep_screenshot(f"desk-{desk.name}-another-day-{number}")
        shown = {cell: desk.seen(cell) for cell in (QUESTION, TAPE, DESCENT, CHECK, MAP)}
        assert [text for text in shown.values() if DEAD.search(text)] == []
        assert "It never fires" in shown[QUESTION]
        assert "✓ rheobase_question: right" in shown[QUESTION]
        for explorer in (TAPE, DESCENT):
            assert "First, predict" in shown[explorer]
            assert desk.hands.shown(explorer).locator("img:visible").count() > 1
        assert "pre-activation" in shown[CHECK]
        assert "Next" in shown[MAP]


def test_the_first_cell_after_a_restart_says_what_to_run(desk: Desk) -> None:
    said = desk.hands.run(QUESTION)
    assert "The kernel has started afresh" in said
    assert "Run All Above Selected Cell" in said
    assert "NameError" in said


def test_a_chapter_leads_on_to_the_next(desk: Desk) -> None:
    desk.hands.go_to("onward")
    desk.hands.press(last(desk, "4 · Forward propagation"))
    desk.lab.wait("panel?.context?.path === v[0]", NEXT)
    desk.lab.wait_for_kernel()
    desk.lab.leave()
    desk.lab.wait("panel?.context?.path === v[0]", desk.path)


def last(desk: Desk, words: str) -> Locator:
    """The link with these words at the end of the chapter."""
    return desk.lab.notebook().get_by_role("link", name=words).last
