"""Folders and zips from outside: read, never trusted."""

import zipfile
from pathlib import Path

import pytest

from annkit.grading.intake import download
from annkit.grading.intake.download import Download, DownloadError


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_zip_and_its_folder_hold_the_same(tmp_path: Path) -> None:
    files = {"ada/x.ipynb": b"1", "ben/y.ipynb": b"2", "notes.txt": b"3"}
    archive = zipped(tmp_path / "all.zip", files)
    folder = tmp_path / "all"
    zipfile.ZipFile(archive).extractall(folder)
    for path in (archive, folder):
        with Download(path) as found:
            assert {entry.name: found.read(entry) for entry in found.entries} == files


def test_what_systems_leave_behind_is_not_shown(tmp_path: Path) -> None:
    files = {"__MACOSX/a.ipynb": b"", "ada/.ipynb_checkpoints/x.ipynb": b"", ".DS_Store": b""}
    with Download(zipped(tmp_path / "all.zip", files)) as found:
        assert found.entries == ()


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MAX_BYTES", 1000)
    bomb = zipped(tmp_path / "bomb.zip", {"ada.ipynb": b"0" * 100_000})
    with Download(bomb) as found, pytest.raises(DownloadError, match="larger than"):
        found.read(found.entries[0])
    monkeypatch.setattr(download, "MAX_TOTAL", 50_000)
    with pytest.raises(DownloadError, match="no class"):
        Download(tmp_path / "bomb.zip")


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MAX_FILES", 3)
    with pytest.raises(DownloadError, match="no class"):
        Download(zipped(tmp_path / "many.zip", {f"{i}.ipynb": b"" for i in range(4)}))


def test_a_huge_file_in_a_folder_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "MAX_BYTES", 1000)
    (tmp_path / "ada.ipynb").write_bytes(b"0" * 1001)
    with Download(tmp_path) as found, pytest.raises(DownloadError, match="larger than"):
        found.read(found.entries[0])
    monkeypatch.setattr(download, "MAX_TOTAL", 1000)
    with pytest.raises(DownloadError, match="GB when unpacked"):
        Download(tmp_path)


def test_a_huge_table_of_contents_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "all.zip", {f"{i}.ipynb": b"" for i in range(100)})
    monkeypatch.setattr(download, "MAX_CONTENTS", 100)
    with pytest.raises(DownloadError, match="table of contents"):
        Download(path)


def test_links_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret")
    (folder / "ada.ipynb").symlink_to(tmp_path / "secret")
    info = zipfile.ZipInfo("ben.ipynb")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr(info, "../secret")
    for path in (folder, tmp_path / "all.zip"):
        with Download(path) as found:
            assert found.entries == ()


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 no zip"])
def test_what_is_neither_is_said_in_words(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "all.zip"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DownloadError, match=r"all\.zip"):
        Download(path)


def test_of_two_files_with_one_name_none_is_taken_for_the_other(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, content in (("ada/x.ipynb", b"1"), ("ben/x.ipynb", b"2")):
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("ada/x.ipynb", b"3")
    with Download(tmp_path / "all.zip") as download:
        first, second, other = download.entries
        for entry in (first, second):
            with pytest.raises(DownloadError, match="stands in the zip twice"):
                download.read(entry)
        assert download.read(other) == b"2"


def test_a_damaged_file_costs_itself(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"ada.ipynb": b"abc" * 1000})
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(data)
    with Download(path) as found, pytest.raises(DownloadError, match=r"ada\.ipynb"):
        found.read(found.entries[0])
