"""One submission: run its cells in order, keep the answers, then answer calls.

Everything said from here may be a lie, since the submission's code shares the process. It is read
that way: states and replies are claims, and the verdict is reached elsewhere.

Not here: what may be done (`confine`), what a call observes (`annkit.exercises.calls.observe`).
"""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from annkit.exercises.calls.containment import OutOfTime, time_limit
from annkit.exercises.calls.observe import observe
from annkit.grading.sandbox.untrusted.channel import Channel, ChannelError


def serve(connection: socket.socket, shell: Any) -> None:
    """Serve one job and end the process when the other end is done.

    Args:
        connection: to the grader.
        shell: an IPython InteractiveShell, warm and unused.
    """
    channel = Channel(connection)
    # Progress of the cells goes out one by one, so that a cell that kills the process is known.
    job = channel.receive()
    _silence()
    sys.modules["my_ann"] = _OwnModule(shell.user_ns)
    captured: dict[str, Any] = {}
    worlds: dict[str, dict[str, Any]] = {}
    for cell in job["cells"]:
        channel.send({"running": cell["key"]})
        error = _run(shell, cell["source"], job["cell_seconds"], job["patience"])
        id, name = cell["key"], job["captures"].get(cell["key"])
        if name in shell.user_ns:
            captured[id] = shell.user_ns[name]
            worlds[id] = dict(shell.user_ns)
        channel.send({"ran": cell["key"], "error": error})
    channel.send({"captured": sorted(captured)})
    try:
        while True:
            message = channel.receive()
            id = message["id"]
            with _as_captured(shell.user_ns, worlds[id]):
                reply = observe(captured[id], message["request"])
            channel.send({"nonce": message["nonce"], "reply": reply})
    except ChannelError:
        os._exit(0)


@contextmanager
def _as_captured(namespace: dict[str, Any], world: dict[str, Any]) -> Iterator[None]:
    """Let names mean again what they meant when an answer was captured.

    A class that grows over several cells is a new class of the same name after each; a method of
    an early one that asks `isinstance(other, Value)` means the class of its own time. So does a
    function that uses a constant which a later cell makes another one. Names that came later stay.
    """
    later = {name: namespace[name] for name in world if name in namespace}
    namespace.update(world)
    try:
        yield
    finally:
        # What the answer itself has changed, such as a counter, is kept for its next call.
        world.update((name, namespace[name]) for name in world if name in namespace)
        namespace.update(later)


class _OwnModule(ModuleType):
    """Stands for the learner's own `my_ann`: here its names are the submission's own answers."""

    def __init__(self, names: dict[str, Any]) -> None:
        """Look names up in the session's namespace."""
        super().__init__("my_ann")
        self._names = names

    def __getattr__(self, name: str) -> Any:
        """The object of that name, if a cell has defined it; for a star, the list of all names."""
        if name == "__all__":
            return [one for one in self._names if not one.startswith("_")]
        try:
            return self._names[name]
        except KeyError:
            raise AttributeError(name) from None


def _silence() -> None:
    """What is printed or displayed goes nowhere: not into a buffer, not to the terminal."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    sys.stdout = sys.stderr = os.fdopen(1, "w", buffering=1, closefd=False)
    sys.displayhook = lambda value: None


def _run(shell: Any, source: str, seconds: float, patience: float) -> str | None:
    """Run a cell; an error in words, or None."""
    try:
        with time_limit(seconds, patience):
            result = shell.run_cell(source, store_history=False, silent=True)
    except OutOfTime as over:
        return f"OutOfTime: {over}"
    error = result.error_before_exec or result.error_in_exec
    return None if error is None else f"{type(error).__name__}: {error}"[:300]
