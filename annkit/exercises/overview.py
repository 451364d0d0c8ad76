"""The verbs that say where one stands: `progress`, the whole course; `contents`, one chapter.

Both are made from the record and from the course's index, and load no exercise. A chapter is a
link where its notebook lies beside the one that asks, an exercise the place in it.

Not here: the record (`annkit.exercises.record`), how maps look (`annkit.show.cards`).
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from annkit.exercises.record.progress_log import (
    Record,
    is_in_a_browser,
    marks_are_made,
    read_record,
)
from annkit.exercises.record.progress_state import course_state, mistakes_made, nearest
from annkit.exercises.record.schedule import due_on, memories, this_day
from annkit.exercises.record.what_stays import what_stays
from annkit.exercises.tasks.catalogue import course_here
from annkit.exercises.tasks.home_folder import home
from annkit.show.cards.card import present, shell
from annkit.show.cards.contents import Contents
from annkit.show.cards.progress_map import ChapterState, ProgressMap

_KEY = "_annkit_contents"
_IN_A_BROWSER = (
    "Your work is kept in this browser, and nowhere else. Run export_work() to have all of it in "
    "one file that you can download and take along."
)


def progress() -> None:
    """Show the map of the course with what you have done."""
    if marks_are_made():
        return
    record = read_record()
    states = linked_chapters(record)
    notes = [record.problem] if record.problem else []
    if record.damaged:
        lines = "line" if record.damaged == 1 else "lines"
        notes.append(f"{record.damaged} damaged {lines} of the record could not be read.")
    if is_in_a_browser():
        notes.append(_IN_A_BROWSER)
    mistakes = mistakes_made(course_here(), record)
    stays = what_stays(course_here(), record).sentences
    here = _chapter_here(states)
    present(ProgressMap(states, notes, nearest(states), mistakes, here, stays))


def contents(chapter: str = "") -> None:
    """Show what there is to do in a chapter, and what you have done of it.

    Args:
        chapter: its folder's name; without it, the one this notebook lies in.
    """
    if marks_are_made():
        return
    table = _table_of(chapter)
    if table is None:
        progress()
    else:
        _shown()[table.chapter.name] = present(table)


def renew_contents(chapter: str) -> None:
    """Let the table of a chapter that is on the page say what has been passed since."""
    handle = _shown().get(chapter)
    if handle is not None:
        handle.update(_table_of(chapter))


def _shown() -> dict[str, Any]:
    """IPython's handle of the newest table of each chapter, kept by the running shell."""
    running = shell()
    return {} if running is None else vars(running).setdefault(_KEY, {})


def _table_of(chapter: str) -> Contents | None:
    record = read_record()
    states = linked_chapters(record)
    name = chapter or _chapter_here(states)
    place = next((i for i, state in enumerate(states) if state.name == name), None)
    if place is None:
        return None
    before = states[place - 1] if place else None
    after = states[place + 1] if place + 1 < len(states) else None
    due = len(due_on(this_day(), memories(course_here(), record)))
    return Contents(states[place], before, after, due)


def linked_chapters(record: Record) -> tuple[ChapterState, ...]:
    """All chapters of the course with their states and their places."""
    return tuple(map(_with_links, course_state(course_here(), record)))


def _chapter_here(states: tuple[ChapterState, ...]) -> str:
    """The chapter whose folder is the working folder; empty if it is none of them."""
    here = Path.cwd().name
    return here if any(state.name == here for state in states) else ""


def link_to(path: Path) -> str:
    """The way from the notebook to a file; empty if there is none, as to another drive."""
    try:
        return quote(Path(os.path.relpath(path)).as_posix())
    except ValueError:
        return ""


def _with_links(state: ChapterState) -> ChapterState:
    """A chapter with its notebook's place, if it lies where `my_ann.py` does."""
    notebook = home() / state.name / f"{state.name}.ipynb"
    href = link_to(notebook) if notebook.is_file() else ""
    if not href:
        return state
    # JupyterLab knows a cell by its id.
    exercises = (replace(e, href=f"{href}#cell-id={e.id}_task") for e in state.exercises)
    return replace(state, href=href, exercises=tuple(exercises))
