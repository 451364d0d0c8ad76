"""The ledger keeps every line once written, and nothing half-written; it names nobody."""

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from annkit.grading.books import ledger as books
from annkit.grading.books import pseudonyms, sealing
from annkit.grading.books.ledger import EnteredMark, Judged, Ledger, MarkChange
from annkit.grading.marking.verdict import CheckLine, MarkLine, Verdict

NAME = "林, \udcff"


def verdict(key: str) -> Verdict:
    checks = (CheckLine("keeps the shape", True, 0.5, 0.5), CheckLine("is right", False, 0, 0.5))
    marks = (MarkLine("step", "graded", 0.5, 1.0, "", checks, "late", "Too late.", ("a", "b")),)
    return Verdict(NAME, "ch03", "ch03", marks, ("moved",), key=key, fingerprints={"a": "b"})


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    assert list(ledger.verdicts()) == []
    at = datetime(2026, 12, 1, 23, 59)
    for key in "abc":
        ledger.add_verdict(verdict(key), at)
    again = Ledger(tmp_path)
    assert list(again.judged()) == [Judged(verdict(key), at) for key in "abc"]
    for one in (ledger, again):
        assert one.verdict("b") == verdict("b")


def test_of_one_assignment_no_other_is_unsealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ['{"verdict": 3}', json.dumps({"verdict": verdict("old").plain()}), "[]"]
    (tmp_path / books.FILE_NAME).write_text("\n".join(lines) + "\n")
    ledger = Ledger(tmp_path)
    ledger.add_verdict(verdict("a"), None)
    ledger.add_verdict(replace(verdict("b"), assignment="ch04"), None)
    ledger.began("grade ch03")
    opened, unseal = [], ledger.pseudonyms.opened

    def noted(pseudonym: str, sealed: str) -> bytes:
        opened.append(pseudonym)
        return unseal(pseudonym, sealed)

    monkeypatch.setattr(ledger.pseudonyms, "opened", noted)
    assert [one.key for one in ledger.verdicts("ch04")] == ["b"]
    assert len(opened) == 1
    assert [one.key for one in ledger.verdicts("ch03")] == ["old", "a"]
    assert [one.key for one in ledger.verdicts()] == ["old", "a", "b"]


def test_what_counts_is_what_was_written_last(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    first, second = EnteredMark(3.0, 0.0, "a"), EnteredMark(4.0, 4.0, "b")
    ledger.add_mark(MarkChange(NAME, "ch03", "ch03", None, first, "first mark"))
    ledger.add_mark(MarkChange(NAME, "ch03", "ch03", first, second, "another attempt counts"))
    ledger.add_mark(MarkChange(NAME, "ch03", "ch03", None, first, "by hand", exercise="step"))
    assert Ledger(tmp_path).counting() == {(NAME, "ch03", "ch03"): second}
    assert second.total == 0.0


def test_no_line_names_a_student_and_one_who_is_forgotten_stays_so(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add_verdict(replace(verdict("a"), student="ada.lovelace"), None)
    ledger.add_verdict(replace(verdict("b"), student="ben.o"), None)
    one = EnteredMark(1.0)
    ledger.add_mark(
        MarkChange("ada.lovelace", "ch03", "ch03", None, one, "by hand", "It was near.", "step")
    )
    text = (tmp_path / books.FILE_NAME).read_text()
    # What is sealed is made of letters and digits by chance: a short word could be among them.
    for word in ("lovelace", "ben.o", "keeps the shape", "Too late.", "moved", "It was near."):
        assert word not in text
    entries = list(Ledger(tmp_path).entries())
    assert [ledger.reason(entry) for entry in entries] == ["", "", "It was near."]
    name = ledger.pseudonyms.forget("ada.lovelace")
    assert name is not None
    ledger.forgot(name)
    assert ledger.reason(entries[-1]) == ""
    assert [one.student for one in Ledger(tmp_path).verdicts()] == ["ben.o"]
    assert (tmp_path / books.FILE_NAME).read_text().startswith(text)
    assert "lovelace" not in "".join(path.read_text() for path in tmp_path.iterdir())
    again = Ledger(tmp_path)
    assert again.pseudonyms.of("ada.lovelace") != name
    assert again.pseudonyms.forget("nobody") is None


def test_lines_of_the_last_edition_are_read(tmp_path: Path) -> None:
    line = {"written": "2026-11-01T00:00:00+00:00", "verdict": verdict("old").plain()}
    (tmp_path / books.FILE_NAME).write_text(json.dumps(line) + "\n")
    ledger = Ledger(tmp_path)
    ledger.add_verdict(verdict("new"), None)
    assert [one.key for one in Ledger(tmp_path).verdicts()] == ["old", "new"]
    assert ledger.counting() == {(NAME, "ch03", "ch03"): EnteredMark(0.5, 0.0, "old")}


def test_files_with_names_and_marks_are_their_owners_only(tmp_path: Path) -> None:
    Ledger(tmp_path).add_verdict(verdict("a"), None)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def keys(ledger: Ledger) -> list[str]:
    return [verdict.key for verdict in ledger.verdicts()]


@pytest.mark.parametrize("kept", [1, 30, -2, -1])
def test_a_torn_last_line_does_not_spoil_the_next(tmp_path: Path, kept: int) -> None:
    path = tmp_path / books.FILE_NAME
    ledger = Ledger(tmp_path)
    ledger.add_verdict(verdict("a"), None)
    whole = path.read_bytes()
    ledger.add_verdict(verdict("b"), None)
    second = path.read_bytes()[len(whole) :]
    path.write_bytes(whole + second[:kept])
    complete = kept == -1  # only the line's end is missing
    assert keys(ledger) == (["a", "b"] if complete else ["a"])
    ledger.add_verdict(verdict("c"), None)
    assert keys(ledger) == (["a", "b", "c"] if complete else ["a", "c"])
    assert ledger.verdict("c") == verdict("c")


@pytest.mark.parametrize("broken", ["write", "fsync"])
def test_on_a_full_disk_nothing_of_a_line_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / books.FILE_NAME
    Ledger(tmp_path).add_verdict(verdict("a"), None)
    before = path.read_bytes()
    real_write = os.write

    def full(descriptor: int, *data: bytes) -> int:
        if data:
            real_write(descriptor, data[0][:20])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, broken, full)
        with pytest.raises(OSError, match="No space"):
            Ledger(tmp_path).add_verdict(verdict("b"), None)
    assert path.read_bytes() == before


def test_lines_that_were_not_sealed_are_read_and_the_next_ones_are(tmp_path: Path) -> None:
    (tmp_path / pseudonyms.FILE_NAME).write_text('{"pseudonym": "p-1", "student": "ben"}\n')
    plain = replace(verdict("a"), student="p-1").plain()
    line = {"event": "verdict", "handed_in": None, "verdict": plain}
    (tmp_path / books.FILE_NAME).write_text(json.dumps(line) + "\n")
    ledger = Ledger(tmp_path)
    ledger.add_verdict(replace(verdict("b"), student="ben"), None)
    again = Ledger(tmp_path)
    assert [(one.student, one.key) for one in again.verdicts()] == [("ben", "a"), ("ben", "b")]
    assert again.pseudonyms.of("ben") == "p-1"
    assert again.pseudonyms.forget("ben") == "p-1"
    assert list(Ledger(tmp_path).verdicts()) == []


def test_what_is_sealed_opens_with_its_own_key_only() -> None:
    words = "Ada's answer, 林".encode() * 100
    key, other = sealing.new_key(), sealing.new_key()
    sealed = sealing.seal(key, words)
    assert sealing.unseal(key, sealed) == words
    assert sealing.seal(key, words) != sealed
    for wrong in (other, key.replace(key[0], "1" if key[0] != "1" else "2")):
        with pytest.raises(ValueError, match="not sealed with this key"):
            sealing.unseal(wrong, sealed)
