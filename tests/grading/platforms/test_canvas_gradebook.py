"""Canvas's gradebook is filled in, and nothing else of it changes."""

import pytest

from annkit.grading.platforms.canvas_gradebook import fill_gradebook
from annkit.grading.platforms.counted import ExportedMark
from annkit.grading.platforms.filled_table import UnfitTable
from tests.grading.platforms.worksheets import CANVAS, CLASS, MARKS

CHAPTER = {"ch03_activations": MARKS}


def test_only_the_assignment_changes() -> None:
    done = fill_gradebook(CANVAS, CHAPTER, CLASS)
    assert done.content == CANVAS.replace(b'"A, B",,,4.00', b'"A, B",,7.5,4.00')
    assert done.filled == ["ada"]


def test_who_is_excused_unread_or_unknown_is_left_and_said() -> None:
    assert fill_gradebook(CANVAS, CHAPTER, CLASS).left == {
        "ben": "waits for a person: break_relu",
        "cem": "stands as EX in Canvas",
        "Student, Test": "is not in the class list",
    }


def test_semicolons_and_decimal_commas_stay() -> None:
    theirs = CANVAS.replace(b'"A, B"', b"A").replace(b"Lovelace, Ada", b"Lovelace Ada")
    theirs = theirs.replace(b", ", b" ").replace(b",", b";").replace(b".00", b",00")
    done = fill_gradebook(theirs, CHAPTER, CLASS)
    assert done.content == theirs.replace(b";A;;;4,00", b";A;;7,5;4,00")


def test_first_and_last_name_may_stand_apart() -> None:
    theirs = (
        b"LastName,FirstName,ID,SIS Login ID,Section,ch03_activations (4711)\n"
        b"    Points Possible,,,,,21.00\n"
        b"Lovelace,Ada,,,A,\n"
    )
    assert fill_gradebook(theirs, CHAPTER, CLASS).content == theirs.replace(b"A,\n", b"A,7.5\n")


def test_several_columns_at_once_and_one_that_is_missing() -> None:
    columns = {**CHAPTER, "Essay": {"ada": ExportedMark(9, 10)}, "ch04": MARKS}
    done = fill_gradebook(CANVAS, columns, CLASS)
    assert b'"A, B",,7.5,9,40.00' in done.content
    assert done.left["ch04"] == "has no assignment"
    assert done.left["ben, Essay"] == "is not in the gradebook"
    assert done.filled == ["ada"]


def test_the_number_of_another_student_is_no_match() -> None:
    theirs = CANVAS.replace(b'"Lovelace, Ada",101', b'"Lovelace, Ada",102')
    done = fill_gradebook(theirs, CHAPTER, CLASS)
    assert done.content == theirs
    assert done.left["Lovelace, Ada"] == "it fits ada and ben"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (CANVAS.replace(b"21.00", b"100.00"), "worth 100 points there and 21 here"),
        (CANVAS.replace(b"ch03_activations", b"Chapter 3"), "no assignment called"),
        (b"Name,Grade\nAda,1\n", "no columns Student and ID"),
    ],
)
def test_another_table_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnfitTable, match=reason):
        fill_gradebook(content, CHAPTER, CLASS)
