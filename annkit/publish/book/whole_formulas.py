"""What Sphinx keeps whole at the end of a line: a short formula, and a number with its unit.

A formula isn't parted from a bracket before it or a full stop behind it, a number not within its
thousands.

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
_UNITS = "%|°C|m²|m|km|g|kg|s|ms|mV|kW|kB|MB|px|points?"
_IN_A_NUMBER = re.compile(rf"(?<=\d) (?=(?:\d{{3}}|{_UNITS})(?!\w))")
_CODE = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)


def keep_numbers_whole(app: Sphinx, document: nodes.document) -> None:
    """Put spaces that no line ends at between a number's thousands, and before its unit."""
    for text in list(document.findall(nodes.Text)):
        whole = _IN_A_NUMBER.sub("\N{NO-BREAK SPACE}", text)
        if whole != text and not isinstance(text.parent, _CODE):
            text.parent.replace(text, nodes.Text(whole))


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
    app.connect("doctree-read", keep_numbers_whole)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
