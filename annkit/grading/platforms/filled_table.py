"""A table somebody downloaded, some fields of it filled in, and every other byte as it was.

What is read back by the program that wrote it is best left alone: its line ends, quotes and mark at
the beginning stay, and so does every field that nobody asked for.

Not here: which fields (`moodle_worksheet`, `canvas_gradebook`).
"""

import re
from dataclasses import dataclass, field

from annkit.grading.intake.csv_tables import delimiter_of

# A field: in quotes, with doubled quotes inside, or without any; then what ends it.
_FIELD = r'(?P<quoted>"(?:[^"]|"")*")|(?P<bare>[^%s"\r\n][^%s\r\n]*)?'
_NUMBER = re.compile(r"-?\d+(?:([.,])\d+)?")


class UnfitTable(Exception):
    """A file is not the table it should be; the text says why."""


@dataclass
class Filled:
    """A table with marks in it, and what was left as it was.

    Attributes:
        content: the file.
        filled: students whose points were filled in.
        left: row, student or column → why its points were not.
    """

    content: bytes
    filled: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Field:
    start: int
    end: int
    text: str


class FilledTable:
    """A table in CSV, read as UTF-8, with commas, semicolons or tabs.

    Args:
        content: the file.

    Attributes:
        rows: all fields as text, the head line first; lines without any text are left out.

    Raises:
        UnfitTable: it is not UTF-8, has no rows, or a quote in it never ends.
    """

    def __init__(self, content: bytes) -> None:
        """Find where every field stands."""
        try:
            self._text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise UnfitTable("it is not UTF-8 text: use the file as it was downloaded") from None
        self._delimiter = delimiter_of(self._text)
        self._fields = [row for row in self._read() if any(one.text.strip() for one in row)]
        if not self._fields:
            raise UnfitTable("it is empty")
        self.rows = [[one.text for one in row] for row in self._fields]
        self._changes: dict[_Field, str] = {}

    def _read(self) -> list[list[_Field]]:
        pattern = re.compile(_FIELD % (re.escape(self._delimiter), re.escape(self._delimiter)))
        at = 1 if self._text.startswith("\ufeff") else 0
        rows: list[list[_Field]] = [[]]
        while True:
            found = pattern.match(self._text, at)
            end = at if found is None else found.end()
            raw = self._text[at:end]
            text = raw[1:-1].replace('""', '"') if raw.startswith('"') else raw
            rows[-1].append(_Field(at, end, text))
            if end == len(self._text):
                return rows
            sign = self._text[end]
            if sign not in f"{self._delimiter}\r\n":
                raise UnfitTable(f"line {self._text.count(chr(10), 0, end) + 1}: a quote is wrong")
            if sign != self._delimiter:
                rows.append([])
            at = end + 1

    def put(self, row: int, column: int, text: str) -> bool:
        """Fill a field in; False if the row is too short to have it."""
        if column >= len(self._fields[row]):
            return False
        place = self._fields[row][column]
        if text != place.text:
            quoted = self._text[place.start : place.end].startswith('"')
            needs = any(sign in text for sign in f'{self._delimiter}"\r\n')
            escaped = text.replace('"', '""')
            self._changes[place] = f'"{escaped}"' if quoted or needs else text
        return True

    def content(self) -> bytes:
        """The file with what was filled in."""
        parts, at = [], 0
        for place in sorted(self._changes, key=lambda place: place.start):
            parts += [self._text[at : place.start], self._changes[place]]
            at = place.end
        return "".join([*parts, self._text[at:]]).encode("utf-8")

    def number(self, value: float, like: str = "") -> str:
        """A number as this table writes them: with the decimal sign of another field of it."""
        found = _NUMBER.fullmatch(like.strip())
        sign = found[1] if found and found[1] else "," if self._delimiter == ";" else "."
        return f"{round(value, 2):g}".replace(".", sign)


def as_number(text: str) -> float | None:
    """The number in a field, whatever its decimal sign; None if it is none."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
