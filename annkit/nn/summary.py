"""How a network introduces itself: its layers, their shapes, and the parameters counted.

Not here: pictures of it (`annkit.show`).
"""

from annkit.nn.predictor import Predictor


def summarise(network: Predictor) -> str:
    """Return a table: one line per layer with the shapes of W and b, f and the count."""
    names = [*network.hidden, network.output]
    rows = [("layer", "W", "b", "activation", "parameters")]
    for number, (layer, name) in enumerate(zip(network.layers, names, strict=True), start=1):
        shapes = (str(layer.W.shape), str(layer.b.shape))
        rows.append((str(number), *shapes, name, f"{layer.Wb.size:,}"))
    rows.append(("total", "", "", "", f"{network.flat.size:,}"))
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if cell is row[-1] else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    ]
    title = " → ".join(str(size) for size in network.sizes)
    return "\n".join([f"{title}, {network.cost_function.name}, {network.dtype.name}", *lines])
