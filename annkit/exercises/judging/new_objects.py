"""While an answer is judged, the garbage collector looks through new objects only.

A chain of ten thousand nodes is enough for Python to look through everything that the process
holds, and beside NumPy, SymPy and a notebook that takes longer than most checks. What was there
before is left out meanwhile, and is looked through again afterwards.

Not here: what a call may change of the process (`annkit.exercises.calls.surroundings`).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def only_new_objects_collected() -> Iterator[None]:
    """A context in which the collector leaves out what was there before.

    Where somebody has left objects out already, it is theirs to end that, and nothing is changed.
    """
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
