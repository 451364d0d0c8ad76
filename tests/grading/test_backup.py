"""A course that is restored is the one that was saved: the same marks, and nothing judged anew."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import threading
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annkit.cli import main
from annkit.grading.backup import CONTENTS
from annkit.grading.intake.course_file import FILE_NAME
from annkit.grading.intake.lock import only_grader
from tests.grading.classes import everything
from tests.grading.term import Run, hand_in

# The classroom is made by stock nbgrader.
pytestmark = pytest.mark.slow


@pytest.fixture
def marked(room: Path, grade: Run) -> Path:
    """A course in which somebody has marks."""
    for points in (1, 3):
        hand_in(room, points, "2026-12-02 09:00:00")
        grade()
    (room / "link").symlink_to("/etc/passwd")
    (room.parent / "mine").mkdir()
    (room / FILE_NAME).write_text('own = "../mine"\n')
    return room


def classroom(*words: str | Path, status: int = 0) -> None:
    assert main(["classroom", *map(str, words)]) == status


def test_saved_lost_and_restored(
    marked: Path, grade: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, saved = everything(marked), tmp_path / "autumn.tar.gz"
    ledger = (marked / "annkit-ledger.jsonl").read_bytes()
    classroom("backup", marked, saved)
    assert saved.stat().st_mode & 0o777 == 0o600
    classroom("backup", marked, saved, status=1)
    classroom("backup", marked, marked / "inside.tar.gz", status=1)
    classroom("restore", saved, marked, status=1)
    said, told = reversed(capsys.readouterr())
    assert f"Not in it: {marked / 'link'}" in told
    assert f"Not in it: {tmp_path / 'mine'}" in told
    for words in ("exists already", "lost with it", "not empty"):
        assert words in said
    shutil.rmtree(marked)
    classroom("restore", saved, marked)
    assert everything(marked) == before
    assert (marked / "annkit-ledger.jsonl").read_bytes() == ledger
    assert (marked / ".annkit-secret").stat().st_mode & 0o777 == 0o600
    assert marked.stat().st_mode & 0o777 == 0o700
    assert not (marked / "link").exists()
    judged = len(grade.judged)
    grade()
    assert len(grade.judged) == judged
    assert everything(marked) == before


def test_a_restore_that_was_killed_is_made_again_and_leaves_nothing(
    marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved, again = tmp_path / "autumn.tar.gz", tmp_path / "again"
    classroom("backup", marked, saved)
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(hashlib, "file_digest", lambda *file: os._exit(9))
        classroom("restore", saved, again)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert not again.exists()
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    classroom("restore", saved, again)
    assert everything(again) == everything(marked)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_backup_waits_for_the_grader_and_not_for_the_gradebook(
    marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has the gradebook open, in the middle of a change that is not in the copy."""
    saved, waits = tmp_path / "autumn.tar.gz", threading.Event()
    monkeypatch.setattr("annkit.grading.backup._say", lambda words: waits.set())
    saver = threading.Thread(target=main, args=(["classroom", "backup", str(marked), str(saved)],))
    with closing(sqlite3.connect(marked / "gradebook.db")) as book:
        book.execute("update grade set auto_score = 99")
        with only_grader(marked, print):
            saver.start()
            assert waits.wait(600)
            assert not saved.exists()
        saver.join(600)
        assert saved.exists()
        book.rollback()
    classroom("restore", saved, tmp_path / "again")
    assert everything(tmp_path / "again") == everything(marked)


def test_a_gradebook_elsewhere_is_refused(
    marked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (marked / "nbgrader_config.py").open("a") as file:
        file.write('\nc.CourseDirectory.db_url = "postgresql:///marks"\n')
    classroom("backup", marked, tmp_path / "autumn.tar.gz", status=1)
    assert "the gradebook (postgresql:///marks) is no file" in capsys.readouterr().err
    assert not (tmp_path / "autumn.tar.gz").exists()


@pytest.mark.parametrize("harm", ["a byte", "its end", "a file more", "a way out", "no backup"])
def test_what_is_damaged_is_not_restored(marked: Path, tmp_path: Path, harm: str) -> None:
    saved, again = tmp_path / "autumn.tar.gz", tmp_path / "again"
    classroom("backup", marked, saved)
    with tarfile.open(saved) as archive:
        entries = [(one, archive.extractfile(one)) for one in archive]
        files = [(one, file.read() if file else None) for one, file in entries]
    if harm == "its end":
        files = files[:-1]
    elif harm in ("a file more", "a way out"):
        extra = tarfile.TarInfo("../out" if harm == "a way out" else "more")
        files.insert(0, (extra, b""))
    elif harm == "a byte":
        place = next(at for at, (one, _) in enumerate(files) if one.name == ".annkit-secret")
        files[place] = (files[place][0], (files[place][1] or b"")[::-1])
    with tarfile.open(saved, "w:gz") as archive:
        for about, content in files:
            archive.addfile(about, None if content is None else io.BytesIO(content))
    if harm == "no backup":
        saved.write_text("nothing")
    classroom("restore", saved, again, status=1)
    assert not again.exists()
    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_list_of_digests_is_for_people_as_well(marked: Path, tmp_path: Path) -> None:
    saved = tmp_path / "autumn.tar.gz"
    passing, kept = {".marks.csv.new", "gradebook.db-shm"}, {"notes.new", ".notes", "sizes-shm"}
    for name in passing | kept:
        (marked / name).write_bytes(b"")
    classroom("backup", marked, saved)
    with tarfile.open(saved) as archive:
        listed = archive.extractfile(CONTENTS)
        assert listed is not None
        names = json.loads(listed.read())["sha256"]
    assert {"gradebook.db", ".annkit-secret", "annkit-identities.jsonl"} | kept <= set(names)
    assert ".annkit-lock" not in names
    assert passing.isdisjoint(names)


def _entry(name: str, **said: Any) -> tarfile.TarInfo:
    about = tarfile.TarInfo(name)
    for word, value in said.items():
        setattr(about, word, value)
    return about


def _made_up(file: Path, entries: list[tuple[tarfile.TarInfo, bytes]], listed: Any = None) -> None:
    """An archive with these entries and a list of them, right unless another is given."""
    digests = {about.name: hashlib.sha256(content).hexdigest() for about, content in entries}
    last = json.dumps({"sha256": digests} if listed is None else listed).encode()
    with tarfile.open(file, "w:gz") as archive:
        for about, content in [*entries, (tarfile.TarInfo(CONTENTS), last)]:
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))


SPARSE = {"GNU.sparse.size": "1000000000000", "GNU.sparse.numblocks": "0", "GNU.sparse.map": "0,0"}


@pytest.mark.parametrize(
    "entries",
    [
        [_entry("a", type=tarfile.SYMTYPE, linkname="/etc")],
        [_entry("a"), _entry("b", type=tarfile.LNKTYPE, linkname="a")],
        [_entry("a", type=tarfile.FIFOTYPE)],
        [_entry("a", pax_headers=SPARSE)],
        [_entry("a", mtime=1e300)],
        [_entry("a"), _entry("a")],
        [_entry("a"), _entry("./a")],
        [_entry("a"), _entry("a/b")],
        [_entry("/out")],
    ],
    ids=["link", "hard link", "pipe", "sparse", "time", "twice", "spelt", "beneath", "absolute"],
)
def test_entries_that_no_backup_has_are_refused(
    tmp_path: Path, entries: list[tarfile.TarInfo]
) -> None:
    _made_up(tmp_path / "made-up.tar.gz", [(about, b"") for about in entries])
    classroom("restore", tmp_path / "made-up.tar.gz", tmp_path / "again", status=1)
    assert [path.name for path in tmp_path.iterdir()] == ["made-up.tar.gz"]


@pytest.mark.parametrize(
    "listed", [[], "x", 5, {"sha256": None}, {"sha256": 5}, {"sha256": {"a": []}}]
)
def test_a_list_that_lists_nothing_is_refused(tmp_path: Path, listed: Any) -> None:
    _made_up(tmp_path / "made-up.tar.gz", [(_entry("a"), b"")], listed)
    classroom("restore", tmp_path / "made-up.tar.gz", tmp_path / "again", status=1)
    assert [path.name for path in tmp_path.iterdir()] == ["made-up.tar.gz"]


def test_a_large_file_does_not_fill_the_memory(tmp_path: Path) -> None:
    size = 32_000_000
    _made_up(tmp_path / "large.tar.gz", [(_entry("a"), bytes(size))])
    tracemalloc.start()
    classroom("restore", tmp_path / "large.tar.gz", tmp_path / "again")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tmp_path / "again" / "a").stat().st_size == size
    assert most < size / 4
