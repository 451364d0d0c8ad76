"""Task bombs, each set off while an honest submission is judged beside it by the same user.

    python -m tests.grading.hostile.bombs

It prints one JSON object: for each tier what the honest submissions earned, and how many tasks more
than at rest the user ever had. An ordinary user has room for few more than two sandboxes need.

Not here: other attacks, made one after the other (`battle`).
"""

import json
import os
import resource
import sys
import threading
import time
from pathlib import Path

from annkit.grading.sandbox.sandbox import Sandbox
from annkit.grading.sandbox.tiers import Tier, why_not
from tests.grading.hostile.attacks import RIGHT, WRONG
from tests.grading.hostile.battle import among_honest, points

# So many tasks more than now a user may have. Two sandboxes at work take under half of them.
ROOM = 40
# So many submissions share the lines that are tried.
_KINDS = 6
_HOLD = "time.sleep(0.2)"
_HEAD = (
    "import ctypes, _thread, concurrent.futures, multiprocessing, os, struct, subprocess\n"
    "import threading, time\n"
    "libc = ctypes.CDLL(None)\n"
    "hold = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(lambda _: time.sleep(5))\n"
    "where = ctypes.byref(ctypes.c_void_p())\n"
    "stack = ctypes.create_string_buffer(2**16)\n"
    "top = ctypes.c_void_p(ctypes.addressof(stack) + 2**15)\n"
    "CLONE, CLONE3, FORK, VFORK = (56, 435, 57, 58) if os.uname().machine == 'x86_64' else "
    "(220, 435, 220, 220)\n"
)
# One line each, tried a hundred times: processes, threads, and what a library would start for us.
TRIES = [
    "libc.syscall(CLONE, 17, 0, 0, 0, 0) or os._exit(0)",
    "libc.syscall(CLONE, 0x10000 | 0x800 | 0x100, top, 0, 0, 0)",
    "libc.syscall(CLONE, 0x100 | 0x4000 | 17, top, 0, 0, 0)",
    "libc.syscall(CLONE, 0x80000000 | 0x10000 | 0x800 | 0x100, top, 0, 0, 0)",
    "libc.syscall(CLONE3, struct.pack('11q', *[0] * 4, 17, *[0] * 6), 88) or os._exit(0)",
    "libc.syscall(CLONE3, struct.pack('11q', 0x10900, *[0] * 4, ctypes.addressof(stack), 2**15, "
    "*[0] * 4), 88)",
    "libc.syscall(FORK) or time.sleep(5)",
    "libc.syscall(VFORK) or os._exit(0)",
    "libc.fork() or time.sleep(5)",
    "libc.pthread_create(where, None, hold, None)",
    "libc.thrd_create(where, hold, None)",
    "libc.timer_create(1, struct.pack('qiiqq', 0, 0, 2, 0, 0) + bytes(40), where)",
    "libc.mq_notify(3, struct.pack('qiiqq', 0, 0, 2, 0, 0) + bytes(40))",
    "libc.posix_spawn(where, b'/bin/sleep', None, None, (ctypes.c_char_p * 1)(), None)",
    "libc.popen(b'sleep 5', b'r')",
    "os.fork() or time.sleep(5)",
    "os.forkpty()",
    "os.posix_spawn('/bin/sleep', ['sleep', '5'], {})",
    "subprocess.Popen(['sleep', '5'])",
    "multiprocessing.Process(target=time.sleep, args=(5,)).start()",
    "threading.Thread(target=time.sleep, args=(5,), daemon=True).start()",
    "_thread.start_new_thread(time.sleep, (5,))",
    "concurrent.futures.ThreadPoolExecutor().submit(time.sleep, 5)",
]


def bomb(lines: list[str]) -> str:
    """An answer cell that tries each line again and again, and stays for a while."""
    again = "for _ in range(100):\n    try:\n        {}\n    except Exception: pass\n"
    return f"{WRONG}{_HEAD}{''.join(map(again.format, lines))}{_HOLD}\n"


def tasks_of(uid: int) -> int:
    """How many tasks a user has."""
    count = 0
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in path.read_text().splitlines())
        except OSError:
            continue
        if int(fields["Uid"].split()[0]) == uid:
            count += int(fields.get("Threads", 0))
    return count


def battle(tier: Tier) -> dict[str, object]:
    """Set all bombs off in one sandbox, with honest submissions in another meanwhile."""
    most, honest = 0, []
    with Sandbox(tier) as ours, Sandbox(tier) as theirs:
        points(ours, among_honest(RIGHT))
        points(theirs, among_honest(RIGHT))
        idle = tasks_of(os.getuid())
        bombs = [bomb(TRIES[first::_KINDS]) for first in range(_KINDS)]
        attack = threading.Thread(
            target=lambda: [points(theirs, among_honest(source)) for source in bombs]
        )
        attack.start()
        while attack.is_alive():
            honest.append(points(ours, among_honest(RIGHT))[0])
            for _ in range(10):
                most = max(most, tasks_of(os.getuid()))
                time.sleep(0.02)
        honest.append(points(theirs, among_honest(RIGHT))[0])
    return {"more": most - idle, "honest": honest}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.setgroups([])
        os.setgid(int(sys.argv[1]))
        os.setuid(int(sys.argv[1]))
    room = tasks_of(os.getuid()) + ROOM
    resource.setrlimit(resource.RLIMIT_NPROC, (room, room))
    strong = [tier for tier in Tier if tier.steps and not why_not(tier)]
    print(json.dumps({tier.value: battle(tier) for tier in strong}))
