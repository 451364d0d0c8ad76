"""The official judge: one notebook of one student goes in, a verdict comes out.

It works in a process with a sandbox of its own, on this machine or on another. It writes nothing
and knows no secret: the seeds come with the order.

Not here: sharing the work out (`pool`), writing marks down (`books.filing`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from annkit.exercises import Catalogue
from annkit.grading.marking import measured_slopes, similarity, suspicious_names
from annkit.grading.marking.digests import content_digest, digest
from annkit.grading.marking.forbidden_marks import searched
from annkit.grading.marking.graded_notebook import graded_notebook
from annkit.grading.marking.score import all_marks, at_fault, object_names, score
from annkit.grading.marking.verdict import FAILED, MarkLine, Verdict
from annkit.grading.rebuild.notebook import UnreadableNotebook, parse_cells
from annkit.grading.rebuild.rebuild import Rebuilt, rebuild
from annkit.grading.rebuild.release import Release
from annkit.grading.sandbox.sandbox import Limits, Sandbox, SandboxError
from annkit.grading.sandbox.session import MachineFault
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.states import CRASHED, MACHINE_FAULT, NOT_ATTEMPTED, UNREADABLE


@dataclass(frozen=True)
class Order:
    """One notebook to grade, with the file itself: it is read once, whatever becomes of it later.

    Attributes:
        student: who handed it in.
        release: what was handed out.
        seeds: exercise id → seed of its inputs.
        content: the file; None if nothing was handed in, or it could not be read.
        problem: why it could not be read; "" if it could.
        notes: remarks on the files, for the verdict.
        key: of grader, submission and release.
        faults: how many earlier runs met a fault of the machine while they judged it.
        blames: whether the next such fault counts as the submission's own.
        earlier: marks that are not made again, but taken over.
        at_fault: exercises of the teacher's own that cannot be judged, and why.
    """

    student: str
    release: Release
    seeds: Mapping[str, int] = field(repr=False)
    content: bytes | None = field(default=None, repr=False)
    problem: str = ""
    notes: tuple[str, ...] = ()
    key: str = ""
    faults: int = 0
    blames: bool = False
    earlier: tuple[MarkLine, ...] = field(default=(), repr=False)
    at_fault: Mapping[str, str] = field(default_factory=dict)

    def without(self, id: str, words: str) -> "Order":
        """The same for all but an exercise of the teacher's own that is at fault."""
        return replace(self, at_fault={**self.at_fault, id: f"{id}.py: {words}"})

    def kept(self, catalogue: Catalogue) -> dict[str, MarkLine]:
        """Marks that nothing is run for, by exercise."""
        faults = self.at_fault.items()
        return {mark.id: mark for mark in self.earlier} | {
            id: at_fault(catalogue.load(id), words) for id, words in faults
        }

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
            content="" if self.content is None else content_digest(self.content),
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
        observes: whether answers of a class are to be compared by what they do.
        at: is told which of the teacher's own exercises is judged; "" once it is over.

    Attributes:
        has_worked: whether its sandbox has ever run a submission.
        own: the exercise of the teacher's own that is judged now, or was when judging broke off.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        tier: Tier | None = None,
        limits: Limits | None = None,
        observes: bool = True,
        at: Callable[[str], None] = lambda id: None,
    ) -> None:
        """Open a sandbox; its parent starts with the first submission."""
        self._catalogue = catalogue
        self._limits = limits
        self._observes = observes
        self._at, self.own = at, ""
        self._sandbox = Sandbox(tier)
        self.has_worked = False

    def grade(self, order: Order) -> Graded:
        """Grade one notebook: read it, rebuild it, search it, run and judge it, show the marks.

        Raises:
            MachineFault: nothing can be said of the submission.
            SandboxError: the sandbox does not work; the submission is not at fault.
        """
        self._tell("")
        if order.problem:
            return _unreadable(self._catalogue, order, order.problem)
        if order.content is None:
            words = "No notebook was handed in."
            return without_cells(self._catalogue, order, NOT_ATTEMPTED, words)
        try:
            submitted = parse_cells(order.content)
        except UnreadableNotebook as error:
            return _unreadable(self._catalogue, order, str(error))
        release = order.release
        names = object_names(self._catalogue, release.ids)
        rebuilt = rebuild(release.cells, submitted, names)
        ruled_out = searched(self._catalogue, rebuilt)
        broken = {id: found.broken for id, found in ruled_out.items() if found.broken}
        marks = score(
            self._catalogue,
            order.seeds,
            rebuilt,
            self._sandbox,
            self._limits,
            broken=broken,
            blames=order.blames,
            kept=order.kept(self._catalogue),
            observes=self._observes,
            at=self._tell,
        )
        self.has_worked = True
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

    def _tell(self, id: str) -> None:
        """Say which of the teacher's own exercises is judged now, where that changes."""
        own = id if id and self._catalogue.is_own(id) else ""
        if own != self.own:
            self.own = own
            self._at(own)

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


def _unreadable(catalogue: Catalogue, order: Order, problem: str) -> Graded:
    """The verdict on a file that holds no cells."""
    return without_cells(catalogue, order, UNREADABLE, f"The file is unreadable: {problem}.")


def unjudged(catalogue: Catalogue, order: Order, fault: str) -> Graded:
    """The verdict where the machine failed: none, unless it has failed there again and again.

    Args:
        catalogue: where the exercises are.
        order: what was to be graded.
        fault: what happened; follows "the machine failed: ".
    """
    if order.blames:
        words = f"{FAILED}: {fault}."
        return without_cells(catalogue, order, CRASHED, words)
    words = f"No mark yet, since the machine failed: {fault}. Run annkit grade again."
    return without_cells(catalogue, order, MACHINE_FAULT, words)


def grade_whatever(judge: Judge, catalogue: Catalogue, order: Order) -> Graded:
    """Grade an order; a fault of the machine or the grader costs this order only, and is said.

    In a check of the teacher's own it costs this exercise only: at once what the check has raised,
    and what looks like the machine's as soon as the submission would be blamed for it. (A process
    that the machine kills is then blamed where that is seen, in its session.)

    Raises:
        SandboxError: the sandbox has never worked; no submission is at fault.
    """
    try:
        return judge.grade(order)
    except MachineFault as fault:
        if judge.own and order.blames:
            return grade_whatever(judge, catalogue, order.without(judge.own, str(fault)))
        return unjudged(catalogue, order, str(fault))
    except SandboxError as error:
        if not judge.has_worked:
            raise
        return unjudged(catalogue, order, str(error))
    except Exception as fault:
        words = f"the grader itself met {fault!r:.200}"
        if judge.own:
            return grade_whatever(judge, catalogue, order.without(judge.own, words))
        return unjudged(catalogue, order, words)
