"""Writing files so that a crash, a full disk or a kill leaves the old one or the new, never a half.

A file that is replaced is written beside its place and moved there. A line that is appended arrives
in one write, on a line of its own even where the last writer was killed in the middle of one.

Not here: locks, which whoever replaces a file that others write too holds meanwhile
(`exercises.my_ann.file_swap`, `grading.intake.lock`).
"""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


def write(path: Path, content: bytes, *, mode: int = 0o666, on_disk: bool = False) -> None:
    """Replace a file as a whole, or make it with the folders above it.

    Args:
        path: the file; one that is there keeps its mode.
        content: all of it.
        mode: of a new file, before the umask.
        on_disk: return only when a power cut cannot undo it.

    Raises:
        OSError: the old file is as it was.
    """
    with staged({path: content}, mode=mode, on_disk=on_disk):
        pass


@contextmanager
def staged(
    contents: Mapping[Path, bytes], *, mode: int = 0o666, on_disk: bool = False
) -> Iterator[None]:
    """Write files beside their places: they move there if the block succeeds, else they vanish.

    Args:
        contents: path → content; for the rest see `write`.
        mode: of new files.
        on_disk: whether the content is to be on the disk before the block, the names after it.

    Raises:
        OSError: before the block, if a file could not be written.
    """
    fresh = {path: fresh_name(path) for path in contents}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh[path].unlink(missing_ok=True)
            _write(fresh[path], content, mode, on_disk)
            with suppress(FileNotFoundError):
                fresh[path].chmod(stat.S_IMODE(path.stat().st_mode))
        yield
        for path, new in fresh.items():
            new.replace(path)
        if on_disk:
            for folder in {path.parent for path in contents}:
                _sync_folder(folder)
    finally:
        for new in fresh.values():
            with suppress(OSError):
                new.unlink(missing_ok=True)


def fresh_name(path: Path) -> Path:
    """Where a file is written before it takes its place.

    The same name every time: what a kill leaves behind, the next writer removes.
    """
    return path.with_name(f".{path.name}.new")


def free_name(path: Path, word: str) -> Path:
    """A name beside a file that nothing has yet, like `"notes (before 2).md"`.

    Args:
        path: the file.
        word: what is different about the one beside it.
    """
    numbers = ("", *(f" {n}" for n in range(2, 1000)))
    names = (f"{path.stem} ({word}{number}){path.suffix}" for number in numbers)
    return next(place for name in names if not (place := path.with_name(name)).exists())


def is_fresh(path: Path) -> bool:
    """Whether a file is one that has not taken its place, by its name."""
    return path.name.startswith(".") and path.name.endswith(".new")


def append(path: Path, lines: bytes, *, mode: int = 0o666, on_disk: bool = False) -> None:
    """Append lines in a single write; several processes may do so at once.

    Args:
        path: the file; made, with the folders above it, if there is none.
        lines: one or several, each with its end.
        mode: of a new file, before the umask.
        on_disk: return only when a power cut cannot undo it.

    Raises:
        OSError: nothing of them is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, mode)
    try:
        size = os.fstat(file).st_size
        if size and _read(file, size - 1, 1) != b"\n":
            lines = b"\n" + lines
        try:
            if os.write(file, lines) < len(lines):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            if on_disk:
                os.fsync(file)
        except OSError:
            # Unless somebody else has written behind it.
            if lines.startswith(_read(file, size, len(lines) + 1)):
                os.ftruncate(file, size)
            raise
    finally:
        os.close(file)


def _write(path: Path, content: bytes, mode: int, on_disk: bool) -> None:
    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, mode)

    with open(path, "xb", opener=opener) as file:
        file.write(content)
        if on_disk:
            file.flush()
            os.fsync(file.fileno())


def _read(file: int, start: int, count: int) -> bytes:
    """So many bytes from a place on; appending goes to the end all the same."""
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, count)


def _sync_folder(folder: Path) -> None:
    """Have the new names of a folder on the disk, where folders can be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
