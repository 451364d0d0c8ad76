"""Landlock: from now on this process sees these files and no others.

An unprivileged process gives up rights for itself and its children, for ever. What is not on the
list can neither be read nor listed; nothing can be written but beneath the scratch folder. From
ABI 4 on TCP is refused as well, from ABI 6 on signals to processes outside.

Source: Linux, Documentation/userspace-api/landlock.rst.
"""

import ctypes
import os
from collections.abc import Iterable

from annkit.grading.sandbox.untrusted.libc import PR_SET_NO_NEW_PRIVS, call, prctl

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_O_PATH = 0o10000000

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
# Remove, make (directories, files, sockets, links …), refer, truncate, ioctl: bits 4 to 15.
_CHANGES_OF = {1: 13, 2: 14, 3: 15, 5: 16}
_READ = EXECUTE | READ_FILE | READ_DIR
_NET = 3  # bind and connect of TCP
_SCOPES = 3  # abstract unix sockets, signals


class _Ruleset(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """The ABI of Landlock this kernel offers; 0 if none."""
    try:
        return call("syscall", _CREATE_RULESET, None, 0, _VERSION_FLAG)
    except (OSError, AttributeError):
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Give up every file but these, for this process and its children.

    Args:
        readable: files and folders to read (folders with all beneath).
        writable: folders to read and write beneath, and single files such as /dev/null.

    Raises:
        OSError: the kernel refuses.
    """
    abi = version()
    bits = max(count for first, count in _CHANGES_OF.items() if first <= abi)
    handled = (1 << bits) - 1
    ruleset = _Ruleset(handled, _NET if abi >= 4 else 0, _SCOPES if abi >= 6 else 0)
    # Older kernels know a shorter structure and refuse bytes they do not know unless they are 0.
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    descriptor = call("syscall", _CREATE_RULESET, ctypes.byref(ruleset), size, 0)
    for path in readable:
        _allow(descriptor, path, _READ & handled)
    for path in writable:
        _allow(descriptor, path, handled & ~EXECUTE)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    call("syscall", _RESTRICT_SELF, descriptor, 0)
    os.close(descriptor)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, _O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):
            # Rights that only make sense for folders are refused on a file.
            rights &= EXECUTE | WRITE_FILE | READ_FILE | (1 << 14) | (1 << 15)
        rule = _PathBeneath(rights, parent)
        call("syscall", _ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
