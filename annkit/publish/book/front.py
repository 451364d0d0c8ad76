"""The first page: what the course is, and the map of its chapters.

Not here: the text around the map, which is the file index.md beside this one.
"""

import re
from collections.abc import Mapping
from pathlib import Path

_TEMPLATE = Path(__file__).with_name("index.md")
_TITLE = re.compile(r"# (?:\d+ · )?(.+)")
_MINUTES = re.compile(r"About (\d+) minutes of reading, and (\d+) for the exercises")
_BUILDS_ON = re.compile(r"\]\(\.\./(ch(\d\d)_\w+)/")


def front_page(openings: Mapping[str, str]) -> str:
    """The first page in MyST Markdown.

    Args:
        openings: chapter → the Markdown of its first cell, in the order of the course.
    """
    places = "\n".join(_place(name, opening) for name, opening in openings.items())
    return _TEMPLATE.read_text(encoding="utf-8").format(
        chapters=f"```{{container}} chapter-map\n{places}\n```",
        pages="\n".join(f"chapters/{name}" for name in openings),
    )


def _place(name: str, opening: str) -> str:
    """A chapter's place on the map: its title, the time it takes, what it builds on."""
    title = _TITLE.match(opening)
    heading = f"{int(name[2:4])} · {title[1] if title else name}"
    lines = [f"- [{heading}](chapters/{name}.ipynb)"]
    if minutes := _MINUTES.search(" ".join(opening.split())):
        lines += ["", f"  {minutes[1]} minutes of reading, {minutes[2]} of exercises"]
    if before := dict(_BUILDS_ON.findall(opening)):
        links = (f"[{int(number)}](chapters/{one}.ipynb)" for one, number in before.items())
        lines += ["", f"  builds on {', '.join(links)}"]
    return "\n".join([*lines, ""])
