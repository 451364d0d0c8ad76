"""Whatever happens while a file is written, the old one or the new is there, and no litter."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annkit.files import append, staged, write


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def full(*_: object) -> int:
    raise OSError(28, "No space left on device")


def test_a_file_is_made_with_its_folders_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    for content in (b"old", b"", "新\r\n".encode()):
        write(path, content, on_disk=True)
        assert path.read_bytes() == content
    assert names(tmp_path) == ["a", "b", "file"]


@pytest.mark.parametrize("step", ["replace", "fsync", "open"])
def test_a_write_that_fails_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "file"
    write(path, b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, step, full)
        with pytest.raises(OSError, match="No space"):
            write(path, b"new", on_disk=True)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("mode", [0o644, 0o444])
def test_what_a_killed_writer_left_is_in_nobodys_way(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    write(path, b"old")
    path.chmod(mode)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom annkit.files import staged\n"
        "with staged({Path(sys.argv[1]): b'torn'}):\n    os.kill(os.getpid(), 9)\n"
    )
    result = subprocess.run([sys.executable, "-c", code, str(path)])
    assert result.returncode == -9
    assert names(tmp_path) == [".file.new", "file"]
    assert path.read_bytes() == b"old"
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["file"]


def test_a_mode_is_kept_and_a_new_file_gets_its_own(tmp_path: Path) -> None:
    secret, program = tmp_path / "secret", tmp_path / "program"
    write(secret, b"1", mode=0o600)
    write(secret, b"2")
    assert secret.stat().st_mode & 0o777 == 0o600
    program.touch()
    program.chmod(0o755)
    write(program, b"x")
    assert program.stat().st_mode & 0o777 == 0o755


def test_staged_files_appear_together_and_after_the_block(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write(one, b"old")
    with staged({one: b"1", two: b"2"}, on_disk=True):
        assert one.read_bytes() == b"old"
        assert not two.exists()
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")


def test_a_block_that_fails_takes_the_staged_files_with_it(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write(one, b"old")
    with pytest.raises(KeyboardInterrupt), staged({one: b"1", two: b"2"}):
        raise KeyboardInterrupt
    assert one.read_bytes() == b"old"
    assert names(tmp_path) == ["one"]


def test_of_staged_files_none_is_written_if_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(OSError, match="file"),
        staged({tmp_path / "one": b"1", tmp_path / "file" / "two": b"2"}),
    ):
        pytest.fail("the block must not run")
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("torn", [b"", b"cut", b"whole\n"])
def test_a_line_stands_on_its_own(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "log"
    path.write_bytes(torn)
    append(path, b"one\n")
    append(path, b"two\nthree\n", on_disk=True)
    assert path.read_bytes().splitlines() == [*torn.splitlines(), b"one", b"two", b"three"]


def test_appending_makes_the_file_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "log"
    append(path, b"one\n", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("before", [b"", b"before\n", b"cut"])
@pytest.mark.parametrize("step", ["write", "fsync"])
def test_on_a_full_disk_nothing_of_a_line_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes, step: str
) -> None:
    path = tmp_path / "log"
    path.write_bytes(before)
    real = os.write

    def half(file: int, data: bytes) -> int:
        return real(file, data[: len(data) // 2])

    with monkeypatch.context() as patch:
        patch.setattr(os, step, half if step == "write" else full)
        with pytest.raises(OSError, match="No space"):
            append(path, b"a long line\n", on_disk=True)
    assert path.read_bytes() == before


def test_on_a_full_disk_what_others_wrote_behind_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log"
    real = os.write

    def crowded(file: int, data: bytes) -> int:
        count = real(file, data[:3])
        with path.open("ab") as other:
            other.write(b"\nother\n")
        return count

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", crowded)
        with pytest.raises(OSError, match="No space"):
            append(path, b"a long line\n")
    assert path.read_bytes() == b"a l\nother\n"
