"""Each chapter from the first on draws something with what the learner has written before.

Not here: that a solved notebook draws it with the learner's own (tests/test_course_notebooks.py).
"""

import ast
from functools import cache

import pytest

from annkit.exercises.tasks.catalogue import course
from annkit.publish.chapters import read_chapter

CHAPTERS = list(course().chapters)


@cache
def statements(name: str) -> list[ast.AST]:
    """What the code of a chapter consists of, cell by cell."""
    cells = read_chapter(course().root / name / "chapter.py").cells
    code = [cell.source for cell in cells if cell.kind == "code" and not cell.for_authors]
    return [node for source in code for node in ast.walk(ast.parse(source))]


@pytest.mark.parametrize("name", CHAPTERS[1:])
def test_a_picture_is_made_with_what_was_written_before_it(name: str) -> None:
    exercises = {id for ids in course().chapters.values() for id in ids}
    written: set[str] = set()
    made_with: set[str] = set()
    for chapter in CHAPTERS[: CHAPTERS.index(name) + 1]:
        for node in statements(chapter):
            if isinstance(node, ast.ImportFrom) and node.module in exercises:
                written |= {alias.name for alias in node.names}
            called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and called == "with_own" and chapter == name:
                names = {word.arg for word in node.keywords if word.arg}
                assert names <= written, names - written
                made_with |= names
    assert made_with
