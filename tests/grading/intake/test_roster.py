"""Class lists as they come."""

import csv
import io
from pathlib import Path

import pytest

from annkit.grading.intake.roster import RosterError, read_roster, roster_csv


def read(tmp_path: Path, text: str) -> list[dict[str, str]]:
    path = tmp_path / "class.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path).students


def test_names_with_commas_quotes_and_line_breaks_come_back_whole(tmp_path: Path) -> None:
    text = 'id,first_name,last_name\nal,Ada,"Lovelace, Countess ""A."""\nwu,维,"Wu\nJr."\n'
    students = read(tmp_path, text)
    assert students[0] == {"id": "al", "first_name": "Ada", "last_name": 'Lovelace, Countess "A."'}
    again = list(csv.DictReader(io.StringIO(roster_csv(students))))
    assert [row["last_name"] for row in again] == ['Lovelace, Countess "A."', "Wu\nJr."]


def test_other_heads_and_separators(tmp_path: Path) -> None:
    students = read(tmp_path, "\ufeffFirst name;Last name;ID number;Email address\nA;L;7;a@b\n")
    assert students == [{"id": "7", "first_name": "A", "last_name": "L", "email": "a@b"}]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("name,mail\nx,y\n", "no column called id"),
        ("id\nal\n\nal\n", "row 4: al stands there twice"),
        ("id,x\n,1\n", "row 2: the id is empty"),
        ("id\na/b\n", "row 2: a slash"),
        ("id\n../al\n", "row 2"),
        ('id\n"a\nb"\n', "line break"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(RosterError, match=reason):
        read(tmp_path, text)


ADA = {"first_name": "Ada", "last_name": "Lovelace"}


@pytest.mark.parametrize(
    ("text", "student", "unread"),
    [
        (  # Moodle's participants, and its grades
            "First name,Last name,ID number,Institution,E-mail address\nAda,Lovelace,al,X,a@b\n",
            {**ADA, "id": "al", "email": "a@b"},
            ["Institution"],
        ),
        (  # ID numbers are not everybody's there
            "First name,Surname,ID number,Username,Email address\nAda,Lovelace,,al,a@b\n",
            {**ADA, "id": "al", "email": "a@b"},
            ["ID number"],
        ),
        (  # Canvas's gradebook
            "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
            '"Lovelace, Ada",17,s1,al,A\n"Student, Test",99,,,A\n',
            {**ADA, "id": "al", "lms_user_id": "17"},
            ["SIS User ID", "Section"],
        ),
        (  # without logins
            'Student,ID,SIS User ID,Section\n"Lovelace, Ada",17,s1,A\n',
            {**ADA, "id": "s1", "lms_user_id": "17"},
            ["Section"],
        ),
        (  # Blackboard
            '"Last Name"\t"First Name"\t"Username"\t"Student ID"\nLovelace\tAda\tada\tal\n',
            {**ADA, "id": "al"},
            ["Username"],
        ),
        (  # Gradescope
            "First Name,Last Name,SID,Email,Sections\nAda,Lovelace,al,a@b,1\n",
            {**ADA, "id": "al", "email": "a@b"},
            ["Sections"],
        ),
        (
            "Vorname;Nachname;Matrikelnummer;E-Mail-Adresse\nAda;Lovelace;al;a@b\n",
            {**ADA, "id": "al", "email": "a@b"},
            [],
        ),
        ("Full name,Username\nAda Lovelace,al\n", {**ADA, "id": "al"}, []),
    ],
)
def test_the_heads_that_platforms_write_are_read_and_the_rest_is_told(
    tmp_path: Path, text: str, student: dict[str, str], unread: list[str]
) -> None:
    path = tmp_path / "class.csv"
    path.write_text(text, encoding="utf-8")
    found = read_roster(path)
    assert found.students == [student]
    assert found.unread == unread
    assert all(f"“{head}”" in str(found) for head in text.splitlines()[0].replace('"', "").split(
        max(",;\t", key=text.count)))  # fmt: skip


def test_empty_rows_below_a_table_are_no_students(tmp_path: Path) -> None:
    students = read(tmp_path, "id;email\nal;a@b\n;\n;\n")
    assert students == [{"id": "al", "email": "a@b"}]


def test_a_file_that_is_not_there_or_of_another_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    with pytest.raises(RosterError, match="No such file"):
        read_roster(path)
    path.write_bytes("id,last_name\nal,Müller\n".encode("cp1252"))
    with pytest.raises(RosterError, match="CSV UTF-8"):
        read_roster(path)
