"""Programs in forks of one process that has loaded other people's packages, and nothing of ours.

NumPy, SymPy, Matplotlib and a kernel take a second of processor time to load, and each chapter is
executed three times. Of annkit nothing is loaded before: each fork imports it as a learner's
process does.

Not here: forks that grade (tests/grading/forks.py).
"""

import gc
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_SERVER = multiprocessing.get_context("forkserver")
_LOADED = ("ipykernel.kernelapp", "ipywidgets", "matplotlib_inline.backend_inline", "sympy")
_SERVER.set_forkserver_preload([*_LOADED, "matplotlib.pyplot", "anywidget", "tqdm.auto"])


class Fork:
    """A process that looks like one of `subprocess.Popen`.

    Args:
        run: what it does; a function of a module that imports little.
        words: its arguments.
        folder: where it works.
        environment: its variables.
        said: files for its output and its errors; where this process's own go, if none.
    """

    stdin = stdout = stderr = None

    def __init__(
        self,
        run: Callable[..., None],
        *words: str,
        folder: Path,
        environment: dict[str, str],
        said: tuple[Path, ...] = (),
    ) -> None:
        """Start it, and wait until it is the head of a process group of its own."""
        ours, theirs = _SERVER.Pipe(duplex=False)
        arguments = (theirs, run, words, str(folder), environment, tuple(map(str, said)))
        self._process = _SERVER.Process(target=_begin, args=arguments, daemon=True)
        self._process.start()
        theirs.close()
        with ours:
            ours.recv()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Its exit status, if it has ended."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end; its exit status."""
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None and self.pid is not None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def _begin(
    ready: Connection,
    run: Callable[..., None],
    words: tuple[str, ...],
    folder: str,
    environment: dict[str, str],
    said: tuple[str, ...],
) -> None:
    gc.freeze()  # the collector need not go through other people's packages
    os.setsid()
    ready.send(None)
    ready.close()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, path in enumerate(said, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), descriptor)
    run(*words)


def _draw_with(backend: str) -> None:
    """What Matplotlib reads when it is loaded, which it has been."""
    import matplotlib

    matplotlib.use(backend)


def script(path: str, home: str) -> None:
    """What `python path` does in a folder with such modules as are in `home`."""
    _draw_with(os.environ["MPLBACKEND"])
    sys.argv = [path]
    sys.path.insert(0, home)
    runpy.run_path(path, run_name="__main__")


def kernel(*arguments: str) -> None:
    """What `python -m ipykernel_launcher` does."""
    from ipykernel.kernelapp import launch_new_instance

    _draw_with("module://matplotlib_inline.backend_inline")
    launch_new_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def launch_kernel(command: list[str], *, env: dict[str, str], cwd: str, **others: Any) -> Fork:
    """Stands for Jupyter's function of this name: the kernel is a fork."""
    arguments = command[command.index("ipykernel_launcher") + 1 :]
    return Fork(kernel, *arguments, folder=Path(cwd), environment=env)
