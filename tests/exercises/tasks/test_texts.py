"""A text is written as it reads; what the code around it adds to it goes."""

import pytest

from annkit.exercises.tasks.texts import dedented, unwrapped

TEXT = r"""
        A formula, $\frac{1}{2}$, in a paragraph
        of two lines.

        ```python
        for x in xs:
            print(x)

        done = True
        ```

        - an item
          of two lines
        - another
        1. a number
"""


def test_the_indentation_goes_and_every_paragraph_and_item_becomes_one_line() -> None:
    assert unwrapped(TEXT) == (
        "A formula, $\\frac{1}{2}$, in a paragraph of two lines.\n\n"
        "```python\nfor x in xs:\n    print(x)\n\ndone = True\n```\n\n"
        "- an item of two lines\n- another\n1. a number"
    )


def test_a_task_keeps_its_lines() -> None:
    assert dedented("""First line,
        second line.

            code
    """) == "First line,\nsecond line.\n\n    code"  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "one line", "two paragraphs\n\nof one line", "text\n```\ncode\nand more\n```\ntext"],
)
def test_a_text_without_indentation_and_wrapping_is_left_alone(text: str) -> None:
    assert unwrapped(text) == dedented(text) == text


@pytest.mark.parametrize("word", ["-", "2)", "−", "*", "#"])
def test_a_sign_at_the_beginning_of_a_line_is_a_list_only_with_a_space_behind_it(word: str) -> None:
    assert unwrapped(f"so\n{word}3") == f"so {word}3"


def test_a_number_that_ends_a_sentence_begins_no_list() -> None:
    assert unwrapped("until epoch\n300. Then\nmore") == "until epoch 300. Then more"
    assert unwrapped("two:\n1. a\n   b\n2. c") == "two:\n1. a b\n2. c"
    assert unwrapped("on day\n\n12. is an item\n13. too") == "on day\n\n12. is an item\n13. too"
