"""What nbgrader's exchange needs to give feedback back: the secret a submission came with.

Whoever hands in by the exchange hands in a `submission_secret.txt`; feedback is released under a
name made of it. Stock nbgrader carries it along from folder to folder, and so does annkit.

Not here: the rest of what is written down (`filing`).
"""

from pathlib import Path

from annkit.grading.intake.course import Course

NAME = "submission_secret.txt"
_MOST_BYTES = 1000


def exchange_secret(course: Course, student: str, assignment: str) -> dict[Path, bytes]:
    """Place beside the graded notebook → content; empty if it was not handed in that way.

    Raises:
        OSError: it is there and cannot be read.
    """
    path = course.submitted / student / assignment / NAME
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return {}
    return {course.autograded / student / assignment / NAME: path.read_bytes()}
