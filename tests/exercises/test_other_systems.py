"""What a learner does works on Windows and macOS: tried here without what only Linux has."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SMALL_COURSE = Path(__file__).parent.parent / "publish" / "small_course"

# Modules and functions that another system lacks.
LACKING = """
import os, signal, sys, threading, time
for name in ("fcntl", "resource", "termios", "pwd", "grp"):
    sys.modules[name] = None
for home, names in (
    (signal, ("setitimer", "getitimer", "SIGALRM", "ITIMER_REAL", "pthread_kill")),
    (os, ("fork", "forkpty", "getuid", "geteuid", "O_DIRECTORY", "sched_getaffinity")),
):
    for name in names:
        vars(home).pop(name, None)
"""
LEARNER = """
import annkit
from annkit.exercises import course

def scaled(x, factor=2.0):
    import numpy
    return numpy.asarray(x) * factor

def endless(x, factor=2.0):
    while True:
        pass

annkit.check("scaled", scaled)
course().load("scaled").seconds = 0.2
annkit.check("scaled", endless)
annkit.hint("scaled")
annkit.quiz("unit_question")
annkit.quiz("unit_question", "b")
annkit.progress()
annkit.today()
"""
WITHOUT_THREADS = """
def refused(thread):
    raise RuntimeError("can't start new thread")

threading.Thread.start = refused
vars(sys).pop("monitoring", None)
"""


def learner(folder: Path, program: str) -> str:
    """What a learner's program prints."""
    places = {name: str(folder) for name in ("ANNKIT_STATE", "ANNKIT_HOME")}
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **places, "ANNKIT_COURSE": str(SMALL_COURSE)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where progress and `my_ann.py` go."""
    return tmp_path


def test_a_learner_on_windows(folder: Path) -> None:
    said = learner(folder, LACKING + LEARNER)
    for words in (
        "✓ scaled: passed",
        "still running after",
        "Hint 1 of 3",
        "a) zero",
        "✓ unit_question: right",
        "Course: 2 of 3",
        "Nothing is due today",
    ):
        assert words in said
    assert "nothing can stop a loop" not in said
    lines = (folder / "progress.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line)["event"] for line in lines]
    assert events == ["check", "check", "hint", "check"]


def test_where_nothing_can_stop_a_loop_that_is_said_before(folder: Path) -> None:
    program = LEARNER.replace("while True:", "while False:")
    said = learner(folder, LACKING + WITHOUT_THREADS + program)
    assert said.count("nothing can stop a loop that never ends") == 1
    assert said.index("nothing can stop") < said.index("✓ scaled: passed")
