"""What a learner wrote or showed, made harmless for the feedback page and the teacher's view.

nbgrader's feedback page passes Markdown on as it is, HTML and all, and puts pictures into the
page unchecked; fences called mermaid are drawn by a script. So learners' Markdown loses HTML tags,
links, such fences and MathJax commands that act, and of their outputs only plain text and pictures
that are pictures are kept.

Not here: the notebook they are shown in (`graded_notebook`).
"""

import base64
import binascii
import html
import re
from collections.abc import Iterable
from typing import Any

from annkit.grading.rebuild.notebook import text

MAX_TEXT = 20_000
MAX_PICTURES = 2 * 2**20
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_LINK = re.compile(r"\](?=[(\[:])")
_COMMAND = re.compile(
    r"\\(?=(?:href|url|require|unicode|class|cssId|style|data|html\w*|def|gdef|edef|let|csname|"
    r"newcommand|renewcommand|newenvironment|DeclareMathOperator|includegraphics|mmlToken|bbox|"
    r"toggle|mathtip|texttip|tooltip)"
    r"(?![a-zA-Z]))",
    re.IGNORECASE,
)
# Viewers make links of addresses that stand in a text.
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_FENCE = re.compile(r"(`{3,}|~{3,})([^\n]*)")
_MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def clean_markdown(source: str) -> str:
    """Markdown that cannot do anything but be read.

    Example:
        >>> clean_markdown("<b>x < y</b> [here](javascript:alert())")
        '< b>x < y< /b> [here] (javascript:alert())'
    """
    source = _TAG.sub("< ", source)
    source = _LINK.sub("] ", source)
    source = _ADDRESS.sub(r"\g<0> ", source)
    source = _FENCE.sub(_harmless_fence, source)
    return _COMMAND.sub(r"\\ ", source)


def _harmless_fence(fence: re.Match[str]) -> str:
    """A fence whose content no script will draw; names may be written as entities."""
    mark, name = fence.groups()
    plain = html.unescape(name.replace("\\", "")).casefold()
    return f"{mark}text" if "mermaid" in plain else f"{mark}{name}"


def clean_outputs(outputs: Iterable[Any]) -> list[dict[str, Any]]:
    """The outputs that may be shown, in nbformat's form: plain text, PNG, JPEG, error texts."""
    left_text, left_pictures = MAX_TEXT, MAX_PICTURES
    kept = []
    for output in outputs:
        if not isinstance(output, dict):
            continue
        data = output.get("data")
        picture = _picture(data, left_pictures) if isinstance(data, dict) else None
        if picture is not None:
            left_pictures -= sum(map(len, picture.values()))
            kept.append({"output_type": "display_data", "metadata": {}, "data": picture})
            continue
        words = _words(output)[:left_text]
        if words:
            left_text -= len(words)
            kept.append(stream(words))
    return kept


def stream(words: str) -> dict[str, Any]:
    """An output of plain text."""
    return {"output_type": "stream", "name": "stdout", "text": words}


def _words(output: dict[str, Any]) -> str:
    if output.get("output_type") == "error":
        return f"{text(output.get('ename'))[:200]}: {text(output.get('evalue'))[:2000]}\n"
    data = output.get("data")
    words = text(data.get("text/plain") if isinstance(data, dict) else output.get("text"))
    return words if not words or words.endswith("\n") else words + "\n"


def _picture(data: dict[Any, Any], left: int) -> dict[str, str] | None:
    """The first picture of an output that is really one and fits."""
    for kind, magic in _MAGIC.items():
        encoded = data.get(kind)
        if isinstance(encoded, list):
            encoded = text(encoded)
        if not isinstance(encoded, str) or len(encoded) > left:
            continue
        try:
            picture = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        if picture.startswith(magic):
            return {kind: base64.b64encode(picture).decode("ascii")}
    return None
