"""A question is shown: to click where a notebook has widgets, as text everywhere else.

Not here: how options look (`annkit.show.cards.options`), what stands on the card of a chapter's
question (`help_cards`), what follows a choice (`annkit.exercises.choosing`).
"""

from collections.abc import Callable

from annkit.exercises.tasks.question import Question
from annkit.show.cards.card import Card, Prose, in_kernel, present


def show_options(
    question: Question,
    still: Card,
    judge: Callable[[str, bool], Card],
    *,
    prompt: str | None = None,
    line: str = "",
    chosen: str = "",
) -> bool:
    """Show a question and its options.

    Args:
        question: the question.
        still: the question as a card, for where nothing can be clicked.
        judge: takes the chosen letters and whether the learner's line holds them; returns a card.
        prompt: Markdown above the options; the question's own if None.
        line: the name in the learner's line of code; empty if nothing is handed in.
        chosen: the letters that stand in the line already.

    Returns:
        whether it can be clicked; if not, nothing has judged the letters that were chosen.
    """
    if in_kernel():
        try:
            from annkit.show.cards.options import Options
        except ImportError:
            pass  # no widgets here: the text says the same
        else:
            options = Options(
                question.title,
                question.prompt if prompt is None else prompt,
                [option.text for option in question.options],
                judge,
                several=len(question.answer) > 1,
                line=line,
                still=still,
                chosen=chosen,
            )
            present(options)
            return True
    present(still)
    return False


def lettered(question: Question) -> list[Prose]:
    """The options as text, each after its letter."""
    pairs = zip(question.letters, question.options, strict=True)
    return [Prose(option.text, f"{letter})") for letter, option in pairs]
