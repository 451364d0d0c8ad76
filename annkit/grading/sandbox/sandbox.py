"""A sandbox, seen from the grader: one warm parent, and a confined child for each submission.

The parent takes about a second to start and a child a few milliseconds. If the parent dies,
the next child starts a new one.

Not here: what is asked of a child (`session`), what runs in it (`untrusted`).
"""

import contextlib
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from annkit.grading.sandbox.tiers import Tier, best_tier, why_not
from annkit.grading.sandbox.untrusted.channel import Channel, ChannelError
from annkit.grading.sandbox.visible import SCRATCH, command, environment, readable

_START_SECONDS = 60.0
_END_SECONDS = 10.0


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes:
        cell_seconds: wall time of one cell.
        answer_seconds: wall time of all calls of one answer, so that a slow one leaves the others
            theirs.
        total_seconds: wall time of everything, restarts included.
        cpu_seconds: processor time of one process.
        memory_mb: address space beyond what the warm parent has.
        file_mb: private scratch space, where the tier has any.
    """

    cell_seconds: float = 20.0
    answer_seconds: float = 30.0
    total_seconds: float = 120.0
    cpu_seconds: int = 60
    memory_mb: int = 1024
    file_mb: int = 32


class SandboxError(Exception):
    """The sandbox itself does not work here; no submission is at fault."""


class Sandbox:
    """One warm parent in a tier.

    Args:
        tier: the tier to use; the strongest this machine offers if None.

    Raises:
        SandboxError: the machine does not offer this tier.
    """

    def __init__(self, tier: Tier | None = None) -> None:
        """Choose the tier; the parent starts with the first child."""
        self.tier = tier or best_tier()
        obstacle = why_not(self.tier)
        if obstacle:
            raise SandboxError(f"the {self.tier.value} tier is not available: {obstacle}")
        self._process: subprocess.Popen[bytes] | None = None
        self._control: Channel | None = None
        self._socket: socket.socket | None = None
        self._home = tempfile.TemporaryDirectory(prefix="annkit-sandbox-")

    def __enter__(self) -> "Sandbox":
        """Nothing to do yet."""
        return self

    def __exit__(self, *reason: object) -> None:
        """End the parent."""
        self.close()

    def start_child(self, limits: Limits) -> Channel:
        """Fork a confined child and return the channel to it.

        Raises:
            SandboxError: the parent does not start.
        """
        for last in (False, True):
            self._ensure_parent()
            try:
                return self._fork(limits)
            except ChannelError as error:
                self.close_parent()
                if last:
                    raise SandboxError(f"the sandbox's parent died: {error}") from None
        raise AssertionError("unreachable")

    def end_child(self) -> None:
        """Kill the child that is running, with all it started."""
        if self._control is None:
            return
        try:
            self._control.send({"end": True}, _END_SECONDS)
            self._control.receive(_END_SECONDS)
        except ChannelError:
            self.close_parent()

    def _fork(self, limits: Limits) -> Channel:
        if self._control is None or self._socket is None:
            raise ChannelError("no parent")
        ours, theirs = socket.socketpair()
        settings = {
            "steps": self.tier.steps,
            "readable": readable(),
            "scratch": SCRATCH if self.tier is Tier.NAMESPACES else self._home.name,
            "cpu_seconds": limits.cpu_seconds,
            "memory_mb": limits.memory_mb,
            "file_mb": limits.file_mb,
        }
        with theirs:
            self._control.send(settings, _END_SECONDS)
            socket.send_fds(self._socket, [b"f"], [theirs.fileno()])
        self._control.receive(_END_SECONDS)
        return Channel(ours)

    def _ensure_parent(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.close_parent()
        ours, theirs = socket.socketpair()
        program = [
            sys.executable,
            "-m",
            "annkit.grading.sandbox.untrusted.parent",
            str(theirs.fileno()),
        ]
        variables = environment()
        if self.tier is Tier.NAMESPACES:
            program = command(program)
        else:
            variables |= {"HOME": self._home.name, "MPLCONFIGDIR": f"{self._home.name}/matplotlib"}
            variables |= {"IPYTHONDIR": f"{self._home.name}/ipython"}
        with tempfile.TemporaryFile() as messages:
            with theirs:
                self._process = subprocess.Popen(
                    program,
                    env=variables,
                    cwd="/" if self.tier is Tier.NAMESPACES else self._home.name,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=messages,
                    start_new_session=True,
                )
            self._socket, self._control = ours, Channel(ours)
            try:
                self._control.receive(_START_SECONDS)
            except ChannelError as error:
                self.close_parent()
                messages.seek(0)
                said = messages.read().decode(errors="replace").strip().splitlines()[-1:]
                raise SandboxError(f"the sandbox does not start: {error} {said}") from None

    def close_parent(self) -> None:
        """End the parent and with it its child."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._control = self._socket = None

    def close(self) -> None:
        """End everything and remove the scratch folder."""
        self.close_parent()
        with contextlib.suppress(OSError):
            self._home.cleanup()
