"""The course at a glance: what every exercise is called, what it is, and what it is worth.

To say so, an exercise's file would have to be loaded, and with it NumPy, pictures and much else;
for the whole course that takes seconds on a slow machine. So publishing writes it down in
`index.json` beside the chapters. A chapter's part of it counts only as long as the lines that say
these things are those it was made from: where it is missing or older, the files are loaded. All
else in a file may change without the index.

Not here: the exercises themselves (`catalogue`), writing the file (`annkit.publish`).
"""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

FILE_NAME = "index.json"

# The lines of a chapter, and of an exercise's file, that an index is made from.
_TELLING = re.compile(
    rb"^(?:# # .+|from (\w+) import \1\b|exercise = \w+|    (?:id|title|points)=.+)", re.MULTILINE
)
_HEADING = re.compile(r"^# # (?:\d+ · )?(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class IndexEntry:
    """An exercise as the index has it.

    Attributes:
        id: the exercise.
        title: its title.
        points: what it is worth; 0 for a question that only recalls.
        kind: "exercise", "question" or "explanation".
    """

    id: str
    title: str
    points: float
    kind: str


@dataclass(frozen=True)
class IndexedChapter:
    """A chapter as the index has it: its title, and its exercises in their order."""

    title: str
    entries: tuple[IndexEntry, ...]


def digest(files: Iterable[tuple[str, bytes]]) -> int:
    """One number for what a chapter's files, (name, content), say of titles, points and order.

    It is to notice an edit, not to withstand anybody.
    """
    number = 0
    for name, content in sorted(files):
        lines = [found[0].rstrip() for found in _TELLING.finditer(content)]
        number = zlib.crc32(b"\n".join([name.encode(), *lines]), number)
    return number


def files_of(folder: Path) -> list[tuple[str, bytes]]:
    """The files that a chapter is made of: (name, content)."""
    return [(path.name, path.read_bytes()) for path in folder.glob("*.py")]


def heading(source: str) -> str:
    """The title in a `chapter.py`, without the chapter's number; empty if it has none."""
    found = _HEADING.search(source)
    return found[1].strip() if found else ""


def to_bytes(chapters: Mapping[str, tuple[int, IndexedChapter]]) -> bytes:
    """The file: name of a chapter → digest of its files, and the chapter; an exercise a line."""
    parts = []
    for name, (number, chapter) in chapters.items():
        rows = ",\n".join(
            "  " + json.dumps(astuple(entry), ensure_ascii=False) for entry in chapter.entries
        )
        title = json.dumps(chapter.title, ensure_ascii=False)
        parts.append(f'"{name}": [{number}, {title}, [\n{rows}\n]]')
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def read_index(root: Path) -> dict[str, tuple[int, IndexedChapter]]:
    """The index beside a course's chapters, as `to_bytes` takes it; empty if there is none."""
    try:
        content = json.loads((root / FILE_NAME).read_bytes())
        return {
            name: (number, IndexedChapter(title, tuple(IndexEntry(*row) for row in rows)))
            for name, (number, title, rows) in content.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
