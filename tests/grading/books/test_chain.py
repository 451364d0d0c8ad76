"""A ledger that was changed by anybody but its writer says so, for good, and stays as it is."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from annkit.cli import main
from annkit.grading.books import chain
from annkit.grading.books.audit import damage
from annkit.grading.books.filing import place_of
from annkit.grading.books.ledger import FILE_NAME, EnteredMark, Ledger, MarkChange
from annkit.grading.books.pseudonyms import FILE_NAME as IDENTITIES
from annkit.grading.marking.seeds import SECRET_FILE, course_secret
from annkit.grading.marking.verdict import MarkLine, Verdict

Harm = Callable[[list[bytes]], list[bytes]]


def verdict(key: str) -> Verdict:
    return Verdict("ada", "ch03", "ch03", (MarkLine("step", "graded", 0.5, 1.0),), key=key)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A course directory of which the ledger has five lines."""
    (tmp_path / "submitted").mkdir()
    course_secret(tmp_path)
    ledger = Ledger(tmp_path)
    ledger.began("grade ch03")
    for key in "ab":
        ledger.add_verdict(verdict(key), None)
        ledger.add_mark(MarkChange("ada", "ch03", "ch03", None, EnteredMark(0.5), "first mark"))
    assert list(damage(tmp_path)) == []
    return tmp_path


def edited(place: int) -> Harm:
    return lambda lines: [
        line.replace(b"0.5", b"1.0").replace(b"grade ch03", b"grade ch04") if at == place else line
        for at, line in enumerate(lines)
    ]


HARMS: dict[str, tuple[Harm, str]] = {
    "the first edited": (edited(0), "line 2 was not written after line 1"),
    "one edited": (edited(2), "line 4 was not written after line 3"),
    "the last edited": (edited(4), "its last line is not the one"),
    "the first gone": (lambda them: them[1:], "line 1 was not written"),
    "one gone": (lambda them: [*them[:2], *them[3:]], "line 3 was not written after line 2"),
    "the last gone": (lambda them: them[:-1], "its last line is not the one"),
    "the last three gone": (lambda them: them[:2], "its last line is not the one"),
    "two exchanged": (lambda them: [*them[:2], them[3], them[2], them[4]], "line 3 was not"),
    "one twice": (lambda them: [*them, them[-1]], "line 6 was not written after line 5"),
    "one by hand": (lambda them: [*them, b'{"event": "mark"}\n'], "line 6 was not written"),
    "one by hand between": (lambda them: [*them[:2], b"{}\n", *them[2:]], "line 3 was not"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_line_that_is_another_or_elsewhere_is_told_for_good(room: Path, harm: str) -> None:
    path = room / FILE_NAME
    change, words = HARMS[harm]
    lines = path.read_bytes().splitlines(keepends=True)
    harmed = b"".join(change(lines))
    assert harmed != path.read_bytes()
    path.write_bytes(harmed)
    assert any(words in said for said in damage(room))
    assert path.read_bytes() == harmed, "nothing is mended"
    Ledger(room).began("grade ch03")
    assert list(damage(room)), "nor forgotten by the next run"
    assert path.read_bytes().startswith(harmed)


@pytest.mark.parametrize("left", [2, 5])
def test_without_what_remembers_its_end_nobody_can_say_that_it_is_whole(
    room: Path, left: int
) -> None:
    """A folder that was copied without hidden files, and a file that was cut off."""
    path = room / FILE_NAME
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:left]))
    (room / chain.END).unlink()
    assert [words for words in damage(room) if f"{chain.END} is gone" in words]
    Ledger(room).began("grade ch03")
    assert [words for words in damage(room) if f"line {left + 1} was not written after" in words]


def test_a_first_line_whose_writer_was_killed_is_whole(tmp_path: Path) -> None:
    course_secret(tmp_path)
    Ledger(tmp_path).began("grade ch03")
    (tmp_path / chain.END).unlink()
    assert list(damage(tmp_path)) == []
    Ledger(tmp_path).began("grade ch03")
    assert list(damage(tmp_path)) == []


@pytest.mark.parametrize(
    "line",
    [
        '{"event": "verdict"}',
        '{"event": "verdict", "verdict": 3}',
        '{"event": "verdict", "verdict": {"student": [], "marks": 1}}',
        '{"event": "forgotten"}',
        '{"event": "mark", "student": [], "exercise": ""}',
        '{"event": ["run"]}',
        '{"event": "run"}',
        "{}",
    ],
)
def test_a_line_by_hand_that_lacks_something_stops_no_command(
    room: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    with (room / FILE_NAME).open("a") as file:
        file.write(line + "\n")
    for command in ("grade", "ledger"):
        assert main([command, str(room)]) == 1
        said = capsys.readouterr()
        assert "line 6 was not written after line 5" in said.err
    assert "judged ch03: 0.5 of 1" in said.out


def test_a_writer_that_was_killed_leaves_a_chain(room: Path) -> None:
    path, end = room / FILE_NAME, room / chain.END
    remembered, whole = end.read_bytes(), path.read_bytes()
    Ledger(room).add_verdict(verdict("c"), None)
    line = path.read_bytes()[len(whole) :]
    for left in (whole + line[:40], whole + line[:-1], whole + line):
        path.write_bytes(left)
        end.write_bytes(remembered)
        assert list(damage(room)) == []
        Ledger(room).began("grade ch03")
        assert list(damage(room)) == []


def test_lines_of_an_earlier_edition_come_before_the_chain(tmp_path: Path) -> None:
    course_secret(tmp_path)
    old = {"verdict": verdict("old").plain()}
    (tmp_path / FILE_NAME).write_text((json.dumps(old) + "\n") * 2)
    Ledger(tmp_path).began("grade ch03")
    assert list(damage(tmp_path)) == []
    text = (tmp_path / FILE_NAME).read_text()
    (tmp_path / FILE_NAME).write_text(text.replace("\n{", "\n{ ", 1))
    assert "line 3 was not written after line 2" in "".join(damage(tmp_path))


@pytest.mark.parametrize("name", [SECRET_FILE, IDENTITIES, FILE_NAME])
def test_what_was_lost_is_told_before_anything_is_judged_again(
    room: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    place = place_of(room, "a")
    place.parent.mkdir(parents=True)
    place.write_bytes(b"")
    (room / name).unlink()
    for command in ("grade", "ledger"):
        assert main([command, str(room)]) == 1
        assert name in capsys.readouterr().err


def test_one_who_was_forgotten_is_not_lost(room: Path) -> None:
    ledger = Ledger(room)
    name = ledger.pseudonyms.known("ada")
    assert name is not None
    ledger.forgot(name)
    ledger.pseudonyms.forget("ada")
    assert list(damage(room)) == []
