"""From a drawing to the 64 numbers that a network of digits expects.

A drawing is a list of strokes, and a stroke a list of points in a square pad: (0, 0) is its top
left corner, (1, 1) its bottom right one. A pen fills 32×32 dots, and the dark dots in blocks of 4×4
are counted, as it was done with the digits of `annkit.data`.

The digits of the data were shifted and stretched until they filled the square. A drawing is not;
`prepare` does it.

Not here: who draws (`drawing_pad`, `scribbles`).
"""

from collections.abc import Sequence

import numpy as np

from annkit.arguments import Array, check_name

SIDE, BLOCK = 32, 4
PEN = 5.0  # dots across; about as dark as the digits of the data

Points = Array | Sequence[Sequence[float]]

AS_DRAWN, CENTRED, SCALED = "as drawn", "centred", "centred and scaled"
PREPARATIONS = (AS_DRAWN, CENTRED, SCALED)


def pixels(strokes: Sequence[Points], pen: float = PEN) -> Array:
    """Draw strokes with a round pen and count the dark dots of each block.

    Args:
        strokes: each a list of points (x, y); a single point is a dot.
        pen: width of the pen, in dots of a pad of 32×32.

    Returns:
        (64,), ink 0 … 1, row by row, as in `annkit.data.digits`.
    """
    dots = np.zeros((SIDE, SIDE), dtype=bool)
    starts, ends = _segments(strokes)
    if len(starts):
        y, x = np.mgrid[:SIDE, :SIDE] + 0.5
        centres = np.stack([x, y], axis=-1).reshape(-1, 1, 2)  # (1024, 1, 2)
        along = ends - starts  # (segments, 2)
        length = np.maximum((along**2).sum(axis=1), 1e-12)
        share = np.clip(((centres - starts) * along).sum(axis=2) / length, 0, 1)
        gap = centres - starts - share[..., None] * along
        dots = ((gap**2).sum(axis=2) <= (pen / 2) ** 2).any(axis=1).reshape(SIDE, SIDE)
    blocks = dots.reshape(SIDE // BLOCK, BLOCK, SIDE // BLOCK, BLOCK)
    return np.asarray(blocks.sum(axis=(1, 3)).ravel() / BLOCK**2)


def _segments(strokes: Sequence[Points]) -> tuple[Array, Array]:
    """Both ends of all straight pieces, (segments, 2) each, in dots."""
    pieces = [SIDE * np.reshape(np.asarray(stroke, dtype=float), (-1, 2)) for stroke in strokes]
    pieces = [np.repeat(piece, 2, axis=0) if len(piece) == 1 else piece for piece in pieces]
    none = np.zeros((0, 2))
    starts = np.concatenate([none, *(piece[:-1] for piece in pieces)])
    return starts, np.concatenate([none, *(piece[1:] for piece in pieces)])


def prepare(strokes: Sequence[Points], how: str, pen: float = PEN) -> list[Array]:
    """Shift a drawing into the middle of the pad, and stretch it until it fills the pad.

    Args:
        strokes: each a list of points (x, y).
        how: "as drawn", "centred", or "centred and scaled".
        pen: width of the pen, for which room is left at the edges.

    Returns:
        The strokes, (points, 2) each. Height and width are stretched alike.
    """
    check_name(how, "how", PREPARATIONS)
    moved = [np.reshape(np.asarray(stroke, dtype=float), (-1, 2)) for stroke in strokes]
    if how == AS_DRAWN or not moved:
        return moved
    points = np.concatenate(moved)
    low, high = points.min(axis=0), points.max(axis=0)
    size = (high - low).max()
    stretch = (1 - pen / SIDE) / size if how == SCALED and size > 0 else 1.0
    return [(stroke - (low + high) / 2) * stretch + 0.5 for stroke in moved]


def of_cells(filled: Sequence[bool]) -> list[Points]:
    """Return the strokes of a drawing made cell by cell, as one does with the keyboard.

    Args:
        filled: 64 cells, row by row.

    Returns:
        A dot for each filled cell and a line to each filled neighbour, diagonal ones included.
    """
    cells = {divmod(i, 8) for i, is_filled in enumerate(filled) if is_filled}

    def point(row: int, column: int) -> list[float]:
        return [(column + 0.5) / 8, (row + 0.5) / 8]

    strokes: list[Points] = [[point(*cell)] for cell in sorted(cells)]
    for row, column in sorted(cells):
        for down, right in ((0, 1), (1, -1), (1, 0), (1, 1)):
            if (row + down, column + right) in cells:
                strokes.append([point(row, column), point(row + down, column + right)])
    return strokes
