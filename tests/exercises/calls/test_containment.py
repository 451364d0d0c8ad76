"""Budgets count the work of the answer: neither other programs nor sleeping make a difference."""

import contextlib
import gc
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakSet

import numpy as np
import pytest

from annkit.exercises.calls import containment
from annkit.exercises.calls.containment import Budget, OutOfTime, can_stop, time_limit
from annkit.exercises.calls.without_timers import watched
from tests.busy import busy_machine


class Clocks:
    """Processor time and time on the clock, both set by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.processor = self.clock = self.ready = 0.0
        monkeypatch.setattr(time, "thread_time", lambda: self.processor)
        monkeypatch.setattr(time, "monotonic", lambda: self.clock)
        monkeypatch.setattr(containment, "_seconds_ready", lambda: self.ready)

    def work(self, seconds: float, waiting: float = 0.0, ready: float = 0.0) -> None:
        """Let time pass: so much work, and so much on the clock besides, or while others ran."""
        self.processor += seconds
        self.clock += seconds + waiting + ready
        self.ready += ready


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    return Clocks(monkeypatch)


def work(seconds: float) -> None:
    """Keep this thread busy for so many seconds of processor time."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


@contextlib.contextmanager
def handler(react: object) -> Iterator[None]:
    """Another reaction to the alarm, for a while."""
    before = signal.signal(signal.SIGALRM, react)  # type: ignore[arg-type]
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_others_may_use_the_machine(clocks: Clocks) -> None:
    """Nine tenths of the time go to other programs: what is left is the budget's."""
    budget = Budget(3.0, 10.0)
    clocks.work(0.6, waiting=6.0)
    assert (budget.used, budget.left) == pytest.approx((0.66, 2.4))
    clocks.work(2.4, waiting=20.0)
    assert budget.used >= 3.0
    assert budget.left <= 0
    assert budget.words == "still running after 3 seconds"


def test_sleeping_has_an_end(clocks: Clocks) -> None:
    budget = Budget(3.0, 10.0)
    clocks.work(0.0, waiting=29.0)
    assert (budget.used, budget.left) == pytest.approx((2.9, 1.0))
    clocks.work(0.0, waiting=1.0)
    assert budget.left <= 0
    assert budget.words == "still running after 30 seconds"


def test_being_ready_while_others_run_is_no_waiting(clocks: Clocks) -> None:
    budget = Budget(3.0, 10.0)
    clocks.work(0.0, waiting=3.0)
    assert not budget.is_over  # the first look: what others took until then is little
    clocks.work(0.0, waiting=26.0, ready=1000.0)
    assert (budget.used, budget.left) == pytest.approx((2.9, 1.0))
    assert not budget.is_over
    clocks.work(0.0, waiting=1.0)
    assert budget.left <= 0


def test_linux_tells_how_long_others_ran() -> None:
    """Whoever never waits either works or is ready; elsewhere nobody tells."""

    def now() -> np.ndarray:
        """The three clocks, read with nobody in between."""
        while True:
            start, ready = time.monotonic(), containment._seconds_ready()
            clocks = np.array([time.monotonic(), time.thread_time(), ready])
            if time.monotonic() - start < 0.005:
                return clocks

    is_told = Path("/proc/thread-self/schedstat").exists()
    with busy_machine():
        start = now()
        work(0.1)
        clock, worked, ready = now() - start
    assert ready == pytest.approx(clock - worked if is_told else 0, abs=0.02)


@pytest.mark.slow
def test_work_within_the_budget_passes_on_a_busy_machine() -> None:
    """So much patience, because nobody knows how busy the machine is besides."""
    with busy_machine(), time_limit(0.5, patience=100):
        work(0.3)


@pytest.mark.slow
def test_work_beyond_the_budget_is_stopped_on_a_busy_machine() -> None:
    words = r"after 0\.2 seconds"
    with busy_machine(), pytest.raises(OutOfTime, match=words), time_limit(0.2, patience=100):
        work(60)


def test_whoever_sleeps_is_stopped() -> None:
    start = time.thread_time()
    with pytest.raises(OutOfTime, match=r"after 0\.5 seconds"), time_limit(0.05):
        time.sleep(60)
    assert time.thread_time() - start < 0.05


def test_whoever_waits_for_itself_is_stopped() -> None:
    lock = threading.Lock()
    with lock, pytest.raises(OutOfTime), time_limit(0.02):
        lock.acquire()


def test_whoever_catches_everything_gives_up_at_last() -> None:
    caught: list[str] = []

    def stubborn() -> None:
        while len(caught) < 3:
            try:
                time.sleep(60)
            except BaseException as over:
                caught.append(str(over))
        time.sleep(60)

    with pytest.raises(OutOfTime), time_limit(0.01):
        stubborn()
    assert caught[0] == "still running after 0.1 seconds"


def test_whoever_catches_an_interruption_hears_of_the_same_budget() -> None:
    """The tenth of a second until the next one is nothing that anybody has set."""

    def stubborn() -> None:
        with contextlib.suppress(OutOfTime):
            work(60)
        work(60)

    with pytest.raises(OutOfTime, match=r"after 0\.2 seconds"), time_limit(0.2):
        stubborn()


def test_another_thread_uses_nothing_up() -> None:
    """The work of a kernel's own threads is nobody's answer."""
    done = threading.Event()
    other = threading.Thread(target=lambda: [None for _ in iter(done.is_set, True)])
    other.start()
    try:
        with time_limit(0.2):
            time.sleep(0.4)
    finally:
        done.set()
        other.join()


def test_an_outer_limit_strikes_between_many_short_ones() -> None:
    began = time.thread_time()

    def many() -> None:
        while time.thread_time() - began < 1:
            with time_limit(10):
                sum(range(1000))
            sum(range(1000))

    with pytest.raises(OutOfTime), time_limit(0.05):
        many()
    assert time.thread_time() - began < 0.5


def test_an_outer_limit_holds_after_an_inner_one() -> None:
    def twice() -> None:
        with contextlib.suppress(OutOfTime), time_limit(0.02):
            work(60)
        work(60)

    with pytest.raises(OutOfTime, match=r"after (0\.1|1) seconds"), time_limit(0.1):
        twice()


@pytest.mark.parametrize("pause", [0.0, 0.15, 0.3, 0.5])
def test_a_timer_that_was_set_goes_on(pause: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else waits for the alarm, such as a test's own limit, gets it, and on time.

    On a busy machine other processes may run for a while just when a limit begins.
    """
    rung: list[float] = []
    install, pauses = signal.signal, [pause, pause]

    def slowly(number: int, action: Any) -> Any:
        time.sleep(pauses.pop() if pauses else 0)
        before = install(number, action)
        time.sleep(pauses.pop() if pauses else 0)
        return before

    with handler(lambda *_: rung.append(time.monotonic())):
        monkeypatch.setattr(signal, "signal", slowly)
        start = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, 0.4)
        with time_limit(60.0):
            work(0.02)
        while not rung and time.monotonic() - start < 30:
            time.sleep(0.01)
        assert rung
        # A timer counts microseconds; what is left of it is read and set once each.
        assert rung[0] - start >= 0.4 - 2e-6


def test_no_timer_is_left_behind() -> None:
    with time_limit(5.0):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


# --- without timers -------------------------------------------------------------------------

TIMERS = [(signal, "setitimer"), (time, "thread_time")]


def spin() -> None:
    """Never end, and need no processor to speak of."""
    while True:
        time.sleep(0.001)


def spin_fast() -> None:
    """Never end, and need the whole processor."""
    while True:
        pass


@pytest.fixture(params=TIMERS, ids=["no timer", "no processor time"])
def without_timers(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """As on Windows."""
    module, name = request.param
    monkeypatch.delattr(module, name)


@pytest.mark.usefixtures("without_timers")
def test_without_timers_a_loop_is_stopped() -> None:
    assert can_stop()
    with pytest.raises(OutOfTime, match=r"after 0\.05 seconds"), time_limit(0.05, patience=1):
        spin()
    with pytest.raises(OutOfTime, match=r"after 0\.02 seconds"), time_limit(0.02, patience=1):
        spin_fast()
    before = threading.active_count()
    with time_limit(5.0):
        assert 1 + 1 == 2
    end = time.monotonic() + 60
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.001)
    assert threading.active_count() <= before


class UsedUp:
    """A budget of which nothing is ever left."""

    left = -1.0
    words = "no time at all"

    def __init__(self, seconds: float) -> None:
        pass


def test_whoever_is_being_stopped_is_not_struck_on_the_way_out() -> None:
    """Else the exception would leave a thread behind that strikes whatever comes next."""
    before = threading.active_count()
    for _ in range(300):
        with pytest.raises(OutOfTime, match="no time"), watched(UsedUp, 0.0, OutOfTime):
            spin_fast()
    end = time.monotonic() + 60
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.001)
    assert threading.active_count() <= before


@pytest.mark.usefixtures("without_timers")
def test_without_timers_too_whoever_catches_everything_gives_up_at_last() -> None:
    caught: list[BaseException] = []

    def stubborn() -> None:
        while len(caught) < 3:
            try:
                spin()
            except BaseException as over:
                caught.append(over)
        spin()

    with pytest.raises(OutOfTime, match="still running"), time_limit(0.02, patience=1):
        stubborn()
    with pytest.raises(ValueError, match="mine"), time_limit(5.0):
        raise ValueError("mine")


@pytest.mark.usefixtures("without_timers")
def test_without_timers_too_a_limit_around_many_short_ones_strikes() -> None:
    """Its thread hardly finds a moment in which neither begins or ends; nor may it strike there."""

    def many_short_ones() -> None:
        while time.monotonic() < end:
            with time_limit(30.0):
                pass

    for _ in range(5):
        end = time.monotonic() + 60
        with pytest.raises(OutOfTime), time_limit(0.05, patience=1):
            many_short_ones()


TRACED_AFTERWARDS = """
import signal, sys
del signal.setitimer
from annkit.exercises.calls.containment import OutOfTime, time_limit
for seconds in (0.01, 5.0):
    try:
        with time_limit(seconds, patience=1):
            while seconds < 1.0:
                pass
    except OutOfTime:
        print("stopped")
sys.settrace(lambda *event: None)
(lambda: print("traced"))()
"""


def test_after_a_limit_without_timers_calls_can_be_traced() -> None:
    command = [sys.executable, "-c", TRACED_AFTERWARDS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["stopped", "traced"], done.stderr


def test_outside_the_main_thread_a_loop_is_stopped() -> None:
    ended: list[str] = []

    def run() -> None:
        try:
            with time_limit(0.02, patience=1):
                spin()
        except OutOfTime as over:
            ended.append(str(over))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    assert ended == ["still running after 0.02 seconds"]


def test_where_nothing_can_stop_it_the_call_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a browser before Python 3.12: the interrupt button is there."""

    def refused(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.delattr(signal, "setitimer")
    monkeypatch.setattr(threading.Thread, "start", refused)
    monkeypatch.delattr(sys, "monitoring", raising=False)
    assert not can_stop()
    with time_limit(0.01):
        time.sleep(0.05)


if hasattr(sys, "monitoring"):  # from Python 3.12 on

    def test_in_a_browser_python_itself_tells_of_every_round(
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def refused(thread: threading.Thread) -> None:
            raise RuntimeError("can't start new thread")

        monkeypatch.delattr(signal, "setitimer")
        monkeypatch.setattr(threading.Thread, "start", refused)
        with pytest.raises(OutOfTime, match="still running"), time_limit(0.05, patience=1):
            spin()


def test_a_limit_that_is_over_before_it_has_begun_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    rng = random.Random(0)
    interrupted = 0
    for _ in range(2_000):
        try:
            # The signal comes somewhere between the limit's first line and its last.
            with time_limit(rng.uniform(1e-6, 5e-5)):
                sum(range(100))
        except OutOfTime:
            interrupted += 1
        assert signal.getsignal(signal.SIGALRM) == before
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert interrupted


@pytest.fixture
def swallowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """What a callback of the collector, one that takes its time, has swallowed."""
    seen: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", seen.append)

    def busy(phase: str, about: dict[str, int]) -> None:
        sum(range(2_000))
        len(str(about))
        for _ in range(200):
            pass

    gc.collect()  # what earlier tests have left has callbacks of its own
    gc.callbacks.append(busy)
    yield seen
    gc.callbacks.remove(busy)


def collect() -> None:
    """Never end, and be collecting garbage most of the time."""
    while True:
        gc.collect(0)
        sum(range(2_000))
        len("")


def test_a_callback_of_the_collector_swallows_no_interruption(swallowed: list[object]) -> None:
    for _ in range(10):
        with pytest.raises(OutOfTime), time_limit(0.01):
            collect()
    assert swallowed == []


class Thing:
    """Something that is soon forgotten."""


def test_a_weak_set_swallows_no_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told when a thing has gone, and what is raised there goes nowhere."""
    swallowed: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", swallowed.append)
    known: WeakSet[Thing] = WeakSet()

    def forget() -> None:
        while True:
            known.add(Thing())

    for _ in range(30):
        with pytest.raises(OutOfTime), time_limit(0.01):
            forget()
    assert swallowed == []


@pytest.mark.usefixtures("without_timers")
def test_without_timers_a_callback_of_the_collector_swallows_hardly_any(
    swallowed: list[object],
) -> None:
    """A thread looks first and strikes then, so one may come too late; unlooked at, a dozen did."""
    for _ in range(10):
        with pytest.raises(OutOfTime), time_limit(0.01):
            collect()
    assert len(swallowed) <= 1
