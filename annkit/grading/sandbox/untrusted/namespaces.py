"""Namespaces for one submission: alone in its process table, without a network, with own scratch.

The warm parent is in namespaces already; each submission gets new ones within, so that it meets
neither the parent nor what an earlier submission left. When its first process ends, the kernel
ends every other process in there.

Source: Linux, user_namespaces(7), pid_namespaces(7).
"""

import os
from collections.abc import Iterable

from annkit.grading.sandbox.untrusted.libc import PR_SET_PDEATHSIG, call, prctl

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = (
    0x00020000,
    0x04000000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_BIND, _MS_REC, _MS_PRIVATE = 1, 2, 4, 4096, 0x4000, 1 << 18
_SIGKILL = 9


def enter(scratch: str, size_mb: int, hidden: Iterable[str] = ()) -> None:
    """Move this process into namespaces of its own; returns in their first process.

    The process that calls this stays behind as a guard: it does nothing but wait, and whoever
    kills it kills the first process too.

    Args:
        scratch: folder to cover with an empty file system of its own.
        size_mb: how much fits into it.
        hidden: files and folders to cover with nothing.

    Raises:
        OSError: the kernel refuses.
    """
    uid, gid = os.getuid(), os.getgid()
    call("unshare", _NEWUSER | _NEWNS | _NEWPID | _NEWNET | _NEWIPC | _NEWUTS)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{uid} {uid} 1")
    _write("/proc/self/gid_map", f"{gid} {gid} 1")
    call("mount", None, b"/", None, _MS_REC | _MS_PRIVATE, None)
    options = f"size={size_mb}m,nr_inodes=2000,mode=700".encode()
    call("mount", b"tmpfs", scratch.encode(), b"tmpfs", _MS_NOSUID | _MS_NODEV, options)
    # Shared memory is a place to leave things for the next submission.
    options = b"size=1m,nr_inodes=64,mode=700"
    call("mount", b"tmpfs", b"/dev/shm", b"tmpfs", _MS_NOSUID | _MS_NODEV, options)
    for path in hidden:
        _cover(path.encode())
    first = os.fork()
    if first:
        _guard(first)
    prctl(PR_SET_PDEATHSIG, _SIGKILL)


def _cover(path: bytes) -> None:
    """Put an empty folder over a folder, and a file without bytes over a file."""
    if os.path.isdir(path):
        call("mount", b"tmpfs", path, b"tmpfs", _MS_RDONLY | _MS_NOSUID | _MS_NODEV, b"size=4k")
    else:
        call("mount", b"/dev/null", path, None, _MS_BIND, None)


def _guard(first: int) -> None:
    """Wait for the first process and end as it ended; never returns."""
    # Nothing of the submission may stay open here: the other end waits for it to be closed.
    os.closerange(0, 4096)
    _, status = os.waitpid(first, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == _SIGKILL:
        os.kill(os.getpid(), _SIGKILL)
    os._exit(os.waitstatus_to_exitcode(status) & 0x7F)


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)
