"""Cards: the same in HTML, which survives without trust, and in plain text; where they go."""

import io
import re
import sys

import pytest

from annkit.show.cards.card import (
    TONES,
    Card,
    Code,
    Drawn,
    Fold,
    Meter,
    Prose,
    Side,
    Sides,
    in_kernel,
    present,
)
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
        "a",
        "br",
        "div",
        "img",
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
    assert set(re.findall(r"\s([a-z-]+)=\"", html)) <= {
        *("style", "title", "value", "max"),
        *("href", "alt", "src", "width", "height"),
    }
    assert "var(" not in html
    # Nothing fixes the colour of text: the theme's own colour is readable on the theme's ground.
    assert not re.search(r"[\";]color:", html)
    for tag in tags - {"progress", "br", "img"}:
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


def test_prose_wraps_but_code_does_not():
    long = "word " * 40
    text = Prose(f"{long}\n\n```python\n{'x' * 90}\n```").plain()
    assert max(len(line) for line in text.splitlines() if "x" not in line) <= 78
    assert "x" * 90 in text


def test_a_meter_without_anything_to_reach_is_empty():
    assert Meter(0, 0, "nothing yet").plain() == "[..........] nothing yet"


def test_in_a_terminal_the_plain_text_is_printed(capsys):
    present(Card("✓ relu: passed"))
    assert capsys.readouterr().out == "✓ relu: passed\n"
    assert not in_kernel()


def test_a_console_with_a_small_alphabet_loses_signs_but_no_words(monkeypatch):
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", console)
    present(Card("✓ relu: passed"))
    console.flush()
    assert console.buffer.getvalue().split() == [b"?", b"relu:", b"passed"]
