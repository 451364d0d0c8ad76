"""Giving up rights, in the order that works: namespaces, files, limits, capabilities, calls.

Each tier is a list of these steps. A step that fails ends the child before any of the
submission's code has run.

Not here: the steps themselves (`namespaces`, `landlock`, `seccomp`).
"""

import ctypes
import os
import resource
import signal
from typing import Any

from annkit.grading.sandbox.untrusted import landlock, namespaces, seccomp
from annkit.grading.sandbox.untrusted.libc import (
    PR_CAPBSET_DROP,
    PR_SET_DUMPABLE,
    call,
    exit_at,
    prctl,
)

_LAST_CAPABILITY = 40


def confine(settings: dict[str, Any]) -> None:
    """Confine this process.

    Args:
        settings: "steps" (of "namespaces", "landlock", "seccomp"), "readable" (paths), "hidden"
            (paths), "scratch" (a folder), "cpu_seconds", "memory_mb", "file_mb".

    Raises:
        OSError: a step is refused.
    """
    steps = settings["steps"]
    os.umask(0o077)
    if "namespaces" in steps:
        namespaces.enter(settings["scratch"], settings["file_mb"], settings["hidden"])
        os.chdir(settings["scratch"])
    _limit(settings, "seccomp" in steps)
    if "landlock" in steps:
        # Only the namespaces give a scratch folder with a size; without them nothing is written.
        writable = [settings["scratch"]] if "namespaces" in steps else []
        landlock.restrict(settings["readable"], [*writable, "/dev/null"])
    if steps:
        _drop_capabilities()
    if "seccomp" in steps:
        prctl(PR_SET_DUMPABLE, 0)
        seccomp.restrict()


def _limit(settings: dict[str, Any], is_confined: bool) -> None:
    megabyte = 2**20
    memory = _address_space() + settings["memory_mb"] * megabyte
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: settings["cpu_seconds"],
        resource.RLIMIT_FSIZE: settings["file_mb"] * megabyte,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
    }
    if not is_confined:
        # Counts all processes of the user, so only a rough brake; seccomp is the real one.
        limits[resource.RLIMIT_NPROC] = 512
    if hasattr(resource, "RLIMIT_SIGPENDING"):
        # Signals that wait are counted for all processes of the user together.
        limits[resource.RLIMIT_SIGPENDING] = 64
    exit_at(signal.SIGXCPU)
    for kind, value in limits.items():
        # SIGXCPU says why a process ends; whoever is deaf to it is killed a second later.
        most = value + 1 if kind == resource.RLIMIT_CPU else value
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (min(value, most), most))


def _address_space() -> int:
    """Bytes of address space this process has now; 0 where nothing tells."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _drop_capabilities() -> None:
    """Lose what being root, here or in a namespace, would still allow."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # not privileged, or past the last one this kernel knows
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    call("capset", header, (ctypes.c_uint32 * 6)())
