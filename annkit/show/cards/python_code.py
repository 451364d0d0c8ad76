"""Python source as HTML with a little emphasis: keywords bold, comments and docstrings pale.

No colours: pale text reads on white and on black.

Not here: code blocks in general (`prose`).
"""

import io
import keyword
import token
import tokenize
from html import escape

from annkit.show.cards.prose import PRE

PALE = "opacity:0.7"


def python_html(source: str) -> str:
    """Return Python source as a `<pre>`; source that is not Python comes without emphasis."""
    try:
        body = _emphasised(source)
    except (tokenize.TokenError, SyntaxError):
        body = escape(source, quote=False)
    return f'<pre style="{PRE}">{body}</pre>'


def _emphasised(source: str) -> str:
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    parts, end = [], 0
    for found in tokenize.generate_tokens(io.StringIO(source).readline):
        first, last = (starts[row - 1] + column for row, column in (found.start, found.end))
        if first < end or not found.string.strip():
            continue
        parts += [escape(source[end:first], quote=False), _token_html(found)]
        end = last
    return "".join(parts) + escape(source[end:], quote=False)


def _token_html(found: tokenize.TokenInfo) -> str:
    text = escape(found.string, quote=False)
    if found.type == token.NAME and keyword.iskeyword(found.string):
        return f"<b>{text}</b>"
    if found.type == tokenize.COMMENT or text.startswith('"""'):
        return f'<span style="{PALE}">{text}</span>'
    return text
