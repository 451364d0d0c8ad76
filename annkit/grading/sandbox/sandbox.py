"""A sandbox, seen from the grader: one warm parent, and a confined child for each submission.

The parent takes about a second to start and a child a few milliseconds. If the parent dies,
the next child starts a new one.

Not here: what is asked of a child (`session`), what runs in it (`untrusted`).
"""

import contextlib
import signal
import socket
import struct
import subprocess
import tempfile
import time
from dataclasses import dataclass

from annkit.exercises.calls.containment import PATIENCE
from annkit.grading.sandbox.home import Home
from annkit.grading.sandbox.tiers import Tier, best_tier, why_not
from annkit.grading.sandbox.untrusted.channel import Channel, ChannelError
from annkit.grading.sandbox.untrusted.libc import processor_clock
from annkit.grading.sandbox.visible import (
    INTERPRETER,
    SCRATCH,
    command,
    environment,
    library,
    readable,
)

# What the parent may take to answer: it does nothing else, but the machine may be busy.
_PARENT_SECONDS = 60.0
# Pauses before a sandbox is tried again: the machine may be short of processes or memory for now.
_PAUSES = (0.0, 0.2, 1.0)
# Whether the kernel says who has sent a message: process, user and group.
_TELLS_SENDER = hasattr(socket, "SO_PASSCRED")
_CREDENTIALS = struct.Struct("iII")


@dataclass(frozen=True)
class Limits:
    """What one submission may use; seconds are of processor time.

    Attributes:
        cell_seconds: for one cell.
        answer_seconds: for all calls of one answer, so that a slow one leaves the others theirs.
        total_seconds: for everything, restarts included.
        cpu_seconds: for one process, by the kernel itself.
        patience: seconds on the clock for each of them.
        memory_mb: address space beyond what the warm parent has.
        file_mb: private scratch space, where the tier has any.
    """

    cell_seconds: float = 20.0
    answer_seconds: float = 30.0
    total_seconds: float = 120.0
    cpu_seconds: int = 60
    patience: float = PATIENCE
    memory_mb: int = 1024
    file_mb: int = 32


@dataclass(frozen=True)
class Ending:
    """How a child ended.

    Attributes:
        worked: seconds of processor time it had.
        was_killed: whether something else than the child and its grader ended it.
        is_out_of_time: whether the kernel ended it because its processor time was used up.
    """

    worked: float
    was_killed: bool = False
    is_out_of_time: bool = False


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
        self._clock: int | None = None
        self._worked = 0.0
        # In namespaces it is the scratch space, which nobody has to remove.
        self._home = None if self.tier is Tier.NAMESPACES else Home()

    def __enter__(self) -> "Sandbox":
        """Nothing to do yet."""
        return self

    def __exit__(self, *reason: object) -> None:
        """End the parent."""
        self.close()

    def start_child(self, limits: Limits, has_library: bool = False) -> Channel:
        """Fork a confined child and return the channel to it.

        Args:
            limits: of the child.
            has_library: whether the course's own implementations are there.

        Raises:
            SandboxError: there is none after several attempts.
        """
        problem: Exception = SandboxError("never tried")
        for pause in _PAUSES:
            time.sleep(pause)
            try:
                self._ensure_parent()
                return self._fork(limits, has_library)
            except (ChannelError, OSError, SandboxError) as error:
                self.close_parent()
                problem = error
        raise SandboxError(f"the sandbox does not start: {problem}") from None

    def processor_seconds(self) -> float:
        """How long the child has worked so far: read from the kernel, not asked of the child.

        Where the kernel does not tell (macOS) it is 0 until the child has ended.
        """
        if self._clock is not None:
            # What has ended keeps its time; whoever waited for its end has it then.
            with contextlib.suppress(OSError):
                self._worked = max(self._worked, time.clock_gettime(self._clock))
        return self._worked

    def end_child(self, is_gone: bool = False) -> Ending:
        """Kill the child that is running, with all it started.

        Args:
            is_gone: whether it seems to have ended: then it is looked at how.
        """
        worked, exit_code = self.processor_seconds(), -signal.SIGKILL
        if self._control is not None:
            try:
                self._control.send({"is_gone": is_gone}, _PARENT_SECONDS)
                told = self._control.receive(_PARENT_SECONDS)
                worked, exit_code = max(worked, told["seconds"]), told["exit_code"]
            except ChannelError:  # the parent is gone, which no child can reach
                self.close_parent()
        self._clock, self._worked = None, 0.0
        return Ending(worked, exit_code == -signal.SIGKILL, exit_code == signal.SIGXCPU)

    def _fork(self, limits: Limits, has_library: bool) -> Channel:
        if self._control is None or self._socket is None:
            raise ChannelError("no parent")
        ours, theirs = socket.socketpair()
        if _TELLS_SENDER:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        settings = {
            "steps": self.tier.steps,
            "readable": readable(has_library),
            "hidden": [] if has_library else library(),
            "scratch": self._place,
            "cpu_seconds": limits.cpu_seconds,
            "memory_mb": limits.memory_mb,
            "file_mb": limits.file_mb,
        }
        with theirs:
            self._control.send(settings, _PARENT_SECONDS)
            socket.send_fds(self._socket, [b"f"], [theirs.fileno()])
        try:
            self._control.receive(_PARENT_SECONDS)
            self._clock, self._worked = _clock_of_sender(ours), 0.0
        except ChannelError:
            ours.close()
            raise
        return Channel(ours)

    def _ensure_parent(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.close_parent()
        ours, theirs = socket.socketpair()
        # -P, -s: what an earlier submission may have left in its folder is no module.
        module = "annkit.grading.sandbox.untrusted.parent"
        program = [INTERPRETER, "-P", "-s", "-m", module, str(theirs.fileno())]
        variables = environment()
        if self._home is None:
            program = command(program)
        else:
            home = self._place
            variables |= {"HOME": home, "MPLCONFIGDIR": f"{home}/matplotlib"}
            variables |= {"IPYTHONDIR": f"{home}/ipython"}
        with tempfile.TemporaryFile() as messages:
            with theirs:
                self._process = subprocess.Popen(
                    program,
                    env=variables,
                    cwd="/" if self._home is None else self._place,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=messages,
                    start_new_session=True,
                )
            self._socket, self._control = ours, Channel(ours)
            try:
                self._control.receive(_PARENT_SECONDS)
            except ChannelError as error:
                self.close_parent()
                messages.seek(0)
                said = messages.read().decode(errors="replace").strip().splitlines()[-1:]
                raise SandboxError(f"{error} {said}") from None

    def close_parent(self) -> None:
        """End the parent and with it its child."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._control = self._socket = None

    def close(self) -> None:
        """End everything and remove the home folder."""
        self.close_parent()
        if self._home is not None:
            self._home.close()

    @property
    def _place(self) -> str:
        """The folder that is home to what runs in there."""
        return SCRATCH if self._home is None else str(self._home.path)


def _clock_of_sender(connection: socket.socket) -> int | None:
    """Wait until a child is ready; the clock of its processor time, if the kernel tells.

    The kernel itself says which process a message comes from, and by the number it has here, in
    whatever namespaces the child is.

    Raises:
        ChannelError: no child comes; perhaps it could not confine itself.
    """
    connection.settimeout(_PARENT_SECONDS)
    try:
        hello, about, _, _ = connection.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
        if not hello:
            raise ChannelError("a child could not confine itself")
        if not _TELLS_SENDER:
            return None
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        ((_, _, sender),) = about
        return processor_clock(_CREDENTIALS.unpack(sender)[0])
    except OSError as error:
        raise ChannelError(f"a child does not come ({error})") from None
