"""An edition: what a class has of a course, where its teacher chose.

Which chapters and exercises, what they are worth, from when on a question says right or wrong, and
exercises of the teacher's own, in a folder of the same form as `solutions/`: a file in a folder
that is called like a chapter of the course comes at that chapter's end, a folder with a
`chapter.py` is a chapter by itself.

A class's edition travels as a folder beside each notebook, without the answers.

Not here: the exercises of a course or an edition (`catalogue`), the teacher's own file, from which
an edition is made (`annkit.grading.intake.course_file`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annkit.exercises.tasks.task_base import ExerciseError

FILE_NAME = "annkit-edition.json"
FOLDER = "annkit-edition"


@dataclass(frozen=True)
class Edition:
    """What is chosen; nothing of it is the whole course as it is.

    Attributes:
        chapters: those that are taken; all if empty.
        left_out: ids of exercises that are not.
        points: id → what the exercise is worth, where that is not what its file says.
        told_after: chapter → until when its graded questions keep right and wrong to themselves.
        own: folder with further chapters and exercises.
        faulty: id → what is wrong with its file, of the teacher's own that cannot be loaded.
    """

    chapters: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    points: Mapping[str, float] = field(default_factory=dict)
    told_after: Mapping[str, datetime] = field(default_factory=dict)
    own: Path | None = None
    faulty: Mapping[str, str] = field(default_factory=dict)

    def takes(self, chapter: str) -> bool:
        """Whether a chapter is taken."""
        return not self.chapters or chapter in self.chapters

    def own_folders(self) -> list[Path]:
        """The folders of the teacher's own that hold exercises, in order."""
        return [] if self.own is None else sorted(self.own.glob("ch[0-9][0-9]_*"))

    def to_bytes(self) -> bytes:
        """The file that says all but `own`, which is the folder around it."""
        plain: dict[str, Any] = {
            "chapters": self.chapters,
            "left_out": sorted(self.left_out),
            "points": dict(self.points),
            "told_after": {name: time.isoformat() for name, time in self.told_after.items()},
        }
        if self.faulty:
            plain["faulty"] = dict(self.faulty)
        return (json.dumps(plain, indent=1) + "\n").encode("ascii")


def read_edition(folder: Path) -> Edition:
    """The edition in a folder; one that chooses nothing where there is no file.

    Raises:
        ExerciseError: the file is damaged.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Edition()
    try:
        plain = json.loads(path.read_bytes())
        times = {name: datetime.fromisoformat(time) for name, time in plain["told_after"].items()}
        return Edition(
            tuple(plain["chapters"]),
            frozenset(plain["left_out"]),
            {id: float(points) for id, points in plain["points"].items()},
            {name: time.astimezone(UTC) for name, time in times.items()},
            folder,
            dict(plain.get("faulty", {})),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"is damaged, fetch the chapter again ({type(error).__name__})"
        raise ExerciseError(problem, str(path), 1) from None
