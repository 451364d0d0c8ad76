"""A table of marks that a spreadsheet shows and does not compute."""

import csv
import io
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from traitlets.utils.importstring import import_item

from annkit.grading.books.export_csv import QuotedCsv
from annkit.grading.spreadsheets import as_text
from tests.grading.forks import gradebooks_form

pytestmark = pytest.mark.slow

NAMES = (
    '=HYPERLINK("http://x","y")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1",
    "\uff1d1",
    "\u207c1",
    '"=1',
    "\u200b=1",
    "Lovelace, Ada",
    "O'Hara",
    "林",
)

UNSEEN = ("", " ", '"', "\0", "\x01", "\xad", "\u2060", "\u200e", "\u202e", "\ufe0f")


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, str]]:
    """The exported table of a class with such names, by student."""
    monkeypatch.setattr("nbgrader.api.get_alembic_version", gradebooks_form)
    with Gradebook("sqlite:///:memory:") as book:
        book.add_assignment("ch03", duedate=datetime(2026, 11, 1))
        for place, name in enumerate(NAMES):
            book.add_student(f"student{place}", last_name=name)
        book.add_student("=cmd")
        plugin = QuotedCsv()
        plugin.to = str(tmp_path / "grades.csv")
        plugin.export(book)
    with (tmp_path / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def test_no_cell_begins_like_a_formula(rows: dict[str, dict[str, str]]) -> None:
    for place, name in enumerate(NAMES):
        shown = rows[f"student{place}"]["last_name"]
        one_line = name.replace("\r", " ").replace("\t", " ")
        assert shown == (f"'{one_line}" if place < 11 else name)
    assert "'=cmd" in rows
    assert len(rows) == len(NAMES) + 1


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_no_locale_finds_a_formula(sign: str) -> None:
    """Whichever sign parts fields there, and whether or not quotes count in the middle of one."""
    texts = [f"x{mark}{blank}{name}" for mark in ",;\t|\n" for blank in UNSEEN
             for name in NAMES[:11]]  # fmt: skip
    out = io.StringIO()
    csv.writer(out).writerow(map(as_text, texts))
    fields = out.getvalue().rstrip("\r\n").split(sign)
    for field in [*fields, *csv.reader(io.StringIO(out.getvalue()), delimiter=sign).__next__()]:
        seen = filter(str.isprintable, unicodedata.normalize("NFKC", field))
        shown = "".join(seen).strip('" \ufe0f')
        assert not shown.startswith(tuple("=+-@"))


def test_numbers_stay_numbers(rows: dict[str, dict[str, str]]) -> None:
    assert float(rows["student0"]["score"]) == 0.0


def test_a_classroom_of_the_last_edition_finds_it() -> None:
    """Its configuration, which is the teacher's, names the place of that time."""
    assert import_item("annkit.grading.export_csv.QuotedCsv") is QuotedCsv
