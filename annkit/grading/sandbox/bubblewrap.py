"""The command line that puts the warm parent into namespaces.

Only an allow-list of paths is there, read-only; the rest of the host does not exist inside.

Not here: the list (`visible`), the namespaces of each submission (`inside.namespaces`).
"""

import os
from pathlib import Path

from annkit.grading.sandbox.visible import PACKAGE, packages, readable

# Not /tmp: covering that would hide a course that itself lies below it.
SCRATCH = "/scratch"


def environment() -> dict[str, str]:
    """All the environment variables there are inside a sandbox, in every tier."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": SCRATCH,
        "IPYTHONDIR": f"{SCRATCH}/ipython",
        "MPLCONFIGDIR": f"{SCRATCH}/matplotlib",
        "MPLBACKEND": "Agg",
        "PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), *packages()]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "NBGRADER_EXECUTION": "autograde",
    }


def command(program: list[str]) -> list[str]:
    """Wrap a command so that it runs in new namespaces with the allow-list only."""
    words = ["bwrap", "--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000"]
    words += ["--cap-drop", "ALL", "--die-with-parent", "--new-session", "--clearenv"]
    for name, value in {**environment(), "TMPDIR": SCRATCH}.items():
        words += ["--setenv", name, value]
    # The scratch space comes before what may be bound beneath it.
    words += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", SCRATCH]
    for path in readable():
        if path.startswith(("/proc", "/dev")):
            continue
        words += _bind(Path(path))
    # Where the kernel has no Landlock, a file in /dev would wait for the next submission.
    words += ["--remount-ro", "/dev", "--remount-ro", "/"]
    return [*words, "--chdir", SCRATCH, "--", *program]


def _bind(path: Path) -> list[str]:
    """Bind a path read-only; a symbolic link such as /lib stays one."""
    if path.is_symlink() and path.parent == Path("/"):
        return ["--symlink", os.readlink(path), str(path)]
    return ["--ro-bind", str(path), str(path)]
