"""`annkit classroom backup` and `restore`: a whole course directory in one file, and back.

The file is a tar archive with everything that lies in the course: the secret, without which marks
would be made with other inputs, the ledger and who is behind its pseudonyms, every attempt, the
gradebook. Its last entry lists the digest of each file; what does not agree with it is not
restored. No grader runs meanwhile, and the gradebook is copied by SQLite itself, so that it is
whole even if Formgrader writes to it.

Not here: making a new course directory (`classroom`).
"""

import argparse
import hashlib
import io
import json
import os
import shutil
import sqlite3
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from annkit.files import fresh_name, is_fresh
from annkit.grading.classroom import ClassroomError, refuse_what_is_in_use
from annkit.grading.intake.course import Course, CourseError, read_course
from annkit.grading.intake.course_file import own_folder_of
from annkit.grading.intake.lock import NAME as LOCK
from annkit.grading.intake.lock import only_grader

CONTENTS = "annkit-backup.json"
GRADEBOOK = "gradebook.db"
# What SQLite keeps beside a database while it is written, and what a kill leaves.
_PASSING = ("-journal", "-wal", "-shm")
# What reading raises where a file is damaged, or was made to look like a backup.
_NO_BACKUP = (
    tarfile.TarError,
    zlib.error,
    EOFError,
    KeyError,
    OverflowError,
    RecursionError,
    ValueError,
)
# The list has a line for each file; that of a class of a thousand for a year takes a tenth.
_MOST_LISTED = 100_000_000


def backup(options: argparse.Namespace) -> int:
    """Write a course directory into one file; returns the exit status."""
    try:
        course = read_course(options.folder)
        with only_grader(course.root, _say):
            count = write_backup(course, options.file)
    except (ClassroomError, CourseError, OSError, sqlite3.Error) as error:
        _say(f"annkit classroom: {error}")
        return 1
    size = options.file.stat().st_size / 1e6
    print(f"{options.file}: {count} files, {size:.1f} MB.")
    print("It holds names, work, marks and the secret: keep it where only you can read it.")
    for place in _left_out(course):
        print(f"Not in it: {place}")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Make a course directory from such a file; returns the exit status."""
    try:
        count = read_backup(options.file, options.folder)
    except (ClassroomError, OSError) as error:
        _say(f"annkit classroom: {error}")
        return 1
    print(f"{options.folder}: {count} files, each as it was.")
    return 0


def write_backup(course: Course, file: Path) -> int:
    """Write a backup; returns the number of its files.

    Args:
        course: the course directory; no grader may be at work in it.
        file: where; it must not exist, nor lie in the course.

    Raises:
        ClassroomError: it may not lie there, or the gradebook is no file.
        OSError: nothing is written.
    """
    file = file.absolute()
    if file.exists():
        raise ClassroomError(f"{file} exists already")
    if course.root in file.resolve().parents:
        raise ClassroomError(f"{file} lies in the course, and would be lost with it")
    fresh = fresh_name(file)
    fresh.unlink(missing_ok=True)
    try:
        with open(fresh, "xb", opener=_for_the_owner) as out:
            count = _write(course, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return count


def _for_the_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _write(course: Course, out: io.BufferedWriter) -> int:
    digests = {}
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, path in _entries(course):
            if path.is_dir():
                archive.addfile(archive.gettarinfo(str(path), name))
                continue
            content = _gradebook(path) if name == GRADEBOOK else path.read_bytes()
            about = archive.gettarinfo(str(path), name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
            digests[name] = hashlib.sha256(content).hexdigest()
        contents = {"made": datetime.now(UTC).isoformat(), "sha256": digests}
        last = tarfile.TarInfo(CONTENTS)
        text = json.dumps(contents, indent=1).encode("ascii")
        last.size, last.mode = len(text), 0o600
        archive.addfile(last, io.BytesIO(text))
    return len(digests)


def _entries(course: Course) -> Iterator[tuple[str, Path]]:
    """Name in the archive and path of all that is kept; links are not followed."""
    book = _gradebook_path(course)
    passing = {f"{one}{end}" for one in (book, course.root / GRADEBOOK) for end in _PASSING}
    yield GRADEBOOK, book
    for path in sorted(course.root.rglob("*")):
        name = path.relative_to(course.root).as_posix()
        is_passing = name == LOCK or str(path) in passing or is_fresh(path)
        is_plain = (path.is_dir() or path.is_file()) and not path.is_symlink()
        if is_plain and not is_passing and path != book and name != GRADEBOOK:
            yield name, path


def _left_out(course: Course) -> Iterator[Path]:
    """What belongs to the course and is not kept: links, and own exercises that lie elsewhere."""
    yield from (path for path in sorted(course.root.rglob("*")) if path.is_symlink())
    with suppress(CourseError):
        own = own_folder_of(course.root)
        if own is not None and own.is_dir() and course.root not in own.parents:
            yield own


def _gradebook_path(course: Course) -> Path:
    kind, _, place = course.db_url.partition(":///")
    path = Path(place.partition("?")[0])
    if kind != "sqlite" or not path.is_file():
        raise ClassroomError(f"the gradebook ({course.db_url}) is no file: back it up where it is")
    return path.resolve()


def _gradebook(path: Path) -> bytes:
    """A database as it is between two writes of whoever has it open."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / GRADEBOOK
        with closing(sqlite3.connect(path)) as there, closing(sqlite3.connect(copy)) as here:
            there.backup(here)
        return copy.read_bytes()


def read_backup(file: Path, folder: Path) -> int:
    """Restore a course directory: all of it, or nothing; returns the number of files.

    Args:
        file: a backup.
        folder: where; it must not exist yet, or be empty.

    Raises:
        ClassroomError: the folder is in use, or the file is no whole backup.
        OSError: it could not be read or written.
    """
    folder = folder.resolve()
    refuse_what_is_in_use(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)  # whoever was killed has left it, with names and work
    try:
        fresh.mkdir(mode=0o700)
        try:
            with tarfile.open(file, "r:gz") as archive:
                found, listed = _unpacked(archive, fresh)
        except _NO_BACKUP as error:
            raise ClassroomError(f"{file} is no whole backup: {error}") from None
        if found != listed:
            odd = sorted(found.items() ^ listed.items())
            raise ClassroomError(f"{file} is damaged: {odd[0][0]} is not what was saved")
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return len(found)


def _unpacked(archive: tarfile.TarFile, place: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Digests of what was unpacked, and those of the list."""
    found: dict[str, str] = {}
    for about in archive:
        content = archive.extractfile(about)
        name = PurePosixPath(about.name)
        is_plain = about.isdir() or (about.isreg() and not about.issparse())
        if name.is_absolute() or ".." in name.parts or not is_plain:
            raise ValueError(f"{about.name} does not belong in it")
        if about.name == CONTENTS and content is not None:
            return found, _listed(content.read(min(about.size, _MOST_LISTED)))
        path = place / name
        if content is None:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x+b") as file:
            shutil.copyfileobj(content, file)
            file.seek(0)
            found[about.name] = hashlib.file_digest(file, "sha256").hexdigest()
        # Nobody else's, whatever they were.
        path.chmod(about.mode & 0o700)
        os.utime(path, (about.mtime, about.mtime))
    raise ValueError("its end is missing")


def _listed(text: bytes) -> dict[str, str]:
    """The digests that the last entry lists."""
    match json.loads(text):
        case {"sha256": dict(listed)} if all(isinstance(one, str) for one in listed.values()):
            return listed
    raise ValueError("its list of files is none")


def _say(words: str) -> None:
    print(words, file=sys.stderr)
