"""The shell that cells run in: IPython without a screen, a keyboard or programs.

`%matplotlib widget`, `!pip install …` and `input()` stand in many an honest notebook; here they do
nothing, and the cell goes on. A thread, which the kernel refuses, is refused in words. A cell runs
as IPython's transformer gives it, whatever the names in it mean meanwhile: so it can be read before
(`annkit.source.ipython`).
"""

import builtins
import importlib
import threading
from contextlib import suppress
from functools import wraps
from typing import Any


def quiet_shell() -> Any:
    """An IPython InteractiveShell in which what needs a person or another program does nothing."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.text import SList
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    shell: Any = InteractiveShell.instance(config=config)
    shell.enable_gui = _nothing
    shell.enable_matplotlib = lambda gui=None: (None, "agg")
    shell.system = shell.system_piped = shell.system_raw = _nothing
    shell.getoutput = lambda *given, **more: SList()
    _time_once(shell)
    shell.prefilter_manager.prefilter_lines = lambda lines, *more: lines
    _draw_without_a_screen()
    setattr(threading.Thread, "start", _no_thread)  # noqa: B010
    vars(builtins)["input"] = lambda prompt="": ""
    shell.run_cell("import numpy as np", store_history=False)
    return shell


def _time_once(shell: Any) -> None:
    """Have `%timeit` run a statement once instead of for seconds: nobody reads the time."""
    times = shell.magics_manager.magics["line"]["timeit"]

    def once(line: str, cell: str | None = None) -> Any:
        return times(f"-n1 -r1 {line}", cell)

    shell.register_magic_function(once, "line_cell", "timeit")


def _draw_without_a_screen() -> None:
    """Have Matplotlib keep the one backend that needs none, and save where that can be done."""
    pyplot = importlib.import_module("matplotlib.pyplot")
    # Else it would choose when it first draws, by the function that then does nothing.
    pyplot.switch_backend("agg")
    for module, name in (("matplotlib", "use"), ("matplotlib.pyplot", "switch_backend")):
        setattr(importlib.import_module(module), name, _nothing)
    save = pyplot.Figure.savefig

    @wraps(save)
    def saved_if_there_is_a_place(*given: Any, **more: Any) -> None:
        with suppress(OSError):  # nobody looks at it, and not every tier has one
            save(*given, **more)

    pyplot.Figure.savefig = saved_if_there_is_a_place


def _no_thread(thread: threading.Thread) -> None:
    raise RuntimeError("answers run without threads here: please call the function itself")


def _nothing(*given: Any, **more: Any) -> None:
    """Stands for what cannot be done here."""
