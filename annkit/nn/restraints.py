"""Two brakes on training: a penalty that keeps weights small, and a limit on the gradient's length.

Both work on the flat vectors, so they see the whole network at once.

Not here: dropout (`dropout`), early stopping (`training`).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def add_l2(gradient: Array, flat: Array, is_weight: Array, l2: float) -> float:
    """Add the derivative l2 · W of the penalty ½ l2 Σ W² to the gradient, biases excluded.

    Args:
        gradient: derivatives of all parameters, (n_parameters,); changed in place.
        flat: the parameters, (n_parameters,).
        is_weight: 1 for a weight, 0 for a bias, (n_parameters,).
        l2: strength of the penalty.

    Returns:
        The penalty itself.
    """
    shrink = l2 * is_weight * flat
    gradient += shrink
    return 0.5 * float(shrink.dot(flat))


def clip_norm(gradient: Array, max_norm: float) -> None:
    """Shorten the gradient in place to at most max_norm, keeping its direction.

    Args:
        gradient: derivatives of all parameters, (n_parameters,).
        max_norm: longest gradient that is let through.
    """
    norm = float(np.sqrt(gradient.dot(gradient)))
    if norm > max_norm:
        gradient *= max_norm / norm
