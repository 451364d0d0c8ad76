"""The official judge: one notebook of one student goes in, a verdict comes out.

It works in a process with a sandbox of its own, on this machine or on another. It writes nothing
and knows no secret: the seeds come with the order.

Not here: sharing the work out (`pool`), writing marks down (`books.filing`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annkit.exercises import Catalogue
from annkit.grading.marking import measured_slopes, similarity, suspicious_names
from annkit.grading.marking.digests import digest
from annkit.grading.marking.forbidden_marks import searched
from annkit.grading.marking.graded_notebook import graded_notebook
from annkit.grading.marking.score import all_marks, object_names, score
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.rebuild.notebook import UnreadableNotebook, parse_cells, read_bytes
from annkit.grading.rebuild.rebuild import Rebuilt, rebuild
from annkit.grading.rebuild.release import Release
from annkit.grading.sandbox.sandbox import Limits, Sandbox, SandboxError
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.states import CRASHED, NOT_ATTEMPTED, UNREADABLE


@dataclass(frozen=True)
class Order:
    """One notebook to grade.

    Attributes:
        student: who handed it in.
        release: what was handed out.
        seeds: exercise id → seed of its inputs.
        path: where it lies; None if it was not handed in.
        content: the file itself, for a worker that cannot reach the path.
        notes: remarks on the files, for the verdict.
        key: of grader, submission and release.
    """

    student: str
    release: Release
    seeds: Mapping[str, int] = field(repr=False)
    path: Path | None
    content: bytes | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()
    key: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was handed in."""
        return self.path is None and self.content is None

    def read(self) -> bytes:
        """The file.

        Raises:
            UnreadableNotebook: it cannot be read.
        """
        if self.content is not None:
            return self.content
        assert self.path is not None, "nothing was handed in"
        return read_bytes(self.path)

    def verdict(self, marks: Iterable[MarkLine]) -> Verdict:
        """A verdict with these marks, and nothing else yet but what the order says."""
        release = self.release
        return Verdict(
            self.student,
            release.assignment,
            release.notebook,
            tuple(marks),
            notes=self.notes,
            key=self.key,
        )


@dataclass(frozen=True)
class Graded:
    """A verdict, and the notebook that shows it; b"" where no release tells what to show."""

    verdict: Verdict
    notebook: bytes = field(repr=False)


class Judge:
    """What a worker keeps from one submission to the next: the exercises and a warm sandbox.

    Args:
        catalogue: where the checks are.
        tier: of the sandbox; the strongest there is if None.
        limits: of every submission.
    """

    def __init__(
        self, catalogue: Catalogue, tier: Tier | None = None, limits: Limits | None = None
    ) -> None:
        """Open a sandbox; its parent starts with the first submission."""
        self._catalogue = catalogue
        self._limits = limits
        self._sandbox = Sandbox(tier)

    def grade(self, order: Order) -> Graded:
        """Grade one notebook: read it, rebuild it, search it, run and judge it, show the marks.

        Raises:
            SandboxError: the sandbox does not work; the submission is not at fault.
        """
        if order.is_empty:
            words = "No notebook was handed in."
            return without_cells(self._catalogue, order, NOT_ATTEMPTED, words)
        try:
            submitted = parse_cells(order.read())
        except UnreadableNotebook as error:
            return unreadable(self._catalogue, order, error)
        release = order.release
        names = object_names(self._catalogue, release.ids)
        rebuilt = rebuild(release.cells, submitted, names)
        ruled_out = searched(self._catalogue, rebuilt)
        broken = {id: found.broken for id, found in ruled_out.items() if found.broken}
        marks = score(self._catalogue, order.seeds, rebuilt, self._sandbox, self._limits, broken)
        findings = [words for found in ruled_out.values() for words in found.findings]
        findings += suspicious_names.findings(self._catalogue, rebuilt)
        findings += measured_slopes.findings(self._catalogue, rebuilt)
        verdict = replace(
            order.verdict(marks),
            repairs=rebuilt.repairs,
            altered=rebuilt.altered,
            findings=tuple(findings),
            fingerprints=similarity.fingerprints(rebuilt.answers, names),
            versions={id: digest(text)[:16] for id, text in rebuilt.answers.items()},
            tier=self._sandbox.tier.value,
        )
        return Graded(verdict, graded_notebook(release, rebuilt, submitted, verdict))

    def close(self) -> None:
        """End the sandbox."""
        self._sandbox.close()


def without_cells(catalogue: Catalogue, order: Order, state: str, words: str) -> Graded:
    """The verdict where there are no cells to look at: the same state for every exercise.

    Args:
        catalogue: where the exercises are.
        order: what was to be graded.
        state: of all marks.
        words: why.
    """
    verdict = order.verdict(all_marks(catalogue, order.release.ids, state, words))
    return Graded(verdict, graded_notebook(order.release, Rebuilt({}, (), ()), [], verdict))


def unreadable(catalogue: Catalogue, order: Order, error: UnreadableNotebook) -> Graded:
    """The verdict on a file that holds no cells."""
    return without_cells(catalogue, order, UNREADABLE, f"The file is unreadable: {error}.")


def grade_whatever(judge: Judge, catalogue: Catalogue, order: Order) -> Graded:
    """Grade an order; a fault of the grader's own costs this order only, and is said.

    Raises:
        SandboxError: the sandbox does not work; no submission is at fault.
    """
    try:
        return judge.grade(order)
    except SandboxError:
        raise
    except Exception as fault:
        words = f"The grader itself failed on it ({fault!r:.200}); a person has to look."
        return without_cells(catalogue, order, CRASHED, words)
