"""A question to click: every choice is answered, and there is a still twin."""

from annkit.show.cards.card import Card
from annkit.show.cards.quiz_widget import quiz_box


def parts(several=False):
    """The widgets of a question, and the letters that were judged."""
    judged = []

    def judge(letters):
        judged.append(letters)
        return Card(f"You chose {letters}")

    box = quiz_box(Card("Still"), "Title", "What *is* it?", ["$x<1$", "no"], judge, several)
    return box, *box.widget.children, judged


def test_a_click_is_judged_and_answered_below():
    _, question, radio, verdict, judged = parts()
    assert "<i>is</i>" in question.value
    assert "$x&lt;1$" in question.value
    assert radio.value is None
    assert radio.options == ("a", "b")
    radio.value = "b"
    assert judged == ["b"]
    assert "You chose b" in verdict.value


def test_several_options_are_ticked_then_judged_together():
    _, _, row, verdict, judged = parts(several=True)
    first, second, button = row.children
    button.click()
    assert judged == []
    first.value = second.value = True
    button.click()
    assert judged == ["ab"]
    assert "You chose ab" in verdict.value


def test_the_still_twin_is_in_the_same_output():
    bundle = parts()[0]._repr_mimebundle_()
    assert bundle["text/plain"] == "Still"
    assert "application/vnd.jupyter.widget-view+json" in bundle
