"""What a sandbox may read: an allow-list of paths.

The interpreter, its packages, the system's libraries, and of this package the parts a learner
imports. References, checks of other people's work, the builder and the grader stay out, wherever
they lie: in a checkout `solutions/` is never listed, in an installed wheel its copy is left out.

Not here: enforcing the list (`bubblewrap`, `annkit.grading.sandbox.inside.landlock`).
"""

import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
_LEARNERS_PARTS = (
    "__init__.py",
    "py.typed",
    "nn",
    "data",
    "source",
    "show",
    "symbolic",
    "lessons",
    "exercises",
)
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


def readable() -> list[str]:
    """Paths to read, each with all that is beneath it."""
    return [path for path in (*_SYSTEM, *_programs(), *_package()) if Path(path).exists()]


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
    for part in _LEARNERS_PARTS:
        yield str(PACKAGE / part)
    for package in ("grading", "grading/sandbox"):
        yield str(PACKAGE / package / "__init__.py")
    yield str(PACKAGE / "grading" / "sandbox" / "inside")
