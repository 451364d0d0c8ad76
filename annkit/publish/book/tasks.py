"""What stands below a task on a page: folded hints and answers, and questions to click.

All of it is HTML that needs no script: hints, solutions and the options of a question are
`<details>`, which a click, a key or a screen reader opens.

Not here: the task's own text, which is the notebook's (`annkit.publish.cells`).
"""

from html import escape

from annkit.exercises.cards.help_cards import ladder, solution
from annkit.exercises.tasks.question import Explanation, Question
from annkit.exercises.tasks.task import Exercise
from annkit.show.cards.card import Block, Drawn, Fold, Prose
from annkit.show.cards.prose import inline_html, prose_html


def exercise_html(exercise: Exercise, verdict: str) -> str:
    """Hints, each inside the one before, and right answers with the card they get.

    Args:
        exercise: the exercise.
        verdict: HTML of the card of its reference; empty for none.
    """
    card: tuple[Block, ...] = (Drawn(verdict, ""),) if verdict else ()
    answer = Fold("Solution", (*solution(exercise).blocks, *card))
    return f'<div class="folds">{ladder(exercise, 0).html()}{answer.html()}</div>'


def question_html(question: Question) -> str:
    """The options of a question; each explains itself when it is opened."""
    several = len(question.answer) > 1
    # Of options with one name the browser keeps one open.
    name = "" if several else f' name="{question.id}"'
    options = "".join(
        f'<details class="{"right" if option.correct else "wrong"}"{name}>'
        f"<summary><b>{letter}</b> <span>{inline_html(option.text)}</span></summary>"
        f"<div>{prose_html(option.why, '✓ Right.' if option.correct else '✗ Not this one.')}</div>"
        "</details>"
        for letter, option in zip(question.letters, question.options, strict=True)
    )
    how = "Several are right: open those you would choose." if several else "Choose an option."
    return (
        f'<div class="question" role="group" aria-label="{escape(question.title)}">'
        f"<p>{how}</p>{options}</div>"
    )


def explanation_html(explanation: Explanation) -> str:
    """A model explanation, folded; what earns the points is folded above it already."""
    model = Fold("A model explanation (best read after writing)", (Prose(explanation.model),))
    return f'<div class="folds">{model.html()}</div>'
