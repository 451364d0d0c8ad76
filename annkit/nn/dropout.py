"""Dropout silences units at random while training, so that none can rely on its neighbours.

The survivors are scaled up by 1 / (1 - rate) at once ("inverted" dropout, Srivastava et al. 2014),
so that a trained network is used as it is.

Not here: where the mask is applied, forward and backward (`layers`).
"""

import numpy as np

from annkit.arguments import Array


class Dropout:
    """A source of dropout masks.

    Attributes:
        rate: the share of units to silence, 0 <= rate < 1.
        rng: source of randomness.
    """

    def __init__(self, rate: float, rng: np.random.Generator) -> None:
        """Remember rate and source."""
        self.rate = rate
        self.rng = rng

    def mask(self, a: Array) -> Array:
        """Return a fresh mask like a, (batch, units): 0 with probability rate, else 1/(1-rate)."""
        kept = self.rng.random(a.shape, dtype=np.float32) >= self.rate
        return kept * a.dtype.type(1 / (1 - self.rate))
