"""One notebook, judged where a platform runs it: on the machine that also holds the result.

A strong sandbox keeps the submission away from the result. Without one it may write whatever it
likes, so the result says that it is practice. Only what `annkit grade` makes in a course directory
stands in the ledger.

Not here: how each platform wants to be told (`gradescope_results`, `github_report`).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annkit.exercises import Catalogue, course
from annkit.grading.marking.class_points import in_points, other_points
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.marking.seeds import seed_for
from annkit.grading.marking.verdict import Verdict
from annkit.grading.platforms.starter import SETTINGS
from annkit.grading.rebuild.notebook import UnreadableNotebook, parse_cells, read_bytes
from annkit.grading.rebuild.release import Release, read_release
from annkit.grading.sandbox.session import MachineFault
from annkit.grading.sandbox.tiers import Tier, best_tier
from annkit.grading.states import MACHINE_FAULT

PRACTICE = "Practice, not official marks"
# Browsers save notebooks under names of text or data, and some systems know capitals only.
_NOTEBOOK = re.compile(r"\.ipynb(\.txt|\.json)?$", re.IGNORECASE)


def read_autograder(source: Path, tier: Tier | None = None) -> "Autograder":
    """The autograder that a `starter` was made for.

    Args:
        source: folder of its files.
        tier: of the sandbox; the strongest this machine has if None.
    """
    settings = json.loads((source / SETTINGS).read_text("utf-8"))
    chapter = settings["chapter"]
    return Autograder(
        course(),
        read_release(source / f"{chapter}.json", chapter),
        bytes.fromhex(settings["secret"]),
        tier or best_tier(),
        settings["visibility"],
    )


@dataclass(frozen=True)
class Autograder:
    """Judges notebooks of one chapter.

    Attributes:
        catalogue: the exercises.
        release: what was handed out.
        secret: decides the inputs, together with the student.
        tier: of the sandbox.
        visibility: when students see results, in Gradescope's words.
    """

    catalogue: Catalogue
    release: Release
    secret: bytes = field(repr=False)
    tier: Tier
    visibility: str = "visible"

    @property
    def honesty(self) -> str:
        """What a result from this machine is worth, in a sentence that names the sandbox."""
        said = f"Sandbox: {self.tier.value} ({self.tier.words})."
        if self.tier is Tier.LIMITS:
            return f"{PRACTICE}: a submission can change its result here. {said}"
        return said

    def verdict(self, folder: Path, student: str) -> Verdict:
        """The verdict on the notebook in a folder; where there is none, on nothing handed in.

        Raises:
            MachineFault: nothing can be said of the submission, or of one of its answers.
            SandboxError: the sandbox does not work.
        """
        content, problem, notes = self._best(folder)
        seeds = {id: seed_for(self.secret, student, id) for id in self.release.ids}
        judge = Judge(self.catalogue, self.tier, observes=False)
        try:
            order = Order(student, self.release, seeds, content, problem, notes)
            verdict = judge.grade(order).verdict
        finally:
            judge.close()
        if verdict.is_unjudged:
            faults = (mark.words for mark in verdict.marks if mark.state == MACHINE_FAULT)
            raise MachineFault("; ".join(dict.fromkeys(faults)))
        return in_points(verdict, other_points(self.catalogue, [self.release]))

    def _best(self, folder: Path) -> tuple[bytes | None, str, tuple[str, ...]]:
        """The notebook that answers most, why there is none that can be read, and remarks."""
        best: tuple[tuple[int, int], Path, bytes] | None = None
        problem = ""
        seen = 0
        for path in _notebooks(folder):
            seen += 1
            try:
                content = read_bytes(path)
                count = self.release.answered_in(parse_cells(content))
            except UnreadableNotebook as error:
                problem = problem or f"{path.name}: {error}"
                continue
            if best is None or count > best[0]:
                best = count, path, content
        if best is None:
            return None, problem, ()
        _, path, content = best
        notes = (f"{seen} notebooks were handed in; {path.name} is the one that was judged",)
        return content, "", notes if seen > 1 else ()


def _notebooks(folder: Path) -> Iterator[Path]:
    """The notebooks in a folder, the nearest first; neither links nor hidden ones."""
    found = [
        path
        for path in folder.rglob("*")
        if _NOTEBOOK.search(path.name)
        and path.is_file()
        and not any(one.is_symlink() for one in (path, *path.parents) if folder in one.parents)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    yield from sorted(found, key=lambda path: (len(path.parts), path))
