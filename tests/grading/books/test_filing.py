"""The ledger keeps every verdict once written, and nothing half-written."""

import os
from pathlib import Path

import pytest

from annkit.grading.books.filing import Ledger
from annkit.grading.marking.verdict import CheckLine, MarkLine, Verdict


def verdict(key: str) -> Verdict:
    checks = (CheckLine("keeps the shape", True, 0.5, 0.5), CheckLine("is right", False, 0, 0.5))
    marks = (MarkLine("step", "graded", 0.5, 1.0, "", checks, "late", "Too late.", ("a", "b")),)
    return Verdict(
        "林, \udcff", "ch03", "ch03", marks, ("moved",), key=key, fingerprints={"a": "b"}
    )


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    assert list(ledger.verdicts()) == []
    for key in "abc":
        ledger.append(verdict(key))
    assert list(ledger.verdicts()) == [verdict(key) for key in "abc"]


def keys(ledger: Ledger) -> list[str]:
    return [verdict.key for verdict in ledger.verdicts()]


@pytest.mark.parametrize("kept", [1, 30, -2, -1])
def test_a_torn_last_line_does_not_spoil_the_next(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "ledger"
    ledger = Ledger(path)
    ledger.append(verdict("a"))
    whole = path.read_bytes()
    ledger.append(verdict("b"))
    second = path.read_bytes()[len(whole) :]
    path.write_bytes(whole + second[:kept])
    complete = kept == -1  # only the line's end is missing
    assert keys(ledger) == (["a", "b"] if complete else ["a"])
    ledger.append(verdict("c"))
    assert keys(ledger) == (["a", "b", "c"] if complete else ["a", "c"])


@pytest.mark.parametrize("broken", ["write", "fsync"])
def test_on_a_full_disk_nothing_of_a_line_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / "ledger"
    Ledger(path).append(verdict("a"))
    before = path.read_bytes()
    real_write = os.write

    def full(descriptor: int, *data: bytes) -> int:
        if data:
            real_write(descriptor, data[0][:20])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, broken, full)
        with pytest.raises(OSError, match="No space"):
            Ledger(path).append(verdict("b"))
    assert path.read_bytes() == before
