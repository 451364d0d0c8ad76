"""A small table that reads the same in a notebook, in a terminal and aloud.

Not here: numbers in pictures; every picture has its own words.
"""

from collections.abc import Collection, Iterable, Sequence
from html import escape
from numbers import Integral, Real

import numpy as np

CELL = "padding:0.2em 0.8em;border-bottom:1px solid #D9D9D9"
# A text gets room for about so many lines, of so many letters at least and at most.
_LINES = 4
_NARROW, _WIDE = 8, 16


def in_words(value: object, digits: int = 4) -> str:
    """Return a number in a few significant digits with a true minus sign; the rest as it is.

    A count of millions is written out, its thousands apart.
    """
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, Integral) and 1e6 <= abs(int(value)) < 1e12:
        return f"{int(value):,}".replace(",", "\N{NO-BREAK SPACE}").replace("-", "−")
    if isinstance(value, Real):
        number = float(value)
        if number.is_integer() and abs(number) < 1e6:
            number = 0.0 if number == 0 else number  # no "-0"
            return f"{number:.0f}".replace("-", "−")
        return f"{number:.{digits}g}".replace("-", "−")
    return str(value)


def in_percent(share: object, decimals: int = 1) -> str:
    """Return a share in percent, 0.9738 as 97.4 %; what is not a number as it is."""
    if isinstance(share, Real) and not np.isnan(float(share)):
        return f"{100 * float(share):.{decimals}f}\N{NO-BREAK SPACE}%".replace("-", "−")
    return in_words(share)


def power_of_ten(number: float) -> str:
    """Write a number in short: 0.25, 37 or 3.9 · 10⁻⁷."""
    if number == 0 or 1e-3 <= abs(number) < 1e4:
        return f"{number:.3g}".replace("-", "−")
    digits, exponent = f"{number:.1e}".split("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits.replace('-', '−')} · 10{raised}"


class Table:
    """Rows under a header.

    Args:
        rows: cells, row by row; numbers are shortened and set flush right.
        header: names of the columns.
        caption: says what the rows are.
        shares: names of the columns whose numbers are shares, written in percent.
    """

    def __init__(
        self,
        rows: Iterable[Sequence[object]],
        header: Sequence[str],
        caption: str = "",
        shares: Collection[str] = (),
    ) -> None:
        self.header = list(header)
        self.caption = caption
        data = [list(row) for row in rows]
        for number, row in enumerate(data):
            if len(row) != len(self.header):
                raise ValueError(
                    f"row {number}: expected {len(self.header)} cells, one per column of the "
                    f"header, got {len(row)}"
                )
        if unknown := set(shares).difference(header):
            raise ValueError(f"shares: expected names of columns, got {', '.join(unknown)}")
        words = [in_percent if name in shares else in_words for name in self.header]
        self.cells = [[say(v) for say, v in zip(words, row, strict=True)] for row in data]
        self.flush_right = [
            bool(data) and all(isinstance(row[column], Real) for row in data)
            for column in range(len(self.header))
        ]

    def _repr_html_(self) -> str:
        sides = ["right" if right else "left" for right in self.flush_right]
        widths = [
            "" if right else _least_width([row[column] for row in self.cells])
            for column, right in enumerate(self.flush_right)
        ]
        head = "".join(
            f'<th scope="col" style="{CELL};text-align:{side}">{escape(name)}</th>'
            if name
            else "<td></td>"  # over names of rows: a header cell without text has nothing to say
            for name, side in zip(self.header, sides, strict=True)
        )
        body = "".join(
            "<tr>"
            + "".join(
                f'<td style="{CELL};text-align:{side}{width}">{escape(cell)}</td>'
                for cell, side, width in zip(row, sides, widths, strict=True)
            )
            + "</tr>"
            for row in self.cells
        )
        caption = ""
        if self.caption:
            caption = (
                '<caption style="caption-side:top;text-align:left;color:inherit">'
                f"{escape(self.caption)}</caption>"
            )
        return (
            f'<table style="border-collapse:collapse;margin:0.6em 0">{caption}'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __repr__(self) -> str:
        """The table in aligned plain text."""
        lines = [self.header, *self.cells]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.header))]
        text = [self.caption] if self.caption else []
        for number, line in enumerate(lines):
            cells = (
                cell.rjust(width) if right else cell.ljust(width)
                for cell, width, right in zip(line, widths, self.flush_right, strict=True)
            )
            text.append("  ".join(cells).rstrip())
            if number == 0:
                text.append("  ".join("─" * width for width in widths))
        return "\n".join(text)


def _least_width(texts: Sequence[str]) -> str:
    """The style of a column that a narrow page doesn't squeeze to a word a line."""
    longest = max(map(len, texts), default=0)
    letters = min(max(_NARROW, longest // _LINES), _WIDE)
    return f";min-width:{0.6 * letters:g}em" if longest > letters else ""


def table(
    rows: Iterable[Sequence[object]],
    header: Sequence[str],
    caption: str = "",
    shares: Collection[str] = (),
) -> Table:
    """Make a table; as the last line of a cell it shows itself, `print` gives plain text.

    Args:
        rows: cells, row by row.
        header: names of the columns, units included.
        caption: says what the rows are.
        shares: names of the columns whose numbers are shares, to be written in percent.

    Returns:
        The table.

    Example:
        >>> print(table([("AND", 1), ("OR", 3)], ["gate", "ones"]))
        gate  ones
        ────  ────
        AND      1
        OR       3
    """
    return Table(rows, header, caption, shares)
