"""The interactive of a chapter, used by keyboard: predict, commit, move, read.

The whole chapters aren't run: a cell with each interactive is enough. A new one is a line here.
`make test` takes the first five, `make test-long` all; what each of them shows and says is tested
without a browser (tests/show/test_every_explorer.py).
"""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.fitting import assert_fits, assert_flows
from tests.browser.lab import Lab, keep_if_failed
from tests.sampling import sampled

pytestmark = pytest.mark.browser

# Name → the lesson it belongs to.
CENTRE_PIECES = {
    "shape_explorer": "forward",
    "descent_explorer": "gradient_descent",
    "tape_explorer": "autodiff",
    "training_dashboard": "practice",
    "sick_network_clinic": "practice",
    "cost_explorer": "costs",
    "optimiser_race": "sgd",
    "neuron_steps": "chain_rule",
    "backprop_stepper": "backpropagation",
    "shared_weights": "beyond",
}
NOW = 5
TOGETHER = sampled([list(CENTRE_PIECES)[:NOW], list(CENTRE_PIECES)[NOW:]], 1)


@pytest.fixture(scope="module")
def shown(window: Lab, notebooks: Path) -> Iterator[Lab]:
    """One notebook with a cell for each of them."""
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [
        nbformat.v4.new_code_cell(
            f"from annkit.lessons.{lesson}.explorer import {name}\n\n{name}()"
        )
        for name, lesson in CENTRE_PIECES.items()
    ]
    nbformat.write(notebook, notebooks / "centre_pieces.ipynb")
    window.set_usual()
    window.turn_to("centre_pieces.ipynb")
    yield window
    window.leave()


@pytest.fixture
def lab(shown: Lab, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """The page they are on; its last look is kept if the test fails."""
    yield shown
    keep_if_failed(shown, request)


@pytest.mark.parametrize("name", sampled(CENTRE_PIECES, NOW))
def test_a_prediction_comes_first_then_the_arrow_keys_change_picture_and_words(
    lab: Lab, name: str
) -> None:
    lab.run(f"{name}()")
    assert lab.errors() == []
    shown = lab.output(f"{name}()")
    expect(shown.locator("input[type=number]").first).to_be_hidden()
    lab.keep_screenshot(f"{name}-before", f"{name}()")
    shown.get_by_role("button").first.click()
    # Whoever works by keys goes on with the arrows.
    expect(shown.locator(".noUi-handle").first).to_be_focused()
    words = lab.read(f"{name}()")
    lab.move_slider(f"{name}()", "ArrowRight")
    said = "notebook.activeCell.node.querySelector('.jp-OutputArea').innerText"
    lab.wait(f"{said} !== v[0]", words)
    assert "could not be drawn" not in lab.read(f"{name}()")
    lab.keep_screenshot(f"{name}-after", f"{name}()")


def test_in_a_list_the_arrows_choose_and_stay(lab: Lab) -> None:
    choices = lab.output("descent_explorer()").locator("select").first
    cell = lab.ask("notebook.activeCellIndex")
    choices.focus()
    before = choices.input_value()
    lab.page.keyboard.press("ArrowDown")
    expect(choices).not_to_have_value(before)
    expect(choices).to_be_focused()
    expect(choices).to_have_css("outline-style", "solid")
    assert lab.ask("notebook.activeCellIndex") == cell


def test_the_next_patient_comes_undiagnosed_and_untreated(lab: Lab) -> None:
    clinic = lab.output("sick_network_clinic()")
    preset, diagnosis, prescription = (clinic.locator("select").nth(place) for place in range(3))
    preset.select_option("treated")
    expect(prescription).to_have_value("new first weights")
    lab.move_slider("sick_network_clinic()", "ArrowRight")
    expect(prescription).to_have_value("nothing")
    expect(diagnosis).to_have_value("not yet")


@pytest.mark.parametrize("names", TOGETHER, ids=["first", "others"])
@pytest.mark.parametrize("theme", ["Dark", "Light"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1000, 700)])
def test_each_fits_into_a_window_whole(
    lab: Lab, names: list[str], width: int, height: int, theme: str
) -> None:
    lab.set_theme(theme)
    lab.page.set_viewport_size({"width": width, "height": height})
    for name in names:
        shown = lab.output(f"{name}()")
        if name == "sick_network_clinic":
            shown.locator("select").first.select_option("the wrong pill")  # its longest answer
            answer = shown.get_by_role("paragraph").filter(has_text="What you do see")
            expect(answer).to_be_visible()
        assert_fits(shown)


@pytest.mark.parametrize("names", TOGETHER, ids=["first", "others"])
def test_at_200_percent_the_picture_alone_is_moved_sideways(lab: Lab, names: list[str]) -> None:
    lab.page.set_viewport_size({"width": 640, "height": 400})
    lab.ask("(window.jupyterapp.shell.collapseLeft(), true)")  # the files would leave nothing
    for name in names:
        assert_flows(lab.output(f"{name}()"))
        lab.keep_screenshot(f"{name}-at-200-percent", f"{name}()")
