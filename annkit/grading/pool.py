"""Workers: processes with a sandbox each, which take orders and give verdicts back in any order.

A worker that dies costs one attempt at its order. The second time it is a fault of the machine, and
so it is if a worker is not back long after every limit should have ended it: then it is ended from
here. If an exercise of the teacher's own was judged meanwhile, the fault is that one's, and the
others are judged; it has a limit of its own, kept by the kernel, since its checks may keep off any
that is kept in here. When the grader ends, however it ends, its workers end too.

Not here: the work (`marking.official_judge`), writing verdicts down (`books.filing`).
"""

import contextlib
import math
import multiprocessing
import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from annkit.exercises import Catalogue
from annkit.exercises.calls.containment import Interruption
from annkit.exercises.calls.elsewhere import (
    LOST,
    NO_END,
    how_it_ended,
    refuse_copies,
    standard_files,
    work_at_most,
)
from annkit.grading.marking.official_judge import (
    Graded,
    Judge,
    Order,
    grade_whatever,
    unjudged,
)
from annkit.grading.sandbox.sandbox import Limits, SandboxError
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.sandbox.untrusted.libc import PR_SET_PDEATHSIG, is_linux, prctl

_END_SECONDS = 10.0
_INTERRUPTED = 130  # as a shell has it
# A worker's first word; and how many may end without it before there is no hope.
_BEGUN = "begun"
_STILLBORN = 4
# All that an order may take and twice a sandbox's start, on a machine that is very busy.
ORDER_SECONDS = Limits().total_seconds * Limits().patience + 240.0
# Of processor time, for the checks of one exercise of the teacher's own: what limits each of them,
# and the judge, is used up long before.
OWN_SECONDS = 120.0
# Forking a process that has threads (progress bar, database) is not safe.
_spawn = multiprocessing.get_context("spawn")


def default_workers() -> int:
    """One worker for each processor this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerError(Exception):
    """The grader's own machinery failed; no submission is at fault."""


@dataclass
class _Worker:
    """One process, the pipe to it, what it is working on, and until when."""

    process: BaseProcess
    pipe: Connection
    order: Order | None = None
    deadline: float = 0.0
    at: str = ""  # the exercise of the teacher's own that it is judging


@dataclass(frozen=True)
class _At:
    """A worker's word that it judges an exercise of the teacher's own; "" that it is through."""

    id: str


class Pool:
    """Workers in processes of their own; a context manager.

    Args:
        count: how many.
        catalogue: the exercises.
        tier: of the sandboxes.
        seconds: after which an order is given up.
        own_seconds: of processor time, for an exercise of the teacher's own.
    """

    def __init__(
        self,
        count: int,
        catalogue: Catalogue,
        tier: Tier,
        seconds: float = ORDER_SECONDS,
        own_seconds: float = OWN_SECONDS,
    ) -> None:
        """No process is started yet."""
        self._seconds, self._own_seconds = seconds, own_seconds
        self._catalogue = catalogue
        self._tier = tier
        self._count = count
        self._workers: list[_Worker] = []
        self._ending: set[str] = set()  # exercises of the teacher's own that end workers
        self._has_begun, self._stillborn = False, 0

    def __enter__(self) -> "Pool":
        """Nothing to do yet: workers start when there is work."""
        return self

    def __exit__(self, *reason: object) -> None:
        """End all workers."""
        self.close()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_END_SECONDS)
            worker.process.kill()
            worker.process.join()

    def run(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Graded]]:
        """Grade orders; they come back in any order, each with its verdict.

        Raises:
            WorkerError: the sandbox does not work.
        """
        waiting = iter(orders)
        lost: set[str] = set()
        again: list[Order] = []
        while True:
            self._hand_out(waiting, again)
            busy = {worker.pipe: worker for worker in self._workers if worker.order is not None}
            if not busy:
                return
            first = min(worker.deadline for worker in busy.values())
            ready = wait(list(busy), max(0.0, first - time.monotonic()))
            if not ready:
                yield from self._give_up(list(busy.values()), again)
            for pipe in ready:
                worker = busy[pipe]  # type: ignore[index]
                order = worker.order
                assert order is not None
                try:
                    answer = worker.pipe.recv()
                    self._has_begun = True
                    if answer == _BEGUN:
                        continue
                    if isinstance(answer, _At):
                        worker.at = answer.id
                        continue
                except (EOFError, OSError):
                    worker.process.join(_END_SECONDS)
                    self._bury(worker)
                    self._expect_begun(worker.process.exitcode)
                    words = how_it_ended(worker.process.exitcode)
                    if worker.at and words == NO_END:  # by its own limit, and by nothing else
                        self._ending.add(worker.at)
                    if order.key not in lost and worker.at not in self._ending:
                        lost.add(order.key)
                        again.append(order)
                        continue
                    if worker.at:
                        self._ending.add(worker.at)
                        again.append(order.without(worker.at, words))
                        continue
                    answer = unjudged(self._catalogue, order, "its worker died, twice")
                worker.order = None
                if isinstance(answer, str):
                    raise WorkerError(answer)
                yield order, answer

    def _give_up(self, busy: list[_Worker], again: list[Order]) -> Iterator[tuple[Order, Graded]]:
        """End the workers that are over their time, and say so."""
        for worker in busy:
            if worker.order is not None and worker.deadline <= time.monotonic():
                self._bury(worker)
                if worker.at:
                    again.append(worker.order.without(worker.at, NO_END))
                    continue
                fault = f"its worker was not back within {self._seconds:g} seconds"
                yield worker.order, unjudged(self._catalogue, worker.order, fault)

    def _hand_out(self, waiting: Iterator[Order], again: list[Order]) -> None:
        """Give every idle worker something to do; start workers while there is more."""
        while True:
            idle = next((worker for worker in self._workers if worker.order is None), None)
            if idle is None and len(self._workers) >= self._count:
                return
            order = again.pop() if again else next(waiting, None)
            if order is None:
                return
            worker = idle or self._start()
            worker.order, worker.deadline = order, time.monotonic() + self._seconds
            with contextlib.suppress(OSError):  # it died: seen when its answer is read
                worker.pipe.send(order)

    def _start(self) -> _Worker:
        ours, theirs = _spawn.Pipe()
        arguments = (theirs, self._catalogue, self._tier, self._own_seconds)
        process = _spawn.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _expect_begun(self, status: int | None) -> None:
        """Where no worker ever begins, a machine is at fault that will fail for all the others."""
        self._stillborn += 1
        if not self._has_begun and self._stillborn == _STILLBORN:
            raise WorkerError(
                f"no worker begins: {_STILLBORN} have ended before, the last with status {status}; "
                "is there enough memory?"
            )

    def _bury(self, worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()
        self._workers.remove(worker)


class _Ended(Interruption, SystemExit):
    """The grader ends this worker; no check of a teacher's own may keep it from that."""


def _end(*_: object) -> None:
    raise _Ended(1)


def _serve(pipe: Connection, catalogue: Catalogue, tier: Tier, own_seconds: float) -> None:
    """A worker's life: until the grader closes the pipe."""

    def tell(id: str) -> None:
        if standard_files() != files:  # a sandbox that starts with others may take theirs for them
            raise SystemExit(LOST)
        pipe.send(_At(id))
        work_at_most(own_seconds if id else math.inf)

    # Ctrl-C is the grader's: it ends the workers in its own way.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    # What a teacher's own checks print is no part of a table on standard output.
    with contextlib.suppress(OSError):
        os.dup2(2, 1)
    files = standard_files()
    if is_linux():
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    judge: Judge | None = None
    try:
        pipe.send(_BEGUN)
        judge = Judge(catalogue, tier, at=tell)
        refuse_copies()
        while True:
            pipe.send(grade_whatever(judge, catalogue, pipe.recv()))
    except SandboxError as error:
        pipe.send(str(error))
    except KeyboardInterrupt:
        # An own check's: nobody else interrupts a worker. The exercise is named by the grader.
        raise SystemExit(_INTERRUPTED) from None
    except (EOFError, OSError):
        pass  # the grader is gone
    finally:
        if judge is not None:
            judge.close()
