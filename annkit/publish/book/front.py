"""The first page: what the course is, and the map of its chapters.

Not here: what a chapter's first cell says (`annkit.publish.opening`); the text around the map,
which is the file index.md beside this one.
"""

from collections.abc import Mapping
from pathlib import Path

from annkit.publish.opening import read_opening

_TEMPLATE = Path(__file__).with_name("index.md")


def front_page(openings: Mapping[str, str], begin: str) -> str:
    """The first page in MyST Markdown.

    Args:
        openings: chapter → the Markdown of its first cell, in the order of the course.
        begin: HTML to stand above the map.
    """
    places = "\n".join(_place(name, opening) for name, opening in openings.items())
    return _TEMPLATE.read_text(encoding="utf-8").format(
        begin=begin,
        chapters=f"```{{container}} chapter-map\n{places}\n```",
        pages="\n".join(f"chapters/{name}" for name in openings),
    )


def _place(name: str, opening: str) -> str:
    """A chapter's place on the map: its title, the time it takes, what it builds on."""
    chapter = read_opening(opening)
    lines = [f"- [{int(name[2:4])} · {chapter.title or name}](chapters/{name}.ipynb)"]
    if chapter.reading:
        lines += ["", f"  {chapter.reading} min reading · {chapter.exercises} min exercises"]
    if chapter.builds_on:
        links = (f"[{int(one[2:4])}](chapters/{one}.ipynb)" for one in sorted(chapter.builds_on))
        lines += ["", f"  builds on {', '.join(links)}"]
    return "\n".join([*lines, ""])
