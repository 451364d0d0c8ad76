"""Lines that only IPython understands: what of a cell is Python, and whether a line hides any.

`%time x = 1` runs Python, `%matplotlib inline` changes nothing an answer is made of, and what any
other magic does cannot be read from the text. In most of these lines IPython evaluates what stands
in braces or after a dollar sign, so such a line hides something whatever it begins with.

Not here: what the Python lines say (`names`).
"""

import ast
import re
import warnings
from functools import lru_cache

# Lines that change nothing an answer is made of, those that run what follows, and calls for help.
_IDLE = re.compile(r"\s*(!|%(matplotlib|load_ext|autoreload|precision|pip|conda)\b|\?)")
_CONFIG = re.compile(
    r"""\s*%config\s+[\w.]+\s*=\s*('[^']*'|"[^"]*"|[\w.]+|[{\[][\w\s'",-]*[}\]])\s*"""
)
_RUNS = re.compile(r"^(\s*)%(?:time|timeit)\s+(?=[^-\s])")
_HELP = re.compile(r"\s*%{0,2}[\w.*]+\?{1,2}\s*")
_MAGIC = re.compile(r"\s*(\w[\w, ]*=\s*)?[%!?]")
_ASSIGNED = re.compile(r"^(\s*\w[\w, ]*=\s*)[%!].*$")
_READ_THROUGH = re.compile(r"\s*%%(time|capture)\b[\w\s-]*")
# A tree takes a hundred times its text: those of texts with more letters are not kept.
_KEPT = 5_000


def plain_python(source: str) -> ast.Module | None:
    """The syntax tree of a cell's Python lines; None if they are none. Line numbers stay.

    Lines for IPython (`%magic`, `!command`, `help?`) are blanked out where Python refuses them.
    Whoever asks again gets the same tree: it is not to be changed.
    """
    return _parsed(source) if len(source) <= _KEPT else _parsed.__wrapped__(source)


@lru_cache(maxsize=512)
def _parsed(source: str) -> ast.Module | None:
    for text in (source, _blanked(source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _blanked(source: str) -> str:
    """A cell's text without what only IPython understands."""
    lines = source.splitlines()
    if lines and lines[0].lstrip().startswith("%%"):
        lines[0] = ""
    lines = [_RUNS.sub(r"\1", line) for line in lines]
    kept = [
        ""
        if line.lstrip().startswith(("%", "!", "?")) or _HELP.fullmatch(line)
        else _ASSIGNED.sub(r"\1None", line)
        for line in lines
    ]
    return "\n".join(kept) + "\n"


def as_python(source: str) -> tuple[str, int]:
    """A cell's text with what IPython would run as Python, and a line that stays hidden, or 0."""
    try:
        ast.parse(source)
        return source, 0
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    lines = [_RUNS.sub(r"\1", line) for line in source.splitlines()]
    for number, line in enumerate(lines, 1):
        is_idle = _is_idle(line) or (number == 1 and _READ_THROUGH.fullmatch(line))
        if not is_idle and _MAGIC.match(line):
            return "\n".join(lines), number
    return "\n".join(lines), 0


def _is_idle(line: str) -> bool:
    if _HELP.fullmatch(line) or _CONFIG.fullmatch(line):
        return True
    return _IDLE.match(line) is not None and not set("{$") & set(line)
