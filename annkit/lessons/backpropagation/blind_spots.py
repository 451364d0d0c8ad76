"""Where a gradient check looks at a bug and sees nothing: the bug is right just there.

A check nudges one network on one batch. Each planted bug of the list is checked twice, where it
hides and where it doesn't; and two errors are checked that no network and no batch would show,
since the check believes the cost it is handed.

Not here: the bugs (`planted_bugs`), checks that raise a false alarm (the chapter has three).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from annkit.arguments import Array
from annkit.lessons.backpropagation.bug_fingerprints import accuracy, first_params, train_with
from annkit.lessons.backpropagation.planted_bugs import Pairs, faulty_gradients, true_gradients
from annkit.nn.costs import COSTS
from annkit.nn.gradient_checking import measured_gradient, relative_error


class Hidden(NamedTuple):
    """A bug and a place where it hides.

    Attributes:
        bug: a name in `BUGS`.
        place: in words.
        there: the check's error in that place.
        elsewhere: the check's error with 40 examples and 8 hidden units.
    """

    bug: str
    place: str
    there: float
    elsewhere: float


def check_error(gradients: Pairs, X: Array, y: Array, params: Pairs) -> float:
    """Return the relative error of gradients, all arrays together, against measured slopes.

    Args:
        gradients: [(dW1, db1), (dW2, db2)], what is checked.
        X: inputs, (batch, n_in).
        y: zeros and ones, (batch, 1).
        params: [(W1, b1), (W2, b2)].
    """
    shapes = [array.shape for pair in params for array in pair]
    cuts = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]

    def cost(v: Array) -> float:
        parts = [p.reshape(shape) for p, shape in zip(np.split(v, cuts), shapes, strict=True)]
        W1, b1, W2, b2 = parts
        return COSTS["binary_cross_entropy"].value(np.tanh(X @ W1 + b1) @ W2 + b2, y)

    return relative_error(measured_gradient(cost, flat(params)), flat(gradients))


def flat(pairs: Sequence[tuple[Array, Array]]) -> Array:
    """All numbers of some (W, b) in a row."""
    return np.concatenate([array.ravel() for pair in pairs for array in pair])


def hiding_places(X: Array, y: Array, rng: np.random.Generator) -> list[Hidden]:
    """Check four planted bugs where they hide, and once more where they don't.

    Args:
        X: inputs, (batch, 2), at least 40.
        y: zeros and ones, (batch, 1).
        rng: source of the weights.
    """
    X, y = X[:40], y[:40]
    params = first_params(2, 8, rng)
    W2, b2 = params[1]
    tiny = [(W / 1000, b) for W, b in params]
    places: list[tuple[str, str, Array, Array, Pairs]] = [
        ("mean_missing", "a batch of one", X[:1], y[:1], params),
        ("tanh_slope_missing", "output weights of 0", X, y, [params[0], (0 * W2, b2)]),
        ("z_instead_of_a", "first weights of a thousandth", X, y, tiny),
        ("b1_over_everything", "a single hidden unit", X, y, first_params(2, 1, rng)),
    ]

    def seen(bug: str, X: Array, y: Array, params: Pairs) -> float:
        return check_error(faulty_gradients(bug, X, y, params), X, y, params)

    return [
        Hidden(bug, place, seen(bug, X_there, y_there, weights), seen(bug, X, y, params))
        for bug, place, X_there, y_there, weights in places
    ]


def wrong_labels(X: Array, y: Array, rng: np.random.Generator) -> tuple[float, float]:
    """Exchange yes and no in the cost and in its gradient; check it, and train with it.

    Args:
        X: inputs, (batch, 2).
        y: zeros and ones, (batch, 1).
        rng: source of the first weights.

    Returns:
        the check's error, and the accuracy after training.
    """
    params = first_params(2, 8, rng)
    exchanged = X[:40], 1 - y[:40], params
    error = check_error(true_gradients(*exchanged), *exchanged)
    return error, accuracy(X, y, train_with(None, X, 1 - y, params))
