"""Where a card goes: to the notebook, or to a terminal with whatever alphabet it has."""

import io
import sys

from annkit.show.cards.card import Card
from annkit.show.cards.present import in_kernel, present


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
