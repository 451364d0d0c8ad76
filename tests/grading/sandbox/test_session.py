"""A submission gets the time it is due: no less because the machine is busy, and no more."""

import sys
import time
from collections.abc import Callable, Iterator

import pytest

from annkit.exercises import Catalogue
from annkit.grading.marking.score import score
from annkit.grading.marking.verdict import MarkLine
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.sandbox.sandbox import Limits, Sandbox
from annkit.grading.states import GRADED, TIMED_OUT
from tests.busy import busy_machine
from tests.grading.conftest import ANSWERS, TIERS

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


@pytest.fixture(scope="module", params=TIERS, ids=lambda tier: tier.value)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox in every tier this machine has."""
    with Sandbox(request.param) as made:
        yield made


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
        total = sandbox.end_child()
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
