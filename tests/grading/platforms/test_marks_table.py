"""A table of one's own: words beside points, and no name where none is wanted."""

import csv
import io

from annkit.grading.intake.owners import Person
from annkit.grading.platforms.counted import ChapterMarks, ExportedMark
from annkit.grading.platforms.marks_table import marks_table
from tests.grading.platforms.worksheets import MARKS, PEOPLE

CHAPTER = ChapterMarks(
    "ch03",
    21,
    MARKS,
    {"step": {person.id: ExportedMark(place / 2, 2) for place, person in enumerate(PEOPLE)}},
)


def rows(table: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    text = table.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_row_for_everybody_with_states_in_words() -> None:
    table = marks_table(PEOPLE, [CHAPTER])
    ada, ben, *_ = rows(table)
    assert ada == {
        "id": "ada",
        "last_name": "Lovelace",
        "first_name": "Ada",
        "email": "ada@uni.example",
        "lms_user_id": "101",
        "ch03 (of 21)": "7.5",
        "ch03: penalty": "1",
        "ch03: state": "graded",
    }
    # Words that nobody has read yet are no zero.
    assert ben["ch03 (of 21)"] == ""
    assert ben["ch03: state"] == "waits for a person: break_relu"


def test_a_column_for_each_exercise() -> None:
    found = [row["step (of 2)"] for row in rows(marks_table(PEOPLE, [CHAPTER], by_exercise=True))]
    assert found == ["0", "0.5", "1", "1.5"]


def test_a_decimal_comma_comes_with_semicolons() -> None:
    table = marks_table(PEOPLE, [CHAPTER], decimal_comma=True)
    assert rows(table, ";")[0]["ch03 (of 21)"] == "7,5"


def test_without_names_nothing_tells_who_it_is() -> None:
    codes = {"ada": "p-9", "ben": "p-1", "cem": "p-5", "dot": "p-3"}
    table = marks_table(PEOPLE, [CHAPTER], pseudonyms=codes)
    text = table.decode("utf-8-sig")
    for person in PEOPLE:
        for word in (person.id, person.first_name, person.last_name, person.email, person.lms):
            assert not word or word not in text, word
    # In the order of the codes: the class list's order would tell.
    assert [row["pseudonym"] for row in rows(table)] == ["p-1", "p-3", "p-5", "p-9"]


def test_a_name_is_no_formula_wherever_the_table_is_opened() -> None:
    names = ("=1+1", "x;=HYPERLINK(1)")
    people = [Person(f"s{place}", "", name) for place, name in enumerate(names)]
    marks = {person.id: ExportedMark(1, 21) for person in people}
    for comma in (False, True):
        text = marks_table(people, [ChapterMarks("ch03", 21, marks)], decimal_comma=comma).decode(
            "utf-8-sig"
        )
        fields = [
            field for line in text.splitlines() for field in line.replace(";", ",").split(",")
        ]
        assert not [field for field in fields if field.lstrip('"').startswith("=")]
