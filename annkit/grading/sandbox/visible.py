"""What a sandbox may read: an allow-list of paths, and the command line that shows no others.

The interpreter, its packages, the system's libraries, and of this package the parts a learner
imports. References, checks of other people's work, the builder and the grader stay out, wherever
they lie: in a checkout `solutions/` is never listed, in an installed wheel its copy is left out.
The course's own implementations are what answers are asked for: a submission that does not name
them finds them neither on the disk nor in memory.
In namespaces, which bubblewrap makes, the rest of the host does not exist.

Not here: the other enforcer of the list (`untrusted.landlock`), the namespaces of each submission
(`untrusted.namespaces`).
"""

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
_LEARNERS_PARTS = ("py.typed", "data", "source", "show", "exercises")
# What carries expressions to and from an answer, of the formulas' package.
_TRANSPORT = ("__init__.py", "heads.py", "transport.py")
_SYSTEM = (
    "/lib",
    "/lib64",
    "/bin",
    "/etc/ld.so.cache",
    "/etc/fonts",
    "/etc/localtime",
    "/dev/null",
    "/dev/zero",
    "/dev/urandom",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
)

# Budgets are seconds of one thread, however many processors the machine has: OpenMP, and the
# libraries for linear algebra that NumPy may have been built with.
_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
# Not /tmp: covering that would hide a course that itself lies below it.
SCRATCH = "/scratch"


def readable(has_library: bool = True) -> list[str]:
    """Paths to read, each with all that is beneath it.

    Args:
        has_library: whether the course's own implementations are among them.
    """
    own = [*_package(), *(library() if has_library else ())]
    return [path for path in (*_SYSTEM, *_programs(), *own) if Path(path).exists()]


def library() -> list[str]:
    """Files and folders of the course's own implementations."""
    formulas = (path for path in (PACKAGE / "symbolic").iterdir() if path.name not in _TRANSPORT)
    return [str(path) for path in (PACKAGE / "nn", PACKAGE / "lessons", *sorted(formulas))]


def packages() -> list[str]:
    """Folders of installed packages on this interpreter's search path."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]


def _programs() -> Iterator[str]:
    """Programs, the interpreter and its packages, opened up where this package lies in one."""
    roots = {"/usr", sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *packages()}
    roots |= {str(Path(sys.executable).resolve().parent.parent)}
    for root in sorted(roots):
        yield from _without_package(Path(root))


def _without_package(folder: Path) -> Iterator[str]:
    if folder not in PACKAGE.parents:
        yield str(folder)
        return
    for child in folder.iterdir():
        if child != PACKAGE:
            yield from _without_package(child)


def _package() -> Iterator[str]:
    yield from map(str, sorted(PACKAGE.glob("*.py")))
    for part in _LEARNERS_PARTS:
        yield str(PACKAGE / part)
    for name in _TRANSPORT:
        yield str(PACKAGE / "symbolic" / name)
    for package in ("grading", "grading/sandbox"):
        yield str(PACKAGE / package / "__init__.py")
    yield str(PACKAGE / "grading" / "sandbox" / "untrusted")


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
        **dict.fromkeys(_ONE_THREAD, "1"),
        "NBGRADER_EXECUTION": "autograde",
    }


def command(program: list[str]) -> list[str]:
    """Wrap a command so that it runs in new namespaces with the allow-list only."""
    # By its full name: the search path of the environment within need not hold it.
    bwrap = shutil.which("bwrap") or "bwrap"
    words = [bwrap, "--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000"]
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
