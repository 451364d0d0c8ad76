"""Running attacks: one class of hostile submissions in one tier, as the user this runs as.

Run as a program it fights all attacks (or those named) and prints one JSON line for each:

    python -m tests.grading.hostile.battle --tier namespaces

It prepares a course with canaries, scores submissions whose answer to one exercise is an attack and
whose other answers are honest, and looks at the canaries after each. After every third comes an
honest submission: it is the next one for each of the three.

Not here: the attacks (`attacks`, `new_kinds`), what must be true (`test_hostile`,
`test_new_kinds`).
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import annkit
from annkit.exercises import Exercise, course
from annkit.grading.marking import suspicious_names
from annkit.grading.marking.forbidden_marks import searched
from annkit.grading.marking.score import score
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.sandbox import session
from annkit.grading.sandbox.sandbox import Limits, Sandbox
from annkit.grading.sandbox.tiers import Tier
from tests.grading.hostile.attacks import ATTACKS, RIGHT, Attack, fill
from tests.grading.hostile.new_kinds import NEW_KINDS

# What never ends is waited for, and the course's ten seconds prove no more than a sixth of one.
CALL_SECONDS = 0.15
GRACE_SECONDS = 0.3
LIMITS = Limits(
    cell_seconds=0.5,
    answer_seconds=0.5,
    total_seconds=15.0,
    cpu_seconds=8,
    patience=4.0,
    memory_mb=600,
    file_mb=16,
)
IMPORTS = "import numpy as np\nimport sympy as sp"
ALL = ATTACKS | NEW_KINDS
HONEST = {
    "relu": "def relu(z):\n    return np.maximum(z, 0.0)\n",
    "tanh_prime": "def tanh_prime(z):\n    return 1 - np.tanh(z) ** 2\n",
}
HONEST_POINTS = {"relu": 1.0, "tanh_prime": 1.0}
NEXT_POINTS = {"sigmoid": 2.0}
# So many attacks follow each other before an honest submission does.
IN_A_ROW = 3


class Canaries:
    """Files, a process, a port and a variable that no submission may reach."""

    def __init__(self, folder: Path) -> None:
        """Lay them out beneath a folder."""
        self.course = folder / "course"
        self.home = folder / "home"
        for path in (self.course, self.home):
            path.mkdir()
        self.files = {
            "gradebook": self.course / "gradebook.db",
            "config": self.course / "nbgrader_config.py",
            "secret": self.course / ".annkit-secret",
            "neighbour": self.course / "neighbour.ipynb",
        }
        for path in self.files.values():
            path.write_text("CANARY")
        self.victim = subprocess.Popen(
            [sys.executable, "-c", "import time; 'CANARY_PROCESS'; time.sleep(3600)"]
        )
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        self.abstract = f"annkit-canary-{os.getpid()}"
        self.local = socket.socket(socket.AF_UNIX)
        self.local.bind("\0" + self.abstract)
        self.local.listen()
        self.local.setblocking(False)
        self.package = Path(annkit.__file__).parent
        self.before = self.state()

    def fields(self) -> dict[str, object]:
        """What attacks are told about them."""
        solutions = course().root
        return {
            **{name: str(path) for name, path in self.files.items()},
            "reference": str(solutions / "ch03_activations" / "sigmoid.py"),
            "solutions": str(solutions),
            "course": str(self.course),
            "home": str(self.home),
            "package": str(self.package),
            "victim": self.victim.pid,
            "port": self.listener.getsockname()[1],
            "abstract": self.abstract,
        }

    def state(self) -> dict[str, str]:
        """What may not change: every file of the course, and the package's door."""
        watched = [*sorted(self.course.rglob("*")), *sorted(self.home.rglob("*"))]
        watched += [self.package / "__init__.py"]
        state = {
            str(path): f"{path.read_text()} {path.stat().st_mode} {path.stat().st_mtime}"
            for path in watched
            if path.is_file()
        }
        state["shared memory"] = str(Path("/dev/shm/annkit-canary").exists())
        return state

    def harm(self) -> list[str]:
        """What has been harmed, in words."""
        harm = [] if self.state() == self.before else ["files changed"]
        if self.victim.poll() is not None:
            harm.append("the victim was killed")
        for name, server in (("TCP", self.listener), ("abstract", self.local)):
            try:
                server.accept()
                harm.append(f"a {name} connection arrived")
            except BlockingIOError:
                pass
        return harm

    def close(self) -> None:
        """End the victim."""
        self.victim.kill()
        self.victim.wait()
        self.listener.close()
        self.local.close()


@contextmanager
def canaries() -> Iterator[Canaries]:
    """Canaries in a temporary folder, and a variable in this process's environment."""
    os.environ["CANARY_VARIABLE"] = "CANARY"
    with tempfile.TemporaryDirectory(prefix="annkit-battle-") as folder:
        placed = Canaries(Path(folder))
        try:
            yield placed
        finally:
            placed.close()


def submission(*answered: tuple[str, str]) -> Rebuilt:
    """A submission with these answers, each an exercise and a source."""
    return Rebuilt(dict(answered), (("imports", IMPORTS), *answered), ())


def among_honest(source: str, id: str = "sigmoid") -> Rebuilt:
    """A submission with this answer to an exercise, between honest ones."""
    first, last = HONEST.items()
    return submission(first, (id, source), last)


Points = dict[str, float | None]


def points(sandbox: Sandbox, rebuilt: Rebuilt) -> tuple[Points, dict[str, str], list[str]]:
    """Points and states of one submission, and what a person is told of it."""
    found = searched(course(), rebuilt)
    broken = {id: one.broken for id, one in found.items() if one.broken}
    seeds = dict.fromkeys(rebuilt.answers, 7)
    marks = score(course(), seeds, rebuilt, sandbox, LIMITS, broken)
    told = [words for one in found.values() for words in one.findings]
    told += suspicious_names.findings(course(), rebuilt)
    return (
        {mark.id: mark.points for mark in marks},
        {mark.id: mark.state for mark in marks},
        told,
    )


def strangers() -> list[str]:
    """Processes that a submission left behind: known by what attacks put into them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    marks = ("sleep 987654", "CANARY_ORPHAN")
    return [words for words in found if any(mark in words for mark in marks)]


def fight(name: str, attack: Attack, sandbox: Sandbox, placed: Canaries) -> dict[str, object]:
    """Score the attack, and say what happened."""
    start = time.monotonic()
    source = fill(attack.source, placed.fields()) if attack.id == "sigmoid" else attack.source
    earned, states, told = points(sandbox, among_honest(source, attack.id))
    seconds = time.monotonic() - start
    return {
        "name": name,
        "earned": earned,
        "states": states,
        "told": told,
        "harm": placed.harm(),
        "strangers": strangers(),
        "seconds": round(seconds, 2),
    }


def main() -> None:
    """Fight and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tier", required=True, choices=[tier.value for tier in Tier])
    parser.add_argument("--uid", type=int, default=None)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if options.uid is not None:
        os.setgroups([])
        os.setgid(options.uid)
        os.setuid(options.uid)
    names = options.names or list(ALL)
    for id in {ALL[name].id for name in names} | set(HONEST):
        task = course().load(id)
        assert isinstance(task, Exercise)
        task.seconds = CALL_SECONDS
    session._GRACE = GRACE_SECONDS
    session._QUESTION_SECONDS = CALL_SECONDS
    with canaries() as placed, Sandbox(Tier(options.tier)) as sandbox:
        for first in range(0, len(names), IN_A_ROW):
            row = names[first : first + IN_A_ROW]
            fought = [fight(name, ALL[name], sandbox, placed) for name in row]
            honest, _, _ = points(sandbox, submission(("sigmoid", RIGHT)))
            for line in fought:
                print(json.dumps({**line, "next": honest}), flush=True)


if __name__ == "__main__":
    main()
