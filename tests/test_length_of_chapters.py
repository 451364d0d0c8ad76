"""A chapter is short enough for an evening, and says where to stop for the day.

Counted are words of prose: Markdown cells without code, formulas, tables and folds; tasks are not
part of a chapter's own cells.

Not here: what a chapter says (the author cells of each chapter).
"""

import re
from pathlib import Path

import pytest

from annkit.exercises.tasks.catalogue import course
from annkit.publish.chapters import Chapter, SourceCell, read_chapter

MOST_WORDS = 4000
MOST_CELLS = 45  # of the last chapters; those before were written to another measure
REST = "**A good place to stop"
NO_PROSE = (
    r"(?s)<details>.*?</details>",  # folds
    r"(?s)```.*?```",
    r"(?s)\$\$.*?\$\$",
    r"\$[^$]*\$",
    r"`[^`]*`",
    r"(?m)^>? *\|.*$",  # tables
    r"\]\([^)]*\)",  # where links lead
)
WORD = re.compile(r"\w[\w’'\-]*")
CHAPTERS = list(course().chapters)


def read(name: str) -> Chapter:
    """The chapter of this name."""
    return read_chapter(course().root / name / "chapter.py")


def prose(chapter: Chapter) -> str:
    """All that a chapter tells in running text."""
    text = "\n\n".join(cell.source for cell in chapter.cells if cell.kind == "markdown")
    for pattern in NO_PROSE:
        text = re.sub(pattern, " ", text)
    return text


def n_words(text: str) -> int:
    return len(WORD.findall(text))


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_is_an_evening_long_and_has_a_place_to_stop_near_its_middle(name: str) -> None:
    chapter = read(name)
    before, after = prose(chapter).split(REST)
    assert n_words(before + after) <= MOST_WORDS
    assert 0.3 < n_words(before) / n_words(before + after) < 0.7
    cells = [cell for cell in chapter.cells if not cell.for_authors and not chapter.placed(cell)]
    assert len(cells) <= MOST_CELLS or name not in CHAPTERS[-3:]


def test_only_running_text_is_counted() -> None:
    text = "One *two* $x = 1$ `three` [four](five.ipynb).\n\n| six |\n|---|\n\n"
    text += "<details><summary>seven</summary>\n\neight\n\n</details>\n\n$$\ny\n$$\n"
    made = Chapter(Path("chapter.py"), (SourceCell("markdown", text, 1),))
    assert prose(made).split() == ["One", "*two*", "[four", "."]
    assert n_words(prose(made)) == 3
