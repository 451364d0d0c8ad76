"""What nbgrader's exchange needs to give feedback back: the secret a submission came with.

Whoever hands in by the exchange hands in a `submission_secret.txt`; feedback is released under a
name made of it. Stock nbgrader carries it along from folder to folder, and so does annkit.

Where somebody's work came another way there is none, and often no time: nbgrader would end there,
with nobody's feedback released after it. So such work gets a secret that nobody knows, under which
nobody can fetch anything, and a time that says nothing.

Not here: the rest of what is written down (`filing`).
"""

from pathlib import Path

from annkit.grading.intake.course import Course
from annkit.grading.intake.submissions import TIMESTAMP
from annkit.grading.marking.digests import digest
from annkit.grading.marking.seeds import course_secret

NAME = "submission_secret.txt"
_MOST_BYTES = 1000


def exchange_files(course: Course, student: str, assignment: str) -> dict[Path, bytes]:
    """Place beside the graded notebook → content; empty if nothing goes through an exchange here.

    Raises:
        OSError: a secret is there and cannot be read.
        SecretError: the course's own is damaged.
    """
    folder = course.autograded / student / assignment
    path = course.submitted / student / assignment / NAME
    if not path.is_symlink() and path.is_file() and path.stat().st_size <= _MOST_BYTES:
        return {folder / NAME: path.read_bytes()}
    if not _has_exchange(course):
        return {}
    nobodys = digest(course_secret(course.root), NAME, student, assignment)
    return {folder / NAME: nobodys.encode("ascii"), folder / TIMESTAMP: b""}


def _has_exchange(course: Course) -> bool:
    """Whether this machine has the folder of nbgrader's exchange."""
    from nbgrader.exchange.default import Exchange

    root = course.config.Exchange.get("root", Exchange.root.default_value)
    return Path(str(root)).is_dir()
