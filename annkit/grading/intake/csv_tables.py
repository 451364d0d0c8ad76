"""Tables as offices, learning systems and spreadsheets write them: CSV with a head line.

Not here: what their columns mean (`roster`, `handed_in`).
"""

import csv
import io
from pathlib import Path


class TableError(Exception):
    """A file is no table; the text says what to do."""


def read_table(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Read a table.

    Args:
        path: a CSV file in UTF-8 with commas, semicolons or tabs.

    Returns:
        the head, and the rows that are not empty, each with its number in the file.

    Raises:
        TableError: it cannot be read, is of another encoding, or empty.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        words = "save it again as “CSV UTF-8”, so that names keep their accents"
        raise TableError(f"{path} is not UTF-8 text: {words}") from None
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from None
    # Spreadsheets write rows of nothing but commas below a table.
    table = enumerate(csv.reader(io.StringIO(text), delimiter=delimiter_of(text)), 1)
    lines = [(number, row) for number, row in table if any(field.strip() for field in row)]
    if not lines:
        raise TableError(f"{path} is empty")
    return lines[0][1], lines[1:]


def delimiter_of(text: str) -> str:
    """What stands between the fields of a table: the sign its head line has most of."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
