"""The verb `today`: five minutes of what is due again, asked only when one asks for it.

Questions once answered wrong, a mistake that was mended, a result of one's own code to predict, and
one function to write again from an empty cell. The record keeps how each went, and from that comes
the day on which it is due next.

Not here: the days (`record.schedule`), the questions about one's own code (`understanding`), what
has stayed (`record.what_stays`).
"""

import inspect
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Answer, here
from annkit.exercises.cards import help_cards
from annkit.exercises.cards.asking import lettered, show_options
from annkit.exercises.cards.report import Report, report_card
from annkit.exercises.judging.choices import judge_question
from annkit.exercises.judging.judge import run
from annkit.exercises.my_ann.own_module import MODULE
from annkit.exercises.my_ann.own_parts import kept
from annkit.exercises.record.progress_log import marks_are_made, read_record, remember
from annkit.exercises.record.schedule import (
    MINUTES,
    NUMBER,
    OWN,
    QUESTION,
    WRITE,
    Memory,
    due_on,
    is_unaided,
    memories,
    mended_mistake,
    note_review,
    this_day,
)
from annkit.exercises.tasks.catalogue import UnknownExercise, course_here
from annkit.exercises.tasks.question import Question, letters_in
from annkit.exercises.tasks.task import Exercise
from annkit.exercises.understanding.own_mistakes import mistake_question
from annkit.exercises.understanding.own_numbers import number_question
from annkit.show.cards.card import Card, Code, Prose, present, shell

_WIDTH = 72  # of a line of code
_MOST_POINTS = 2  # what is worth more takes longer than a few minutes
_NOTHING = object()


@dataclass(frozen=True)
class _Asked:
    """What was asked in this kernel: a question, or else a function to write."""

    kind: str
    question: Question | None
    there: Any = None  # what already had the function's name


# By exercise, and by whether a letter is the answer.
_asked: dict[tuple[str, bool], _Asked] = {}

# What was due → the recall question, at the head of a chapter, before which it was asked.
_brought: dict[str, str] = {}


def today(id: str = "", answer: Any = _NOTHING) -> None:
    """Ask what is due again, or judge what you answer.

    Args:
        id: the exercise or question, as text; without it, whatever is due is asked.
        answer: your letter, or the function you wrote again.
    """
    if marks_are_made():
        return
    if id == "":
        _ask_what_is_due()
        return
    try:
        course_here().path(id)
    except UnknownExercise as problem:
        present(help_cards.unknown(str(problem)))
        return
    asked = _asked.get((id, not callable(answer)))
    if asked is None or answer is _NOTHING:
        _ask_for(id)
    elif asked.question is not None:
        present(_answered(id, asked.kind, asked.question, answer))
    else:
        present(_written(id, asked, answer))


def _ask_what_is_due() -> None:
    things = memories(course_here(), read_record())
    due = _due_of(things)
    present(_head(list(due), things))
    for thing, asked in due.items():
        _ask(thing.id, asked)


def _due_of(things: list[Memory]) -> dict[Memory, _Asked]:
    """What of these is due today and can be asked, and with what."""
    prepared: dict[Memory, _Asked] = {}

    def can_ask(thing: Memory) -> bool:
        asked = _prepare(thing)
        if asked is not None:
            prepared[thing] = asked
        return asked is not None

    return {thing: prepared[thing] for thing in due_on(this_day(), things, can_ask)}


def _head(due: list[Memory], things: list[Memory]) -> Card:
    """What is due, or when something will be."""
    if due:
        minutes = sum(MINUTES[thing.kind] for thing in due)
        count = "one thing" if len(due) == 1 else f"{len(due)} things"
        unit = "minute" if minutes == 1 else "minutes"
        words = "From memory, as far as it goes: what one has to dig up stays longer."
        return Card(f"Today: {count}", f"about {minutes} {unit}", (Prose(words),))
    days = sorted(thing.due for thing in things if thing.due > this_day())
    when = f"The next thing is due on {days[0]:%d %B}." if days else ""
    return Card("Nothing is due today", "", (Prose(when),) if when else ())


def _ask_for(id: str) -> None:
    """Ask for one thing by its name: as is due, else to be written."""
    things = [one for one in memories(course_here(), read_record()) if one.id == id]
    for thing in sorted(things, key=lambda one: (one.due > this_day(), one.kind != WRITE)):
        asked = _prepare(thing)
        if asked is not None:
            _ask(id, asked)
            return
    words = f"`{id}` comes back some days after you have passed it, or got it wrong."
    present(Card("Nothing to ask yet", "", (Prose(words),)))


def ask_due_before(recall: Question) -> bool:
    """At the head of a chapter: ask a question of an earlier one that is due, if there is any.

    Args:
        recall: the chapter's own question; each of them brings another one.

    Returns:
        whether something was asked.
    """
    chapter = course_here().chapter_of(recall.id)
    questions = [
        thing
        for thing in memories(course_here(), read_record())
        if thing.kind == QUESTION and course_here().chapter_of(thing.id) != chapter
    ]
    for thing, asked in _due_of(questions).items():
        if _brought.setdefault(thing.id, recall.id) == recall.id:
            number = int(course_here().chapter_of(thing.id)[2:4])
            present(Card("Due again today", f"from chapter {number}"))
            _ask(thing.id, asked)
            return True
    return False


def _prepare(thing: Memory) -> _Asked | None:
    """What to ask about a thing; None if it cannot be asked."""
    try:
        task = course_here().load(thing.id)
        if isinstance(task, Question):
            told = course_here().untold(thing.id) is None
            return _Asked(thing.kind, task) if told else None
        if not isinstance(task, Exercise):
            return None
        if thing.kind == WRITE:
            is_small = task.points <= _MOST_POINTS and not isinstance(task.answer, type)
            return _Asked(WRITE, None, _named(task)) if is_small else None
        mine = kept(task.object_name)
        question = None if mine is None else _about_own_code(thing, task, mine)
        return None if question is None else _Asked(thing.kind, question)
    except Exception:  # neither a faulty file nor a learner's own module may stop the rest
        return None


def _about_own_code(thing: Memory, task: Exercise, mine: Any) -> Question | None:
    # The same all day, another one the next time.
    rng = np.random.default_rng([this_day().toordinal(), zlib.crc32(thing.id.encode())])
    if thing.kind == NUMBER:
        return number_question(task, mine, rng)
    mended = mended_mistake(read_record().by_id[thing.id])
    return mistake_question(task, mine, mended[0], rng) if mended else None


def _named(task: Exercise) -> Any:
    """What has the function's name in the notebook already."""
    running = shell()
    return None if running is None else running.user_ns.get(task.object_name)


def ask_about(id: str, kind: str, question: Question) -> None:
    """Ask a question about the learner's answer to an exercise; see `record.schedule` for kinds."""
    _ask(id, _Asked(kind, question))


def _ask(id: str, asked: _Asked) -> None:
    question = asked.question
    _asked[id, question is not None] = asked
    if question is not None:
        still = _still(question, f'today("{id}", "a")')
        show_options(
            question, still, lambda letters, _: _answered(id, asked.kind, question, letters)
        )
        return
    task = course_here().load(id)
    assert isinstance(task, Exercise)
    present(_writing_card(task))


def _still(question: Question, how: str) -> Card:
    """A question that stands nowhere else, as text; `how` is the line that answers it with a."""
    told = Prose(f"Answer with a letter: `{how}`.")
    return Card(question.title, "", (Prose(question.prompt), *lettered(question), told))


def _writing_card(task: Exercise) -> Card:
    """Ask for a function from an empty cell."""
    stub = f"def {task.object_name}{inspect.signature(task.answer)}:\n"
    if len(stub) > _WIDTH:
        wanted = map(str, inspect.signature(task.answer).parameters.values())
        stub = f"def {task.object_name}(\n" + "".join(f"    {one},\n" for one in wanted) + "):\n"
    told = inspect.cleandoc(task.answer.__doc__ or "")
    lines = "\n".join(f"    {line}".rstrip() for line in f'"""{told}\n"""'.splitlines())
    how = (
        "Write it in a new, empty cell, without looking it up; run that cell, and then "
        f'`today("{task.id}", {task.object_name})`.'
    )
    return Card(
        f"Once more from memory: {task.title}",
        task.size,
        (Prose(task.task), Code(stub + lines, "python"), Prose(how)),
    )


def _answered(id: str, kind: str, question: Question, letters: Any) -> Card:
    """Judge letters, write down how it went, and return the card."""
    report = judge_question(question, Answer(here(letters), question.id))
    chosen = letters_in(letters)
    if not chosen or not set(chosen) <= set(question.letters):
        return report_card(report)
    if kind == OWN:
        remember(OWN, id, passed=report.passed)
        return report_card(report)
    thing = note_review(course_here(), id, kind, report.passed)
    return report_card(report, [Prose(words) for words in [_when(thing)] if words])


def _written(id: str, asked: _Asked, answer: Any) -> Card:
    """Judge a function that was written again."""
    if answer is asked.there or getattr(answer, "__module__", "") == MODULE:
        words = f"This `{id}` was there before you were asked. Write it anew, in an empty cell."
        return Card("Not judged", "", (Prose(words),))
    report = run(id, answer)
    if not report.attempted:
        return report_card(report)
    unaided = is_unaided(read_record(), id)
    thing = note_review(course_here(), id, WRITE, report.passed, unaided)
    return report_card(report, [Prose(_said_of(report, unaided, thing))])


def _said_of(report: Report, unaided: bool, thing: Memory | None) -> str:
    if report.passed and not unaided:
        return f"You opened help for it today, so this does not count as remembered. {_when(thing)}"
    return _when(thing)


def _when(thing: Memory | None) -> str:
    if thing is None:
        return ""
    days = (thing.due - this_day()).days
    return "It comes back tomorrow." if days == 1 else f"It comes back in {days} days."
