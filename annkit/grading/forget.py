"""`annkit forget`: a student's identity, work and marks are deleted, and the ledger says that.

What can be deleted is shown first; what this program cannot reach is said last.

Not here: what there is and how it goes (`books.traces`), who is behind a pseudonym
(`books.pseudonyms`).
"""

import argparse
import sys

from annkit.grading.books.filing import ATTEMPTS, place_of
from annkit.grading.books.gradebook import CourseGradebook, GradebookError
from annkit.grading.books.ledger import FILE_NAME as LEDGER
from annkit.grading.books.ledger import Ledger
from annkit.grading.books.pseudonyms import FILE_NAME as IDENTITIES
from annkit.grading.books.traces import Mentions, Trace, still_mentioning, traces
from annkit.grading.intake.course import Course, CourseError, course_around, read_course
from annkit.grading.intake.lock import only_grader
from annkit.grading.intake.owners import Person
from annkit.grading.intake.roster import RosterError, read_roster
from annkit.grading.intake.submissions import why_no_student

_BEYOND = (
    "Not reached from here: your learning platform, nbgrader's exchange, backups of the course "
    "(a restored one brings them back), copies elsewhere."
)


def forget(options: argparse.Namespace) -> int:
    """Forget a student; returns the exit status."""
    try:
        if reason := why_no_student(options.student):
            raise CourseError(f"{options.student!r} is no student's id: {reason}")
        course = read_course(course_around(options.folder, None))
        with only_grader(course.root, _say), course.closed_to_others():
            return _forget(course, options.student, options.yes)
    except (CourseError, GradebookError, OSError) as error:
        _say(f"annkit forget: {error}")
        return 1


def _forget(course: Course, student: str, is_sure: bool) -> int:
    ledger = Ledger(course.root)
    pseudonym = ledger.pseudonyms.known(student)
    own, all = _keys(ledger, student)
    _expect_owners(course, ledger, all)
    with CourseGradebook(course) as book:
        person = _person(course, book, student)
        found = traces(course, book, person, own, all)
        if not found and pseudonym is None:
            _say(f"annkit forget: there is nothing of {student} in {course.root}")
            return 1
        print("\n".join(_plan(person, found, pseudonym)))
        if not (is_sure or _confirmed(student)):
            print("Nothing was deleted.")
            return 1
        for trace in found:
            trace.remove()
    if pseudonym is not None:
        # The line first: whoever is interrupted between the two finds the student still there.
        ledger.forgot(pseudonym)
        ledger.pseudonyms.forget(student)
    print("Deleted.")
    if count := ledger.unsealed(pseudonym):
        print(f"Of an earlier edition, quoting work in the open, stay in the ledger: {count}")
    for path in still_mentioning(course, Mentions(person)):
        print(f"Still mentions them, look at it yourself: {path.relative_to(course.root)}")
    print(_BEYOND)
    return 0


def _keys(ledger: Ledger, student: str) -> tuple[set[str], set[str]]:
    """Keys of the student's verdicts, and of all."""
    own, all = set(), set()
    for judged in ledger.judged():
        all.add(judged.verdict.key)
        if judged.verdict.student == student:
            own.add(judged.verdict.key)
    return own, all


def _expect_owners(course: Course, ledger: Ledger, known: set[str]) -> None:
    """Make sure that a kept attempt without an owner is a kill's leavings, and nobody's work.

    Raises:
        CourseError: the file that says whose the attempts are is lost, or a part of it.
    """
    kept = [path for path in (course.root / ATTEMPTS).rglob("*.*") if path.is_file()]
    lost = {place_of(course.root, key) for key in ledger.of_nobody_known() - known}
    file, unknown = IDENTITIES, [path for path in kept if path in lost]
    if not (course.root / LEDGER).exists():
        file, unknown = LEDGER, kept
    if unknown:
        raise CourseError(
            f"{file} does not say whose these kept attempts are: {len(unknown)} in {ATTEMPTS}/. "
            "Put the file back from a backup, then run this again. Nothing was deleted"
        )


def _person(course: Course, book: CourseGradebook, student: str) -> Person:
    """The student as gradebook or class list know them."""
    for person in book.people():
        if person.id == student:
            return person
    try:
        rows = read_roster(course.root / "roster.csv").students
    except RosterError:
        rows = []
    row = next((row for row in rows if row["id"] == student), {})
    names = (row.get("first_name", ""), row.get("last_name", ""))
    return Person(student, *names, email=row.get("email", ""))


def _plan(person: Person, found: list[Trace], pseudonym: str | None) -> list[str]:
    name = " ".join(filter(None, (person.first_name, person.last_name)))
    lines = [f"Of {person.id}{f' ({name})' if name else ''} this will be deleted:"]
    lines += [f"  {trace.what}" for trace in found]
    if pseudonym is not None:
        lines.append("  who is behind their pseudonym in the ledger, and the key to what it quotes")
        lines.append("The ledger keeps points and dates, of nobody that can be named any more.")
    return lines


def _confirmed(student: str) -> bool:
    try:
        return input(f"There is no way back. To delete it, type {student}: ").strip() == student
    except EOFError:
        print()
        return False


def _say(words: str) -> None:
    print(words, file=sys.stderr)
