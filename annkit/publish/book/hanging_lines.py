"""Lines of code as boxes, so that what a narrow page wraps hangs below its line.

What Python means by a line's beginning is still seen where the line is too long for the page.
Sphinx's own code is set so, and code in cards.

Not here: how far it hangs (style.css).
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pygments.formatters.html import HtmlFormatter

from annkit.show.cards.prose import WRAPPED

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_CARDS_CODE = re.compile(rf'(?<=<pre style="{re.escape(WRAPPED)}">).*?(?=</pre>)', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MODULE = re.compile(r'(?<=<span class="nn">)[^<]+')
_PART = re.compile(r"(?P<tag><[^>]*>)(?P<text>[^<]+)")
# Strings and comments are broken between their words.
_WORDS = re.compile(r'<span class="(?:s|c)')
_OPENING = re.compile(r"[(\[{](?![)\]}\s])")


class HangingLines(HtmlFormatter[str]):
    """HTML of code, a `<span class="line">` for each line, which knows its indentation."""

    def wrap(self, source: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """Put each line of code into its box, and all of them into the usual ones."""
        lines = ((kind, _boxed(line) if kind else line) for kind, line in source)
        yield from super().wrap(lines)  # type: ignore[no-untyped-call]


def hung(html: str) -> str:
    """HTML of cards, each line of its code in a box."""
    return _CARDS_CODE.sub(
        lambda code: "".join(map(_boxed, code[0].splitlines(keepends=True))), html
    )


def _boxed(line: str) -> str:
    text = _TAG.sub("", line)
    indentation = len(text) - len(text.lstrip(" "))
    # Where one must, one breaks a module's name between its parts, code behind a dot or a bracket.
    line = _MODULE.sub(lambda name: name[0].replace(".", ".<wbr>"), line)
    line = _PART.sub(_breakable, line)
    return f'<span class="line" style="--indentation: {indentation}ch">{line}</span>'


def _breakable(part: "re.Match[str]") -> str:
    tag, text = part["tag"], part["text"]
    if text == ".":
        return f"{tag}.<wbr>"
    return tag + (text if _WORDS.match(tag) else _OPENING.sub(r"\g<0><wbr>", text))


def setup(app: "Sphinx") -> dict[str, bool]:
    """Tell Sphinx."""
    from sphinx.highlighting import PygmentsBridge

    PygmentsBridge.html_formatter = HangingLines
    return {"parallel_read_safe": True, "parallel_write_safe": True}
