"""Blocks of a card, each on its own."""

from annkit.show.cards.blocks import Meter, Prose


def test_prose_wraps_but_code_does_not():
    long = "word " * 40
    text = Prose(f"{long}\n\n```python\n{'x' * 90}\n```").plain()
    assert max(len(line) for line in text.splitlines() if "x" not in line) <= 78
    assert "x" * 90 in text


def test_a_meter_without_anything_to_reach_is_empty():
    assert Meter(0, 0, "nothing yet").plain() == "[..........] nothing yet"
