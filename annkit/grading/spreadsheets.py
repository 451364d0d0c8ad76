"""Text for a table that spreadsheets open: shown, and never computed.

A field that begins like a formula gets an apostrophe in front. Which sign parts fields is the
reader's locale, and quotes count only where it is the writer's sign as well: so what follows any
such sign is treated like the beginning of a field.

Not here: which tables there are (`books.export_csv`, `intake.handed_in`).
"""

import re

# With the forms that some programs read as the ordinary signs: full-width, small, raised, lowered.
_SIGNS = "=+@\uff1d\ufe66\u207c\u208c\uff0b\ufe62\u207a\u208a\uff20\ufe6b"
_SIGNS += "\\-\uff0d\ufe63\u207b\u208b\u2212"
# What a program may pass over in front of them: control characters, and those that only say how
# others are written.
_UNSEEN = (
    "\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_BEGINS = re.compile(rf"(^|[;,|])(?=[\s\"{_UNSEEN}]*[{_SIGNS}])")


def as_text(value: object) -> object:
    """A field that stays what it is in a spreadsheet; numbers are left as they are.

    Example:
        >>> as_text("x;=HYPERLINK(1)")
        "x;'=HYPERLINK(1)"
    """
    if not isinstance(value, str):
        return value
    # A line break or a tab would part fields, quoted or not.
    return _BEGINS.sub(r"\1'", " ".join(value.replace("\t", " ").splitlines()))
