"""Sphinx's part of formulas: a short one in a sentence is not broken at the end of a line.

Nor is it parted from a bracket before it or a full stop behind it.

Not here: how they are set (`settings`).
"""

import re

from docutils import nodes
from sphinx.application import Sphinx

WHOLE = "whole"  # what style.css calls them
_SIGNS = 14  # at most, about as wide as a long word
_COMMAND = re.compile(r"\\[A-Za-z]+|\\.")
_SILENT = re.compile(r"[\s{}^_]")
_BEFORE = re.compile(r"[^\s\w]*\Z")
_BEHIND = re.compile(r"\A[^\s\w]*")


def keep_short_ones_whole(app: Sphinx, document: nodes.document) -> None:
    """Put each short formula, with the signs that touch it, into a box that isn't broken."""
    for formula in list(document.findall(nodes.math)):
        if len(_SILENT.sub("", _COMMAND.sub("x", formula.astext()))) <= _SIGNS:
            before = _taken(formula, -1, _BEFORE)
            behind = _taken(formula, 1, _BEHIND)
            box = nodes.inline(classes=[WHOLE])
            formula.replace_self(box)
            box += [*before, formula, *behind]


def _taken(formula: nodes.math, step: int, signs: "re.Pattern[str]") -> list[nodes.Text]:
    """The signs at a formula's side, taken out of the text that stands there."""
    place = formula.parent.index(formula) + step
    if not 0 <= place < len(formula.parent):
        return []
    beside = formula.parent[place]
    found = signs.search(beside) if isinstance(beside, nodes.Text) else None
    if found is None or not found[0]:
        return []
    formula.parent[place] = nodes.Text(signs.sub("", beside.astext()))
    return [nodes.Text(found[0])]


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx."""
    app.connect("doctree-read", keep_short_ones_whole)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
