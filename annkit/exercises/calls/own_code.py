"""Whose code is it: the learner's, or that of Python, a library or annkit?

A learner's code stands in cells, in files of their own, and, for the exercises' own answers, in
`solutions/`. Everything installed is somebody else's.

Not here: an answer's source as text (`annkit.source`).
"""

import os
import site
import sysconfig
from functools import lru_cache
from pathlib import Path

import numpy as np

_PACKAGE = str(Path(__file__).resolve().parents[2])
_ANSWERS = os.path.join(_PACKAGE, "_solutions")
# What Cython has compiled stands in a traceback by the name of its source, without a folder.
_COMPILED = (".pyx", ".pxd", ".pxi")
# A cell may have a name in brackets, as generated code has; these generate code.
_GENERATED = ("<frozen ", "<probe ", "<string>", "<lambdifygenerated", "<__array_function__ ")


@lru_cache(maxsize=1024)
def is_own(filename: str) -> bool:
    """Whether the code of this file (or cell) was written by a learner."""
    if filename.startswith("<"):
        return not filename.startswith(_GENERATED)
    if filename.endswith(_COMPILED):
        return False
    if _is_below(filename, _ANSWERS):
        return True
    return not any(_is_below(filename, root) for root in _libraries())


@lru_cache(maxsize=1)
def _libraries() -> tuple[str, ...]:
    """Folders of installed code; wherever NumPy lies, others of its kind do."""
    paths = sysconfig.get_paths()
    named = [paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")]
    named += [*site.getsitepackages(), str(Path(np.__file__).parents[1])]
    # A browser's kernel has no home folder: None, whatever the type says.
    if at_home := site.getusersitepackages():
        named.append(at_home)
    return tuple({*named, *map(os.path.realpath, named), _PACKAGE})


def _is_below(filename: str, folder: str) -> bool:
    return filename.startswith(folder + os.sep)
