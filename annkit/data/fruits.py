"""Six fruits on a sorting belt: the smallest set a perceptron has something to learn from.

The numbers are made up, but such lemons and oranges exist: lemons are light and long.

Not here: larger clouds of points (`clouds`).
"""

import numpy as np

from annkit.arguments import Array

FRUIT_FEATURES = ("mass (100 g)", "length ÷ width")
LEMON, ORANGE = -1, 1

_BELT = (
    (1.0, 1.4, LEMON),
    (1.8, 1.0, ORANGE),
    (1.2, 1.3, LEMON),
    (1.5, 1.1, ORANGE),
    (0.9, 1.5, LEMON),
    (2.0, 1.1, ORANGE),
)


def fruits() -> tuple[Array, Array]:
    """Return the six fruits in the order in which they come along.

    Returns:
        X (6, 2): mass in units of 100 g, length ÷ width; and labels y (6,), -1 for a lemon and
        +1 for an orange.

    >>> X, y = fruits()
    >>> X[0].tolist(), int(y[0])
    ([1.0, 1.4], -1)
    """
    table = np.array(_BELT)
    return table[:, :2].copy(), table[:, 2].astype(int)
