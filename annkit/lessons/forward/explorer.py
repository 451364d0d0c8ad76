"""Centre-piece of chapter 4: every array of a forward pass, drawn to scale, with its numbers.

Six houses go through a 4-2-1 network. Whoever chooses a cell of a result sees the row, the column
and the bias it is made of, and the sum in full.

Not here: the boxes and their numbers (`array_boxes`), and larger networks, without numbers
(`pictures`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from annkit.arguments import Array
from annkit.lessons.forward.array_boxes import Box, in_full, place, signed
from annkit.lessons.forward.handmade import house_network
from annkit.show.colours import palette
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer

HOUSES = "ABCDEF"
X = np.array(
    [
        [0.9, 0.2, -1.5, -0.8],
        [0.9, 0.2, 1.1, -0.8],
        [-1.2, -1.1, -1.5, -0.8],
        [-1.2, -1.1, 1.1, -0.8],
        [0.6, 1.5, 0.0, -1.7],
        [0.0, 0.2, 0.0, 0.0],
    ]
)
"""Six houses, standardised and rounded to one digit, so that every sum can be done on paper."""

HIDDEN, OUTPUT = "z₁ (hidden layer)", "ŷ (output)"


FRAMES: dict[str, dict[str, Any]] = {
    "row": {"ec": palette.blue, "lw": 3},
    "column": {"ec": palette.vermillion, "lw": 3, "ls": (0, (4, 1.2))},
    "bias": {"ec": palette.green, "lw": 3, "ls": (0, (1, 1))},
    "result": {"ec": palette.ink, "lw": 4},
}


def arrays(batch: int) -> dict[str, Array]:
    """Run the first houses through the network and keep everything.

    Args:
        batch: how many houses.

    Returns:
        By name: X, W₁, b₁, z₁, a₁, W₂, b₂, ŷ.
    """
    (W1, b1), (W2, b2) = house_network()
    z1 = X[:batch] @ W1 + b1
    a1 = np.maximum(z1, 0)
    y_hat = a1 @ W2 + b2
    names = ("X", "W₁", "b₁", "z₁", "a₁", "W₂", "b₂", "ŷ")
    return dict(zip(names, (X[:batch], W1, b1, z1, a1, W2, b2, y_hat), strict=True))


def draw(fig: Figure) -> Callable[..., Frame]:
    """Draw all boxes once and return the function that chooses a cell."""
    fig.set_layout_engine("none")
    ax = fig.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.set_aspect("equal")
    ax.axis("off")
    boxes = place(
        ax,
        arrays(len(HOUSES)),
        [f"{i} {name}" for i, name in enumerate(HOUSES)],
        ["area", "bedr.", "dist.", "age"],
    )
    marks: dict[str, Rectangle] = {}
    for name, style in FRAMES.items():
        marks[name] = Rectangle((0, 0), 1, 1, fc="none", animated=True, **style)
        ax.add_patch(marks[name])
    line = ax.text(0, -7.0, "", fontsize=13, va="center", animated=True)
    shown: list[int] = []

    def update(result: str, batch: int, row: int, column: int) -> Frame:
        values = arrays(batch)
        if shown != [batch]:
            for name, box in boxes.items():
                box.show_rows(values[name])
            shown[:] = [batch]
        names = ("X", "W₁", "b₁", "z₁") if result == HIDDEN else ("a₁", "W₂", "b₂", "ŷ")
        left, weights, bias, target = (values[name] for name in names)
        i, j = min(row, batch - 1), min(column, target.shape[1] - 1)
        mark(marks["row"], boxes[names[0]], (i, 0), (1, left.shape[1]))
        mark(marks["column"], boxes[names[1]], (0, j), (len(weights), 1))
        mark(marks["bias"], boxes[names[2]], (0, j), (1, 1))
        mark(marks["result"], boxes[names[3]], (i, j), (1, 1))
        total = in_full(left[i], weights[:, j], bias[j], target[i, j])
        line.set_text(f"{names[3]}[{i}, {j}]  =  {total}")
        return describe(names, values, (i, j), total, (row, column))

    return update


def mark(patch: Rectangle, box: Box, cell: tuple[int, int], size: tuple[int, int]) -> None:
    """Lay a frame around some cells of a box.

    Args:
        patch: the frame.
        box: where.
        cell: row and column of its first cell.
        size: rows and columns.
    """
    patch.set_bounds(box.x + cell[1], box.top - cell[0] - size[0], size[1], size[0])


def describe(
    names: tuple[str, ...],
    values: dict[str, Array],
    cell: tuple[int, int],
    total: str,
    asked: tuple[int, int],
) -> Frame:
    """Say which cell is shown, what it is made of, and all shapes.

    Args:
        names: of the left array, the weights, the biases and the result.
        values: all arrays.
        cell: row and column shown.
        total: the sum in full.
        asked: row and column on the sliders, which may lie outside.
    """
    left, weights, bias, result = names
    (i, j), (rows, columns) = cell, values[result].shape
    words = (
        f"House {HOUSES[i]}: row {i} of {left} times column {j} of {weights}, plus {bias}[{j}]: "
        f"{result}[{i}, {j}] = {total}."
    )
    if result == "z₁":
        words += f" After ReLU: {signed(values['a₁'][i, j])}."
    else:
        words += " That is the price, in thousands."
    if asked != cell:
        words += f" ({result} has rows 0 … {rows - 1} and columns 0 … {columns - 1}.)"
    shapes = {
        name: f"({', '.join(map(str, value.shape))}{',' if value.ndim == 1 else ''})"
        for name, value in values.items()
    }
    return Frame(words, shapes)


def shape_explorer() -> Explorer:
    """Show the arrays of a forward pass; choose a cell and see where it comes from."""
    return explorer(
        draw,
        controls=[
            Slider("row", "row (house)", "", 0, 5, 1, value=0),
            Slider("column", "column (neuron)", "", 0, 1, 1, value=0),
            Choice("result", "a cell of", [HIDDEN, OUTPUT]),
            Slider("batch", "houses in the batch", "", 1, 6, 1, value=3),
        ],
        presets={
            "large and close": {"row": 0, "column": 0, "batch": 3},
            "far: the ReLU is off": {"row": 3, "column": 0, "batch": 6},
            "a price": {"row": 0, "result": OUTPUT, "batch": 3},
            "new, many bedrooms": {"row": 4, "column": 1, "batch": 6},
            "one house": {"row": 0, "column": 1, "batch": 1},
        },
        prediction=Prediction(
            "Three houses go through the network. Now six go through it instead. Which arrays "
            "change their shape?",
            {
                "all eight": "Then every new house would need new weights. But W and b belong to "
                "the network; all houses share them.",
                "X and ŷ only": "Those two, and everything between them that has a row per house: "
                "z₁ and a₁ as well.",
                "X, z₁, a₁ and ŷ": "Yes: they have one row per house. W and b have none.",
                "X, z₁, a₁, ŷ and both biases": "A bias belongs to a neuron, not to a house. NumPy "
                "adds the same b to every row.",
            },
            "Data has a row per example, the network's own numbers have none. That is why a "
            "network trained on 400 houses can look at one.",
        ),
        title="A batch of houses in a 4-2-1 network",
        width=9.4,
        height=3.75,
    )
