"""What a gradient costs in the two directions, counted: one multiplication for every edge walked.

Not here: the walks themselves (`tape`).
"""

from collections.abc import Sequence

from matplotlib.axes import Axes

from annkit.lessons.autodiff.number import Node, in_order
from annkit.show.colours import palette
from annkit.show.labels import label_line
from annkit.show.picture import Picture
from annkit.show.style import figure

SIZES = (1, 3, 10, 30, 100, 300, 1000)
TRUNK = 10  # operations between the one input and its many outputs


def neuron(n: int) -> tuple[list[Node], list[Node]]:
    """A tanh neuron with n weights: (its weights, [its output])."""
    weights = [Node(0.01 * k) for k in range(n)]
    z = weights[0] * 0.5
    for weight in weights[1:]:
        z = z + weight * 0.5
    return weights, [z.tanh()]


def fan(m: int) -> tuple[list[Node], list[Node]]:
    """One input, a chain of ten operations, then m outputs: ([the input], the outputs)."""
    x = trunk = Node(0.5)
    for _ in range(TRUNK):
        trunk = trunk.tanh()
    return [x], [trunk * (0.1 * k) for k in range(m)]


def edges(roots: Sequence[Node]) -> int:
    """How many edges lie below some results; an edge below several counts once."""
    nodes = {id(node): node for root in roots for node in in_order(root)}
    return sum(len(node.inputs) for node in nodes.values())


def walks(inputs: Sequence[Node], outputs: Sequence[Node]) -> tuple[int, int]:
    """Multiplications for all derivatives of all outputs by all inputs: (forward, reverse).

    Forward mode walks through everything once per input; reverse mode walks once per output,
    through what lies below it.
    """
    return len(inputs) * edges(outputs), sum(edges([output]) for output in outputs)


def cost_of_modes() -> Picture:
    """Multiplications over the number of inputs, and over the number of outputs."""
    fig, axes = figure(8.2, 3.6, 1, 2, sharey=True)
    many_in = [walks(*neuron(n)) for n in SIZES]
    many_out = [walks(*fan(m)) for m in SIZES]
    _panel(axes[0], many_in, "inputs (one output)")
    _panel(axes[1], many_out, "outputs (one input)")
    axes[0].set_ylabel("multiplications")
    label_line(axes[0], 60, 3e4, "forward mode", palette.blue, ha="right")
    label_line(axes[0], 60, 60, "reverse mode", palette.vermillion, va="top")
    label_line(axes[1], 60, 60, "forward mode", palette.blue, va="top")
    label_line(axes[1], 30, 2e3, "reverse mode", palette.vermillion, ha="right")
    (forward_in, reverse_in), (forward_out, reverse_out) = many_in[-1], many_out[-1]
    alt = (
        "Two panels, multiplications over size, logarithmic. With 1000 inputs and one output: "
        f"forward mode {forward_in}, reverse mode {reverse_in}. With one input and 1000 outputs: "
        f"forward mode {forward_out}, reverse mode {reverse_out}."
    )
    caption = "Left, a neuron with more and more weights. Right, one number with many consequences."
    return Picture(fig, alt, caption)


def _panel(ax: Axes, costs: Sequence[tuple[int, int]], xlabel: str) -> None:
    """Both costs over the sizes."""
    ax.loglog(SIZES, [forward for forward, _ in costs], "o-", color=palette.blue)
    ax.loglog(SIZES, [reverse for _, reverse in costs], "s--", color=palette.vermillion)
    ax.set_xlabel(f"number of {xlabel}")
    ax.grid(True)
