"""The record of progress: it only grows, and nothing that is in it gets lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annkit.exercises.record.progress_log import log_path, read_record, remember

ROOT = Path(__file__).resolve().parents[3]


def ids():
    """The ids of the readable events."""
    return [event["id"] for event in read_record().events]


def test_events_come_back_in_order_with_their_details():
    assert remember("check", "sigmoid", passed=True, points=1.5) == ""
    assert remember("hint", "relu", rung=2) == ""
    first, second = read_record().events
    assert (first["passed"], first["points"]) == (True, 1.5)
    assert (second["event"], second["rung"]) == ("hint", 2)
    assert read_record().damaged == 0


def test_no_record_yet_is_no_problem():
    record = read_record()
    assert (record.events, record.damaged, record.problem) == ((), 0, "")


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b'{"event": "check"}',
        b'{"event": 1, "id": "x"}',
        b"[]",
        b"\xff\xfe",
        b"[" * 99999,
    ],
)
def test_a_damaged_line_is_skipped_and_counted(line):
    remember("check", "before")
    with log_path().open("ab") as file:
        file.write(line + b"\n")
    remember("check", "after")
    assert ids() == ["before", "after"]
    assert read_record().damaged == 1


def test_a_line_cut_off_by_a_crash_spoils_only_itself():
    remember("check", "before")
    with log_path().open("ab") as file:
        file.write(b'{"event": "check", "id": "cu')
    remember("check", "after")
    assert ids() == ["before", "after"]


def test_two_notebooks_may_write_at_once():
    code = (
        "import sys\nfrom annkit.exercises.record.progress_log import remember\n"
        "for i in range(200):\n"
        "    assert remember('check', f'{sys.argv[1]}{i}', text='x' * 300) == ''\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, name], cwd=ROOT, env=dict(os.environ))
        for name in "ab"
    ]
    assert [writer.wait(timeout=600) for writer in writers] == [0, 0]
    assert read_record().damaged == 0
    for name in "ab":
        mine = [id for id in ids() if id.startswith(name)]
        assert mine == [f"{name}{i}" for i in range(200)]


def test_a_full_disk_is_said_and_what_waits_is_written_later(monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        assert "No space left on device" in remember("check", "first")
    assert ids() == ["first"]
    assert not log_path().read_bytes()
    assert remember("check", "second") == ""
    assert log_path().read_bytes().count(b"\n") == 2
    assert ids() == ["first", "second"]


def test_a_disk_that_fills_up_in_the_middle_of_a_line(monkeypatch):
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, data: write(file, data[:10]))
        assert "No space left" in remember("check", "first")
    assert remember("check", "second") == ""
    assert ids() == ["first", "second"]


def test_a_folder_that_cannot_be_made_is_said(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ANNKIT_STATE", str(tmp_path / "file" / "folder"))
    assert "could not be written" in remember("check", "first")
    assert ids() == ["first"]


def test_without_a_setting_the_record_is_in_the_users_data_folder(monkeypatch):
    monkeypatch.delenv("ANNKIT_STATE")
    assert log_path().name == "progress.jsonl"
    assert log_path().parent.name == "annkit"


def test_in_a_browser_all_chapters_write_one_record_beside_my_ann(monkeypatch, tmp_path):
    for name in ("ANNKIT_STATE", "ANNKIT_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "emscripten")
    for name in ("ch03_activations", "ch04_forward"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        assert log_path() == tmp_path / "progress.jsonl"
