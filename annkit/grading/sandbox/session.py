"""One submission in a sandbox: its cells are run, its answers called, from a safe distance.

A cell or an answer that kills its process, or never ends, costs itself: the session starts again
in a fresh child without that cell, or refuses further calls to that answer. Time is bounded over
all restarts: budgets of processor time, which the kernel tells about the child, with a multiple of
them on the clock behind. The child's own limits are for honest answers, whose earlier points stay;
what it says about time is not asked for.

A child that dies before any cell has run, or is killed from outside (when the machine is short of
memory, say), is a fault of the machine and ends the session: nothing can be said of the submission.
No submission can look like that, since the kernel refuses it SIGKILL. But one that takes all the
machine's memory is killed each time it is run: whoever has seen that often enough has the session
blame the submission.

Not here: the verdict (`annkit.grading.marking.score`).
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from annkit.exercises.calls.containment import Budget, Interruption
from annkit.grading.sandbox.sandbox import Ending, Limits, Sandbox
from annkit.grading.sandbox.untrusted.channel import (
    Channel,
    ChannelClosed,
    ChannelError,
    ChannelTimeout,
)
from annkit.grading.states import CRASHED, TAMPERED, TIMED_OUT

# What a reply may take beyond the call's own budget: reading the arguments, encoding the result.
_GRACE = 1.0
# What a question about an answer may take, which names no budget as a call does.
_QUESTION_SECONDS = 1.0
# A child with several threads works faster than the clock goes: so often it is looked at, at least.
_LOOK_SECONDS = 1.0
# The kernel's limit counts in ticks, more coarsely than its clocks: used up is used up nearly. It
# matters for what is deaf to the signal that says so.
_NEARLY = 0.8
# What all replies of an answer may weigh, since they are kept until it is judged: twenty times
# what any answer of the course sends.
_MAX_WEIGHT = 64 * 2**20
# While cells run there is nothing to say but which one, and a short error.
_MAX_REPORT = 2**16
_USED_UP = "The notebook's time was used up."
# What is said of a process that something else than the submission has killed, run after run.
KILLED = "The machine killed its process each time: most likely it takes more memory than there is."


@dataclass(frozen=True)
class JobCell:
    """One code cell: a label that is unique in the job, and its source."""

    key: str
    source: str


@dataclass(frozen=True)
class Job:
    """The cells of one submission in order, and the answers to keep on the way.

    Attributes:
        cells: all that run.
        captures: key of an answer's cell → name of the object that is kept right after it has run.
        limits: of the submission.
        has_library: whether the course's own implementations are there.
    """

    cells: tuple[JobCell, ...]
    captures: Mapping[str, str]
    limits: Limits = field(default_factory=Limits)
    has_library: bool = False

    def plain(self, skip: set[str]) -> dict[str, Any]:
        """The job as JSON-able data, without the cells whose keys are in `skip`."""
        return {
            "cells": [asdict(cell) for cell in self.cells if cell.key not in skip],
            "captures": dict(self.captures),
            "cell_seconds": self.limits.cell_seconds,
            "patience": self.limits.patience,
        }


@dataclass(frozen=True)
class CellOutcome:
    """What became of one cell.

    Attributes:
        key: the cell's label.
        state: "ran", "raised", "crashed", "timed out" or "not reached".
        error: "ValueError: … (line 3: …)" if it raised; else empty.
    """

    key: str
    state: str
    error: str = ""


class SubmissionFault(Exception):
    """The submission, not the grader, is at fault; `state` and a sentence say how.

    Attributes:
        state: "crashed", "timed out" or "tampered".
    """

    def __init__(self, state: str, words: str) -> None:
        """Keep both; the sentence is the exception's text."""
        super().__init__(words)
        self.state = state


class MachineFault(Interruption):
    """The machine is at fault; no check that takes errors for failures may catch it."""


class Session:
    """The life of one submission; a context manager.

    Args:
        sandbox: where it runs.
        job: what runs.
        blames: whether a process that was killed from outside is the submission's own fault.

    Attributes:
        outcomes: what became of each cell, in order.
        captured: ids of the exercises whose object existed when its turn came.
    """

    def __init__(self, sandbox: Sandbox, job: Job, blames: bool = False) -> None:
        """Remember the job; `__enter__` runs the cells."""
        self._sandbox = sandbox
        self._blames = blames
        self._job = job
        self._channel: Channel | None = None
        self._ended_worked = 0.0
        self._total = self._budget(job.limits.total_seconds)
        self._skip: set[str] = set()
        self._lost: dict[str, SubmissionFault] = {}
        self._used: defaultdict[str, float] = defaultdict(float)
        self._weight: defaultdict[str, int] = defaultdict(int)
        self._faults: dict[str, CellOutcome] = {}
        self.outcomes: tuple[CellOutcome, ...] = ()
        self.captured: frozenset[str] = frozenset()

    def __enter__(self) -> "Session":
        """Run the cells; a cell that kills the process is left out of the next attempt.

        Raises:
            MachineFault: see the module's text.
            SandboxError: the sandbox does not work.
        """
        self._start()
        return self

    def __exit__(self, *reason: object) -> None:
        """End the child."""
        self._end()

    @property
    def seconds_left(self) -> float:
        """What its limits leave for another session of the same submission, in seconds."""
        return self._total.left

    def transport(self, id: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
        """A transport to one answer.

        The transport raises `SubmissionFault` once this answer has crashed, run out of time or
        broken the protocol; other answers of the same submission stay reachable. `MachineFault`
        ends the session.
        """

        def carry(request: dict[str, Any]) -> dict[str, Any]:
            return self._ask(id, request)

        return carry

    def _ask(self, id: str, request: dict[str, Any]) -> dict[str, Any]:
        if id in self._lost:
            raise self._lost[id]
        if self._used[id] > self._job.limits.answer_seconds:
            return _out_of_time(self._job.limits.answer_seconds)
        if self._channel is None:
            self._start()
        if self._channel is None or id not in self.captured:
            raise SubmissionFault(CRASHED, "The answer is gone: a cell before it failed.")
        limits = self._job.limits
        nonce = secrets.token_hex(8)
        request = {**request, "patience": limits.patience}
        budget = self._budget(float(request.get("seconds", _QUESTION_SECONDS)) + _GRACE)
        try:
            self._channel.send(
                {"id": id, "nonce": nonce, "request": request}, _GRACE * limits.patience
            )
            message = self._channel.receive(self._left_of(budget))
        except ChannelTimeout:
            return self._lose(id, SubmissionFault(TIMED_OUT, "The answer did not come back."))
        except ChannelError as error:
            words = f"The process ended during a call: {error}."
            return self._lose(id, SubmissionFault(*self._why_gone(error, words)))
        finally:
            self._used[id] += budget.used
        self._weight[id] += self._channel.weight
        if self._weight[id] > _MAX_WEIGHT:
            words = f"It sent back more than {_MAX_WEIGHT // 2**20} MB in all."
            return self._lose(id, SubmissionFault(CRASHED, words))
        if message.get("nonce") != nonce or not isinstance(message.get("reply"), dict):
            words = "Something else than the answer was sent back."
            return self._lose(id, SubmissionFault(TAMPERED, words))
        reply: dict[str, Any] = message["reply"]
        return reply

    def give_up(self, id: str, fault: SubmissionFault) -> None:
        """Ask this answer no more, after an interruption anywhere in the midst of asking it."""
        self._lost[id] = fault
        self._end()
        # The parent may have been in the middle of a message.
        self._sandbox.close_parent()

    def _lose(self, id: str, fault: SubmissionFault) -> dict[str, Any]:
        """Give up this answer, for good, and end the child; the others get a new one."""
        self._lost[id] = fault
        self._end()
        raise fault

    def _start(self) -> None:
        """Run the cells, again and again until they all leave the process alive."""
        self._end()
        while self._total.left > 0:
            self._channel = self._sandbox.start_child(self._job.limits, self._job.has_library)
            fatal = self._run_cells(self._channel)
            if fatal is None:
                return
            self._end()
            if fatal.key in self._skip:
                return
            self._skip.add(fatal.key)
            self._faults[fatal.key] = fatal
        self._end()

    def _run_cells(self, channel: Channel) -> CellOutcome | None:
        """Run what is left of the job; the outcome of the cell that ended the process, if any."""
        done = dict(self._faults)
        running = ""
        expected = (cell.key for cell in self._job.cells if cell.key not in self._skip)
        limits = self._job.limits
        try:
            channel.send(self._job.plain(self._skip), _GRACE * limits.patience)
            while True:
                budget = self._budget(limits.cell_seconds + _GRACE)
                message = channel.receive(self._left_of(budget), _MAX_REPORT)
                if "captured" in message:
                    self.captured = frozenset(map(str, message["captured"]))
                    break
                if "running" in message:
                    due = next(expected, None)
                    if due is None or message["running"] != due:
                        raise ChannelError("reported a cell that was not its turn")
                    running = due
                else:
                    done[running] = _outcome(running, message.get("error"))
        except (ChannelError, TypeError) as error:
            if not running and self._total.left > 0:
                self._end()
                raise MachineFault(f"its process did not come to the first cell: {error}") from None
            if isinstance(error, ChannelTimeout):
                return self._record(done, CellOutcome(running, TIMED_OUT, "It never ended."))
            why = self._why_gone(error, "It ended the process.")
            return self._record(done, CellOutcome(running, *why))
        self._record(done, None)
        return None

    def _record(
        self, done: dict[str, CellOutcome], fatal: CellOutcome | None
    ) -> CellOutcome | None:
        if fatal is not None:
            done[fatal.key] = fatal
        rest = ("not reached", "")
        if self._total.left <= 0:
            rest = (TIMED_OUT, "Cells before it used up the notebook's time.")
        self.outcomes = tuple(
            done.get(cell.key, CellOutcome(cell.key, *rest)) for cell in self._job.cells
        )
        return fatal

    def _budget(self, seconds: float) -> Budget:
        """A budget of processor time of the children, that of all of them counted together."""
        return Budget(seconds, self._job.limits.patience, self._worked)

    def _worked(self) -> float:
        running = 0.0 if self._channel is None else self._sandbox.processor_seconds()
        return self._ended_worked + running

    def _left_of(self, budget: Budget) -> Callable[[], float]:
        """Tells when to look again whether this budget, or the notebook's, is used up."""
        return lambda: min(budget.left, self._total.left, _LOOK_SECONDS)

    def _end(self, is_gone: bool = False) -> Ending:
        """End the child, if there is one."""
        if self._channel is None:
            return Ending(0.0)
        self._channel.close()
        self._channel = None
        ending = self._sandbox.end_child(is_gone)
        self._ended_worked += ending.worked
        return ending

    def _why_gone(self, error: Exception, words: str) -> tuple[str, str]:
        """End a child that has broken off; the state, and why in words.

        Args:
            error: what was met.
            words: what to say if it ended by itself.

        Raises:
            MachineFault: it was killed, and the submission is not to be blamed for it.
        """
        ending = self._end(isinstance(error, ChannelClosed))
        if ending.is_out_of_time or ending.worked > _NEARLY * self._job.limits.cpu_seconds:
            return TIMED_OUT, _USED_UP
        if ending.was_killed and not self._blames:
            raise MachineFault("its process was killed by something else than itself")
        return CRASHED, KILLED if ending.was_killed else words


def _out_of_time(seconds: float) -> dict[str, Any]:
    """The reply of an answer whose calls have used up its time: what it earned stays earned."""
    words = f"still running after {seconds:g} seconds of calls"
    nothing: dict[str, Any] = {"value": None, "mutated": [], "shares_memory": False}
    rest: dict[str, Any] = {"warnings": [], "hidden": [], "changed": [], "printed": ""}
    return {**nothing, **rest, "seconds": 0.0, "error": ["OutOfTime", words, 0, "", ""]}


def _outcome(key: str, error: object) -> CellOutcome:
    if error is None:
        return CellOutcome(key, "ran")
    words = str(error)[:300].encode("utf-8", "replace").decode("utf-8")
    # In one line and without control characters: it becomes part of somebody else's text.
    words = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    if words.startswith("OutOfTime: "):
        return CellOutcome(key, TIMED_OUT, f"It was {words.removeprefix('OutOfTime: ')}.")
    return CellOutcome(key, "raised", words)
