"""Moodle's worksheet is filled in, in every language, and nothing else of it changes."""

from collections.abc import Mapping

import pytest

from annkit.grading.intake.owners import Person
from annkit.grading.platforms.counted import ExportedMark
from annkit.grading.platforms.filled_table import UnfitTable
from annkit.grading.platforms.listed import RowOwners
from annkit.grading.platforms.moodle_worksheet import fill_worksheet, participants
from tests.grading.platforms.worksheets import MARKS, MOODLE, MOODLE_CLASS, PEOPLE

# The same worksheet from a German Moodle: other words, and a comma in numbers.
GERMAN = (
    "Kennung,Vollständiger Name,Status,Bewertung,Bestwertung,Bewertung kann geändert werden,"
    "Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar\n"
    'Teilnehmer/in7,"Ada Lovelace","Zur Bewertung abgegeben","3,00","21,00",Ja,-,-,\n'
    'Teilnehmer/in8,"Cem Ağa","Zur Bewertung abgegeben",,"21,00",Ja,-,-,\n'
).encode()


def test_only_the_fields_that_are_filled_in_change() -> None:
    done = fill_worksheet(MOODLE, MARKS, MOODLE_CLASS)
    expected = (
        MOODLE.replace(b",3.00,21.00", b",7.5,21.00")
        .replace(
            b",21.00,Yes,-,-,\r\nParticipant 13",
            b"21,21.00,Yes,-,-,timed out: step\r\nParticipant 13",
        )
        .replace(b'AM",-,\r\n', b'AM",-,waits for a person: break_relu\r\n')
        .replace(b"Yes,-,-,\r\nParticipant 14", b"Yes,-,-,nothing handed in\r\nParticipant 14")
    )
    assert done.content == expected
    assert sorted(done.filled) == ["ada", "cem"]


def test_what_has_no_mark_is_left_and_said() -> None:
    left = fill_worksheet(MOODLE, MARKS, MOODLE_CLASS).left
    assert left == {
        "ben": "waits for a person: break_relu",
        "dot": "nothing handed in",
        "Participant 14, Eve Nobody, eve@uni.example, No submission -": "is not in the class list",
    }


def test_a_participant_s_number_is_nobody_s_number_in_the_platform() -> None:
    # Ben's row is called Participant 101; 101 is Ada's number in the class list.
    done = fill_worksheet(MOODLE, {**MARKS, "ben": ExportedMark(1, 21)}, MOODLE_CLASS)
    assert b'Participant 101,"Ben O\'Hara",ben@uni.example,"Submitted for grading - ",1,21.00' in (
        done.content
    )


def test_another_language_is_told_by_the_columns_places() -> None:
    done = fill_worksheet(GERMAN, MARKS, MOODLE_CLASS)
    assert b'"7,5","21,00"' in done.content
    assert b'abgegeben",21,"21,00",Ja,-,-,timed out: step\n' in done.content
    assert sorted(done.filled) == ["ada", "cem"]


def test_a_worksheet_without_comments_gets_none() -> None:
    cut = b"\r\n".join(line.rpartition(b",")[0] for line in MOODLE.split(b"\r\n")[:2])
    done = fill_worksheet(cut, MARKS, MOODLE_CLASS)
    assert done.content == cut


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (MOODLE.replace(b"ada@uni.example", b"ben@uni.example"), "the name is ada's"),
        (
            MOODLE.replace(b'Participant 14,"Eve Nobody",eve@', b'P 14,"Ada Lovelace",ada@'),
            "two rows are theirs",
        ),
    ],
)
def test_a_row_that_fits_two_is_nobody_s(rows: bytes, reason: str) -> None:
    done = fill_worksheet(rows, MARKS, MOODLE_CLASS)
    assert "ada" not in done.filled
    assert any(reason in why for why in done.left.values())
    assert b",3.00,21.00" in done.content


def test_two_of_one_name_are_not_told_apart_by_it() -> None:
    twins = RowOwners([*PEOPLE, Person("cem2", "Ağa", "Cem")], {})
    done = fill_worksheet(MOODLE, MARKS, twins)
    assert "cem" not in done.filled
    assert "two in the class list have that name" in done.left.values()


@pytest.mark.parametrize(
    ("content", "marks", "reason"),
    [
        (MOODLE.replace(b"21.00", b"100.00"), MARKS, "100, and the chapter's is 21"),
        (b"a,b,c\nx,y,z\n", MARKS, "no column that holds the maximum grade"),
        (b"", MARKS, "it is empty"),
        ("Prüfung".encode("latin-1"), MARKS, "not UTF-8"),
        (MOODLE + b'"never ends', MARKS, "a quote is wrong"),
    ],
)
def test_another_table_is_refused(
    content: bytes, marks: Mapping[str, ExportedMark], reason: str
) -> None:
    with pytest.raises(UnfitTable, match=reason):
        fill_worksheet(content, marks, MOODLE_CLASS)


def test_a_worksheet_without_names_is_filled_by_the_names_of_downloaded_files() -> None:
    anonymous = (
        b"Identifier,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade)\n"
        b"Participant 31,Submitted for grading - ,,21.00,Yes,-\n"
        b"Participant 32,Submitted for grading - ,,21.00,Yes,-\n"
        b"Participant 33,Submitted for grading - ,,21.00,Yes,-\n"
    )
    files = {
        "Participant_31_assignsubmission_file_/x.ipynb": "ada",
        "Participant_32_assignsubmission_file_/x.ipynb": "cem",
        "Participant_32_assignsubmission_file_/y.ipynb": "dot",
    }
    done = fill_worksheet(anonymous, MARKS, RowOwners(PEOPLE, participants(files)))
    assert done.content == anonymous.replace(b"- ,,21.00", b"- ,7.5,21.00", 1)
    assert set(done.left.values()) == {"is not in the class list"}
