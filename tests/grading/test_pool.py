"""Workers that die or never come back cost one order each, and it is said."""

import time
from multiprocessing.connection import Connection, wait
from typing import Any

import pytest

from annkit.exercises import Catalogue
from annkit.grading import pool
from annkit.grading.marking.official_judge import Graded, Order, grade_whatever, without_cells
from annkit.grading.pool import Pool, WorkerError
from annkit.grading.rebuild.release import Release
from annkit.grading.run import judged_fairly
from annkit.grading.sandbox.sandbox import SandboxError
from annkit.grading.sandbox.tiers import Tier


def serve(pipe, catalogue, *given):
    """A worker whose judge hangs for one student and dies for another."""
    while True:
        try:
            order = pipe.recv()
        except EOFError:
            return
        if order.student == "hangs":
            time.sleep(1000)
        if order.student == "dies":
            raise SystemExit(9)
        pipe.send(without_cells(catalogue, order, "graded", ""))


def serve_at(pipe, catalogue, *given):
    """A worker that is ended by one of the teacher's exercises, for whoever has a name in s."""
    while True:
        try:
            order = pipe.recv()
        except EOFError:
            return
        if order.student.startswith("s") and not order.at_fault:
            pipe.send(pool._At("scaled"))
            if order.student == "sleeps":
                time.sleep(1000)
            raise SystemExit(9)
        pipe.send(pool._At(""))
        pipe.send(without_cells(catalogue, order, "graded", str(dict(order.at_fault))))


class Clock:
    """A clock that stands still while anything may come back, and is at the deadline then."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        """What it shows."""
        return self.seconds

    def wait(self, pipes: list[Connection], timeout: float) -> list[Any]:
        """Like multiprocessing's, which a busy machine lets wait too long for a worker's start."""
        if len(pipes) > 1:
            return wait(pipes)
        self.pauses.append(timeout)
        self.seconds += timeout
        return []


@pytest.mark.slow
def test_an_order_that_never_comes_back_is_ended(
    small_course: Catalogue, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(pool, "_serve", serve)
    monkeypatch.setattr(pool, "time", clock)
    monkeypatch.setattr(pool, "wait", clock.wait)
    students = ("ada", "hangs", "dies", "ben", "cem")
    orders = [Order(one, release, {}, None, key=one) for one in students]
    with Pool(2, small_course, Tier.LIMITS, seconds=8) as workers:
        done: dict[str, Graded] = {order.student: graded for order, graded in workers.run(orders)}
        processes = [worker.process for worker in workers._workers]
    assert set(done) == set(students)
    states = {student: graded.verdict.marks[0].state for student, graded in done.items()}
    unjudged = dict.fromkeys(("hangs", "dies"), "machine fault")
    assert states == dict.fromkeys(students, "graded") | unjudged
    assert "within 8 seconds" in done["hangs"].verdict.marks[0].words
    assert "died, twice" in done["dies"].verdict.marks[0].words
    assert clock.pauses == [8]
    assert not any(process.is_alive() for process in processes)


@pytest.mark.slow
def test_an_exercise_that_ends_workers_is_named_and_the_order_comes_back(
    small_course: Catalogue, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_serve", serve_at)
    orders = [Order(one, release, {}, None, key=one) for one in ("sam", "ada", "sue", "ben")]
    with Pool(1, small_course, Tier.LIMITS) as workers:
        start, begun = workers._start, []

        def begin() -> Any:
            begun.append(start())
            return begun[-1]

        monkeypatch.setattr(workers, "_start", begin)
        words = {
            order.student: graded.verdict.marks[0].words for order, graded in workers.run(orders)
        }
    named = "{'scaled': 'scaled.py: ends the program, with status 9'}"
    assert words == {"sam": named, "ada": "{}", "sue": named, "ben": "{}"}
    assert len(begun) == 4, "once known, it is believed at its first end"


@pytest.mark.slow
def test_an_exercise_that_sleeps_for_ever_is_named_when_the_order_is_given_up(
    small_course: Catalogue, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    # One word is waited for: that the exercise is begun.
    waits = iter([lambda pipes, timeout: wait(pipes), clock.wait])
    monkeypatch.setattr(pool, "_serve", serve_at)
    monkeypatch.setattr(pool, "time", clock)
    monkeypatch.setattr(
        pool, "wait", lambda *given: next(waits, lambda pipes, _: wait(pipes))(*given)
    )
    orders = [Order(one, release, {}, None, key=one) for one in ("sleeps", "ada")]
    with Pool(1, small_course, Tier.LIMITS, seconds=8) as workers:
        done = {order.student: graded for order, graded in workers.run(orders)}
    words = {student: graded.verdict.marks[0].words for student, graded in done.items()}
    assert words == {"sleeps": "{'scaled': 'scaled.py: no end'}", "ada": "{}"}
    assert clock.pauses == [8]


@pytest.mark.parametrize("has_worked", [True, False])
def test_a_sandbox_that_does_not_start_is_the_machines_fault_or_stops_the_grader(
    small_course: Catalogue, release: Release, has_worked: bool
) -> None:
    class Stuck:
        def grade(self, order: Order) -> Graded:
            raise SandboxError("it does not start")

    judge = Stuck()
    setattr(judge, "has_worked", has_worked)  # noqa: B010
    order = Order("ada", release, {}, b"")
    if has_worked:
        verdict = grade_whatever(judge, small_course, order).verdict  # type: ignore[arg-type]
        assert {(mark.state, mark.points) for mark in verdict.marks} == {("machine fault", None)}
    else:
        with pytest.raises(SandboxError):
            grade_whatever(judge, small_course, order)  # type: ignore[arg-type]


def never_begin(*given):
    """A worker that ends while it still loads what it needs."""
    raise SystemExit(7)


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 40])
def test_where_no_worker_begins_the_grader_stops_and_says_so(
    small_course: Catalogue, release: Release, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Else each of a class would be tried four times in vain, and end without a mark."""
    monkeypatch.setattr(pool, "_serve", never_begin)
    orders = [Order(str(n), release, {}, None, key=str(n)) for n in range(count)]
    with (
        Pool(2, small_course, Tier.LIMITS) as workers,
        pytest.raises(WorkerError, match=r"no worker begins: .* status 7"),
    ):
        list(judged_fairly(workers, orders))


@pytest.mark.slow
def test_a_real_worker_is_within_its_time(small_course: Catalogue, release: Release) -> None:
    with Pool(1, small_course, Tier.LIMITS) as workers:
        ((_, graded),) = workers.run([Order("ada", release, {}, None)])
    assert graded.verdict.marks[0].state == "not attempted"
