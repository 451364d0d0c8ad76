"""The glossary, put together from the tables of words that end the chapters; links to it.

A word is defined once: where it first stands in a table. A chapter's text links the first mention
of each word of its own table.

Not here: the tables, which are the chapters' own; making links in a parsed page (`word_links`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

# The row above the words, whatever a chapter calls the third column.
_HEAD = re.compile(r"^\| English \| [^|]+ \|[^|]*\|$")
_ROW = re.compile(r"^\| (?P<words>[^|]+) \| (?P<chinese>[^|]+) \| (?P<meaning>.+) \|$")
_LAST_BRACKET = re.compile(r"^(?P<rest>.+) \((?P<inner>[^)]+)\)$")
_BRACKET = re.compile(r" \([^)]+\)")
_HEADING = """# Glossary

The words of the course: what each means where it first comes up, the same in Chinese, and the
chapters that have it in their lists."""
_CHINESE_BREAK = re.compile(r"[，、,]\s*")


@dataclass(frozen=True)
class WordRow:
    """A row of a chapter's table.

    Attributes:
        words: its words, the ones in brackets included: `("rectified linear unit", "ReLU")`.
        chinese: the same in Chinese, as it stands there.
        meaning: Markdown.
    """

    words: tuple[str, ...]
    chinese: str
    meaning: str


@dataclass
class Word:
    """A word, or several with one meaning, and the chapters that have it in their tables."""

    words: tuple[str, ...]
    chinese: str
    meaning: str
    chapters: list[str]


def rows(markdown: str) -> Iterator[WordRow]:
    """The rows of the table of words in a text, if it has one."""
    lines = iter(markdown.splitlines())
    if not any(_HEAD.match(line) for line in lines):
        return
    next(lines)
    for line in lines:
        found = _ROW.match(line)
        if found is None:
            return
        yield WordRow(_words(found["words"]), found["chinese"], found["meaning"])


def entries(tables: Mapping[str, list[WordRow]]) -> list[Word]:
    """Every word once, with the meaning it is first given, in alphabetical order.

    Args:
        tables: chapter → its rows, in the order of the course.
    """
    known: dict[str, Word] = {}
    for chapter, table in tables.items():
        for row in table:
            new = tuple(word for word in row.words if word.lower() not in known)
            if new:
                entry = Word(new, _chinese(row, new), row.meaning, [])
                known |= {word.lower(): entry for word in new}
            for word in row.words:
                place = known[word.lower()].chapters
                if chapter not in place:
                    place.append(chapter)
    unique = {id(entry): entry for entry in known.values()}
    return sorted(unique.values(), key=lambda entry: entry.words[0].lower())


def page(words: list[Word]) -> str:
    """The glossary as a page in MyST Markdown."""
    blocks = []
    for entry in words:
        places = ", ".join(f"[{int(name[2:4])}](chapters/{name}.ipynb)" for name in entry.chapters)
        chapters = f"chapter {places}" if len(entry.chapters) == 1 else f"chapters {places}"
        chinese = f'<span lang="zh-Hans">{escape(entry.chinese)}</span>'
        text = f"  {entry.meaning}\n\n  {chinese} · {chapters}"
        blocks.append("\n".join([*entry.words, text]))
    listed = "\n\n".join(blocks)
    return f"{_HEADING}\n\n```{{glossary}}\n{listed}\n```\n"


def links(tables: Mapping[str, list[WordRow]], words: list[Word]) -> dict[str, dict[str, str]]:
    """Which words of a chapter's text lead where.

    Args:
        tables: chapter → its rows.
        words: the entries made of them.

    Returns:
        page → word → the entry's first word.
    """
    head = {word.lower(): entry.words[0] for entry in words for word in entry.words}
    return {
        f"chapters/{name}": {word: head[word.lower()] for row in table for word in row.words}
        for name, table in tables.items()
    }


def _words(cell: str) -> tuple[str, ...]:
    """The words of a table's first cell.

    >>> _words("rectified linear unit (ReLU)"), _words("to standardise")
    (('rectified linear unit', 'ReLU'), ('standardise',))
    >>> _words("dense (fully connected) network")
    ('dense network',)
    """
    words: list[str] = []
    for part in cell.split(", "):
        found = _LAST_BRACKET.match(part)
        both = (found["rest"], found["inner"]) if found else (part,)
        words += [_BRACKET.sub("", word).removeprefix("to ") for word in both]
    return tuple(words)


def _chinese(row: WordRow, new: tuple[str, ...]) -> str:
    """The Chinese of those words of a row that are new, where it can be told apart."""
    parts = _CHINESE_BREAK.split(row.chinese)
    if len(parts) != len(row.words):
        return row.chinese
    return "，".join(part for part, word in zip(parts, row.words, strict=True) if word in new)
