"""How many threads a kernel's matrix products use: one, unless the environment says otherwise.

The course's matrices are small. Several threads gain nothing there, and on a busy machine they wait
for one another. NumPy's library reads the number when it is loaded, so every kernel of the
environment loads this before, by `ipython_kernel_config.json`.

Not here: the time that an answer may take (`annkit.exercises.calls.containment`).
"""

import os
from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """Let NumPy use one thread, if it is not loaded yet and nobody has chosen."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
