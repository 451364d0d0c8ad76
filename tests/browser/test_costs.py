"""The explorer of chapter 5 in JupyterLab: commit to a prediction, move a slider, see and read."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

pytestmark = pytest.mark.browser

EXPLORER = "cost_explorer()"


def test_moving_the_observation_changes_picture_and_words(lab: Lab) -> None:
    lab.open("ch05_costs/ch05_costs.ipynb")
    lab.run("from annkit.lessons.costs.explorer")
    lab.run(EXPLORER)
    explorer = lab.output(EXPLORER)
    # A prediction comes first.
    expect(explorer.locator("input[type=number]").first).to_be_hidden()
    explorer.get_by_role("button", name="about 4 times").click()
    before = lab.read(EXPLORER)
    assert "300 observed" in before
    lab.move_slider(EXPLORER, "PageUp")
    lab.keep_screenshot("costs-after", EXPLORER)
    assert lab.read(EXPLORER) != before
