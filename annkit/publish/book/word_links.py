"""Sphinx's part of the glossary: the first mention of a word on a page becomes a link to it.

Not here: which words (`glossary`).
"""

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

# Text in these is left alone.
_APART = (
    nodes.FixedTextElement,
    nodes.Inline,
    nodes.math_block,
    nodes.raw,
    nodes.rubric,
    nodes.table,
    nodes.title,
)
# Nor does the title of a paper define a word.
_REFERENCES = "<summary>References</summary>"
# But text that is only stressed is text.
_STRESSED = (nodes.emphasis, nodes.strong)


def link_words(app: Sphinx, document: nodes.document) -> None:
    """Link the first mention of each word that a page is given in `annkit_words`."""
    page = app.env.docname
    left = dict(app.config.annkit_words.get(page, {}))
    in_references = False
    for text in list(document.findall(nodes.Text)):
        if isinstance(text.parent, nodes.raw):  # a fold opens, or ends
            in_references = _REFERENCES in text.astext()
        if left and not in_references and not _is_apart(text):
            text.parent.replace(text, list(_linked(text.astext(), left, page)))


def _is_apart(text: nodes.Text) -> bool:
    """Whether a text stands in something that takes no link."""
    node: Any = text.parent
    while node is not None:
        if isinstance(node, _APART) and not isinstance(node, _STRESSED):
            return True
        node = node.parent
    return False


def _linked(text: str, left: dict[str, str], page: str) -> Iterator[nodes.Node]:
    """A text in parts, each first mention a link; what was linked is taken out of `left`."""
    while left:
        longest = sorted(left, key=len, reverse=True)
        pattern = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
        found = re.search(rf"(?<![\w-])(?P<word>{pattern})(?:s|es)?(?![\w-])", text, re.IGNORECASE)
        if found is None:
            break
        word = next(one for one in left if one.lower() == " ".join(found["word"].lower().split()))
        target = left.pop(word)
        link = addnodes.pending_xref(
            "",
            nodes.inline("", found[0]),
            refdomain="std",
            reftype="term",
            reftarget=target,
            refexplicit=True,
            refwarn=True,
            refdoc=page,
        )
        # Two words of one entry lead to one place: one link will do.
        for other in [one for one, place in left.items() if place == target]:
            del left[other]
        if found.start():
            yield nodes.Text(text[: found.start()])
        yield link
        text = text[found.end() :]
    if text:
        yield nodes.Text(text)


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx."""
    app.add_config_value("annkit_words", {}, "env", dict)
    app.connect("doctree-read", link_words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
