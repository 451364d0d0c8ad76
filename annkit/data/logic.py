"""The logic gates: the smallest data sets there are, and the first a neuron was tried on.

Not here: weights that compute them; finding those is the course's exercise.
"""

import numpy as np

from annkit.arguments import Array

TRUTH_TABLES = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "NOR": (1, 0, 0, 0),
    "XOR": (0, 1, 1, 0),
    "XNOR": (1, 0, 0, 1),
}


def gates() -> dict[str, tuple[Array, Array]]:
    """Return every gate with its whole truth table.

    Returns:
        name → (X, y). For the gates of two inputs X is (4, 2), rows 00, 01, 10, 11, and y is
        (4,) of integers 0/1; for NOT X is (2, 1) and y (2,).

    >>> X, y = gates()["XOR"]
    >>> y.tolist()
    [0, 1, 1, 0]
    """
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    tables = {name: (X.copy(), np.array(outputs)) for name, outputs in TRUTH_TABLES.items()}
    tables["NOT"] = (np.array([[0.0], [1.0]]), np.array([1, 0]))
    return tables
