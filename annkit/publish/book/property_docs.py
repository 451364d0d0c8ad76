"""Sphinx's part of the reference: what a property's docstring says before a colon is text.

Napoleon would take "The letters of all options: abcd" for a type and its description.

Not here: which pages there are (`reference`).
"""

from typing import Any

from sphinx.application import Sphinx

_BEFORE_NAPOLEON = 400
_NOTHING = "\\ "  # of an escaped space docutils leaves nothing; an empty line would be skipped


def keep_first_line(app: Sphinx, what: str, *rest: Any) -> None:
    """Begin a property's docstring with a line of nothing: in the first one a type is sought."""
    lines: list[str] = rest[-1]
    if what == "property":
        lines.insert(0, _NOTHING)


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx."""
    app.connect("autodoc-process-docstring", keep_first_line, priority=_BEFORE_NAPOLEON)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
