"""The warm parent: everything heavy is loaded once, then one fork for each submission.

It never touches what a submission sends: the socket to the grader is handed on to the child
unread. One submission at a time; the grader runs several parents.

Started as `python -m annkit.grading.sandbox.untrusted.parent N`, N being a control socket.
"""

import gc
import importlib
import os
import signal
import socket
import sys
import time
import traceback
from typing import Any

from annkit.grading.sandbox.untrusted.channel import Channel, ChannelError
from annkit.grading.sandbox.untrusted.child import serve
from annkit.grading.sandbox.untrusted.confine import confine
from annkit.grading.sandbox.untrusted.libc import PR_SET_PDEATHSIG, is_linux, prctl
from annkit.grading.sandbox.untrusted.shell import quiet_shell

# How long a child that has closed its connection may take to end by itself.
_END_SECONDS = 1.0
# Who has a machine that is short of memory asks with these before it kills. A child that ended then
# would seem to have ended itself; so it stays deaf to them, until somebody does kill it.
_REQUESTS_TO_END = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
# The first that a child sends.
HELLO = b"!"
# What a fork has loaded already; the environment makes Matplotlib draw without a screen. What
# answers are asked for is not among it: whatever is in memory can be found there.
_WARM = (
    "matplotlib.pyplot",
    "sympy",
    "ipywidgets",
    "annkit.exercises.verbs",
    "annkit.data",
    "annkit.show",
    "annkit.symbolic.transport",
)


def warm_up() -> Any:
    """Load what courses use, and a shell; return the shell."""
    for name in _WARM:
        importlib.import_module(name)
    return quiet_shell()


def main() -> None:
    """Serve until the grader closes the control socket."""
    control_socket = socket.socket(fileno=int(sys.argv[1]))
    control = Channel(control_socket)
    if is_linux():
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # What is loaded stays: looking through it again and again would be a quarter of the start.
    gc.disable()
    shell = warm_up()
    gc.freeze()
    gc.enable()
    control.send({"warm": True})
    try:
        while True:
            settings = control.receive()
            _, descriptors, _, _ = socket.recv_fds(control_socket, 1, 1)
            child = os.fork()
            if child == 0:
                _become_child(descriptors[0], settings, shell)
            os.close(descriptors[0])
            control.send({"child": child})
            is_gone = control.receive()["is_gone"]
            control.send(_ended(child, _END_SECONDS if is_gone else 0.0))
    except ChannelError:
        os._exit(0)  # the grader is gone; the child dies with this process


def _ended(child: int, patience: float) -> dict[str, Any]:
    """End a child, and say how long it has worked and with what it had ended by itself."""
    deadline = time.monotonic() + patience
    pid, status, used = os.wait4(child, os.WNOHANG)
    while not pid and time.monotonic() < deadline:
        time.sleep(0.001)
        pid, status, used = os.wait4(child, os.WNOHANG)
    if not pid:
        os.kill(child, signal.SIGKILL)
        _, _, used = os.wait4(child, 0)
    exit_code = os.waitstatus_to_exitcode(status) if pid else 0
    return {"seconds": used.ru_utime + used.ru_stime, "exit_code": exit_code}


class _NotHere:
    """Says of the course's own implementations that they are not here, and why."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name in ("annkit.nn", "annkit.lessons") or name.startswith("annkit.symbolic."):
            words = f"{name} is not here: an answer stands on its own, and names what it borrows"
            raise ModuleNotFoundError(words, name=name)


def _become_child(descriptor: int, settings: dict[str, Any], shell: Any) -> None:
    """Confine and serve; never returns."""
    try:
        for request in _REQUESTS_TO_END:
            signal.signal(request, signal.SIG_IGN)
        os.close(int(sys.argv[1]))
        # Its own group: a signal to the group reaches neither the parent nor the grader.
        os.setsid()
        if is_linux():
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        confine(settings)
        sys.path.insert(0, settings["scratch"])  # for what the submission itself writes
        if settings["hidden"]:
            sys.meta_path.insert(0, _NotHere())
        connection = socket.socket(fileno=descriptor)
        # Still ourselves: the kernel tells the grader with it which process this is.
        connection.sendall(HELLO)
        serve(connection, shell)
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(70)


if __name__ == "__main__":
    main()
