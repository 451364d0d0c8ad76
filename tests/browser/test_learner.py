"""What a person does in JupyterLab: try, err, read, ask, try again, and come back another day.

The pictures in test-output/ are kept to be looked at.
"""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

pytestmark = pytest.mark.browser

CHAPTER = "ch03_activations"
WRONG = "def sigmoid_prime(a):\n    return a * (1 - a)"
BROKEN = "def sigmoid_prime(z:\n    return z"
RIGHT = "def sigmoid_prime(z):\n    s = 1 / (1 + np.exp(-np.abs(z)))\n    return s * (1 - s)"


@pytest.fixture
def lab(lab: Lab, notebooks: Path) -> Lab:
    """A chapter's beginning and one of its exercises, run once."""
    chapter = nbformat.read(notebooks / CHAPTER / f"{CHAPTER}.ipynb", as_version=4)
    exercise = [cell for cell in chapter.cells if cell.id.startswith("sigmoid_prime")]
    chapter.cells = chapter.cells[:3] + exercise
    nbformat.write(chapter, notebooks / CHAPTER / "learner.ipynb")
    lab.turn_to(f"{CHAPTER}/learner.ipynb")
    lab.run_all()
    assert lab.errors() == []
    return lab


def test_a_learner_errs_reads_asks_succeeds_and_comes_back(lab: Lab) -> None:
    lab.append("progress()  # before")
    before = lab.run("progress()  # before")
    lab.keep_screenshot("progress-before", "progress()  # before")

    # A wrong answer, and a card that says in words which idea went wrong.
    lab.type("sigmoid_prime", WRONG)
    lab.run("sigmoid_prime")
    card = lab.run("sigmoid_prime_check")
    assert "not yet" in card
    assert "activation" in card
    assert "pre-activation" in card
    lab.keep_screenshot("card-wrong", "sigmoid_prime_check")
    shown = lab.output("sigmoid_prime_check")
    expect(shown.get_by_role("status").first).to_be_visible()

    # The next hint waits in the card, and the one after it inside.
    outer, inner = (shown.get_by_text(f"Hint {rung} of", exact=False) for rung in (1, 2))
    expect(inner).to_be_hidden()
    outer.focus()
    lab.page.keyboard.press("Enter")
    expect(inner).to_be_visible()

    # Edited and not run; then run and broken: the card says what it is about.
    edited = shown.get_by_text("was edited after this")
    expect(edited).to_be_hidden()
    lab.type("sigmoid_prime", BROKEN)
    expect(lab.output("sigmoid_prime_check").get_by_text("was edited after this")).to_be_visible()
    lab.run("sigmoid_prime")
    lab.wait(
        "notebook.widgets[find('sigmoid_prime_check')].node.textContent.includes(v[0])",
        "has since ended in a SyntaxError",
    )
    assert "The newest cell that defines" in lab.run("sigmoid_prime_check")

    # Two hints, one more rung each time; the one opened in the card counts, and stays readable.
    lab.append('hint("sigmoid_prime")')
    first = lab.run('hint("sigmoid_prime")')
    second = lab.run('hint("sigmoid_prime")')
    assert "Hint 1" in first
    assert "2 of 4 open" in first
    assert "Hint 1" in second
    assert "Hint 2" in second
    assert "3 of 4 open" in second
    lab.keep_screenshot("hints", 'hint("sigmoid_prime")')

    # The right answer, and the map that shows it.
    lab.type("sigmoid_prime", RIGHT)
    lab.run("sigmoid_prime")
    card = lab.run("sigmoid_prime_check")
    assert "passed" in card
    assert "not yet" not in card
    lab.keep_screenshot("card-right", "sigmoid_prime_check")
    lab.append("progress()  # after")
    after = lab.run("progress()  # after")
    assert "✓ The slope of the sigmoid" in after
    assert "✓ The slope of the sigmoid" not in before
    lab.keep_screenshot("progress-after", "progress()  # after")

    # Another day: a new kernel, and nothing is lost.
    lab.restart_kernel()
    lab.append("from annkit import progress\nprogress()  # another day")
    assert lab.run("# another day") == after
