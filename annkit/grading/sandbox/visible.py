"""What a sandbox may read: an allow-list of paths, and the command line that shows no others.

The interpreter's file and library, the folders of packages, the system's libraries, and of this
package the parts a learner imports. An environment's folder is never listed as a whole, since
anything may lie in it: a course, the checkout it was made in. Of every copy of annkit among the
packages nothing is listed, whichever copy does the grading. So references, checks of other people's
work, the builder and the grader stay out, wherever they lie. What a teacher has put among the
packages or the system's libraries cannot be kept out: `exposed` tells.
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
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
_LEARNERS_PARTS = ("py.typed", "data", "source", "show", "exercises")
# What carries expressions to and from an answer, of the formulas' package.
_TRANSPORT = ("__init__.py", "heads.py", "transport.py")
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share")
_SYSTEM = (
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
# The program itself: of an environment, whose folder is not there, only the packages are.
INTERPRETER = os.path.realpath(sys.executable)
# Not /tmp: covering that would hide a course that itself lies below it.
SCRATCH = "/scratch"


@cache
def readable(has_library: bool = True) -> list[str]:
    """Paths to read, each with all that is beneath it.

    Args:
        has_library: whether the course's own implementations are among them.
    """
    around = [path for root in _roots() for path in _without(root, _copies())]
    own = [*_package(), *(library() if has_library else ())]
    return [path for path in (*_SYSTEM, *around, *own) if Path(path).exists()]


def library() -> list[str]:
    """Files and folders of the course's own implementations."""
    formulas = (path for path in (PACKAGE / "symbolic").iterdir() if path.name not in _TRANSPORT)
    return [str(path) for path in (PACKAGE / "nn", PACKAGE / "lessons", *sorted(formulas))]


def packages() -> list[str]:
    """Folders of installed packages on this interpreter's search path."""
    found = (path for path in sys.path if Path(path).name in ("site-packages", "dist-packages"))
    return [os.path.realpath(path) for path in found]


def exposed(paths: Iterable[Path]) -> dict[Path, str]:
    """Those paths that a sandbox could read → the folder that it can read them in."""
    real = {path: path.resolve() for path in paths}
    return {
        path: root
        for path, place in real.items()
        for root in readable()
        if place.is_relative_to(os.path.realpath(root))
    }


def _roots() -> list[Path]:
    """What is listed around this package, each once and by its real name."""
    own = (INTERPRETER, os.path.join(sys.base_prefix, "lib"), sysconfig.get_path("stdlib"))
    roots = {*_LIBRARIES, *own, *packages()}
    real = {Path(os.path.realpath(root)) for root in roots}
    return sorted(root for root in real if root.exists() and real.isdisjoint(root.parents))


def _copies() -> list[Path]:
    """All of annkit that lies in the roots, installed or not."""
    folders = {Path(folder) for folder in packages()}
    for root in _roots():
        for pattern in ("", "python*/", "lib/python*/"):
            for name in ("site-packages", "dist-packages"):
                folders.update(root.glob(f"{pattern}{name}"))
    copies = {folder / "annkit" for folder in folders}
    return sorted({*(path for path in copies if path.is_dir()), PACKAGE})


def _without(folder: Path, hidden: list[Path]) -> Iterator[str]:
    """A folder, opened up where something hidden lies in it."""
    if folder in hidden:
        return
    if not any(folder in path.parents for path in hidden):
        yield str(folder)
        return
    for child in folder.iterdir():
        yield from _without(child, hidden)


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
    links = [path for path in map(Path, _LIBRARIES) if path.is_symlink()]
    words += [word for path in links for word in ("--symlink", os.readlink(path), str(path))]
    # Every mount costs each submission time: folders are bound whole, and copies of annkit covered.
    roots = _roots()
    covered = [str(copy) for copy in _copies() if any(root in copy.parents for root in roots)]
    for path in (*_SYSTEM, *roots):
        if not str(path).startswith(("/proc", "/dev")):
            words += ["--ro-bind-try", str(path), str(path)]
    words += [word for copy in covered for word in ("--tmpfs", copy)]
    for own in (*_package(), *library()):
        words += ["--ro-bind-try", own, own]
    # Where the kernel has no Landlock, a file in /dev would wait for the next submission.
    words += [word for place in (*covered, "/dev", "/") for word in ("--remount-ro", place)]
    return [*words, "--chdir", SCRATCH, "--", *program]
