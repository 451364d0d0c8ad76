"""The same check gives the same report, wherever the answer lives."""

import json
import linecache
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from annkit.exercises import judge, judge_through
from tests.exercises.kinds import KINDS

CASES = [
    pytest.param(kind, source, mistake, id=f"{kind}-{i}")
    for kind, (_, _, right, wrong) in KINDS.items()
    for i, (source, mistake) in enumerate([*((s, "right") for s in right), *wrong.items()])
]


class Child:
    """A process for answers; only lines of JSON pass."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.exercises.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def write(self, message: dict[str, Any]) -> None:
        """Send a line."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def __call__(self, request: dict[str, Any]) -> dict[str, Any]:
        """Bring a request to the child and its reply back."""
        self.write(request)
        assert self.process.stdout
        reply: dict[str, Any] = json.loads(self.process.stdout.readline())
        return reply


@pytest.fixture(scope="module")
def children() -> Iterator[dict[str, Child]]:
    """A process for each kind of exercise: what one kind loads, another may have to do without."""
    children: dict[str, Child] = defaultdict(Child)
    yield children
    for child in children.values():
        child.process.communicate(timeout=300)


def here_and_there(kind, source, child):
    """Judge an answer in this process and in another."""
    task, name, _, _ = KINDS[kind]
    task.validate()
    namespace: dict[str, Any] = {}
    linecache.cache["<answer>"] = (0, None, source.splitlines(True), "<answer>")
    exec(compile(source, "<answer>", "exec"), namespace)
    child.write({"answer": [source, name]})
    return judge(task, namespace[name]), judge_through(task, child)


@pytest.mark.parametrize(("kind", "source", "mistake"), CASES)
def test_same_report_in_another_process(kind, source, mistake, children):
    """Verdict, points, mistake and every message agree; right passes and wrong does not."""
    here, there = here_and_there(kind, source, children[kind])
    assert here.passed == there.passed == (mistake == "right")
    assert here.points == there.points
    assert here.mistake == there.mistake == (None if mistake == "right" else mistake)
    assert [(c.label, c.passed) for c in here.checks] == [(c.label, c.passed) for c in there.checks]
    assert here.message == there.message
