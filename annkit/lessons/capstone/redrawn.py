"""Pictures of digits that stand in no book: a little blended, tilted and moved, by chance.

Whoever has the data set at hand could look a picture up, even with its pixels in a secret order:
sorted by their ink they are the same 64 numbers. Each picture is therefore drawn anew. A part of
another picture of the same digit shows through, and the whole is tilted by up to 3° and moved by up
to a tenth of a pixel. People and networks read them as before; of the sorted pixels nothing is left
that could be compared.

Not here: the pictures themselves (`annkit.data.digits`), drawings made by hand (`drawings`).
"""

import numpy as np

from annkit.arguments import Array

BLEND = 0.15  # the largest share of the other picture
TILT = np.deg2rad(3)
MOVE = 0.1  # pixels
SIDE = 8


def redrawn(X: Array, labels: Array, rng: np.random.Generator) -> Array:
    """Draw every picture anew.

    Args:
        X: pictures, (n, 64), ink 0 … 1.
        labels: their digits, (n,).
        rng: a NumPy random generator, the only source of chance.

    Returns:
        pictures of the same digits, (n, 64), ink 0 … 1.
    """
    return _moved(_blended(X, labels, rng), rng)


def _blended(X: Array, labels: Array, rng: np.random.Generator) -> Array:
    """Let another picture of the same digit show through each, (n, 64)."""
    partner = np.empty(len(X), dtype=int)
    for digit in np.unique(labels):
        rows = np.flatnonzero(labels == digit)
        partner[rows] = rng.permutation(rows)
    share = rng.uniform(0, BLEND, size=(len(X), 1))
    return (1 - share) * X + share * X[partner]


def _moved(X: Array, rng: np.random.Generator) -> Array:
    """Tilt and move each picture; between four pixels the ink is interpolated, (n, 64)."""
    n, middle = len(X), (SIDE - 1) / 2
    angle = rng.uniform(-TILT, TILT, size=(n, 1, 1))
    down, right = rng.uniform(-MOVE, MOVE, size=(2, n, 1, 1))
    row, column = np.mgrid[:SIDE, :SIDE] - middle
    # Where a pixel of the new picture lies on the old one, which has a blank frame of two pixels.
    row, column = (
        np.cos(angle) * row + np.sin(angle) * column + middle + down + 2,
        np.cos(angle) * column - np.sin(angle) * row + middle + right + 2,
    )
    old = np.pad(X.reshape(n, SIDE, SIDE), ((0, 0), (2, 2), (2, 2)))
    above, left = row.astype(int), column.astype(int)
    low, far = row - above, column - left
    each = np.arange(n)[:, None, None]
    new = (1 - low) * ((1 - far) * old[each, above, left] + far * old[each, above, left + 1])
    new += low * ((1 - far) * old[each, above + 1, left] + far * old[each, above + 1, left + 1])
    return new.reshape(n, -1)
