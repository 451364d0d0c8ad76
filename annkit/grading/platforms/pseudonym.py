"""Names that say nothing, for a table of marks that leaves the course.

They follow from the course's secret, so that one student has the same in every table of one course.

Not here: the table (`marks_table`).
"""

import hashlib
import hmac
from collections.abc import Callable

from annkit.grading.intake.course import Course
from annkit.grading.marking.seeds import course_secret


def pseudonyms_of(course: Course) -> Callable[[str], str]:
    """A student's id → their pseudonym in this course."""
    secret = course_secret(course.root)

    def pseudonym(student: str) -> str:
        message = b"pseudonym\0" + student.encode("utf-8", "surrogatepass")
        return f"p-{hmac.new(secret, message, hashlib.sha256).hexdigest()[:12]}"

    return pseudonym
