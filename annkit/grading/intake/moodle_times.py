"""When each participant of a Moodle assignment handed in: the dates of its grading worksheet.

The zip of submissions bears the time of its download on every file. The worksheet has dates, in the
teacher's language; two ways of writing them in English are read, and no other is guessed. They end
with the minute, and are taken for this machine's time.

Not here: filling a worksheet in (`annkit.grading.platforms.moodle_worksheet`), whose a file is
(`owners`).
"""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from annkit.grading.intake.csv_tables import TableError, read_table

_COLUMNS = ("Identifier", "Last modified (submission)")
# "Wednesday, 10 June 2026, 2:14 PM", and the same where a month stands before its day.
_DATES = ("%A, %d %B %Y, %I:%M %p", "%A, %B %d, %Y, %I:%M %p")


def submission_times(path: Path) -> dict[str, datetime]:
    """Number of a participant → when they handed in, UTC without a zone.

    Args:
        path: the worksheet, as downloaded.

    Raises:
        TableError: it is no worksheet in English, or a date cannot be read.
    """
    head, rows = read_table(path)
    missing = [name for name in _COLUMNS if name not in head]
    if missing:
        raise TableError(
            f"{path} has no column “{missing[0]}”: download the grading worksheet again with "
            "Moodle set to English"
        )
    number_at, date_at = map(head.index, _COLUMNS)
    times = {}
    for at, row in rows:
        number = re.search(r"\d+$", row[number_at].strip())
        date = " ".join(row[date_at].split()) if len(row) > date_at else ""
        if number is None or date in ("", "-"):
            continue
        moment = _read(date)
        if moment is None:
            raise TableError(
                f"{path}, row {at}: “{date}” is no date like “Wednesday, 10 June 2026, 2:14 PM”: "
                "download the grading worksheet again with Moodle set to English"
            )
        times[number.group()] = moment.astimezone(UTC).replace(tzinfo=None)
    return times


def _read(date: str) -> datetime | None:
    for form in _DATES:
        with suppress(ValueError):
            return datetime.strptime(date, form)
    return None
