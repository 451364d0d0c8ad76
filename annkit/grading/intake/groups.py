"""Groups that hand in together: one notebook, and the same marks for everybody in the group.

Whoever of a group hands in, it is the group's; the newest counts, as on learning systems, but for
what is as it was handed out. Where several differ and nobody knows their times, they wait for the
teacher. The inputs of a group's marks are drawn for the group, so that all of it gets the same.

Not here: who is in a group (`course_file`), answers that are alike (`annkit.grading.marking`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annkit.grading.intake.course import CourseError
from annkit.grading.intake.submissions import Refused, Submission
from annkit.grading.rebuild.notebook import UnreadableNotebook, read_bytes, read_cells


@dataclass(frozen=True)
class Groups:
    """The groups of one assignment.

    Attributes:
        members: group → students, each of them in one group only.
    """

    members: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def of(self) -> dict[str, str]:
        """Student → group, of all who are in one."""
        return {student: name for name, members in self.members.items() for student in members}

    def with_fellows(self, students: Iterable[str]) -> set[str]:
        """Some students, and whoever hands in with them."""
        of = self.of
        return {
            fellow
            for student in students
            for fellow in self.members.get(of.get(student, ""), [student])
        }

    def keeper(self, student: str) -> str:
        """In whose folder a downloaded notebook of this student, or of the group, is put."""
        return next(iter(self.members.get(self.of.get(student, ""), [student])))

    def expect_known(self, students: Collection[str]) -> None:
        """Make sure that everybody in a group is in the class list, if there is one.

        Raises:
            CourseError: somebody is not.
        """
        unknown = [
            f"{student} ({name})" for student, name in self.of.items() if student not in students
        ]
        if students and unknown:
            raise CourseError(f"in a group, and not in the class list: {', '.join(unknown)}")

    def words(self, student: str) -> str:
        """For whom a notebook of this student counts; "" if only for them."""
        name = self.of.get(student, "")
        return f"for {name}: {', '.join(self.members[name])}" if name else ""

    def shared(self, found: Sequence[Submission]) -> tuple[list[Submission], list[Refused]]:
        """What was handed in, each group's for everybody in it; and what waits for the teacher.

        Args:
            found: of all who are in a group with somebody it is about.
        """
        of = self.of
        left = [one for one in found if one.student not in of]
        refused = []
        rivals: dict[tuple[str, str], list[Submission]] = {}
        for one in found:
            if one.student in of and one.path is not None:
                rivals.setdefault((of[one.student], one.release.notebook), []).append(one)
        for (name, _), them in rivals.items():
            counting = _newest(_answering(them))
            if counting is None:
                who = " and ".join(one.student for one in them)
                refused.append(Refused(name, f"{who} handed in different notebooks, {_REMEDY}"))
            else:
                left += [
                    replace(counting, student=student, group=name) for student in self.members[name]
                ]
        return sorted(left, key=lambda one: one.place), refused


_REMEDY = (
    "and no times say which is newer: delete those that do not count from submitted/, or take "
    "whoever works alone out of the group"
)


def _answering(them: Sequence[Submission]) -> Sequence[Submission]:
    """Those that are not as they were handed out; all of them if each is."""
    return [one for one in them if not _is_untouched(one)] or them


def _is_untouched(one: Submission) -> bool:
    assert one.path is not None
    try:
        return not one.release.answered_in(read_cells(one.path))[0]
    except UnreadableNotebook:
        return False  # nobody knows what was in it


def _newest(them: Sequence[Submission]) -> Submission | None:
    """The notebook that counts; None if that is not sure."""
    contents = {_content(one) for one in them}
    known = [one for one in them if one.timestamp is not None]
    if len(contents) == 1:
        # From the first time on at which any of them handed it in, it was there.
        return min(known, key=_moment, default=them[0])
    known.sort(key=_moment)
    is_sure = len(known) == len(them) and _moment(known[-1]) > _moment(known[-2])
    return known[-1] if is_sure else None


def _moment(one: Submission) -> float:
    assert one.timestamp is not None
    return one.timestamp.timestamp()


def _content(one: Submission) -> bytes | str:
    """What is in it, or why that cannot be read."""
    assert one.path is not None
    try:
        return read_bytes(one.path)
    except UnreadableNotebook as error:
        return str(error)
