"""Filing a graded submission: notebook, gradebook, ledger, in an order that survives a kill.

1. The graded notebook goes into a temporary file, on the disk. 2. The gradebook is committed.
3. The file takes its place. 4. The ledger gets its line. Killed in between, the submission has no
line and is graded again, with the same result; whoever only reads sees old or new, never half.

Not here: the gradebook's tables (`gradebook`).
"""

from datetime import datetime

from annkit.files import staged
from annkit.grading.books.gradebook import CourseGradebook, GradebookError
from annkit.grading.books.ledger import Ledger
from annkit.grading.intake.course import Course
from annkit.grading.marking.work import Graded
from annkit.grading.rebuild.release import Release


class FilingError(Exception):
    """Marks could not be written down; what had been written before is complete."""


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
            with staged(files, on_disk=True):
                self._book.write(verdict, release, timestamp)
            self._ledger.append(verdict)
        except (OSError, GradebookError) as error:
            raise FilingError(f"{verdict.student}, {verdict.notebook}: {error}") from error
