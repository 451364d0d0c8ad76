"""`annkit doctor`: whether this package is the one that runs, and what submissions are kept from.

What lies among the packages of Python or the libraries of the system is in sight of every
submission. A course there cannot be made safe, so it is not graded.

Not here: the sandboxes (`sandbox.tiers`), what they show (`sandbox.visible`), the modes of a
course's files (`intake.course`).
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from annkit.distribution import in_the_way
from annkit.exercises import course as own_course
from annkit.grading.intake.course import Course, CourseError, is_course, read_course
from annkit.grading.intake.course_file import own_folder_of
from annkit.grading.sandbox.tiers import NoTier, Tier, best_tier, why_not
from annkit.grading.sandbox.visible import exposed


def doctor(folder: Path) -> int:
    """Say which sandboxes this machine offers and what is missing; 0 if marks can be made.

    Args:
        folder: a course directory to look at as well, if it is one.
    """
    foreign = in_the_way([str(Path.cwd()), *sys.path])
    print(f"✗ {foreign}" if foreign else "✓ nothing else here is called annkit")
    for tier in Tier:
        obstacle = why_not(tier)
        print(f"{'✗' if obstacle else '✓'} {tier.value}: {obstacle or tier.words}")
    try:
        places = private_places(read_course(folder) if is_course(folder) else None)
        expect_out_of_sight(places)
    except (CourseError, NoTier) as error:
        print(f"✗ {error}")
        return 1
    print(f"✓ out of sight of submissions: {', '.join(map(str, places))}")
    best = best_tier()
    if best is Tier.LIMITS:
        print("Official marks need --allow-weak-sandbox here: a submission could read and change")
        print("what you can. On Linux, install bubblewrap (Debian: apt install bubblewrap).")
        return 1
    print(f"annkit grade would use: {best.value}")
    return 1 if foreign else 0


def private_places(course: Course | None) -> list[Path]:
    """What no submission may read: the solutions, a teacher's own, a course with its gradebook.

    Raises:
        CourseError: the teacher's file cannot be read, or names what can be no folder.
    """
    if course is None:
        return [own_course().root]
    own = own_folder_of(course.root)
    return [own_course().root, *course.private, *([] if own is None else [own])]


def expect_out_of_sight(places: Iterable[Path]) -> None:
    """Make sure that a sandbox shows none of these.

    Raises:
        NoTier: it would; the text says what to do.
    """
    for place, root in exposed(places).items():
        raise NoTier(
            f"{place} lies in {root}, which every submission can read: move it to a folder of "
            "its own, away from Python's packages and the system's libraries"
        )
