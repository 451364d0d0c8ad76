"""A question to click: every choice is answered beside its option, and there is a still twin."""

import re

import IPython.display
import pytest

from annkit.show.cards.card import Card
from annkit.show.cards.options import Options


class Judge:
    """Judges every choice, and remembers it."""

    def __init__(self):
        self.judged = []

    def __call__(self, letters, filled):
        """Say what was chosen."""
        self.judged.append((letters, filled))
        return Card(f"You chose {letters}")


def made(judge, **more):
    return Options("Title", "", ["$x<1$", "*no*", "perhaps"], judge, **more)


def click(options, letters, filled=False):
    """Tell what the page tells after a click."""
    options.chooser._handle_custom_msg({"letters": letters, "filled": filled}, [])


def buttons(html):
    """Letter → whether it is chosen, whether Tab stops there."""
    found = re.findall(
        r'data-letter="(\w+)" role="\w+" aria-checked="(\w+)" tabindex="(.+?)"', html
    )
    return {letter: (checked == "true", stop == "0") for letter, checked, stop in found}


def test_an_option_is_a_button_with_its_text():
    html = made(Judge()).shown.value
    assert "$x&lt;1$" in html
    assert "<i>no</i>" in html
    assert html.count('role="radio"') == 3
    assert buttons(html) == {"a": (False, True), "b": (False, False), "c": (False, False)}


def test_a_click_is_judged_and_answered_beside_its_option():
    judge = Judge()
    options = made(judge)
    click(options, "b", filled=True)
    html = options.shown.value
    assert judge.judged == [("b", True)]
    assert html.index("<i>no</i>") < html.index("You chose b") < html.index("perhaps")
    assert buttons(html)["b"] == (True, True)
    assert options.chooser.said == "You chose b"


def test_several_options_are_ticked_then_judged_together():
    judge = Judge()
    options = made(judge, several=True)
    assert options.shown.value.count('role="checkbox"') == 3
    click(options, "ac")
    assert judge.judged == [("ac", False)]
    html = options.shown.value
    assert [letter for letter, (chosen, _) in buttons(html).items() if chosen] == ["a", "c"]
    assert html.index("Check what I ticked") < html.index("You chose ac")


def test_what_stands_in_the_line_is_judged_at_once():
    judge = Judge()
    assert "You chose c" in made(judge, chosen="c").shown.value
    assert judge.judged == [("c", True)]


def test_the_prompt_is_there_only_where_it_stands_nowhere_else():
    options = Options("Title", "What *is* it?", ["x", "y"], Judge())
    assert "What <i>is</i> it?" in options.shown.value
    assert "What" not in made(Judge()).shown.value


def test_the_twin_is_an_output_of_its_own_and_learns_of_the_choice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, changed = [], []

    class Handle:
        def update(self, data, raw):
            changed.append(data)

    def display(data, raw, display_id=False):
        shown.append(data)
        return Handle()

    monkeypatch.setattr(IPython.display, "display", display)
    options = made(Judge(), still=Card("Still"))
    options._ipython_display_()
    live, twin = shown
    assert "application/vnd.jupyter.widget-view+json" in live
    assert twin["text/plain"] == "Still"
    click(options, "a")
    assert changed[0]["text/plain"] == "Still\n\nYou chose a"
    assert "You chose a" in changed[0]["text/html"]
