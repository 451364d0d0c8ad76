"""The verb `last_page`: what the learner has built, made into one file on the learner's machine.

Exercise by exercise the code that is kept in `my_ann.py`, what it draws, the day it passed and how,
the mistakes that were mended, and what has stayed. Nothing is sent anywhere, and nothing is claimed
that the record does not say.

Not here: how the page looks (`annkit.show.cards.course_page`).
"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from annkit.exercises.chapter_end import own_picture
from annkit.exercises.my_ann.own_parts import own_sections
from annkit.exercises.overview import link_to, linked_chapters
from annkit.exercises.record.progress_log import Record, marks_are_made, now, read_record
from annkit.exercises.record.progress_state import is_pass, mistakes_made
from annkit.exercises.record.schedule import WRITE, day_of, is_remembered, mended_mistake
from annkit.exercises.record.what_stays import what_stays
from annkit.exercises.tasks.catalogue import course_here
from annkit.exercises.tasks.home_folder import home
from annkit.exercises.tasks.task import Exercise
from annkit.exercises.tasks.texts import spelled_out
from annkit.files import write
from annkit.show.cards.card import Card, Drawn, Prose, present
from annkit.show.cards.course_page import PageChapter, PagePart, course_page
from annkit.show.cards.progress_map import ChapterState, linked

FILE_NAME = "my_course.html"
_ORIGIN = (
    "Made by annkit on {day} from the record on this computer. It tells what was checked here, and "
    "when; it cannot tell who wrote it, or with whose help."
)


def last_page() -> None:
    """Make a page of what you have built, to keep or to print."""
    if marks_are_made():
        return
    record = read_record()
    states = linked_chapters(record)
    sections = own_sections()
    made = (_chapter(state, record, sections) for state in states)
    chapters = [chapter for chapter in made if chapter.parts]
    if not chapters:
        present(Card("There is nothing to show yet", "", (Prose("Pass an exercise first."),)))
        return
    mended = list(_mended(record))
    origin = _ORIGIN.format(day=_words(now().astimezone().date()))
    page = course_page(_span(record), _sums(states, record), chapters, mended, origin)
    path = home() / FILE_NAME
    try:
        write(path, page.encode())
    except OSError as error:
        words = f"{path} cannot be written ({error.strerror or error})."
        present(Card("The page could not be kept", "", (Prose(words),), "bad"))
        return
    words = "It lies beside `my_ann.py`: open it in a browser to read it, or to print it."
    link = Drawn(f'<p style="margin:0.35em 0">{linked(FILE_NAME, link_to(path))}</p>', str(path))
    present(Card("Your page is ready", "", (Prose(words), link), "good"))


def _mended(record: Record) -> Iterator[str]:
    """The mistakes that were mended, each in a line."""
    for mistake in mistakes_made(course_here(), record):
        if mistake.mended:
            last = mended_mistake(record.by_id[mistake.id])
            is_last = last is not None and spelled_out(last[0]) == mistake.words
            when = f", on {_words(last[1])}" if last is not None and is_last else ""
            yield f"{course_here().entry(mistake.id).title}: {mistake.words}{when}"


def _chapter(state: ChapterState, record: Record, sections: dict[str, str]) -> PageChapter:
    """A chapter with the functions and classes that passed in it."""
    parts = []
    for exercise in state.exercises:
        if exercise.state != "passed" or exercise.kind:
            continue
        task = course_here().load(exercise.id)
        picture = own_picture(task) if isinstance(task, Exercise) else None
        drawing = picture.html() if picture is not None else ""
        remark = ", ".join(_remarks(record.by_id.get(exercise.id, [])))
        code = _without_docstrings(sections.get(exercise.id, ""))
        parts.append(PagePart(exercise.title, remark, code, drawing))
    return PageChapter(state.title, state.words, tuple(parts))


def _without_docstrings(code: str) -> str:
    """The learner's own lines: what a stub says of itself was handed out."""
    lines = code.splitlines()
    for node in reversed(list(ast.walk(ast.parse(code)))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and len(node.body) > 1:
            told = node.body[0]
            if ast.get_docstring(node) is not None:
                for number in range(told.lineno - 1, told.end_lineno or told.lineno):
                    lines[number] = ""
    return re.sub(r"\n{2,}(?=[ \t])", "\n", "\n".join(lines)).strip("\n")


def _remarks(events: list[dict[str, Any]]) -> Iterator[str]:
    """When an exercise passed, at which attempt, and with what help."""
    place = next(i for i, event in enumerate(events) if is_pass(event))
    before, day = events[:place], day_of(events[place])
    tries = [e for e in before if e["event"] == "check" and e.get("attempted") is True]
    hints = sum(event["event"] == "hint" for event in before)
    yield "passed" if day is None else f"passed on {_words(day)}"
    yield f"at attempt {len(tries) + 1}" if tries else "at the first attempt"
    if any(event["event"] == "solution" for event in before):
        yield "after a look at the solution"
    elif hints:
        yield f"with {hints} hint{'' if hints == 1 else 's'}"
    again = [day_of(one) for one in events if one.get("kind") == WRITE and is_remembered(one)]
    if again and again[-1] is not None:
        yield f"written again from memory on {_words(again[-1])}"


def _sums(states: tuple[ChapterState, ...], record: Record) -> list[str]:
    counted = [e for state in states for e in state.exercises if e.counts]
    passed = sum(e.state == "passed" for e in counted)
    points = sum(e.points for e in counted)
    total = sum(e.max_points for e in counted)
    whole = f"{passed} of {len(counted)} exercises and questions, {points:g} of {total:g} points."
    return [whole, *what_stays(course_here(), record).sentences]


def _span(record: Record) -> str:
    days = sorted(day for event in record.events if (day := day_of(event)) is not None)
    if not days:
        return ""
    if days[0] == days[-1]:
        return _words(days[0])
    return f"{_words(days[0])} to {_words(days[-1])}"


def _words(day: date) -> str:
    """A day in words: "3 March 2026"."""
    return f"{day.day} {day:%B %Y}"
