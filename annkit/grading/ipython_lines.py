"""Lines that only IPython understands, for whoever has to know all that a cell does.

`%time x = 1` runs Python, `%matplotlib inline` changes nothing an answer is made of, and what any
other magic does cannot be read from the text.

Not here: reading cells where that does not matter (`needed`).
"""

import ast
import re

# Lines for IPython that change nothing an answer is made of, and those that run what follows.
_IDLE = re.compile(
    r"\s*(!|%(matplotlib|config|load_ext|autoreload|precision|pip|conda)\b)|.*\?\s*$"
)
_RUNS = re.compile(r"^(\s*)%(?:time|timeit)\s+(?=[^-\s])")
_MAGIC = re.compile(r"\s*([\w, ]+=\s*)?[%!]")
_READ_THROUGH = re.compile(r"\s*%%(time|capture)\b")


def as_python(source: str) -> tuple[str, int]:
    """A cell's text with what IPython would run as Python, and a line that stays hidden, or 0."""
    try:
        ast.parse(source)
        return source, 0
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    lines = [_RUNS.sub(r"\1", line) for line in source.splitlines()]
    for number, line in enumerate(lines, 1):
        is_idle = _IDLE.match(line) or (number == 1 and _READ_THROUGH.match(line))
        if not is_idle and _MAGIC.match(line):
            return "\n".join(lines), number
    return "\n".join(lines), 0
