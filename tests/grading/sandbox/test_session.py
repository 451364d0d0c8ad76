"""A submission gets the time it is due, and answers for its own deeds, not for the machine's.

No less time because the machine is busy, and no more; no points lost to a kill from outside, and
no way to look like the victim of one.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from annkit.exercises import Catalogue
from annkit.grading.marking.score import score
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.sandbox.sandbox import Limits, Sandbox
from annkit.grading.sandbox.session import (
    KILLED,
    Job,
    JobCell,
    MachineFault,
    Session,
    SubmissionFault,
)
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.sandbox.untrusted.channel import Channel
from annkit.grading.states import CRASHED, GRADED, TIMED_OUT
from tests.busy import busy_machine
from tests.grading.conftest import ANSWERS, TIERS
from tests.grading.processes import alive, descendants

pytestmark = pytest.mark.slow

# The budget of a call.
SECONDS = 0.1
# So much patience, because nobody knows how busy the machine is besides.
PATIENT = Limits(cell_seconds=0.3, patience=100.0)
BUSY = "import time\n\ndef work(seconds):\n    end = time.thread_time() + seconds\n" + (
    "    while time.thread_time() < end:\n        pass\n"
)
FAIR = ANSWERS["scaled"].replace("    return", f"    work({0.6 * SECONDS})\n    return")
CLASS = {
    "quick": ANSWERS["scaled"],
    "slow but fair": FAIR,
    "endless": "def scaled(x, factor=2.0):\n    while True:\n        pass\n",
    "wrong": "def scaled(x, factor=2.0):\n    return np.asarray(x) * 2.0\n",
    "an endless cell": f"{ANSWERS['scaled']}\nwhile True:\n    pass\n",
}


@pytest.fixture
def course(small_course: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """The small course, in a hurry."""
    monkeypatch.setitem(vars(small_course.load("scaled")), "seconds", SECONDS)
    return small_course


def mark(
    course: Catalogue, rebuilt: Rebuilt, sandbox: Sandbox, limits: Limits = PATIENT
) -> MarkLine:
    """The mark of an answer to `scaled`."""
    (line,) = score(course, {"scaled": 7}, rebuilt, sandbox, limits)
    return line


@pytest.mark.parametrize("sandbox", TIERS[:1], indirect=True)
def test_a_busy_machine_gives_the_same_marks(
    course: Catalogue, sandbox: Sandbox, answered: Callable[..., Rebuilt]
) -> None:
    def graded() -> dict[str, MarkLine]:
        return {who: mark(course, answered(answer, BUSY), sandbox) for who, answer in CLASS.items()}

    quiet = graded()
    with busy_machine():
        assert graded() == quiet
    states = {who: (line.state, line.points) for who, line in quiet.items()}
    assert states == {
        "quick": (GRADED, 2),
        "slow but fair": (GRADED, 2),
        "endless": (TIMED_OUT, 0),
        "wrong": (GRADED, 1),
        "an endless cell": (GRADED, 2),
    }


@pytest.mark.parametrize(
    "body", ["time.sleep(60)", "threading.Lock().acquire() and lock.acquire()", "sys.stdin.read()"]
)
def test_whoever_waits_is_stopped(
    course: Catalogue, sandbox: Sandbox, answered: Callable[..., Rebuilt], body: str
) -> None:
    answer = (
        "import sys, threading, time\nlock = threading.Lock()\nlock.acquire()\n"
        f"def scaled(x, factor=2.0):\n    {body}\n    while True:\n        time.sleep(1)\n"
    )
    start = time.monotonic()
    line = mark(course, answered(answer), sandbox, Limits(cell_seconds=1.0, patience=4.0))
    assert (line.state, line.points) == (TIMED_OUT, 0)
    assert time.monotonic() - start > 4.0 * SECONDS


def test_the_kernel_tells_how_long_a_child_has_worked(sandbox: Sandbox) -> None:
    """The clock is the child's, not that of whoever guards it, and starts with each anew."""
    for _ in range(2):
        channel = sandbox.start_child(Limits())
        before = sandbox.processor_seconds()
        cells = [{"key": "a", "source": "sum(range(3_000_000))"}]
        job = {"cells": cells, "captures": {}, "cell_seconds": 20.0, "patience": 10.0}
        channel.send(job, 10.0)
        while "captured" not in channel.receive(60.0):
            pass
        worked = sandbox.processor_seconds()
        channel.close()
        total = sandbox.end_child().worked
        assert 0.01 < total < 5.0
        if sys.platform == "linux":
            assert 0.0 <= before < 0.5
            assert 0.01 < worked - before < total


def test_who_dies_has_worked_all_the_same(
    course: Catalogue, sandbox: Sandbox, answered: Callable[..., Rebuilt]
) -> None:
    """Ending its process before the limit does gives a submission no time."""
    dying = "work(0.1)\nimport os\nos._exit(0)\n"
    names = [f"found{place}" for place in range(6)]
    cells = [BUSY, *(f"{name} = {{}}\n{dying}" for name in names)]
    answer = f"def scaled(x, factor=2.0):\n    return {', '.join(names)}\n"
    limits = Limits(cell_seconds=1.0, total_seconds=0.4, patience=100.0)
    line = mark(course, answered(answer, *cells), sandbox, limits)
    assert (line.state, line.words) == (TIMED_OUT, "Cells before it used up the notebook's time.")


CALL = {"kind": "call", "args": {"tuple": []}, "kwargs": {"dict": []}, "seconds": 1.0}
# What a submission may try to end by SIGKILL, as if the machine had done it; `libc` is there.
SUICIDES = [
    "os.kill(os.getpid(), 9)",
    "signal.raise_signal(signal.SIGKILL)",
    "signal.pthread_kill(threading.get_ident(), 9)",
    "os.kill(0, 9); os.kill(-1, 9); os.kill(os.getppid(), 9)",
    "libc.tgkill(os.getpid(), threading.get_native_id(), 9)",
    "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n    while True: pass",
    "resource.prlimit(0, resource.RLIMIT_CPU, (1, 1))\n    while True: pass",
    # A timer whose signal is SIGKILL; a signal of the parent's death; a filter that kills.
    "libc.timer_create(1, struct.pack('qiiqq', 0, 9, 0, 0, 0) + bytes(40), bytearray(8))",
    "libc.prctl(1, 9)",
    "libc.syscall(317, 1, 0, struct.pack('Hxxxxxxq', 1, id(b'') + 33))",
    "os._exit(9)",
    "os._exit(137)",
    "os._exit(247)",
    "signal.raise_signal(signal.SIGTERM)",
    "ctypes.string_at(0)",
    "os.closerange(3, 256)",
]
MEANS = "import ctypes, os, resource, signal, struct, threading\nlibc = ctypes.CDLL(None)\n"


def job(*cells: str) -> Job:
    """A job of these cells, each with an answer `f`."""
    keyed = tuple(JobCell(str(place), cell) for place, cell in enumerate(cells))
    return Job(keyed, {cell.key: "f" for cell in keyed}, Limits(cell_seconds=3.0, cpu_seconds=8))


def kill_child(sandbox: Sandbox) -> None:
    """What an OOM killer does: the youngest process of the sandbox is gone."""
    assert sandbox._process is not None
    os.kill(max(descendants(sandbox._process.pid)), signal.SIGKILL)


def test_who_is_killed_from_outside_is_not_judged(sandbox: Sandbox) -> None:
    with Session(sandbox, job("f = lambda: 1")) as session:
        kill_child(sandbox)
        with pytest.raises(MachineFault):
            session.transport("0")(CALL)
    with Session(sandbox, job("f = lambda: 1")) as session:
        assert session.transport("0")(CALL)["value"] == 1


def test_who_is_only_asked_to_end_goes_on(sandbox: Sandbox) -> None:
    """As by what watches a machine's memory, before it kills: a child, and who guards it."""
    with Session(sandbox, job("f = lambda: 1")) as session:
        assert sandbox._process is not None
        *_, guard, child = sorted([sandbox._process.pid, *descendants(sandbox._process.pid)])
        asked = [child, guard] if sandbox.tier is Tier.NAMESPACES else [child]
        for request in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            for process in asked:
                os.kill(process, request)
        assert session.transport("0")(CALL)["value"] == 1
        kill_child(sandbox)
        with pytest.raises(MachineFault):
            session.transport("0")(CALL)


def test_the_kernels_word_that_the_time_is_used_up_counts_whatever_the_clocks_say(
    sandbox: Sandbox,
) -> None:
    """It counts in ticks: on a busy machine they run ahead of the clocks by any amount."""
    with Session(sandbox, job("f = lambda: 1", "f = lambda: 2")) as session:
        assert sandbox._process is not None
        os.kill(max(descendants(sandbox._process.pid)), signal.SIGXCPU)
        with pytest.raises(SubmissionFault) as caught:
            session.transport("0")(CALL)
        assert caught.value.state == TIMED_OUT
        assert session.transport("1")(CALL)["value"] == 2


def test_who_is_killed_each_time_is_to_blame_in_the_end(sandbox: Sandbox) -> None:
    with Session(sandbox, job("f = lambda: 1", "f = lambda: 2"), blames=True) as session:
        kill_child(sandbox)
        with pytest.raises(SubmissionFault) as caught:
            session.transport("0")(CALL)
        assert (caught.value.state, str(caught.value)) == (CRASHED, KILLED)
        assert session.transport("1")(CALL)["value"] == 2
    mark = MarkLine("f", CRASHED, 0.0, 1.0, KILLED)
    assert Verdict("ada", "a", "a", (mark,)).is_open


def test_a_sandbox_that_is_gone_is_the_machines_fault_and_there_again(sandbox: Sandbox) -> None:
    with Session(sandbox, job("f = lambda: 1"), blames=True) as session:
        assert sandbox._process is not None
        family = descendants(sandbox._process.pid)
        sandbox._process.kill()
        sandbox._process.wait()
        while alive(family):
            time.sleep(0.01)
        with pytest.raises(SubmissionFault, match="killed"):
            session.transport("0")(CALL)
    with Session(sandbox, job("f = lambda: 1")) as session:
        assert session.transport("0")(CALL)["value"] == 1


def test_before_the_first_cell_nobody_else_is_to_blame(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = sandbox.start_child

    def doomed(limits: Limits, has_library: bool) -> Channel:
        channel = start(limits, has_library)
        kill_child(sandbox)
        return channel

    monkeypatch.setattr(sandbox, "start_child", doomed)
    with pytest.raises(MachineFault), Session(sandbox, job("f = lambda: 1"), blames=True):
        pass


def test_whoever_has_used_up_the_time_before_the_first_cell_of_a_restart_is_out_of_time(
    sandbox: Sandbox,
) -> None:
    limits = Limits(total_seconds=1e-4)
    with Session(sandbox, replace(job("f = lambda: 1"), limits=limits)) as session:
        assert [cell.state for cell in session.outcomes] == [TIMED_OUT]


def test_whoever_starts_a_thread_is_told_that_there_is_none(sandbox: Sandbox) -> None:
    with Session(
        sandbox, job("import threading\nthreading.Thread(target=print).start()")
    ) as session:
        assert "without threads" in session.outcomes[0].error


def test_memory_is_limited_to_a_gigabyte_of_its_own(sandbox: Sandbox) -> None:
    # Taken and left untouched, since touching a gigabyte takes up to seconds.
    takes = "def f():\n    return len(bytes({} * 2**20)) // 2**20\n"
    with Session(sandbox, job(takes.format(900), takes.format(1030))) as session:
        assert session.transport("0")(CALL)["value"] == 900
        assert session.transport("1")(CALL)["error"][0] == "MemoryError"


@pytest.mark.parametrize("sandbox", [tier for tier in TIERS if tier.steps], indirect=True)
def test_nobody_looks_killed_from_outside_by_an_own_deed(sandbox: Sandbox) -> None:
    """During a call and while the cells run; what does not end the process only raises."""
    for suicide in SUICIDES:
        cells = f"{MEANS}def f():\n    {suicide}\n", "f = lambda: 2"
        with Session(sandbox, job(*cells)) as session:
            with suppress(SubmissionFault):
                session.transport("0")(CALL)
            assert session.transport("1")(CALL)["value"] == 2, suicide
    once = "\n".join(f"try:\n    {suicide}\nexcept Exception: pass" for suicide in SUICIDES[:5])
    with Session(sandbox, job(f"{MEANS}f = lambda: 1\n{once}\n")) as session:
        assert session.transport("0")(CALL)["value"] == 1
