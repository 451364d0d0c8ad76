"""Validation data judge a network and are never learned from; early stopping obeys their verdict.

Not here: test data. Whoever looks at them to decide anything has made them validation data.
"""

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array, check_count
from annkit.nn.history import History
from annkit.nn.predictor import Predictor


class Validation:
    """Judges a network after each epoch and remembers the best parameters.

    Attributes:
        data: (X, y), or None if there is nothing to judge by.
        patience: stop after so many epochs in a row without a strict improvement, or None.
    """

    def __init__(
        self, data: tuple[ArrayLike, ArrayLike] | None, patience: int | None = None
    ) -> None:
        """Start without a best epoch."""
        if patience is not None:
            check_count(patience, "patience")
            if data is None:
                raise ValueError(
                    "patience: expected validation data to be patient about, got none — "
                    "pass validation=(X, y)"
                )
        self.data = data
        self.patience = patience
        self.best_cost = np.inf
        self.best_flat: Array | None = None

    def judge(self, network: Predictor, history: History) -> bool:
        """Write the verdict on the last epoch into the history; return whether to stop now."""
        if self.data is None:
            return False
        cost, score = network.cost(*self.data), network.score(*self.data)
        history.validation_cost.append(cost)
        history.validation_score.append(score)
        if self.patience is None:
            return False
        epoch = len(history) - 1
        if cost < self.best_cost:  # strictly: of equals, the earliest stays
            self.best_cost, self.best_flat = cost, network.flat.copy()
            history.best_epoch = epoch
        return history.best_epoch is not None and epoch - history.best_epoch >= self.patience

    def restore_best(self, network: Predictor) -> None:
        """Put the parameters of the best epoch back in place, if early stopping looked for it."""
        if self.best_flat is not None:
            network.flat[:] = self.best_flat
