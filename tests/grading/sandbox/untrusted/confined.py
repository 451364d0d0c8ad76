"""A process that confines itself as on a kernel with an older Landlock, and tries what it may not.

    python -m tests.grading.sandbox.untrusted.confined ABI UID FOLDER PORT VICTIM

It prints one JSON object: what it tried → "refused", or "done".
"""

import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from annkit.grading.sandbox.untrusted import landlock
from annkit.grading.sandbox.untrusted.confine import confine

STEPS = ["landlock", "seccomp"]


def attempts(folder: Path, port: int, victim: int) -> dict[str, Callable[[], object]]:
    """What is forbidden on every kernel, by Landlock or by seccomp; the last two are allowed."""
    secret, spare = folder / "secret", folder / "spare"
    return {
        "read": secret.read_text,
        "list": lambda: os.listdir(folder),
        "write": lambda: secret.write_text("x"),
        "append": lambda: secret.open("a").close(),
        "make a file": lambda: (folder / "new").touch(),
        "make a folder": (folder / "sub").mkdir,
        "make a link": lambda: (folder / "link").symlink_to(secret),
        "make a hard link": lambda: os.link(secret, folder / "hard"),
        "make a pipe": lambda: os.mkfifo(folder / "pipe"),
        "make a socket": lambda: socket.socket(socket.AF_UNIX).bind(str(folder / "socket")),
        "remove": spare.unlink,
        "rename": lambda: spare.rename(folder / "other"),
        "move": lambda: spare.rename(folder / "inner" / "spare"),
        "truncate": lambda: os.truncate(secret, 0),
        "change the mode": lambda: secret.chmod(0o777),
        "change the date": lambda: os.utime(secret, (1, 1)),
        "connect": lambda: socket.socket().connect(("127.0.0.1", port)),
        "signal another": lambda: os.kill(victim, signal.SIGTERM),
        "end itself as a machine would": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "start a process": os.fork,
        "start a program": lambda: os.execv("/bin/true", ["true"]),
        "trace by /proc": lambda: Path(f"/proc/{victim}/environ").read_bytes(),
        "allowed: read what is listed": (folder / "listed" / "file").read_text,
        "allowed: the null device": lambda: Path(os.devnull).write_text("x"),
    }


def main() -> None:
    """Confine, try, tell."""
    abi, uid, folder, port, victim = sys.argv[1:]
    setattr(landlock, "version", lambda: int(abi))  # noqa: B010
    if int(uid) != os.getuid():
        os.setgroups([])
        os.setgid(int(uid))
        os.setuid(int(uid))
    plan = attempts(Path(folder), int(port), int(victim))
    settings = {"steps": STEPS, "readable": [f"{folder}/listed"], "scratch": folder}
    confine({**settings, "cpu_seconds": 20, "memory_mb": 200, "file_mb": 1})
    told = {}
    for name, attempt in plan.items():
        try:
            attempt()
            told[name] = "done"
        except PermissionError:
            told[name] = "refused"
        except OSError as error:
            told[name] = f"failed: {error}"
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
