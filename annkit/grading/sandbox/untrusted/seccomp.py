"""Seccomp: from now on the kernel refuses these system calls.

A list of refusals, on top of what namespaces or Landlock forbid already: starting processes,
threads and programs, any socket, signals to others, tracing, mounting, new namespaces, memory that
is not counted, clocks and keys. A refused call fails with EPERM; Python turns that into an
exception the learner can read.

Tasks are refused rather than counted: a count by the kernel is one of all that a user runs, so
whoever used it up would take it from honest submissions beside it. And a submission cannot end
itself by SIGKILL, nor have a timer or a limit of its own do it: who was killed that way was killed
by the machine.

Numbers are those of each architecture's system call table.
"""

import ctypes
import errno
import os
import platform
import struct

from annkit.grading.sandbox.untrusted.libc import PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, prctl

# name: (x86_64, aarch64); None where the architecture has no such call
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    "clone": (56, 220),
    "clone3": (435, 435),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "setpgid": (109, 154),
    "setsid": (112, 157),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "setuid": (105, 146),
    "setgid": (106, 144),
    "setreuid": (113, 145),
    "setregid": (114, 143),
    "setresuid": (117, 147),
    "setresgid": (119, 149),
    "setgroups": (116, 159),
    "capset": (126, 91),
    "setrlimit": (160, 164),
    "seccomp": (317, 277),
    "timer_create": (222, 107),
    "setpriority": (141, 140),
    "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122),
    "ioprio_set": (251, 30),
    "clock_settime": (227, 112),
    "settimeofday": (164, 170),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "kexec_load": (246, 104),
    "init_module": (175, 105),
    "quotactl": (179, 60),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "truncate": (76, 45),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "semop": (65, 193),
    "semctl": (66, 191),
    "inotify_init": (253, None),
    "fanotify_init": (300, 262),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "inotify_init1": (294, 26),
    "sync": (162, 81),
    "syncfs": (306, 267),
    "io_setup": (206, 0),
}
_KILL, _TGKILL = (62, 129), (234, 131)
_PRLIMIT = (302, 261)
_PRCTL = (157, 167)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32 = 0x40000000
# The first call that the list knows nothing of; from 424 on, numbers are the same everywhere.
_YOUNGER = 463

_LOAD, _EQUAL, _AT_LEAST, _BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NR, _ARCH = 0, 4
# The lower halves of a call's arguments; the upper one of each is four bytes on.
_ARG0, _ARG1, _ARG2 = 16, 24, 32
_FCNTL, _IOCTL = (72, 25), (16, 29)
_SIGKILL = 9
# First arguments of prctl: PDEATHSIG, DUMPABLE, SECCOMP, CHILD_SUBREAPER.
_PR_REFUSED = (1, 4, 22, 36)
# Second arguments of fcntl that make the kernel send signals to a chosen process; one that makes
# pipes large, out of what all processes of a user share; and two that watch a file which others
# open: under a lease they wait for its holder.
# F_SETOWN, F_SETSIG, F_SETOWN_EX; F_SETPIPE_SZ; F_SETLEASE, F_NOTIFY
_FCNTL_REFUSED = (8, 10, 15, 1031, 1024, 1026)
# Second arguments of ioctl: is it a terminal, how large, how much waits, and flags of a descriptor.
# TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
_IOCTL_ALLOWED = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)


def is_supported() -> bool:
    """Whether the table has this machine's architecture."""
    return platform.machine() in _ARCHITECTURES


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def restrict() -> None:
    """Refuse the calls of the table, for this process and its children, for ever.

    Raises:
        OSError: the kernel refuses, or the architecture has no table.
    """
    if not is_supported():
        raise OSError(errno.ENOSYS, f"no table of system calls for {platform.machine()}")
    code = b"".join(struct.pack("=HBBI", *line) for line in _instructions())
    program = _Program(len(code) // 8, code)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, 2, ctypes.byref(program))


def _instructions() -> list[tuple[int, int, int, int]]:
    """The filter as (code, jump if true, jump if false, constant)."""
    column, audit = _ARCHITECTURES[platform.machine()]
    refuse = (_RETURN, 0, 0, _ERRNO | errno.EPERM)
    allow = (_RETURN, 0, 0, _ALLOW)
    lines = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, audit),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NR),
    ]
    if column == 0:
        lines += [(_AT_LEAST, 0, 1, _X32), refuse]
    lines += [(_AT_LEAST, 0, 1, _YOUNGER), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    for numbers in _REFUSED.values():
        number = numbers[column]
        if number is not None:
            lines += [(_EQUAL, 0, 1, number), refuse]
    # Signals: to this process only, and none that ends it whatever it does.
    for numbers, signal in ((_KILL, _ARG1), (_TGKILL, _ARG2)):
        lines += [
            (_EQUAL, 0, 6, numbers[column]),
            (_LOAD, 0, 0, _ARG0),
            (_EQUAL, 0, 3, os.getpid()),
            (_LOAD, 0, 0, signal),
            (_EQUAL, 1, 0, _SIGKILL),
            allow,
            refuse,
        ]
    # Limits: those of this process may be read, and none may be set.
    lines += [
        (_EQUAL, 0, 8, _PRLIMIT[column]),
        (_LOAD, 0, 0, _ARG0),
        (_EQUAL, 0, 5, 0),
        (_LOAD, 0, 0, _ARG2),
        (_EQUAL, 0, 3, 0),
        (_LOAD, 0, 0, _ARG2 + 4),
        (_EQUAL, 0, 1, 0),
        allow,
        refuse,
    ]
    for numbers, argument, options, listed, others in (
        (_PRCTL, _ARG0, _PR_REFUSED, refuse, allow),
        (_FCNTL, _ARG1, _FCNTL_REFUSED, refuse, allow),
        (_IOCTL, _ARG1, _IOCTL_ALLOWED, allow, refuse),
    ):
        lines += [(_EQUAL, 0, len(options) + 3, numbers[column]), (_LOAD, 0, 0, argument)]
        for place, option in enumerate(options):
            lines.append((_EQUAL, len(options) - place, 0, option))
        lines += [others, listed]
    lines.append(allow)
    return lines
