"""Python source as HTML with a little emphasis: keywords bold, comments and docstrings pale.

No colours: pale text reads on white and on black. A line too long for the card is wrapped.

Not here: code blocks in general (`prose`).
"""

from html import escape
from typing import Any

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Operator, String

from annkit.show.cards.prose import WRAPPED

PALE = "opacity:0.7"


def python_html(source: str) -> str:
    """Return Python source as a `<pre>`; what is no Python comes without emphasis."""
    tokens = PythonLexer(stripnl=False, ensurenl=False).get_tokens(source)
    return (
        f'<pre style="{WRAPPED}">{"".join(_token_html(kind, text) for kind, text in tokens)}</pre>'
    )


def _token_html(kind: Any, text: str) -> str:
    text = escape(text, quote=False)
    if kind in Keyword or kind is Operator.Word:
        return f"<b>{text}</b>"
    if kind in Comment or kind is String.Doc:
        # No element goes on in the next line: a page may set each line for itself.
        return "\n".join(f'<span style="{PALE}">{line}</span>' for line in text.split("\n"))
    return text
