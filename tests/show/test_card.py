"""Cards: the same in HTML, which survives without trust, and in plain text."""

import re

import pytest

from annkit.show.blocks import Code, Drawn, Fold, Meter, Prose, Side, Sides
from annkit.show.card import TONES, Card
from annkit.show.progress_map import ChapterState, ExerciseState, ProgressMap
from annkit.show.prose import inline_html, prose_html
from annkit.show.python_code import python_html

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
MAP = ProgressMap(
    (
        ChapterState(
            "ch03_activations",
            (
                ExerciseState("relu", "ReLU <1>", "passed", 1, 1),
                ExerciseState("softmax", "Softmax", "tried", 0.5, 2),
                ExerciseState("dying", "Dying", "open", 0, 1, "question"),
                ExerciseState("break_relu", "Break it", "tried", 0, 2, "in words"),
            ),
        ),
    ),
    ["1 damaged line"],
    "softmax",
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


def test_prose_wraps_but_code_does_not():
    long = "word " * 40
    text = Prose(f"{long}\n\n```python\n{'x' * 90}\n```").plain()
    assert max(len(line) for line in text.splitlines() if "x" not in line) <= 78
    assert "x" * 90 in text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** c", "a <b>b</b> c"),
        ("*a* b*c", "<i>a</i> b*c"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("`a*b*c` <d>", "<code"),
        ("$a_1 * b * c$", "$a_1 * b * c$"),
        ("$a < b$", "$a &lt; b$"),
        ("it costs 5$ or 6$", "it costs 5$ or 6$"),
    ],
)
def test_inline_markdown(text, html):
    assert html in inline_html(text)


def test_block_markdown():
    html = prose_html(
        "First\nline.\n\n- one\n- two\n  more\n\n1. a\n2. b\n\n```python\nx < 1\n```", "L"
    )
    assert '<p style="margin:0.35em 0"><b>L</b> First line.</p>' in html
    assert html.count("<li>") == 4
    assert "<li>two more</li>" in html
    assert "<ol" in html
    assert ">x &lt; 1</pre>" in html
    assert "`" not in html


def test_prose_that_begins_with_code_keeps_its_label():
    assert prose_html("```\nx\n```", "Hint 4 of 4:").startswith("<p")


def test_python_code_keeps_every_character():
    source = 'def f(x):\n    """Doc <b>."""\n    # why & how\n    return x if x else "é\\n"\n'
    text = re.sub(r"<[^>]+>", "", python_html(source))
    assert text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == source
    assert "<b>return</b>" in python_html(source)
    assert "(unclosed" in python_html("(unclosed")


def test_the_map_says_every_state_in_words():
    html, text = MAP.html(), MAP.plain()
    for part in (html, text):
        assert "Course: 1 of 3 exercises, 1.5 of 4 points" in part
        assert "ch03 activations" in part
        assert "✎ ◐ break_relu" in part
        assert "Next: softmax" in part
        assert "1 damaged line" in part
    assert 'title="ReLU &lt;1&gt; – passed, 1 of 1 points"' in html


def test_an_empty_course_has_a_map():
    assert "0 of 0 exercises" in ProgressMap(()).plain()
