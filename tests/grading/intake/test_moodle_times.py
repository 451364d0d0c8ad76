"""Dates of a Moodle worksheet: read where they are sure, refused where they are not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from annkit.grading.intake.collect import collect
from annkit.grading.intake.csv_tables import TableError
from annkit.grading.intake.download import Download
from annkit.grading.intake.moodle_times import submission_times
from annkit.grading.intake.owners import Person, Roster
from annkit.grading.intake.submissions import find
from annkit.grading.rebuild.release import Release
from tests.grading.intake.test_download import zipped

HEAD = "\ufeffIdentifier,Full name,Grade,Last modified (submission),Last modified (grade)\r\n"
ROWS = (
    'Participant 101,"Ben Ay",,"Monday, 2 November 2026, 9:05 AM",-\r\n'
    'Participant 7,"Ada By",,"Wednesday, December 23, 2026, 11:59\u202fPM",-\r\n'
    "Participant 12,Cem,,-,-\r\n"
)


def utc(*moment: int) -> datetime:
    return datetime(*moment).astimezone(UTC).replace(tzinfo=None)  # type: ignore[arg-type]


def worksheet(folder: Path, text: str) -> Path:
    path = folder / "Grades.csv"
    path.write_text(text, "utf-8")
    return path


def test_two_ways_of_writing_a_date_in_english(tmp_path: Path) -> None:
    times = submission_times(worksheet(tmp_path, HEAD + ROWS))
    assert times == {"101": utc(2026, 11, 2, 9, 5), "7": utc(2026, 12, 23, 23, 59)}


def test_they_are_in_this_machines_time(tmp_path: Path, tokyo: None) -> None:
    times = submission_times(worksheet(tmp_path, HEAD + ROWS))
    assert times["101"] == datetime(2026, 11, 2, 0, 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD.replace("Last modified (submission)", "Zuletzt geändert (Abgabe)"), "no column"),
        (f'{HEAD}Participant 7,Ada,,"Montag, 2. November 2026, 09:05",-\n', "row 2: “Montag"),
        (f"{HEAD}Participant 7,Ada,,02/11/26 09:05,-\n", "Moodle set to English"),
    ],
)
def test_another_language_is_not_guessed(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(TableError, match="English") as error:
        submission_times(worksheet(tmp_path, text))
    assert words in str(error.value)


def test_a_date_goes_to_the_file_with_the_same_number(tmp_path: Path, release: Release) -> None:
    times = submission_times(worksheet(tmp_path, HEAD + ROWS))
    roster = Roster([Person("ada", "Ada", "By", "101"), Person("cem", "Cem", "Ce")])
    files = {
        "Ada By_7_assignsubmission_file_/x.ipynb": b"1",
        "Cem Ce_12_assignsubmission_file_/x.ipynb": b"2",
    }
    for _ in range(2):
        with Download(zipped(tmp_path / "all.zip", files)) as download:
            collect(download, tmp_path / "submitted", [release], roster, times=times)
    found, _ = find(tmp_path / "submitted", [release])
    assert {one.student: one.timestamp for one in found} == {
        "ada": utc(2026, 12, 23, 23, 59),
        "cem": None,
    }
