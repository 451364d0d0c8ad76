"""A formula as a tree: what is computed from what, and which pieces occur more than once.

The result stands at the top, inputs at the bottom; a piece that occurs again elsewhere has a thick
frame and a letter, the same letter each time.

Not here: formulas as text (`annkit.symbolic.writing`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matplotlib.axes import Axes

from annkit.show.colours import palette
from annkit.show.labels import plural
from annkit.show.picture import Picture
from annkit.show.style import blank_figure
from annkit.show.tables import in_words
from annkit.symbolic.measuring import Place
from annkit.symbolic.writing import latex, text

SIGNS = {"Add": "+", "Mul": "×", "Pow": "^"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COLUMN, ROW = 0.46, 0.52  # inches per leaf and per level


@dataclass
class TreeNode:
    """One place in the tree.

    Attributes:
        expression: what is computed here.
        sign: what the circle shows.
        below: the nodes it is computed from.
        x: column, in leaves from the left.
        depth: levels below the top.
    """

    expression: Any
    sign: str
    below: list["TreeNode"] = field(default_factory=list)
    x: float = 0.0
    depth: int = 0

    def all(self) -> list["TreeNode"]:
        """This node and everything below it."""
        return [self, *(node for child in self.below for node in child.all())]


def expression_tree(
    expression: Any,
    values: Mapping[Any, float] | None = None,
    caption: str = "",
    stations: Mapping[Any, Any] | None = None,
) -> Picture:
    """Draw a formula as a tree.

    Args:
        expression: a SymPy expression.
        values: a number for every symbol; then the value of every piece stands beside it.
        caption: what to look at.
        stations: symbol → the formula it is short for; it gets a shaded node of its own above it.

    Returns:
        The picture.
    """
    stations = stations or {}
    root = make_tree(expression, stations)
    n_leaves = lay_out(root)
    nodes = root.all()
    levels = 1 + max(node.depth for node in nodes)
    fig = blank_figure(max(COLUMN * n_leaves + 0.5, 2.4), ROW * (levels + 0.25) + 0.3, layout=None)
    ax = fig.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.set(xlim=(-0.9, n_leaves - 0.1), ylim=(0.35 - levels, 0.6))
    ax.axis("off")
    letters = letters_of(root)
    place = Place(values, stations) if values else None
    for node in nodes:
        draw_node(ax, node, letters.get(node.expression, ""), place, node.expression in stations)
    said = f"Expression tree of {text(expression)}: {len(nodes)} nodes on {levels} levels."
    if letters:
        repeated = Counter(node.expression for node in nodes)
        pieces = "; ".join(
            f"{letter}: {text(piece)}, {repeated[piece]} times" for piece, letter in letters.items()
        )
        said += f" {plural(len(letters), 'piece')} more than once: {pieces}."
    if stations:
        named = ", ".join(f"{text(one)} for {text(what)}" for one, what in stations.items())
        said += f" Nodes of their own: {named}."
    if place:
        said += f" Its value is {in_words(place.value(expression))}."
    return Picture(fig, said, caption)


def make_tree(
    expression: Any, stations: Mapping[Any, Any] | None = None, depth: int = 0
) -> TreeNode:
    """Take an expression apart; a minus, a square and a reciprocal have one node each.

    Args:
        expression: a SymPy expression.
        stations: symbol → the formula below it.
        depth: levels above.
    """
    sign, parts = operation(expression)
    if stations and expression in stations:
        parts = [stations[expression]]
    below = [make_tree(part, stations, depth + 1) for part in parts]
    return TreeNode(expression, sign, below, depth=depth)


def operation(expression: Any) -> tuple[str, list[Any]]:
    """What is done last in an expression, and to what."""
    if not expression.args:
        return f"${latex(expression)}$", []
    if expression.is_Rational:
        return str(expression), []
    if expression.is_Pow and expression.exp.is_Integer:
        return {-1: "1/( )", -2: "1/( )²", 2: "( )²"}.get(
            int(expression.exp), f"^{expression.exp}"
        ), [expression.base]
    if expression.is_Mul:
        factor, rest = expression.as_coeff_Mul()
        if factor == -1:
            return "−", [rest]
        if factor != 1:
            return SIGNS["Mul"], [factor, rest]
    kind = type(expression).__name__
    return SIGNS.get(kind, kind), list(expression.args)


def lay_out(root: TreeNode) -> int:
    """Give every node its column, leaves side by side; return the number of leaves."""
    leaves = [node for node in root.all() if not node.below]
    for column, leaf in enumerate(leaves):
        leaf.x = float(column)
    for node in reversed(root.all()):
        if node.below:
            node.x = (node.below[0].x + node.below[-1].x) / 2
    return len(leaves)


def letters_of(root: TreeNode) -> dict[Any, str]:
    """A letter for every largest piece that occurs more than once, leaves left out."""
    counts = Counter(node.expression for node in root.all() if node.below)
    found: dict[Any, str] = {}

    def visit(node: TreeNode, inside: int) -> None:
        times = counts[node.expression] if node.below else 0
        # Inside a repeated piece everything repeats with it; only more often is worth a letter.
        if times > max(inside, 1) and node.expression not in found:
            found[node.expression] = LETTERS[len(found) % len(LETTERS)]
        for child in node.below:
            visit(child, max(inside, times))

    visit(root, 0)
    return found


def draw_node(
    ax: Axes, node: TreeNode, letter: str, place: Place | None, is_station: bool = False
) -> None:
    """Draw a node, the lines to what it is made from, its letter and its value."""
    x, y = node.x, -node.depth
    for child in node.below:
        ax.plot([x, child.x], [y, -child.depth], color=palette.muted, lw=1.0, zorder=1)
    edge = palette.vermillion if letter else palette.ink if node.below else palette.blue
    box = {
        "boxstyle": "round,pad=0.25" if node.below else "square,pad=0.2",
        "facecolor": palette.sky if is_station else palette.paper,
        "edgecolor": edge,
        "linewidth": 2.4 if letter else 1.0,
    }
    ax.text(x, y, node.sign, ha="center", va="center", fontsize=10, bbox=box, zorder=2)
    if letter:
        ax.text(x + 0.36, y + 0.26, letter, color=edge, fontsize=10, weight="bold", zorder=3)
    if place and node.below:
        value = in_words(place.value(node.expression), 3)
        ax.text(x + 0.5, y, value, color=palette.muted, fontsize=9, va="center", zorder=3)
    if place and node.expression.is_Symbol and not node.below:
        value = in_words(place.value(node.expression), 3)
        ax.text(x, y - 0.36, value, color=palette.muted, fontsize=9, ha="center", va="top")
