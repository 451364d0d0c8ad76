"""Arrays as boxes of unit cells with their numbers, side by side as in a formula.

Not here: which arrays, and which cell is chosen (`explorer`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from annkit.arguments import Array
from annkit.show.colours import palette
from annkit.show.tables import in_words

GAP = 1.15  # between two boxes, in cells
SIGNS = ("@", "+", "=", "relu\n→", "@", "+", "=")  # between eight boxes
TINT = {"W": "#FFF3E6", "b": "#E8F5F0"}  # behind the network's own numbers; data stays white


def signed(value: float, inside: bool = False) -> str:
    """Write a number with at most one digit behind the point, in brackets if asked and negative.

    Example:
        >>> signed(-1.5), signed(-1.5, inside=True), signed(2.0, inside=True)
        ('−1.5', '(−1.5)', '2')
    """
    text = in_words(round(float(value), 1))
    return f"({text})" if inside and value < 0 else text


def in_full(left: Array, column: Array, bias: float, result: float) -> str:
    """Write a dot product with its bias and result.

    Args:
        left: the row, (n,).
        column: the weights, (n,).
        bias: added at the end.
        result: what comes out.

    Example:
        >>> in_full(np.array([2.0, -1.0]), np.array([3.0, -1.0]), 4.0, 11.0)
        '2·3 + (−1)·(−1) + 4 = 11'
    """
    products = [
        f"{signed(x, inside=True)}·{signed(w, inside=True)}"
        for x, w in zip(left, column, strict=True)
    ]
    return f"{' + '.join(products)} + {signed(bias, inside=True)} = {signed(result)}"


@dataclass
class Box:
    """One array on the page.

    Attributes:
        x: left edge, in cells.
        top: upper edge.
        heading: name and shape, above it.
        rows: everything drawn in each row.
        name: as in the heading.
    """

    x: float
    top: float
    heading: Text
    rows: list[list[Artist]]
    name: str

    def show_rows(self, array: Array) -> None:
        """Show as many rows as the array has, and its shape.

        Args:
            array: (rows, columns) or (columns,).
        """
        self.heading.set_text(heading(self.name, array))
        n_rows = len(np.atleast_2d(array))
        for number, artists in enumerate(self.rows):
            for artist in artists:
                artist.set_visible(number < n_rows)


def heading(name: str, array: Array) -> str:
    """Name and shape of an array, in two lines."""
    comma = "," if array.ndim == 1 else ""
    return f"{name}\n({', '.join(map(str, array.shape))}{comma})"


def place(
    ax: Axes,
    arrays: Mapping[str, Array],
    row_names: Sequence[str],
    column_names: Sequence[str],
) -> dict[str, Box]:
    """Draw arrays from left to right, upper edges in line, with their signs between them.

    Args:
        ax: empty axes; its limits are set.
        arrays: by name; (columns,) is drawn as one row.
        row_names: of the first array.
        column_names: of the first array.

    Returns:
        The boxes by name.
    """
    boxes: dict[str, Box] = {}
    x = 0.0
    for number, (name, array) in enumerate(arrays.items()):
        boxes[name] = draw_box(ax, x, name, array)
        x += np.atleast_2d(array).shape[1]
        if number < len(SIGNS):
            at: dict[str, Any] = {
                "ha": "center",
                "va": "center",
                "fontsize": 13 if len(SIGNS[number]) == 1 else 9,
            }
            ax.text(x + GAP / 2, -0.5, SIGNS[number], color=palette.muted, **at)
            x += GAP
    first = next(iter(boxes.values()))
    for name, artists, i in zip(row_names, first.rows, range(len(row_names)), strict=True):
        artists.append(ax.text(-0.2, -i - 0.5, name, ha="right", va="center", fontsize=11))
    for j, name in enumerate(column_names):
        small: dict[str, Any] = {"ha": "center", "va": "bottom", "fontsize": 8}
        ax.text(j + 0.5, 0.08, name, color=palette.muted, **small)
    ax.set(xlim=(-1.3, x + 0.4), ylim=(-7.6, 2.3))
    return boxes


def draw_box(ax: Axes, x: float, name: str, array: Array) -> Box:
    """Draw one array with its upper left corner at (x, 0)."""
    table = np.atleast_2d(array)
    rows: list[list[Artist]] = []
    style: dict[str, Any] = {"fc": TINT.get(name[0], palette.paper), "ec": palette.muted, "lw": 0.8}
    for i, values in enumerate(table):
        rows.append([])
        for j, value in enumerate(values):
            rows[i].append(ax.add_patch(Rectangle((x + j, -i - 1), 1, 1, **style)))
            text = signed(value)
            middle: dict[str, Any] = {"ha": "center", "va": "center"}
            size = 9.5 if len(text) < 5 else 8
            rows[i].append(ax.text(x + j + 0.5, -i - 0.5, text, fontsize=size, **middle))
    title = ax.text(x + table.shape[1] / 2, 0.75, "", ha="center", va="bottom", fontsize=11)
    title.set_text(heading(name, array))
    return Box(x, 0.0, title, rows, name)
