"""Small computations to walk through: their nodes, where each is drawn, and what a step says.

Not here: drawing them (`pictures`), the slider (`explorer`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from annkit.lessons.autodiff.number import Node
from annkit.lessons.autodiff.tape import RIGHT, Tape, TapeStep, record
from annkit.show.tables import in_words


@dataclass(frozen=True)
class Computation:
    """One computation, ready to be drawn.

    Attributes:
        tape: its nodes and steps.
        places: (x, y) of each node, x from left to right.
    """

    tape: Tape
    places: tuple[tuple[float, float], ...]

    @property
    def last(self) -> int:
        """Number of the last step."""
        return len(self.tape.steps) - 1

    def name(self, node: int) -> str:
        """What a node is called."""
        return self.tape.nodes[node].name

    def formula(self, node: int) -> str:
        """A node in full, like "u = a × a"; a leaf is its name."""
        made = self.tape.nodes[node]
        names = [self.name(source) for source in self.tape.sources[node]]
        if not names:
            return made.name
        if len(names) == 2:
            return f"{made.name} = {names[0]} {made.op} {names[1]}"
        right = {"neg": f"−{names[0]}", "^2": f"{names[0]}²"}.get(made.op, f"{made.op} {names[0]}")
        return f"{made.name} = {right}"


def place_nodes(
    root: Node, places: Mapping[str, tuple[float, float]], engine: str = RIGHT
) -> Computation:
    """Record the computation behind a node.

    Args:
        root: the result.
        places: name of each node → where it is drawn.
        engine: how the way back is walked, one of `tape.ENGINES`.
    """
    tape = record(root, engine)
    return Computation(tape, tuple(places[node.name] for node in tape.nodes))


def named(node: Node, name: str) -> Node:
    """The node, with a name."""
    node.name = name
    return node


@cache
def cases(engine: str = RIGHT) -> dict[str, Computation]:
    """The computations by name, as an engine walks through them."""
    return {name: place_nodes(*drawn, engine) for name, drawn in _drawings().items()}


def _drawings() -> dict[str, tuple[Node, dict[str, tuple[float, float]]]]:
    """The result of each computation, and where its nodes are drawn."""
    a = Node(3.0, name="a")
    twice = named(a + a, "y"), {"a": (0.0, 0.0), "y": (2.0, 0.0)}
    x = Node(2.0, name="x")
    v = named(named(x**2, "u") ** 2, "v")
    row = {"x": (0.0, 0.0), "u": (1.1, 0.0), "v": (2.2, 0.0), "y": (3.3, 0.0)}
    chain = named(-v, "y"), row
    a = Node(3.0, name="a")
    b, c = named(a**2, "b"), named(-a, "c")
    corners = {"a": (0.0, 0.0), "b": (1.3, 0.8), "c": (1.3, -0.8), "y": (2.6, 0.0)}
    diamond = named(b * c, "y"), corners
    a = Node(3.0, name="a")
    steps = {"a": (0.0, 0.0), "u": (1.3, 1.0), "y": (2.9, 0.0)}
    reuse = named(named(a * a, "u") + a, "y"), steps
    a = Node(3.0, name="a")
    u = named(a * a, "u")
    again = {"a": (0.0, 0.0), "u": (1.4, 0.0), "s": (2.7, 0.9), "y": (4.0, 0.0)}
    middle = named(named(u * u, "s") + u, "y"), again
    return {
        "a + a": twice,
        "chain": chain,
        "diamond": diamond,
        "reuse: a·a + a": reuse,
        "middle: u·u + u": middle,
        "neuron": _neuron(),
    }


def _neuron() -> tuple[Node, dict[str, tuple[float, float]]]:
    x1, w1 = Node(2.0, name="x₁"), Node(0.5, name="w₁")
    x2, w2 = Node(-1.0, name="x₂"), Node(0.75, name="w₂")
    p, q = named(x1 * w1, "p"), named(x2 * w2, "q")
    s = named(p + q, "s")
    z = named(s + Node(0.25, name="b"), "z")
    places = {
        "x₁": (0.0, 1.5),
        "w₁": (0.0, 0.5),
        "x₂": (0.0, -0.5),
        "w₂": (0.0, -1.5),
        "p": (1.1, 1.0),
        "q": (1.1, -1.0),
        "s": (2.2, 0.0),
        "b": (2.2, -1.5),
        "z": (3.3, -0.55),
        "y": (4.4, -0.55),
    }
    return named(z.tanh(), "y"), places


def number(value: float) -> str:
    """A number in at most three digits."""
    return in_words(value, 3)


def sentence(case: Computation, step: TapeStep) -> str:
    """What happens in a step, in one or two sentences."""
    if step.kind == "ready":
        known = [
            f"{case.name(n)} = {number(value)}"
            for n, value in enumerate(step.values)
            if value is not None
        ]
        return f"At the start only the leaves have numbers: {', '.join(known)}."
    if step.kind == "forward":
        return f"Forwards: {case.formula(step.node)} = {number(step.values[step.node] or 0.0)}."
    if step.kind == "start":
        name = case.name(step.node)
        return f"The way back begins: all gradients are 0, and {name}.grad = ∂{name}/∂{name} = 1."
    line, total = addition(case, step)
    which = ""
    if case.tape.sources[step.node].count(step.source) > 1:
        which = " (" + ("left" if step.edge == 0 else "right") + " input)"
    back = f"Back from {case.name(step.node)} to {case.name(step.source)}{which}"
    return f"{back}: {line}, so {total}."


def addition(case: Computation, step: TapeStep) -> tuple[str, str]:
    """A step back as code and as a sum: ("a.grad += 3 × 1", "0 + 3 = 3").

    Of a share that overwrites: ("a.grad = 3 × 1", "3 replaces 1").
    """
    slope, grad = bracketed(step.slope), bracketed(step.grads[step.node] or 0.0)
    after = number(step.grads[step.source] or 0.0)
    name = case.name(step.source)
    if step.overwrites:
        return f"{name}.grad = {slope} × {grad}", f"{after} replaces {number(step.before)}"
    return (
        f"{name}.grad += {slope} × {grad}",
        f"{number(step.before)} + {bracketed(step.share)} = {after}",
    )


def bracketed(value: float) -> str:
    """A number, in brackets if it is negative."""
    return f"({number(value)})" if value < 0 else number(value)


def listed(case: Computation, values: tuple[float | None, ...]) -> str:
    """Names with their numbers, those that are known."""
    known = [f"{case.name(n)} {number(v)}" for n, v in enumerate(values) if v is not None]
    return ", ".join(known) or "none yet"
