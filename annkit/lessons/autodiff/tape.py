"""The record of a computation, step by step: first forwards for the values, then backwards.

A step forwards computes one node. A step backwards goes along one edge and adds one share to one
gradient: slope × gradient of the node it comes from. Whoever keeps all steps can show any of them.
Two engines that go wrong leave a record as well: one overwrites, one hands on too early.

Not here: the nodes, and their `backward`, which takes all these steps at once (`number`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annkit.lessons.autodiff.number import Node, in_order

ENGINES = ("+=, in order", "=, in order", "+=, at once")
RIGHT, OVERWRITES, HASTY = ENGINES


@dataclass(frozen=True)
class TapeStep:
    """One step, and what is known after it.

    Attributes:
        kind: "ready" (only leaves are known), "forward", "start" (the result's own gradient) or
            "back".
        values: number of each node, None where it is not computed yet.
        grads: gradient of each node so far, None before the way back begins.
        node: place of the node that is computed, or that hands its gradient on; -1 for none.
        edge: for a step back, which input of that node gets a share; -1 for none.
        source: place of that input; -1 for none.
        slope: ∂(node)/∂(input).
        before: the input's gradient before the share arrived.
        overwrites: whether the share took the place of what was there, instead of being added.
    """

    kind: str
    values: tuple[float | None, ...]
    grads: tuple[float | None, ...]
    node: int = -1
    edge: int = -1
    source: int = -1
    slope: float = 0.0
    before: float = 0.0
    overwrites: bool = False

    @property
    def share(self) -> float:
        """What a step back hands on."""
        return self.slope * (self.grads[self.node] or 0.0)


@dataclass(frozen=True)
class Tape:
    """All nodes of a computation in order, and all steps through it.

    Attributes:
        nodes: inputs before what is made from them, the result last.
        sources: for each node the places of its inputs.
        steps: from "ready" to the last step back.
    """

    nodes: Sequence[Node]
    sources: tuple[tuple[int, ...], ...]
    steps: list[TapeStep] = field(default_factory=list)


def record(root: Node, engine: str = RIGHT) -> Tape:
    """Walk through the computation behind a node and keep every step; nothing is changed.

    Args:
        root: the result.
        engine: how the way back is walked, one of `ENGINES`.
    """
    nodes = in_order(root)
    place = {id(node): number for number, node in enumerate(nodes)}
    sources = tuple(tuple(place[id(one)] for one in node.inputs) for node in nodes)
    tape = Tape(nodes, sources)
    values: list[float | None] = [None if node.inputs else node.data for node in nodes]
    grads: list[float | None] = [None] * len(nodes)
    tape.steps.append(TapeStep("ready", tuple(values), tuple(grads)))
    for number, node in enumerate(nodes):
        if node.inputs:
            values[number] = node.data
            tape.steps.append(TapeStep("forward", tuple(values), tuple(grads), number))
    sums = [0.0] * len(nodes)
    sums[-1] = 1.0
    tape.steps.append(TapeStep("start", tuple(values), tuple(sums), len(nodes) - 1))
    overwrites = engine == OVERWRITES
    for number, edge in at_once(sources) if engine == HASTY else patiently(sources):
        source, slope = sources[number][edge], nodes[number].slopes[edge]
        before = sums[source]
        sums[source] = (0.0 if overwrites else before) + slope * sums[number]
        where = number, edge, source, slope, before, overwrites
        tape.steps.append(TapeStep("back", tuple(values), tuple(sums), *where))
    return tape


def patiently(sources: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Yield (node, which input), the last node first: each hands on when it has all its shares.

    Args:
        sources: for each node the places of its inputs, inputs before what is made from them.
    """
    for number in reversed(range(len(sources))):
        for edge in range(len(sources[number])):
            yield number, edge


def at_once(
    sources: Sequence[tuple[int, ...]], number: int | None = None
) -> Iterator[tuple[int, int]]:
    """Yield (node, which input) as an eager engine goes: who gets a share hands on all it has.

    Args:
        sources: as for `patiently`.
        number: the node that hands on; the last one if None.
    """
    number = len(sources) - 1 if number is None else number
    for edge, source in enumerate(sources[number]):
        yield number, edge
        yield from at_once(sources, source)


def push_forward(root: Node, leaf: Node) -> float:
    """∂(root)/∂(leaf) the other way round: one walk from this leaf up to the result.

    Every node's derivative by the leaf comes from those of its inputs. For another leaf the walk
    has to be made again.

    Args:
        root: the result.
        leaf: one of the nodes it was made from.
    """
    moved = {id(leaf): 1.0}
    for node in in_order(root):
        if node is not leaf:
            moved[id(node)] = sum(
                slope * moved[id(one)] for one, slope in zip(node.inputs, node.slopes, strict=True)
            )
    return moved[id(root)]
