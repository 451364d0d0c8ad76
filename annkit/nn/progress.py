"""A progress bar for trainings that take longer than a blink.

It is drawn by tqdm, as a widget in Lab, on one line in a terminal, and rarely in a file. Most of
the course's trainings end before the bar would appear; then tqdm is not even loaded.

Not here: what is trained (`training`).
"""

import sys
import time
from typing import Any

PATIENCE = 0.5  # seconds before a bar appears
SECONDS_BETWEEN_LINES = 30.0  # where every refresh stays: in a file
KERNELS = {"ipykernel", "pyodide_kernel"}  # of a notebook, and of one in a browser


class Progress:
    """A bar that counts epochs and shows the cost.

    >>> with Progress(n_epochs=3, enabled=False) as bar:
    ...     bar.advance(cost=0.5)
    """

    def __init__(self, n_epochs: int, enabled: bool = True) -> None:
        """Start the clock; nothing is drawn yet."""
        self.n_epochs = n_epochs
        self.enabled = enabled
        self.done = 0
        self.start = time.monotonic()
        self.bar: Any = None

    def advance(self, cost: float) -> None:
        """Count one epoch, which ended with this cost."""
        self.done += 1
        if self.bar is not None:
            self.bar.set_postfix(cost=f"{cost:.4g}", refresh=False)
            self.bar.update()
        elif self.enabled and self.done < self.n_epochs and self._is_late():
            self._open()

    def _is_late(self) -> bool:
        """Tell whether somebody may start to wonder."""
        return time.monotonic() - self.start > PATIENCE

    def _open(self) -> None:
        """Let tqdm draw the bar, as far as we are."""
        from tqdm.auto import tqdm

        is_live = sys.stderr.isatty() or not KERNELS.isdisjoint(sys.modules)
        self.bar = tqdm(
            desc="fit",
            unit="epoch",
            total=self.n_epochs,
            initial=self.done,
            mininterval=0.1 if is_live else SECONDS_BETWEEN_LINES,
        )

    def __enter__(self) -> "Progress":
        """Nothing to do: the clock already runs."""
        return self

    def __exit__(self, *reason: object) -> None:
        """Leave the bar as it is, finished or not."""
        if self.bar is not None:
            self.bar.close()
