"""Commands run in forks of one process that has loaded nbgrader, which takes a second each time.

A program that grades serves by `serve`; a test gives it commands by `Forks`. What a grader reads of
itself to see whether marks must be made anew, half a second, has been read as well, and which
sandbox there is has been tried.

A fork has the environment of whoever gives the command, as a process of its own would have.

Not here: the programs (`brisk`, `faults`), forks that execute chapters (`tests.forked`).
"""

import gc
import json
import math
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from annkit.exercises.calls import elsewhere
from annkit.grading.marking.digests import grader_digest
from annkit.grading.sandbox.tiers import best_tier

ROOT = Path(__file__).parents[2]


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    stdout: str
    stderr: str


class Running:
    """A command at work, with what of `subprocess.Popen` tests use.

    Attributes:
        pid: of its process.
    """

    def __init__(self, pid: int, said: list[Path], look: Callable[[bool], int | None]) -> None:
        """Remember how to look whether it has ended."""
        self.pid = pid
        self._said = said
        self._look = look
        self._status: int | None = None

    def poll(self, waits: bool = False) -> int | None:
        """Its exit status; None if it has not ended, unless this waits."""
        if self._status is None:
            self._status = self._look(waits)
        return self._status

    def wait(self, seconds: float | None = None) -> Done:
        """Wait for its end, for so long at most."""
        deadline = math.inf if seconds is None else time.monotonic() + seconds
        while (status := self.poll(seconds is None)) is None:
            assert time.monotonic() < deadline, "it goes on and on"
            time.sleep(0.01)
        return Done(status, *(path.read_text("utf-8") for path in self._said))

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


class Forks:
    """A program that runs commands, each in a fork of its own.

    Args:
        program: the module that serves.
    """

    def __init__(self, program: str) -> None:
        """Start it; it ends with this process."""
        self._said = tempfile.TemporaryDirectory(prefix="annkit-forks-")
        self._count = count()
        self._process = subprocess.Popen(
            [sys.executable, "-m", program],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, folder: Path, *words: str, **more: Any) -> Done:
        """Run one command in a folder, with the arguments of `start`."""
        return self.start(folder, *words, **more).wait()

    def start(
        self,
        folder: Path,
        *words: str,
        limit: int | None = None,
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> Running:
        """Start one command in a folder.

        Args:
            folder: the working directory.
            words: of the command.
            limit: bytes that a file may have; no limit if None.
            variables: of its environment, besides those of this process.
        """
        place = Path(self._said.name) / str(next(self._count))
        said = [place.with_suffix(f".{name}") for name in ("stdout", "stderr")]
        environment = {**_environment(), **variables}
        pid = self._ask("start", words, str(folder), [*map(str, said)], limit, environment)
        assert pid is not None
        return Running(pid, said, partial(self._ask, "look", pid))

    def _ask(self, *request: Any) -> int | None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: int | None = json.loads(self._process.stdout.readline())
        return answer


@cache
def gradebooks_form() -> str:
    """The number of a new gradebook's form, for which nbgrader starts a program each time."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import _temp_alembic_ini

    with _temp_alembic_ini("sqlite://") as settings:
        return str(ScriptDirectory.from_config(Config(settings)).get_current_head())


def try_own_exercises_in_forks() -> None:
    """Spare a process their start: for one without threads that has loaded all they need."""
    vars(elsewhere)["_spawn"] = multiprocessing.get_context("fork")


def _environment() -> dict[str, str]:
    """That of this process, and programs of its Python are found: nbgrader starts `alembic`."""
    scripts = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": os.pathsep.join([scripts, os.environ["PATH"]])}


def serve(run: Callable[..., int]) -> None:
    """Run what comes in, each in a fork; tell which process that is, and how it ended."""
    # Loaded so that a fork has them.
    import nbgrader.api
    import nbgrader.apps
    import nbgrader.preprocessors
    from sqlalchemy.orm import configure_mappers

    nbgrader.api.get_alembic_version = gradebooks_form
    configure_mappers()
    grader_digest(())
    best_tier()
    try_own_exercises_in_forks()
    gc.freeze()  # the collector need not go through all that in each fork
    for line in sys.stdin:
        kind, *given = json.loads(line)
        answer = _started(run, *given) if kind == "start" else _status(*given)
        print(json.dumps(answer), flush=True)


def _started(run: Callable[..., int], *given: Any) -> int:
    """Start one command in a fork; its process."""
    child = os.fork()
    if child == 0:
        _run(run, *given)
    return child


def _status(child: int, waits: bool) -> int | None:
    """The exit status of a fork; None if it has not ended, unless this waits."""
    pid, status = os.waitpid(child, 0 if waits else os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


def _run(
    run: Callable[..., int],
    words: list[str],
    folder: str,
    said: list[str],
    limit: Any,
    environment: dict[str, str],
) -> None:
    """Run one command; never returns."""
    status = 70
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        for descriptor, path in enumerate(said, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        status = run(*words)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
