"""`annkit report`: options in, a page and an exit status out.

Not here: what stands on the page (`page`).
"""

import argparse
import sys

from annkit.files import write
from annkit.grading.books.gradebook import GradebookError
from annkit.grading.books.traces import REPORT
from annkit.grading.class_report.page import class_report
from annkit.grading.intake.course import CourseError, course_around, read_course
from annkit.grading.intake.course_file import file_of
from annkit.grading.intake.course_words import expect_released
from annkit.grading.rebuild.release import ReleaseError


def report(options: argparse.Namespace) -> int:
    """Write the report of a class; returns the exit status."""
    try:
        course = read_course(course_around(options.folder, None))
        if options.assignment:
            expect_released(course, options.assignment)
        assignments = [options.assignment] if options.assignment else course.assignments()
        page = class_report(course, file_of(course).catalogue, assignments)
        path = options.output or course.root / REPORT
        write(path, page.encode("utf-8"), mode=0o600)
    except (CourseError, GradebookError, ReleaseError, OSError) as error:
        print(f"annkit report: {error}", file=sys.stderr)
        return 1
    print(path)
    return 0
