"""Cards: the same in HTML, which survives without trust, and in plain text."""

import re

import pytest

from annkit.show.cards.blocks import Code, Drawn, Fold, Meter, Prose, Side, Sides
from annkit.show.cards.card import TONES, Card
from tests.show.cards.test_progress_map import MAP

SIDES = Sides(
    (
        Side("expected", (("1 ", False), ("2", False)), ("[", "]")),
        Side("got", (("10", True), ("2", False)), ("[", "]")),
    ),
    "1 of 2 differ",
)
CARD = Card(
    "✗ relu: not yet",
    "0 of 1 point",
    (
        Prose("Some *words* and `code`.", "Next:"),
        Code("relu(<b>)"),
        Code("def f():  # why\n    return 1", "python"),
        SIDES,
        Fold("All checks", (Code("✓ one"),)),
        Fold("Closed", (Code("inside"),), in_plain=False),
        Meter(1, 4, "1 of 4"),
        Drawn("<figure>x</figure>", "[Picture] x"),
    ),
    "bad",
)


@pytest.mark.parametrize("thing", [CARD, MAP], ids=["card", "map"])
def test_html_survives_in_a_notebook_that_is_not_trusted(thing):
    """The notebook's sanitiser drops style sheets, scripts, SVG, roles and variables."""
    html = thing.html()
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {
        "div",
        "p",
        "b",
        "i",
        "code",
        "pre",
        "details",
        "summary",
        "span",
        "progress",
        "ul",
        "ol",
        "li",
        "figure",
    }
    assert set(re.findall(r"\s([a-z-]+)=\"", html)) <= {"style", "title", "value", "max"}
    assert "var(" not in html
    # Nothing fixes the colour of text: the theme's own colour is readable on the theme's ground.
    assert not re.search(r"[\";]color:", html)
    for tag in tags - {"progress"}:
        assert len(re.findall(rf"<{tag}\b", html)) == html.count(f"</{tag}>"), tag


def test_plain_text_says_the_same():
    assert CARD.plain().splitlines() == [
        "✗ relu: not yet · 0 of 1 point",
        "Next: Some *words* and `code`.",
        "    relu(<b>)",
        "    def f():  # why",
        "        return 1",
        "    expected  [1  2]",
        "    got       [10 2]",
        "               ^^",
        "1 of 2 differ",
        "All checks:",
        "      ✓ one",
        "Closed.",
        "[##........] 1 of 4",
        "[Picture] x",
    ]
    assert repr(CARD) == CARD.plain()


def test_code_is_escaped_and_wrong_entries_are_more_than_coloured():
    html = CARD.html()
    assert "relu(&lt;b&gt;)" in html
    assert re.search(r'<b style="[^"]*text-decoration:underline">10</b> 2', html)
    assert TONES["bad"] in html
