"""What a chapter's first cell says of it: its title, the time it takes, what it builds on.

Not here: where that is shown (`annkit.publish.book.front`, `readme`).
"""

import re
from dataclasses import dataclass

_TITLE = re.compile(r"# (?:\d+ · )?(.+)")
_MINUTES = re.compile(r"About (\d+) minutes of reading, and (\d+) for the exercises")
_BUILDS_ON = re.compile(r"\]\(\.\./(ch\d\d_\w+)/")


@dataclass(frozen=True)
class Opening:
    """What is known of a chapter before it begins.

    Attributes:
        title: without its number; empty if the cell has none.
        reading: minutes; 0 where the chapter does not say.
        exercises: minutes; 0 where the chapter does not say.
        builds_on: the chapters it links to as what comes before.
    """

    title: str
    reading: int
    exercises: int
    builds_on: tuple[str, ...]


def read_opening(text: str) -> Opening:
    """Read a chapter's first cell.

    Args:
        text: its Markdown.
    """
    title = _TITLE.match(text)
    minutes = _MINUTES.search(" ".join(text.split()))
    reading, exercises = map(int, minutes.groups()) if minutes else (0, 0)
    builds_on = tuple(dict.fromkeys(_BUILDS_ON.findall(text)))
    return Opening(title[1] if title else "", reading, exercises, builds_on)
