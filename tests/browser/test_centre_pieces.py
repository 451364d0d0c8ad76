"""The interactive of a chapter, used by keyboard: predict, commit, move, read.

The whole chapters aren't run: a cell with each interactive is enough. A new one is a line here.
"""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.fitting import assert_fits, assert_flows
from tests.browser.lab import Lab, keep_if_failed, new_page

pytestmark = pytest.mark.browser

CENTRE_PIECES = {
    "shape_explorer": "from annkit.lessons.forward.explorer import shape_explorer\n\n"
    "shape_explorer()",
    "cost_explorer": "from annkit.lessons.costs.explorer import cost_explorer\n\ncost_explorer()",
    "descent_explorer": "from annkit.lessons.gradient_descent.explorer import descent_explorer\n\n"
    "descent_explorer()",
    "tape_explorer": "from annkit.lessons.autodiff.explorer import tape_explorer\n\n"
    "tape_explorer()",
    "optimiser_race": "from annkit.lessons.sgd.explorer import optimiser_race\n\noptimiser_race()",
    "neuron_steps": "from annkit.lessons.chain_rule.explorer import neuron_steps\n\nneuron_steps()",
    "backprop_stepper": "from annkit.lessons.backpropagation.explorer import backprop_stepper\n\n"
    "backprop_stepper()",
    "training_dashboard": "from annkit.lessons.practice.explorer import training_dashboard\n\n"
    "training_dashboard()",
    "sick_network_clinic": "from annkit.lessons.practice.explorer import sick_network_clinic\n\n"
    "sick_network_clinic()",
    "shared_weights": "from annkit.lessons.beyond.explorer import shared_weights\n\n"
    "shared_weights()",
}


@pytest.fixture(scope="module")
def shown(browser: Browser, address: str, notebooks: Path) -> Iterator[Lab]:
    """One notebook with all of them, run once."""
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in CENTRE_PIECES.values()]
    nbformat.write(notebook, notebooks / "centre_pieces.ipynb")
    lab = new_page(browser, address)
    lab.open("centre_pieces.ipynb")
    lab.run_all()
    yield lab
    lab.set_theme("Light")
    lab.close()


@pytest.fixture
def lab(shown: Lab, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """The page they are on; its last look is kept if the test fails."""
    yield shown
    keep_if_failed(shown, request)


@pytest.mark.parametrize("name", CENTRE_PIECES)
def test_a_prediction_comes_first_then_the_arrow_keys_change_picture_and_words(
    lab: Lab, name: str
) -> None:
    assert lab.errors() == []
    shown = lab.output(f"{name}()")
    expect(shown.locator("input[type=number]").first).to_be_hidden()
    lab.keep_screenshot(f"{name}-before", f"{name}()")
    shown.get_by_role("button").first.click()
    # Whoever works by keys goes on with the arrows.
    expect(shown.locator(".noUi-handle").first).to_be_focused()
    words = lab.read(f"{name}()")
    lab.move_slider(f"{name}()", "ArrowRight")
    lab.page.wait_for_function(
        "words => document.querySelector('.jp-mod-active .jp-OutputArea').innerText !== words",
        arg=words,
    )
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


@pytest.mark.parametrize("theme", ["Dark", "Light"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1000, 700)])
def test_each_fits_into_a_window_whole(lab: Lab, width: int, height: int, theme: str) -> None:
    lab.set_theme(theme)
    lab.page.set_viewport_size({"width": width, "height": height})
    clinic = lab.output("sick_network_clinic()")
    clinic.locator("select").first.select_option("the wrong pill")  # its longest answer
    expect(clinic.get_by_role("paragraph").filter(has_text="What you do see")).to_be_visible()
    for name in CENTRE_PIECES:
        assert_fits(lab.output(f"{name}()"))


def test_at_200_percent_the_picture_alone_is_moved_sideways(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 640, "height": 400})
    fold = "window.jupyterapp.commands.execute('application:toggle-left-area')"
    lab.do(fold)  # the list of files would leave nothing
    for name in CENTRE_PIECES:
        assert_flows(lab.output(f"{name}()"))
        lab.keep_screenshot(f"{name}-at-200-percent", f"{name}()")
    lab.do(fold)
