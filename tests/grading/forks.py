"""Commands run in forks of one process that has loaded nbgrader, which takes a second each time.

A program that grades serves by `serve`; a test gives it commands by `Forks`.

A fork has the environment of whoever gives the command, as a process of its own would have.

Not here: the programs (`brisk`, `faults`), forks that execute chapters (`tests.forked`).
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    stdout: str
    stderr: str


class Forks:
    """A program that runs commands, each in a fork of its own.

    Args:
        program: the module that serves.
    """

    def __init__(self, program: str) -> None:
        """Start it; it ends with this process."""
        self._said = tempfile.TemporaryDirectory(prefix="annkit-forks-")
        self._process = subprocess.Popen(
            [sys.executable, "-m", program],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        folder: Path,
        *words: str,
        limit: int | None = None,
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> Done:
        """Run one command in a folder.

        Args:
            folder: the working directory.
            words: of the command.
            limit: bytes that a file may have; no limit if None.
            variables: of its environment, besides those of this process.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        said = [Path(self._said.name) / name for name in ("stdout", "stderr")]
        environment = {**_environment(), **variables}
        request = [words, str(folder), [str(path) for path in said], limit, environment]
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        return Done(status, *(path.read_text("utf-8") for path in said))

    def close(self) -> None:
        """End it."""
        self._process.communicate()
        self._said.cleanup()


def _environment() -> dict[str, str]:
    """That of this process, and programs of its Python are found: nbgrader starts `alembic`."""
    scripts = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": os.pathsep.join([scripts, os.environ["PATH"]])}


def serve(run: Callable[..., int]) -> None:
    """Run what comes in, each in a fork, and answer with its exit status."""
    # Loaded so that a fork has them.
    import nbgrader.api
    import nbgrader.apps
    import nbgrader.preprocessors

    # A new gradebook asks another program for the number of its form, which is always the same.
    form = nbgrader.api.get_alembic_version()
    nbgrader.api.get_alembic_version = lambda: form
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _run(run, *json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


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
