"""The little Markdown of cards."""

import pytest

from annkit.show.cards.prose import inline_html, prose_html


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


def test_a_number_that_ends_a_sentence_begins_no_list():
    assert (
        prose_html("until epoch\n300. Then more")
        == '<p style="margin:0.35em 0">until epoch 300. Then more</p>'
    )
    assert prose_html("two:\n1. a\n2. b").count("<li>") == 2
    assert prose_html("7. seventh\n8. eighth").count("<li>") == 2
