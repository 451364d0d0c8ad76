"""Trying to import a text of `my_ann.py` before it takes the place of the file.

Not here: the text (`own_module`), replacing the file (`file_swap`).
"""

import sys
import traceback
import warnings
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from annkit.exercises.calls.containment import OutOfTime, Quiet, time_limit
from annkit.exercises.my_ann.own_module import MODULE

# On the clock, too: the learner's own text may do anything, and other notebooks wait for the file.
SECONDS = 3.0


class Trouble(NamedTuple):
    """Why a text cannot be imported: the error's own words, and the line, 0 if there is none."""

    words: str
    line: int


def why_not_imported(text: str, path: Path) -> Trouble | None:
    """Why a text of the module cannot be imported; None if it can.

    Args:
        text: of the whole file.
        path: where it belongs.
    """
    module, before = ModuleType(MODULE), sys.modules.get(MODULE)
    module.__file__ = str(path)
    sys.modules[MODULE] = module
    try:
        with Quiet(), warnings.catch_warnings(), time_limit(SECONDS, patience=1.0):
            warnings.simplefilter("ignore")
            exec(compile(text, str(path), "exec", dont_inherit=True), vars(module))
    except KeyboardInterrupt:
        raise
    except OutOfTime:  # it may take its time
        pass
    except BaseException as error:  # its own text may leave Python, too
        lines = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == str(path)
        ]
        return Trouble(f"{type(error).__name__}: {error}", lines[0] or 0 if lines else 0)
    finally:
        sys.modules.pop(MODULE, None)
        if before is not None:
            sys.modules[MODULE] = before
    return None
