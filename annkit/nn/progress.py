"""A progress bar for trainings that take longer than a blink.

It is drawn by tqdm, as a widget in Lab, on one line in a terminal, and rarely in a file. Most of
the course's trainings end before the bar would appear; then tqdm is not even loaded. In a browser
they take several times as long, and `in_sight` has a bar for those too that nobody else waits for.

Not here: what is trained (`training`).
"""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")

PATIENCE = 0.5  # seconds before a bar appears
SECONDS_BETWEEN_LINES = 30.0  # where every refresh stays: in a file
IN_A_BROWSER = "pyodide_kernel"
KERNELS = {"ipykernel", IN_A_BROWSER}  # of a notebook, and of one in a browser


def in_sight(items: Sequence[Item], unit: str) -> Iterator[Item]:
    """Go through items; in a browser, with a bar that is gone when the last is done.

    Args:
        items: each takes a while.
        unit: what one is called beside the bar.
    """
    with Progress(len(items), IN_A_BROWSER in sys.modules, unit, stays=False) as bar:
        for item in items:
            yield item
            bar.advance()


class Progress:
    """A bar that counts epochs and shows the cost.

    >>> with Progress(n_epochs=3, enabled=False) as bar:
    ...     bar.advance(cost=0.5)
    """

    def __init__(
        self, n_epochs: int, enabled: bool = True, unit: str = "epoch", stays: bool = True
    ) -> None:
        """Start the clock; nothing is drawn yet."""
        self.n_epochs = n_epochs
        self.enabled = enabled
        self.unit = unit
        self.stays = stays
        self.done = 0
        self.start = time.monotonic()
        self.bar: Any = None

    def advance(self, cost: float | None = None) -> None:
        """Count one epoch, which ended with this cost."""
        self.done += 1
        if self.bar is not None:
            if cost is not None:
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

        if IN_A_BROWSER in sys.modules:  # where no thread can look after a bar that stands still
            tqdm.monitor_interval = 0
        is_live = sys.stderr.isatty() or not KERNELS.isdisjoint(sys.modules)
        self.bar = tqdm(
            desc="fit",
            unit=self.unit,
            leave=self.stays,
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
