"""What the README tells of the chapters, and how one gets to them, written from their own data.

Two parts of it are made: the ways in, which depend on where the repository is, and the table of
chapters. The rest is written by hand.

Not here: what a chapter's first cell says (`opening`), links (`annkit.address`).
"""

import re
from collections.abc import Mapping
from pathlib import Path

from annkit.address import Repository, in_browser, notebook, repository
from annkit.distribution import NAME
from annkit.exercises.tasks.catalogue import Catalogue
from annkit.files import write
from annkit.publish.chapters import read_chapter
from annkit.publish.opening import Opening, read_opening

_FILE = "README.md"
_FIRST = "ch00_welcome"
_PART = re.compile(
    r"(<!-- made by `make build`: (\w[\w ]*) -->\n).*?(\n<!-- to here -->)", re.DOTALL
)
_BADGE = "https://mybinder.org/badge_logo.svg"


def refresh_readme(catalogue: Catalogue, *, write_it: bool = True) -> list[Path]:
    """Bring the made parts of the README beside a course up to date, or only look.

    Args:
        catalogue: the course.
        write_it: whether to write.

    Returns:
        The README, if there is one and it was not what it ought to be.
    """
    path = catalogue.root.parent / _FILE
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    parts = {
        "the ways in": ways_in(repository()),
        "the chapters": chapter_table(openings(catalogue)),
    }
    made = _PART.sub(lambda match: f"{match[1]}\n{parts[match[2]]}\n{match[3]}", text)
    if made == text:
        return []
    if write_it:
        write(path, made.encode())
    return [path]


def openings(catalogue: Catalogue) -> dict[str, Opening]:
    """Chapter → what its first cell says of it, in the order of the course."""
    found = {}
    for chapter in catalogue.chapters:
        cells = read_chapter(catalogue.folder(chapter) / "chapter.py").cells
        found[chapter] = read_opening(next((c.source for c in cells if c.kind == "markdown"), ""))
    return found


def chapter_table(chapters: Mapping[str, Opening]) -> str:
    """A table of the chapters: title, hours, what each builds on."""
    lines = ["| chapter | hours | builds on |", "|---|---|---|"]
    for name, chapter in chapters.items():
        before = ", ".join(str(int(one[2:4])) for one in sorted(chapter.builds_on)) or "–"
        link = f"[{int(name[2:4])} · {chapter.title}]({notebook(name)})"
        lines.append(f"| {link} | {_hours(chapter.reading + chapter.exercises)} | {before} |")
    reading = sum(chapter.reading for chapter in chapters.values())
    exercises = sum(chapter.exercises for chapter in chapters.values())
    total = f"{_hours(reading)} hours of reading and {_hours(exercises)} of exercises in all."
    return "\n".join([*lines, "", total])


def ways_in(place: Repository | None) -> str:
    """How one reads, tries and installs the course; what needs an address is left out without one.

    Args:
        place: where the repository is; None while that is not known.
    """
    ways = [_read_and_try(place.site if place else None), _install(place)]
    if place is not None:
        welcome = place.binder(notebook(_FIRST))
        ways[0] += (
            f"\n   Or on a server that forgets it when you leave, [![Open in Binder]({_BADGE})]"
            f"({welcome}): [take home what you do there](#on-a-borrowed-server)."
        )
    return "\n".join(ways)


def _read_and_try(site: str | None) -> str:
    if site is None:
        return (
            "1. **Read.** In a clone, and with Node.js for its `npm`, `make site` writes the book\n"
            "   in a few minutes: every chapter as a page, its solutions folded. Open\n"
            "   `dist/site/index.html`.\n"
            "2. **Try it in the browser.** The same site holds JupyterLab, and needs no kernel\n"
            "   elsewhere: `python3 -m http.server -d dist/site`, open `localhost:8000`, and\n"
            "   choose *Work on it in the browser*. It is tested in Chromium."
        )
    return (
        f"1. **Read.** [The book]({site}) has every chapter as a page, its solutions folded.\n"
        f"2. **Try it in the browser.** [JupyterLab]({site}{in_browser(_FIRST)}), without a\n"
        "   server; what you do there is kept. It is tested in Chromium."
    )


def _install(place: Repository | None) -> str:
    """The third way; without an address, from a copy of the repository."""
    where, source = "In a clone, with", ".[lab]"
    clone = "With `make`: `make lab` does both, in an environment of its own."
    if place is not None:
        where, source = "With", f"{NAME}[lab] @ {place.requirement}"
        clone = f"Or clone it: `git clone {place.clone}`, and there `make lab`."
    return (
        f"3. **Install.** {where} Python 3.11 or newer, on Linux, macOS or Windows:\n\n"
        f'   ```console\n   pip install "{source}"\n   annkit start\n   ```\n\n   {clone}'
    )


def _hours(minutes: int) -> str:
    """Minutes as hours, to the half.

    Example:
        >>> _hours(140), _hours(1500)
        ('2½', '25')
    """
    halves = max(1, round(minutes / 30))
    whole, half = divmod(halves, 2)
    return f"{whole or ''}{'½' if half else ''}"
