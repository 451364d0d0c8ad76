"""What an author writes becomes what a learner reads.

Texts stand in an exercise's file as raw triple-quoted strings, indented like the code around them
and wrapped at the width of a line. The indentation goes. What a card shows is wrapped by whoever
shows it, so there the lines of a paragraph become one; a task becomes a cell of Markdown, which
keeps its lines, because a notebook's source is read in diffs, too.

Not here: Markdown as HTML (`annkit.show.cards.prose`).
"""

import inspect
import re
from datetime import datetime

_FENCE = "```"
# A line that Markdown does not join to the one above: of a list, a table, a heading, a quotation.
_STARTS_ANEW = re.compile(r"([-*+|>]|#+|1[.)])\s")
# Another number than 1 does so below a numbered item; elsewhere it ends a sentence ("until epoch
# 300. Then …", wrapped before the number).
_NUMBERED = re.compile(r"\d+[.)]\s")


def dedented(text: str) -> str:
    r"""A text without its indentation and the empty lines around it; line breaks stay.

    Example:
        >>> dedented('''First line,
        ...     second line.
        ... ''')
        'First line,\nsecond line.'
    """
    return inspect.cleandoc(text).strip()


def unwrapped(text: str) -> str:
    r"""A text without its indentation, every paragraph and every item of a list in one line.

    Fenced code keeps its lines.

    Example:
        >>> unwrapped('''
        ...     A paragraph of
        ...     two lines.
        ...
        ...     - An item.
        ... ''')
        'A paragraph of two lines.\n\n- An item.'
    """
    lines: list[str] = []
    in_code, goes_on, is_numbered = False, False, False
    for line in dedented(text).splitlines():
        is_fence = line.startswith(_FENCE)
        words = line.strip()
        starts_anew = _STARTS_ANEW.match(words) or (is_numbered and _NUMBERED.match(words))
        if goes_on and words and not is_fence and not starts_anew:
            lines[-1] += f" {words}"
        else:
            lines.append(line)
            is_numbered = bool(_NUMBERED.match(words))
        in_code ^= is_fence
        goes_on = bool(words) and not in_code and not is_fence
    return "\n".join(lines)


def spelled_out(name: str) -> str:
    """The name of a known mistake as words.

    Example:
        >>> spelled_out("sign_flipped"), spelled_out("NamesItsClass")
        ('sign flipped', 'names its class')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()


def first_sentence(text: str) -> str:
    """The first sentence of a text that is one line.

    Example:
        >>> first_sentence("Your step is 0.5 too long. Where does the half come from?")
        'Your step is 0.5 too long.'
    """
    return re.split(r"(?<=[.?!])\s", text, maxsplit=1)[0]


def moment_text(moment: datetime) -> str:
    """A moment as the clock on this wall shows it: "1 December 2026, 23:59"."""
    here = moment.astimezone()
    return f"{here.day} {here:%B %Y, %H:%M}"
