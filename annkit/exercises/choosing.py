"""A question being answered: what stands in the learner's line, and the card of a choice.

One rule says what is handed in, for whoever learns alone and for a class: the letter in the line
`anatomy = "b"` of the answer cell. A click writes it there and is judged at once; typed letters are
judged when the cell runs. The check cell below only brings the points where marks are made.

Not here: the options on the screen (`annkit.show.cards.options`), judging
(`annkit.exercises.judging.choices`).
"""

from dataclasses import replace
from typing import Any

from annkit.exercises.cards.report import report_card
from annkit.exercises.checking import EXPLAINED, keep_books, kept_back
from annkit.exercises.judging.judge import run
from annkit.exercises.record.schedule import QUESTION, note_review
from annkit.exercises.tasks.catalogue import course_here
from annkit.exercises.tasks.question import Question
from annkit.show.cards.card import Card, Prose, shell


def in_line(task: Question) -> str:
    """The letters that stand in the learner's line, as the kernel knows them; "" for none."""
    running = shell()
    typed = running.user_ns.get(task.id) if running is not None and task.points else None
    return typed.strip() if isinstance(typed, str) else ""


def is_chapters_own(task: Question) -> bool:
    """Whether the running cell is the question's own in its chapter: its text stands above it."""
    asked: dict[str, Any] = getattr(shell(), "get_parent", dict)()
    cell = asked.get("metadata", {}).get("cellId")
    return cell in {task.id, f"{task.id}_quiz"}


def answered(task: Question, letters: Any) -> Card:
    """Judge letters, write them down, and return the card."""
    report = kept_back(run(task.id, letters))
    if report.passed or report.mistake:  # a question that was due is a review in its chapter, too
        note_review(course_here(), task.id, QUESTION, report.passed)
    EXPLAINED[task.id] = letters
    return report_card(report, keep_books(task, report, letters))


def chosen(task: Question, letters: str, is_filled_in: bool) -> Card:
    """The card of a choice; if the answer line could not be filled in, it says how."""
    card = answered(task, letters)
    if not task.points or is_filled_in:
        return card
    how = Prose(f'To hand this in, write `{task.id} = "{letters}"` in the answer cell.')
    return replace(card, blocks=(*card.blocks, how))
