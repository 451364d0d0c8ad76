"""A history is the diary of one training: a line per epoch, and why it ended.

A history shows itself: as text anywhere, and in a notebook as a picture. The picture belongs to
`annkit.show`, which this package does not import; where somebody else has, a history asks there.

Not here: the drawing itself (`annkit.show.curves`).
"""

import sys
from dataclasses import dataclass, field
from math import isfinite, log

BARS = "▁▂▃▄▅▆▇█"
WIDTH = 40


@dataclass
class History:
    """What happened in each epoch; all lists have one entry per finished epoch.

    Attributes:
        cost: mean cost of the epoch's batches while it ran, penalty included.
        learning_rate: the learning rate at the end of the epoch.
        seconds: time since the start.
        validation_cost: cost of the validation data after the epoch, without penalty.
        validation_score: share of right answers (or R²) on the validation data.
        stopped: why training ended.
        best_epoch: index of the epoch whose parameters were kept, with early stopping.
    """

    cost: list[float] = field(default_factory=list)
    learning_rate: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    validation_cost: list[float] = field(default_factory=list)
    validation_score: list[float] = field(default_factory=list)
    stopped: str = "not started"
    best_epoch: int | None = None

    def __len__(self) -> int:
        """Count the finished epochs."""
        return len(self.cost)

    def curves(self) -> dict[str, list[float]]:
        """Return the costs by name, as `annkit.show.cost_history` takes them."""
        costs = {"training": self.cost}
        if self.validation_cost:
            costs["validation"] = self.validation_cost
        return costs

    def _repr_html_(self) -> str | None:
        """Give a notebook the picture, where there are pictures."""
        show = sys.modules.get("annkit.show")
        return show.history_html(self) if show and self.cost else None

    def __str__(self) -> str:
        """Tell the training in a few lines, the costs as a row of bars (logarithmic)."""
        if not self.cost:
            return f"History: no epoch finished, {self.stopped}"
        lines = [
            f"History: {len(self)} epochs in {self.seconds[-1]:.3g} s, {self.stopped}",
            f"cost             {sparkline(self.cost)}",
        ]
        if self.validation_cost:
            lines.append(f"validation cost  {sparkline(self.validation_cost)}")
            scores = f"{self.validation_score[0]:.4g} → {self.validation_score[-1]:.4g}"
            lines.append(f"validation score {scores}")
        if self.best_epoch is not None:
            lines.append(f"kept the parameters of epoch {self.best_epoch + 1}, the best")
        return "\n".join(lines)

    __repr__ = __str__


def sparkline(values: list[float]) -> str:
    """Draw positive numbers as "first ▇▅▃▁ last" on a logarithmic scale.

    >>> sparkline([1.0, 0.1, 0.01])
    '1 █▅▁ 0.01'
    """
    every = -(-len(values) // WIDTH)
    logs = [log(max(value, 1e-300)) for value in values[::every] if isfinite(value)]
    low, high = min(logs), max(logs)
    scale = (len(BARS) - 1) / (high - low) if high > low else 0.0
    bars = "".join(BARS[round(scale * (value - low))] for value in logs)
    return f"{values[0]:.4g} {bars} {values[-1]:.4g}"
