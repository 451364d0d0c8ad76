"""What an autograder needs on a machine that has nothing: this package, pins, a chapter, settings.

The package comes as a wheel with the references, which judging needs, and everything else by hash
from where the machine's pip looks.

Not here: the scripts around it (`gradescope_zip`, `github_repository`).
"""

import json
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annkit.exercises import Catalogue, Explanation
from annkit.grading.intake.course_words import nearest

LOCK = "requirements-judge.lock"
SETTINGS = "autograder.json"
_CHECKOUT = Path(__file__).resolve().parents[3]


class StarterError(Exception):
    """No autograder can be made; the text says why."""


@dataclass(frozen=True)
class Starter:
    """Makes the files of an autograder.

    Attributes:
        catalogue: the exercises.
        release: makes the learners' notebooks of some chapters.
        wheel: writes this package, references included, into a folder.
        beside: what lies beside a notebook that is handed out, by its name there.
    """

    catalogue: Catalogue
    release: Callable[[Collection[str]], Mapping[Path, bytes]]
    wheel: Callable[[Path], Path]
    beside: Mapping[str, bytes] = field(default_factory=dict)

    def notebook(self, chapter: str) -> bytes:
        """A chapter as it is handed out.

        Raises:
            StarterError: there is no such chapter.
        """
        if chapter not in self.catalogue.chapters:
            guess = nearest(chapter, self.catalogue.chapters)
            raise StarterError(f"there is no chapter {chapter}; {guess}")
        return self.release([chapter])[Path(chapter) / f"{chapter}.ipynb"]

    def files(self, chapter: str, folder: Path, visibility: str = "visible") -> dict[str, bytes]:
        """Name → content of what the autograder is started with.

        Args:
            chapter: to be judged.
            folder: where the wheel may be built.
            visibility: when Gradescope shows results.

        Raises:
            StarterError: there is no such chapter, or this is no checkout.
        """
        lock = _CHECKOUT / LOCK
        if not lock.is_file():
            raise StarterError(f"{LOCK} is missing: run this in a clone of the repository")
        notebook = self.notebook(chapter)
        settings = {
            "chapter": chapter,
            "secret": secrets.token_hex(32),
            "visibility": visibility,
        }
        wheel = self.wheel(folder)
        return {
            # Not called a notebook: whoever takes clones in would find it beside the student's.
            f"{chapter}.json": notebook,
            wheel.name: wheel.read_bytes(),
            LOCK: lock.read_bytes(),
            SETTINGS: json.dumps(settings, indent=1).encode("ascii") + b"\n",
        }

    def points(self, chapter: str) -> tuple[float, float]:
        """Points of a chapter that are judged here, and those that a person gives."""
        tasks = [self.catalogue.load(id) for id in self.catalogue.chapters[chapter]]
        worth = self.catalogue.worth
        by_hand = sum(worth(task) for task in tasks if isinstance(task, Explanation))
        return sum(map(worth, tasks)) - by_hand, by_hand
