"""The little Markdown that tasks, hints and explanations use, as HTML.

Paragraphs, bullet and numbered lists, fenced code, `code`, **bold** and *emphasis*; formulas
between dollar signs are left for the notebook's typesetter. A notebook renders the chapter's own
Markdown itself; this is for text inside a card.

Not here: the card around it (`card`); tables, links and headings, which cards do without.
"""

import re
from html import escape

MONOSPACE = "font-family:monospace"
PRE = f"{MONOSPACE};white-space:pre;overflow-x:auto;margin:0.3em 0;line-height:1.35"
# Wrapped as cells are, but between words: JupyterLab would break a number in two.
WRAPPED = PRE.replace("white-space:pre;", "white-space:pre-wrap;word-break:normal;")

# Code and formulas first: nothing inside them is emphasis.
_INLINE = re.compile(
    r"(?P<code>`[^`\n]+`)|(?P<math>\$\$[^$]+\$\$|\$[^$\s](?:[^$\n]*[^$\s])?\$)"
    r"|\*\*(?P<bold>[^*\n]+)\*\*|(?<![\w*])\*(?P<emphasis>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])"
)
_BULLET = re.compile(r"^\s*(?:[-*•]|(?P<number>\d+)[.)])\s+")
_FENCE = re.compile(r"^`{3}[^\n]*\n(.*?)^`{3}\s*$", re.MULTILINE | re.DOTALL)


def inline_html(text: str) -> str:
    """Return one run of Markdown as HTML without block elements."""
    parts, end = [], 0
    for found in _INLINE.finditer(text):
        parts.append(escape(text[end : found.start()], quote=False))
        parts.append(_marked_up(found))
        end = found.end()
    parts.append(escape(text[end:], quote=False))
    return "".join(parts)


def _marked_up(found: re.Match[str]) -> str:
    if found["code"]:
        return f'<code style="{MONOSPACE}">{escape(found["code"][1:-1])}</code>'
    if found["math"]:
        return escape(found["math"], quote=False)
    if found["bold"]:
        return f"<b>{inline_html(found['bold'])}</b>"
    return f"<i>{inline_html(found['emphasis'])}</i>"


def prose_html(text: str, label: str = "") -> str:
    """Return Markdown as HTML blocks.

    Args:
        text: the Markdown.
        label: a few words set in bold at the beginning of the first paragraph.
    """
    lead = f"<b>{escape(label)}</b> " if label else ""
    blocks = [_block_html(kind, body) for kind, body in _blocks(text.strip())]
    if not lead:
        return "".join(blocks)
    if blocks and blocks[0].startswith("<p"):
        opening, rest = blocks[0].split(">", 1)
        return "".join([f"{opening}>{lead}{rest}", *blocks[1:]])
    return "".join([f'<p style="margin:0.35em 0">{lead}</p>', *blocks])


def _blocks(text: str) -> list[tuple[str, str]]:
    """Cut Markdown into ("code", …) and ("text", …) blocks."""
    blocks: list[tuple[str, str]] = []
    for number, piece in enumerate(_FENCE.split(text)):
        if number % 2:
            blocks.append(("code", piece.rstrip("\n")))
        else:
            blocks += [("text", part) for part in re.split(r"\n\s*\n", piece) if part.strip()]
    return blocks


def _block_html(kind: str, body: str) -> str:
    if kind == "code":
        return code_html(body)
    lines = body.strip("\n").splitlines()
    if all(line.startswith("    ") for line in lines):
        return code_html("\n".join(line[4:] for line in lines))
    first_item = next((i for i, line in enumerate(lines) if _begins_list(line, i)), len(lines))
    html = ""
    if first_item:
        html = f'<p style="margin:0.35em 0">{inline_html(_joined(lines[:first_item]))}</p>'
    return html + _list_html(lines[first_item:])


def _begins_list(line: str, place: int) -> bool:
    """Below a line of prose only the number 1 begins a list, as in a notebook's own Markdown."""
    found = _BULLET.match(line)
    return found is not None and (place == 0 or found["number"] in (None, "1"))


def _list_html(lines: list[str]) -> str:
    items: list[list[str]] = []
    for line in lines:
        if _BULLET.match(line):
            items.append([_BULLET.sub("", line)])
        else:
            items[-1].append(line)
    if not items:
        return ""
    found = _BULLET.match(lines[0])
    tag = "ol" if found and found["number"] else "ul"
    inner = "".join(f"<li>{inline_html(_joined(item))}</li>" for item in items)
    return f'<{tag} style="margin:0.35em 0;padding-left:1.6em">{inner}</{tag}>'


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def code_html(code: str) -> str:
    """Return code as a block; a line too long for the card is wrapped."""
    return f'<pre style="{WRAPPED}">{escape(code, quote=False)}</pre>'
