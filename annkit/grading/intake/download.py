"""What Moodle, Canvas or a teacher's own folder holds: notebooks, one by one, with their names.

A zip comes from outside: sizes and counts are capped before anything is unpacked, nothing is ever
written under a name from inside it, and links are not followed.

Not here: whose a notebook is (`owners`), putting it in its place (`collect`).
"""

import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from annkit.grading.rebuild.notebook import MAX_BYTES

MAX_FILES = 20_000
MAX_TOTAL = 8 * 2**30
# A zip's table of contents is read in one piece before any count is known.
MAX_CONTENTS = 64 * 2**20
_UNKNOWN = datetime(1980, 1, 1)
_END = struct.Struct("<4s4H2LH")


class DownloadError(Exception):
    """A download cannot be used at all; the text says why."""


@dataclass(frozen=True)
class Entry:
    """One file of a download.

    Attributes:
        name: its path inside, with `/`.
        size: in bytes.
        modified: when it was last changed, as the download says, without a zone.
    """

    name: str
    size: int
    modified: datetime = _UNKNOWN


class Download:
    """A folder or a zip of files; a context manager.

    Args:
        path: the folder or the zip.

    Raises:
        DownloadError: it is neither, or damaged, or too large.
    """

    def __init__(self, path: Path) -> None:
        """Look at what is there; nothing is read yet."""
        self._folder = path if path.is_dir() else None
        self._zip: zipfile.ZipFile | None = None
        if self._folder is None:
            self._zip = _open(path)
        self.entries = tuple(sorted(self._list(), key=lambda entry: entry.name))
        names = Counter(self._zip.namelist() if self._zip else ())
        self._twice = {name for name, count in names.items() if count > 1}

    def __enter__(self) -> "Download":
        """Nothing to do."""
        return self

    def __exit__(self, *reason: object) -> None:
        """Close the zip."""
        if self._zip is not None:
            self._zip.close()

    def read(self, entry: Entry) -> bytes:
        """The content of a file.

        Raises:
            DownloadError: it is larger than announced, encrypted or damaged, or there are two.
        """
        if entry.name in self._twice:
            raise DownloadError(f"{entry.name}: stands in the zip twice, and nothing tells which")
        try:
            if self._zip is None:
                assert self._folder is not None
                with (self._folder / entry.name).open("rb") as file:
                    data = file.read(MAX_BYTES + 1)
            else:
                with self._zip.open(entry.name) as packed:
                    data = packed.read(MAX_BYTES + 1)
        except (OSError, RuntimeError, zipfile.BadZipFile, NotImplementedError, EOFError) as error:
            raise DownloadError(f"{entry.name}: cannot be unpacked ({error})") from None
        except Exception as error:  # zlib, lzma and bz2 have errors of their own
            raise DownloadError(f"{entry.name}: damaged ({error})") from None
        if len(data) > MAX_BYTES:
            raise DownloadError(f"{entry.name}: larger than {MAX_BYTES // 2**20} MB when unpacked")
        return data

    def _list(self) -> Iterator[Entry]:
        entries = self._in_folder() if self._zip is None else self._in_zip(self._zip)
        total = 0
        for count, entry in enumerate(entries):
            total += entry.size
            if count >= MAX_FILES:
                raise DownloadError(f"more than {MAX_FILES} files: this is no class's download")
            if total > MAX_TOTAL:
                words = f"more than {MAX_TOTAL / 2**30:.3g} GB when unpacked"
                raise DownloadError(f"{words}: this is no class's download")
            if not any(map(_is_hidden, entry.name.split("/"))):
                yield entry

    def _in_folder(self) -> Iterator[Entry]:
        assert self._folder is not None
        for path in self._folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                about = path.stat()
                name = path.relative_to(self._folder).as_posix()
                yield Entry(name, about.st_size, datetime.fromtimestamp(about.st_mtime))

    @staticmethod
    def _in_zip(archive: zipfile.ZipFile) -> Iterator[Entry]:
        for info in archive.infolist():
            kind = stat.S_IFMT(info.external_attr >> 16)
            if not info.is_dir() and kind in (0, stat.S_IFREG):
                yield Entry(info.filename, info.file_size, _moment(info))


def _moment(info: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*info.date_time)
    except ValueError:  # six numbers that somebody made up
        return _UNKNOWN


def _is_hidden(part: str) -> bool:
    """Whether a system made this by itself; a way out of the folder is not hidden but refused."""
    return part == "__MACOSX" or (part.startswith(".") and not part.startswith(".."))


def _open(path: Path) -> zipfile.ZipFile:
    try:
        if _contents_size(path) > MAX_CONTENTS:
            words = f"its table of contents has more than {MAX_CONTENTS // 2**20} MB"
            raise DownloadError(f"{path}: {words}; unpack it and give the folder")
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise DownloadError(f"{path} does not exist") from None
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise DownloadError(f"{path} is neither a folder nor a zip ({error})") from None


def _contents_size(path: Path) -> int:
    """Bytes of a zip's table of contents, as its end says; 0 if it has no such end."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END.size - 2**16))
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + _END.size:
        return 0
    size: int = _END.unpack_from(tail, place)[5]
    return size
