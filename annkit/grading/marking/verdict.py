"""A verdict: all that is known of one graded notebook, as plain data.

It is what crosses from a worker to the grader, what the ledger keeps a line of, and what tables
and comments are made from. It holds no inputs, no expected values and no seeds.

Not here: reaching it (`official_judge`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annkit.grading.sandbox.session import KILLED
from annkit.grading.states import (
    CRASHED,
    FOR_A_PERSON,
    GRADED,
    MACHINE_FAULT,
    NOT_ATTEMPTED,
    TAMPERED,
    TIMED_OUT,
    TROUBLE,
)

# The error of a check whose answer did not end.
OUT_OF_TIME = "ran out of time"
# What is said of a submission that no run could judge; why follows.
FAILED = "The machine failed on it in two runs, each time twice"


@dataclass(frozen=True)
class CheckLine:
    """One check: its label, whether it passed, its points, and what the answer did instead.

    It raised an error, ran out of time, or changed its input.
    """

    label: str
    passed: bool
    points: float
    max_points: float
    error: str = ""


@dataclass(frozen=True)
class MarkLine:
    """The mark of one exercise.

    Attributes:
        id: the exercise.
        state: one of `states`.
        points: earned; None where a person gives them, or nothing could be judged.
        max_points: that can be earned.
        words: one sentence on the state; may be empty if graded.
        checks: what was checked, if anything was run.
        mistake: name of the known mistake it is; "" if it is none.
        mistake_text: the mistake in words.
        suspects: the mistakes it may be, where several fit.
        next_step: the hint for it.
        behaviour: of a mistake without a name: the same letters for answers that do the same.
        seen: of the same: the failing case on the notebook's inputs, for the teacher's eyes.
        lent: earlier exercises whose references it was judged with, since the learner's own failed.
    """

    id: str
    state: str
    points: float | None
    max_points: float
    words: str = ""
    checks: tuple[CheckLine, ...] = ()
    mistake: str = ""
    mistake_text: str = ""
    suspects: tuple[str, ...] = ()
    next_step: str = ""
    behaviour: str = ""
    seen: str = ""
    lent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What grading one notebook of one student came to.

    Attributes:
        student: who handed it in.
        assignment: of which it is a part.
        notebook: its name in the release.
        marks: of every exercise, in order.
        repairs: what was not as released.
        altered: whether locked cells were among that.
        findings: uses of forbidden names, each with its line.
        fingerprints: exercise id → digest of the answer without names and layout.
        versions: exercise id → digest of the answer's text: another one is another attempt.
        notes: remarks on the files (renamed, extra).
        tier: the sandbox it ran in; "" if nothing had to run.
        key: of grader, submission and release.
        content: digest of the file that was judged; "" if there was none.
        is_second: whether it ran out of time beside others, or met a fault of the machine, and this
            is what came of it alone.
    """

    student: str
    assignment: str
    notebook: str
    marks: tuple[MarkLine, ...]
    repairs: tuple[str, ...] = ()
    altered: bool = False
    findings: tuple[str, ...] = ()
    fingerprints: Mapping[str, str] | None = None
    versions: Mapping[str, str] | None = None
    notes: tuple[str, ...] = ()
    tier: str = ""
    key: str = ""
    content: str = ""
    is_second: bool = False

    @property
    def points(self) -> float:
        """Points earned without those a person still gives."""
        return sum(mark.points or 0.0 for mark in self.marks)

    @property
    def max_points(self) -> float:
        """Points there are."""
        return sum(mark.max_points for mark in self.marks)

    @property
    def state(self) -> str:
        """One word or two for the whole submission."""
        states = {mark.state for mark in self.marks}
        if self.altered:
            states.add(TAMPERED)
        for state in TROUBLE:
            if state in states:
                return state
        return NOT_ATTEMPTED if states == {NOT_ATTEMPTED} else GRADED

    @property
    def ran_out_of_time(self) -> bool:
        """Whether time decided anything in it: an answer's last points, or all of them."""
        return any(
            mark.state == TIMED_OUT or any(line.error == OUT_OF_TIME for line in mark.checks)
            for mark in self.marks
        )

    @property
    def is_unjudged(self) -> bool:
        """Whether something has no mark, since the machine failed, or an exercise is at fault."""
        return any(mark.state == MACHINE_FAULT for mark in self.marks)

    @property
    def is_lost(self) -> bool:
        """Whether that is the machine's doing: then nothing came out of a sandbox."""
        return self.is_unjudged and not self.tier

    @property
    def is_open(self) -> bool:
        """Whether another run may come to another end: on a machine with more memory, say.

        Something has no mark; or it has crashed by what looks like no deed of its own, run after
        run. That earns nothing, so that nobody gains by it, and is judged anew all the same.
        """
        ends = (KILLED, FAILED)
        killed = (one.state == CRASHED and one.words.startswith(ends) for one in self.marks)
        return self.is_unjudged or any(killed)

    @property
    def to_read(self) -> list[str]:
        """Exercises that wait for a person's points."""
        return [mark.id for mark in self.marks if mark.state == FOR_A_PERSON]

    @property
    def for_a_person(self) -> list[str]:
        """What somebody should look at, in words."""
        words = [f"to read: {', '.join(self.to_read)}"] if self.to_read else []
        return [*words, *self.remarkable]

    @property
    def remarkable(self) -> list[str]:
        """What is out of the ordinary, in words."""
        words = []
        for state in TROUBLE:
            ids = [mark.id for mark in self.marks if mark.state == state]
            if len(ids) == len(self.marks):
                words.append(f"{state}: {self.marks[0].words}")
            elif state == MACHINE_FAULT:
                words += [f"{one.id}: {one.words}" for one in self.marks if one.state == state]
            elif ids:
                words.append(f"{state}: {', '.join(ids)}")
        return [*words, *self.repairs, *self.findings, *self.notes]

    def plain(self) -> dict[str, Any]:
        """The verdict as JSON-able data; nothing in it is copied."""
        marks = [{**vars(one), "checks": [*map(vars, one.checks)]} for one in self.marks]
        return {**vars(self), "marks": marks}


def from_plain(data: Mapping[str, Any]) -> Verdict:
    """The verdict from `Verdict.plain`, as read back from JSON."""
    marks = tuple(
        MarkLine(
            **{
                **mark,
                "checks": tuple(CheckLine(**check) for check in mark["checks"]),
                "suspects": tuple(mark["suspects"]),
                "lent": tuple(mark.get("lent", ())),  # an earlier edition lent nothing
            }
        )
        for mark in data["marks"]
    )
    lists = {name: tuple(data[name]) for name in ("repairs", "findings", "notes")}
    return Verdict(**{**data, **lists, "marks": marks})
