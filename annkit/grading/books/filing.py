"""Filing a graded submission: notebook, gradebook, ledger, in an order that survives a kill.

The ledger has one line for every verdict, appended once it is in the gradebook, never changed.
Whoever is killed at any moment and starts again reads there what is done.

1. The graded notebook goes into a temporary file, on the disk. 2. The gradebook is committed.
3. The file takes its place. 4. The ledger gets its line. Killed in between, the submission has no
line and is graded again, with the same result; whoever only reads sees old or new, never half.

Not here: the gradebook's tables (`gradebook`), what a verdict is (`marking.verdict`).
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from annkit.files import append, staged
from annkit.grading.books.exchange_secret import exchange_secret
from annkit.grading.books.gradebook import CourseGradebook, GradebookError
from annkit.grading.intake.course import Course
from annkit.grading.marking.official_judge import Graded
from annkit.grading.marking.verdict import Verdict, from_plain
from annkit.grading.rebuild.release import Release

LEDGER = "annkit-ledger.jsonl"


class FilingError(Exception):
    """Marks could not be written down; what had been written before is complete."""


class Ledger:
    """The ledger of a course directory; a torn last line counts as not written.

    Args:
        path: its file; made with the first line.
    """

    def __init__(self, path: Path) -> None:
        """Remember the file."""
        self._path = path

    def verdicts(self) -> Iterator[Verdict]:
        """All verdicts, oldest first; lines that cannot be read are passed over."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for line in file:
                try:
                    yield from_plain(json.loads(line)["verdict"])
                except (ValueError, KeyError, TypeError):
                    continue

    def append(self, verdict: Verdict) -> None:
        """Write a line and have it on the disk before returning.

        Raises:
            OSError: it is not written, and nothing of it is left.
        """
        entry = {"written": datetime.now(UTC).isoformat(), "verdict": verdict.plain()}
        line = json.dumps(entry).encode("ascii") + b"\n"
        append(self._path, line, mode=0o600, on_disk=True)


class Filing:
    """Where verdicts are written.

    Args:
        course: the course directory.
        book: its gradebook, open.
        ledger: its ledger.
    """

    def __init__(self, course: Course, book: CourseGradebook, ledger: Ledger) -> None:
        """Nothing is written yet."""
        self._course = course
        self._book = book
        self._ledger = ledger

    def file(self, graded: Graded, release: Release, timestamp: datetime | None) -> None:
        """Write one verdict down: all of it, or nothing.

        Raises:
            FilingError: nothing was written; the text says why.
        """
        verdict = graded.verdict
        folder = self._course.autograded / verdict.student / verdict.assignment
        files = {folder / f"{verdict.notebook}.ipynb": graded.notebook}
        if timestamp is not None:
            files[folder / "timestamp.txt"] = f"{timestamp.isoformat()} UTC\n".encode()
        try:
            files |= exchange_secret(self._course, verdict.student, verdict.assignment)
            with staged(files, on_disk=True):
                self._book.write(verdict, release, timestamp)
            self._ledger.append(verdict)
        except (OSError, GradebookError) as error:
            raise FilingError(f"{verdict.student}, {verdict.notebook}: {error}") from error
