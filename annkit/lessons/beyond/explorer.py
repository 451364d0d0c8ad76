"""Centre-piece of chapter 13: slide a kernel, unroll a step, move a query.

Left six inputs and six outputs, with the connections of one output; in the middle the same layer
as a table of weights, a row for each output; on the right what has to be learned, counted.

Not here: the tables and the counts (`sharing`), the sliders (`annkit.show.moving.interactive`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from annkit.arguments import Array
from annkit.lessons.beyond.sharing import (
    INPUTS,
    KERNEL,
    SUBSCRIPTS,
    N,
    attention_table,
    counted,
    entries,
    shades,
)
from annkit.show.colours import DASHES, palette
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer
from annkit.show.moving.stamps import stamp

KINDS = ("dense", "convolution", "recurrence", "attention")
COUNTS = {"6 places": 6, "100 places": 100, "10 000 places": 10_000}
TOP, BOTTOM = 2.4, 0.0  # heights of the outputs and of the inputs
HIGH, LOW = TOP - 0.3, BOTTOM + 0.3  # where lines end, at the edge of a circle
Line = tuple[
    tuple[float, float], tuple[float, float], str, Any, float
]  # from, to, colour, dash, lw


def connections(kind: str, place: int, inputs: Array) -> list[Line]:
    """Return the connections that lead to one output.

    Args:
        kind: a way of sharing.
        place: which output, from 0.
        inputs: (N,); only attention looks at them.
    """
    end = (float(place), HIGH)
    if kind == "dense":
        return [((j, LOW), end, palette.muted, "solid", 1.2) for j in range(N)]
    if kind == "convolution":
        near = [(k, place + k - 1) for k in range(3) if 0 <= place + k - 1 < N]
        return [((j, LOW), end, palette.cycle[k], DASHES[k], 2.4) for k, j in near]
    if kind == "recurrence":
        blue, red = palette.cycle[:2]
        heard: list[Line] = [((j, LOW), (j, HIGH), blue, "solid", 2.4) for j in range(place + 1)]
        return heard + [
            ((j + 0.27, TOP), (j + 0.73, TOP), red, DASHES[1], 2.4) for j in range(place)
        ]
    shares = attention_table(inputs)[place]
    return [
        ((j, LOW), end, palette.blue, "solid", 0.3 + 7 * float(s)) for j, s in enumerate(shares)
    ]


class _Layer:
    """Inputs below, outputs above, and what leads to the chosen one."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(-0.6, N - 0.4), ylim=(-1.0, 3.1), title="The layer")
        ax.axis("off")
        self.lines = LineCollection([], animated=True, zorder=1)
        ax.add_collection(self.lines)
        circle: dict[str, Any] = {"ls": "none", "ms": 20, "mec": palette.ink}
        ax.plot(range(N), [BOTTOM] * N, "o", mfc=palette.paper, **circle)
        ax.plot(range(N), [TOP] * N, "o", mfc=palette.paper, **circle)
        (self.chosen,) = ax.plot([], [], "o", mfc="none", mew=4, animated=True, **circle)
        options: dict[str, Any] = {"ha": "center", "va": "center"}
        for i in range(N):
            ax.text(i, BOTTOM, f"x{SUBSCRIPTS[i]}", fontsize=10, **options)
            ax.text(i, TOP, f"h{SUBSCRIPTS[i]}", fontsize=10, **options)
        self.values = [
            stamp(ax, i, -0.68, "", fontsize=9, ha="center", va="center") for i in range(N)
        ]

    def update(self, kind: str, place: int, inputs: Array) -> None:
        lines = connections(kind, place, inputs)
        self.lines.set_segments([[start, end] for start, end, *_ in lines])
        self.lines.set_color([line[2] for line in lines])
        self.lines.set_linestyle([line[3] for line in lines])
        self.lines.set_linewidth([line[4] for line in lines])
        self.chosen.set_data([place], [TOP])
        for text, x in zip(self.values, inputs, strict=True):
            text.set_text(f"{x:.1f}".replace("-", "−"))


class _Weights:
    """The same layer as a table."""

    def __init__(self, ax: Axes) -> None:
        ax.set(title="Its table of weights", xlabel="from input", ylabel="to output")
        ax.set_xticks(range(N), [str(j + 1) for j in range(N)])
        ax.set_yticks(range(N), [str(i + 1) for i in range(N)])
        ax.tick_params(length=0)
        ax.set(xlim=(-0.5, N - 0.5), ylim=(N - 0.5, -0.5), aspect="equal")
        # A mesh, since resampling an image of 36 pixels takes longer than filling 36 squares.
        edges = np.arange(N + 1) - 0.5
        self.cells = ax.pcolormesh(edges, edges, np.zeros((N, N)), animated=True)
        options: dict[str, Any] = {"fontsize": 9, "ha": "center", "va": "center"}
        self.names = [[stamp(ax, j, i, "", **options) for j in range(N)] for i in range(N)]
        (self.row,) = ax.plot([], [], color=palette.ink, lw=2.2, animated=True)

    def update(self, kind: str, place: int, inputs: Array) -> None:
        named = entries(kind, inputs)
        self.cells.set_array(tinted(named, shades(kind, inputs)))
        for texts, names in zip(self.names, named, strict=True):
            for text, name in zip(texts, names, strict=True):
                text.set_text(name)
        left, right, low, high = -0.46, N - 0.54, place - 0.46, place + 0.46
        self.row.set_data([left, right, right, left, left], [low, low, high, high, low])


def tinted(names: list[list[str]], strength: Array) -> Array:
    """Mix paper with a colour per letter: (N, N, 3). Every entry stays light enough to be read."""
    color = {letter: to_rgb(palette.cycle[k]) for k, letter in enumerate(KERNEL)}
    full = np.array([[color.get(name, to_rgb(palette.sky)) for name in row] for row in names])
    mixed = 0.75 * strength[..., None]
    return np.asarray((1 - mixed) * 1.0 + mixed * full)


class _Counts:
    """Learned weights of all four, the chosen one filled."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xscale="log", xlim=(0.8, 1e14), ylim=(3.6, -0.6), title="Weights to be learned")
        ax.set_yticks(range(4), KINDS)
        ax.set_xticks([1, 1e4, 1e8], ["1", "10⁴", "10⁸"])
        ax.tick_params(axis="y", length=0)
        self.bars = ax.barh(range(4), [1] * 4, height=0.55, ec=palette.ink, animated=True)
        self.texts = [stamp(ax, 1, i, "", va="center", fontsize=10) for i in range(4)]

    def update(self, kind: str, n: int) -> None:
        for bar, text, name in zip(self.bars, self.texts, KINDS, strict=True):
            weights = counted(name, n).weights
            bar.set_width(weights)
            bar.set_facecolor(palette.blue if name == kind else palette.faint)
            text.set_text(f"{weights:,}".replace(",", " "))
            text.set_x(1.4 * weights)


def _draw(fig: Figure) -> Callable[..., Frame]:
    left, middle, right = fig.subplots(1, 3, width_ratios=[1.25, 1, 0.85])
    layer, weights, counts = _Layer(left), _Weights(middle), _Counts(right)

    def update(kind: str, place: int, inputs: str, count: str) -> Frame:
        x, n = INPUTS[inputs], COUNTS[count]
        layer.update(kind, place - 1, x)
        weights.update(kind, place - 1, x)
        counts.update(kind, n)
        return told(kind, place, x, n)

    return update


def told(kind: str, place: int, inputs: Array, n: int) -> Frame:
    """Say what is shared, what the chosen output takes, and what it costs for n places."""
    way = counted(kind, n)
    taken = ", ".join(
        f"{name} of x{SUBSCRIPTS[j]}"
        for j, name in enumerate(entries(kind, inputs)[place - 1])
        if name
    )
    return Frame(
        f"{way.said} Output {place} takes {taken}.",
        {
            f"learned weights, {n} places": way.weights,
            "multiplications": way.products,
            "layers or steps from the first input to the last output": way.hops,
        },
    )


PREDICTION = Prediction(
    "Four layers have been trained, and their weights are fixed. Now the six inputs are replaced "
    "by six others. In which of the four tables do entries change?",
    {
        "in none": "True of everything you have built so far. But one of the four computes its "
        "table anew for each input: try attention, and exchange the inputs.",
        "only in attention's": "Yes. It learns how to compare; the comparison itself depends on "
        "what is there.",
        "in recurrence's and attention's": "The state of a recurrence depends on the inputs, and "
        "with it what comes out. The weights u and v don't, and the table is made of them.",
        "in all four": "Then they would have to be trained anew. The outputs change, of course; "
        "the weights of three of them stay what they are.",
    },
)


def shared_weights() -> Explorer:
    """Show four ways of sharing weights: choose one, move the output, exchange the inputs."""
    return explorer(
        _draw,
        controls=[
            Choice("kind", "layer", KINDS),
            Slider("place", "output", "", 1, N, 1, value=2),
            Choice("inputs", "inputs", [*INPUTS]),
            Choice("count", "count for", [*COUNTS]),
        ],
        presets={
            "dense": {"kind": "dense", "place": 3},
            "slide a kernel": {"kind": "convolution", "place": 3},
            "one place on": {"kind": "convolution", "place": 4},
            "unroll two steps": {"kind": "recurrence", "place": 2},
            "unroll six steps": {"kind": "recurrence", "place": 6},
            "a query": {"kind": "attention", "place": 4},
            "the same query, other inputs": {"kind": "attention", "place": 4, "inputs": "second"},
            "10 000 places": {"kind": "dense", "place": 3, "count": "10 000 places"},
        },
        prediction=PREDICTION,
        title="Four ways of sharing weights",
        width=9.6,
        height=3.5,
    )
