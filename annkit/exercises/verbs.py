"""The verbs a learner types besides `check`: hint, solution, quiz. Each shows one card.

Not here: a verdict and what follows it (`checking`), where one stands (`overview`), the text of
the cards (`cards`).
"""

from dataclasses import replace
from typing import Any

from annkit.exercises.cards import help_cards
from annkit.exercises.cards.report import report_card
from annkit.exercises.checking import keep_books, kept_back
from annkit.exercises.judging.judge import run
from annkit.exercises.record.progress_log import marks_are_made, read_record, remember
from annkit.exercises.record.progress_state import history_of, last_checked
from annkit.exercises.record.schedule import QUESTION, note_review
from annkit.exercises.tasks.catalogue import UnknownExercise, course_here
from annkit.exercises.tasks.question import Explanation, Question
from annkit.exercises.tasks.task import Exercise, Task
from annkit.show.cards.card import Card, Prose, in_kernel, present


def hint(id: str = "") -> None:
    """Open one more hint of an exercise and show all that are open.

    Args:
        id: the exercise, as text; without it, the one you checked last.
    """
    task = _found(id)
    if task is None:
        return
    id = task.id
    if not isinstance(task, Exercise):
        present(help_cards.no_hints(task))
        return
    rung = min(history_of(read_record(), id).hints + 1, len(task.hints))
    problem = remember("hint", id, rung=rung)
    present(help_cards.hints(task, rung, problem))


def solution(id: str = "", force: bool = False) -> None:
    """Show one right answer, once you have tried yourself.

    Args:
        id: the exercise, as text; without it, the one you checked last.
        force: show it without an attempt.
    """
    task = _found(id)
    if task is None:
        return
    id = task.id
    if course_here().withholds(id) or course_here().untold(id):
        present(help_cards.withheld(task, course_here().untold(id)))
        return
    history = history_of(read_record(), id)
    if not (force or history.tried or isinstance(task, Explanation)):
        present(help_cards.try_first(task))
        return
    problem = remember("solution", id)
    factor = course_here().worth(task) / task.points if task.points else 1.0
    present(help_cards.solution(task, problem, factor))


def quiz(id: str = "", answer: str | None = None) -> None:
    """Ask a concept question, to click; or judge a letter and explain it.

    Args:
        id: the question, as text.
        answer: your letter; without one the question is asked.
    """
    task = _found(id)
    if task is None:
        return
    if not isinstance(task, Question):
        present(help_cards.no_question(task))
    elif answer is None or (isinstance(answer, str) and not answer.strip()):
        _ask(task)
    else:
        present(_answered(task, answer))


def _answered(task: Question, letters: Any) -> Card:
    """Judge letters, write them down, and return the card."""
    report = kept_back(run(task.id, letters))
    if report.passed or report.mistake:  # a question that was due is a review in its chapter, too
        note_review(course_here(), task.id, QUESTION, report.passed)
    return report_card(report, keep_books(task, report, letters))


def _clicked(task: Question, letters: str) -> Card:
    """The card of a click; only the line in the cell above is handed in."""
    card = _answered(task, letters)
    if not task.points or card.tone not in ("good", "plain"):
        return card
    how = Prose(f'To hand this in, write `{task.id} = "{letters}"` in the answer cell and run it.')
    return replace(card, blocks=(*card.blocks, how))


def _ask(task: Question) -> None:
    """Show the question as a widget, or as text where there are no widgets."""
    if in_kernel():
        try:
            from annkit.show.cards.quiz_widget import quiz_box

            present(
                quiz_box(
                    help_cards.question(task, course_here().worth(task)),
                    task.title,
                    task.prompt,
                    [option.text for option in task.options],
                    lambda letters: _clicked(task, letters),
                    several=len(task.answer) > 1,
                )
            )
            return
        except ImportError:
            pass  # no ipywidgets here: the text says the same
    present(help_cards.question(task, course_here().worth(task)))


def _found(id: Any) -> Task | None:
    """The exercise; None, with a card that says why, if there is none or marks are made."""
    if marks_are_made():
        return None
    try:
        return course_here().load(last_checked(read_record()) if id == "" else id)
    except UnknownExercise as problem:
        present(help_cards.unknown(str(problem)))
    except Exception as fault:
        present(help_cards.our_fault(fault))
    return None
