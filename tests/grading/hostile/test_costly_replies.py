"""No reply costs the judge much memory or time, however often it is sent.

Each lie is judged in a fork of its own, whose memory the kernel tells. The lies go through the
channel of a session, as a child's do.
"""

import json
import math
import os
import resource
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from annkit.exercises import course
from annkit.grading.marking import score as scoring
from annkit.grading.marking.score import score
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.sandbox import session
from annkit.grading.sandbox.sandbox import Ending, Limits
from annkit.grading.sandbox.untrusted.channel import Channel, ChannelError
from annkit.grading.states import CRASHED, GRADED, TIMED_OUT
from tests.sampling import sampled

pytestmark = pytest.mark.slow

# What judging may take, so that a judge stays below 300 MB with the 100 it has at rest.
MOST_MB = 200
_ONE = "AAAAAAAA8D8="
_X = ["Symbol", "x", {}]
_TANH = ["tanh", ["Mul", ["Integer", "7"], _X]]
# Values as they travel: those that took the most memory or time among some fifty that were tried.
LIES: dict[str, Any] = {
    "arrays at the limit": {"array": ["<f8", [2**18], "AAAA" * (2**21 // 3) + "AAA="]},
    "arrays without entries, of many axes": [{"array": ["<f8", [0] * 31, ""]}] * 3_000,
    "arrays of one entry": [{"array": ["<f8", [1], _ONE]}] * 40_000,
    "texts of four bytes a letter": ["x" * 90_000 + "\U0001f600"] * 50,
    "empty tuples": [{"tuple": []}] * 70_000,
    "seeds": [{"rng": 5}] * 90_000,
    "formulas of one symbol": [{"expression": _X}] * 30_000,
    "a sum of thousands": {"expression": ["Add", *[_TANH] * 1200]},
    "a sum of thousands of symbols": {
        "expression": ["Add", *(["Symbol", f"x{n}", {}] for n in range(3000))]
    },
    "keys of one hash": [{"dict": [[n * (2**61 - 1) % 2**63, 0] for n in range(4)]}] * 9_000,
}


class Liar:
    """Stands for a sandbox: its child's answer is defined, and says the same whatever is asked."""

    def __init__(self, plain: Any) -> None:
        """Remember what to say."""
        rest: dict[str, Any] = {"mutated": [], "warnings": [], "hidden": [], "changed": []}
        rest |= {"shares_memory": False, "printed": "", "seconds": 0.0, "error": None}
        self._lie = {"value": plain, **rest}

    def start_child(self, limits: Limits, has_library: bool = False) -> Channel:
        """A channel to a thread that lies."""
        ours, theirs = socket.socketpair()
        threading.Thread(target=self._serve, args=(Channel(theirs),), daemon=True).start()
        return Channel(ours)

    def _serve(self, channel: Channel) -> None:
        with suppress(ChannelError):
            self._answer(channel)
        channel.close()

    def _answer(self, channel: Channel) -> None:
        job = channel.receive()
        for cell in job["cells"]:
            channel.send({"running": cell["key"]})
            channel.send({"ran": cell["key"], "error": None})
        channel.send({"captured": list(job["captures"])})
        while True:
            request = channel.receive()
            about = {"callable": True, "none": False, "type": "function", "plain": None}
            is_about = request["request"]["kind"] == "describe"
            channel.send({"nonce": request["nonce"], "reply": about if is_about else self._lie})

    def processor_seconds(self) -> float:
        """None that counts."""
        return 0.0

    def end_child(self, is_gone: bool = False) -> Ending:
        """It ends with the connection."""
        return Ending(0.0)

    def close_parent(self) -> None:
        """There is none."""


def judged(plain: Any) -> dict[str, Any]:
    """Judge a lie: its state and points, the processor time it took, and memory in MB."""
    answers = {"sigmoid": "sigmoid = None"}
    rebuilt = Rebuilt(answers, tuple(answers.items()), ())
    before, start = peak(), time.thread_time()
    (mark,) = score(course(), {"sigmoid": 7}, rebuilt, Liar(plain))  # type: ignore[arg-type]
    seconds = time.thread_time() - start
    more = peak() - before
    return {"state": mark.state, "points": mark.points, "seconds": seconds, "mb": more}


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_a_fork(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What it returns in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        told = file.read()
    os.waitpid(child, 0)
    found: dict[str, Any] = json.loads(told)
    return found


@pytest.mark.parametrize("name", sampled(LIES, 3))
def test_a_reply_costs_little(name: str) -> None:
    found = in_a_fork(lambda: judged(LIES[name]))
    assert found["points"] == 0
    assert found["state"] in (GRADED, CRASHED, TIMED_OUT)
    assert found["mb"] < MOST_MB
    # Reading one more frame is not interrupted.
    assert found["seconds"] < scoring.JUDGE_SECONDS + 1.0


def test_who_takes_too_long_to_judge_is_out_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "JUDGE_SECONDS", 0.2)
    # An interruption may fall into a callback of the garbage collector, which swallows it; the next
    # comes a little later, and until then what was sent must not be too heavy.
    monkeypatch.setattr(session, "_MAX_WEIGHT", math.inf)
    found = in_a_fork(lambda: judged(LIES["formulas of one symbol"]))
    assert (found["state"], found["points"]) == (TIMED_OUT, 0)
