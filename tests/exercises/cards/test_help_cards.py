"""A solution's card shows right answers as they are written."""

from annkit.exercises import course
from annkit.exercises.cards import help_cards
from annkit.show.cards.card import Code, Fold


def alternatives_of(id: str) -> str:
    """The code of the other right answers."""
    (fold,) = [b for b in help_cards.solution(course().load(id)).blocks if isinstance(b, Fold)]
    (code,) = fold.blocks
    assert isinstance(code, Code)
    return code.text


def test_an_answer_that_only_renames_a_class_is_shown_as_that_class() -> None:
    assert "class Closures:" in alternatives_of("value_ops")
    assert "def __rtruediv__(self, other: Any)" in alternatives_of("value_ops")


def test_an_answer_that_extends_a_class_is_shown_without_it() -> None:
    assert "class WithClosures(Closures):\n\n    def backward(self):" in alternatives_of("backward")
    assert "def __add__" not in alternatives_of("backward")
