"""The order in which a graph can be walked: inputs before what is made from them."""

import sys
from typing import Any

import numpy as np

from annkit.exercises import Answer, Exercise, expect_that, probe, raises
from annkit.lessons.autodiff.number import in_order

exercise = Exercise(
    id="topological_order",
    title="Inputs first",
    points=2,
    size="about 12 lines",
    leads_to="`backward` visits the nodes in this order, from its end.",
    seconds=2.0,
    task="""Return everything that `root` was made from as a list of nodes: **every node once, its
inputs before it, the root last**. A node is any object with a tuple `.inputs`; nothing else about
it may be used, and nothing may be written on it. It has to work on a chain of 10 000 nodes, where
a function that calls itself runs into Python's recursion limit.

*Example:* `c` is made from `(a, b)`, and `d` from `(c, a)`. For the root `d`, `[a, b, c, d]` and
`[b, a, c, d]` are both right; `[a, c, b, d]` is not, since `c` comes before its input `b`.""",
    hints=(
        """
        Take paper, draw the example, and ask of each node: when *may* I write it down? What has to
        be on the list before?
        """,
        """
        A node may be written when all its inputs are. So come to each node twice: the first time
        put it back and its inputs on top of it; the second time, when they are done, write it. A
        list with `append` and `pop` is the stack that the recursion would have used.
        """,
        """
        The same with boxes inside boxes: unpack the inner ones first, without recursion.

        ```python
        waiting = [(box, False)]
        while waiting:
            box, inner_done = waiting.pop()
            if inner_done:
                print('unpack', box.name)
            else:
                waiting.append((box, True))
                waiting += [(inner, False) for inner in box.contents]
        ```

        A box lies in one box only. A node can be an input of many; what has to be remembered so
        that it is written once?
        """,
        """
        Skeleton:

        ```python
        order, met, waiting = [], set(), [(root, False)]
        while waiting:
            node, inputs_done = waiting.pop()
            if inputs_done:
                ...
            elif ...:            # not met before
                ...
                ...
                ...
        return order
        ```
        """,
    ),
)


@exercise.reference
def topological_order(root):
    """Order a graph so that inputs come before what is made from them.

    Args:
        root: a node, any object with `.inputs`, a tuple of nodes; () for a leaf.

    Returns:
        list of all nodes that can be reached from the root through `.inputs`, each exactly once,
        every node after all of its inputs; the root is the last. Which of several such orders
        does not matter. Depth is no limit.
    """
    order, met, waiting = [], set(), [(root, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        if inputs_done:
            order.append(node)
        elif node not in met:
            met.add(node)
            waiting.append((node, True))
            waiting.extend((source, False) for source in node.inputs)
    return order


def as_python(inputs, times=1):
    """A graph of the same form, as one would type it."""
    graph = "chain" if len(inputs) > 40 else str([tuple(places) for places in inputs])
    lines = [
        "class Node:",
        "    def __init__(self, inputs):",
        "        self.inputs = inputs",
        "nodes = []",
        f"for places in {graph}:  # the inputs of every node",
        "    nodes.append(Node(tuple(nodes[i] for i in places)))",
    ]
    if graph == "chain":
        shape = set(map(len, inputs[1:]))
        if shape == {1} and all(list(p) == [i] for i, p in enumerate(inputs[1:])):
            lines[4] = f"for i in range({len(inputs)}):"
            lines[5] = "    nodes.append(Node((nodes[-1],) if i else ()))"
        else:
            lines[4] = f"for places in [{', '.join(str(tuple(p)) for p in inputs[:6])}, ...]:"
            lines[4] += f"  # {len(inputs)} nodes"
    ask = "[nodes.index(node) for node in topological_order(nodes[-1])]"
    return "\n".join(lines + [ask] * times)


@probe(shown=as_python)
def order_of(topological_order, inputs, times=1):
    """Build a graph of objects that have `.inputs` and nothing else; order it from its last node.

    Args:
        topological_order: the learner's function.
        inputs: for every node the places of its inputs.
        times: how often to ask; the last result counts.

    Returns:
        Places of the nodes in the order returned (-1: something else), or the type of the result.
    """

    class TooManyVisits(Exception):
        pass

    visits = [0]

    class Node:
        def __init__(self, inputs):
            self._inputs = inputs

        @property
        def inputs(self):
            visits[0] += 1
            if visits[0] > (2_000 if len(nodes) < 12 else 100_000) + 30 * len(nodes):
                message = f"the {len(nodes)} nodes were asked for their inputs {visits[0]} times"
                raise TooManyVisits(message)
            return self._inputs

    nodes: list[Node] = []
    for sources in inputs:
        nodes.append(Node(tuple(nodes[place] for place in sources)))
    place = {id(node): number for number, node in enumerate(nodes)}
    for _ in range(times):
        result = topological_order(nodes[-1])
    if not isinstance(result, list | tuple):
        return "nothing (None)" if result is None else f"a {type(result).__name__}"
    return [place.get(id(node), -1) for node in result]


@probe(shown=as_python)
def left_on_nodes(topological_order, inputs):
    """Order a graph from its last node; return what its nodes hold afterwards besides `.inputs`.

    Args:
        topological_order: the learner's function.
        inputs: for every node the places of its inputs.

    Returns:
        Names of the attributes, in alphabetical order, each once.
    """

    class Node:
        def __init__(self, inputs):
            self.inputs = inputs

    nodes: list[Node] = []
    for sources in inputs:
        nodes.append(Node(tuple(nodes[place] for place in sources)))
    topological_order(nodes[-1])
    return sorted({name for node in nodes for name in vars(node)} - {"inputs"})


def below(inputs):
    """Places of all nodes that can be reached from the last."""
    found: set[int] = set()
    waiting = [len(inputs) - 1]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(inputs[node])
    return found


def expect_order(answer, inputs, times=1):
    """Any order will do in which every node comes once, after its inputs, the root last."""
    got = answer.probe(order_of, inputs, times)
    small = len(inputs) <= 12
    graph = ", ".join(f"{n} ← {tuple(i)}" for n, i in enumerate(inputs)) if small else ""
    returned = "the second time you returned" if times == 2 else "you returned"
    why = f"the graph is {graph}; {returned} {got}; numbers name the nodes" if small else ""
    shown = got if small else None
    in_place = " `order.reverse()` and `order.append(…)` give nothing back."
    expect_that(
        isinstance(got, list),
        f"Expected a list of nodes, got {got!s:.40}." + in_place * (got == "nothing (None)"),
    )
    expect_that(
        -1 not in got,
        "The list holds something that is no node of this graph.",
        got=shown,
        why="-1 stands for it" if small else "",
    )
    twice = sorted({node for node in got if got.count(node) > 1}) if len(got) < 1000 else []
    expect_that(
        not twice and len(set(got)) == len(got),
        f"Some nodes are on the list more than once{f': {twice}' if small else ''}.",
        got=shown,
        why=why,
    )
    missing = sorted(below(inputs).difference(got))
    expect_that(
        not missing,
        f"Nodes missing from the list: {len(missing)} of {len(below(inputs))}.",
        got=shown,
        why=why,
    )
    early = _too_early(got, inputs)
    one = f"Node {early[0]}" if small and early else "A node"
    expect_that(not early, f"{one} stands before one of its own inputs.", got=shown, why=why)
    expect_that(
        len(got) == len(below(inputs)) and got[-1] == len(inputs) - 1,
        "The list should hold what the root is made from, and end with the root.",
        got=shown,
        why=why,
    )


def _too_early(order, inputs):
    """Nodes that stand before one of their inputs.

    Args:
        order: places of nodes, each once.
        inputs: of every node.
    """
    rank = {node: place for place, node in enumerate(order)}
    return [n for n in order if any(rank.get(source, -1) > rank[n] for source in inputs[n])]


DIAMOND = [[], [0], [0], [1, 2]]
# 4 is reached over a short way and over a long one; the short way comes first in one of the two.
SHORTCUT = [[], [0], [1], [2], [3, 0], [4, 1]]
SHORTCUT_TURNED = [[], [0], [1], [2], [0, 3], [1, 4]]


def random_graph(rng, n):
    """Every node but a few leaves has one to three earlier ones as inputs; some are used twice."""
    inputs: list[list[int]] = [[], [], []]
    inputs += [
        [int(x) for x in rng.integers(node, size=int(rng.integers(1, 4)))] for node in range(3, n)
    ]
    inputs.append([n - 1, int(rng.integers(n)), n - 2])
    return inputs


def ladder(rng, n):
    """Diamonds on top of each other: 2ⁿ ways lead from the top to the bottom.

    Here and there one side of a diamond is longer than the other.
    """
    inputs: list[list[int]] = [[]]
    for is_longer in rng.permutation([True] * 3 + [False] * (n - 3)):
        last = len(inputs) - 1
        inputs += [[last], [last]]
        sides = [last + 1, last + 2]
        if is_longer:
            inputs.append([last + 2])
            sides[1] += 1
        inputs.append([int(side) for side in rng.permutation(sides)])
    return inputs


def chain(n):
    """Every node but the first has the one before it as its input."""
    return [[], *([node] for node in range(n - 1))]


def uneven_chain(rng, n):
    """A chain; now and then a node is used twice, or a number stands beside it."""
    inputs: list[list[int]] = [[], [0, 0]]
    while len(inputs) < n:
        last = len(inputs) - 1
        if rng.random() < 0.01:
            inputs += [[], [last, last + 1]]
        else:
            inputs.append([last] * (1 + int(rng.random() < 0.01)))
    return inputs


@exercise.check("orders a chain and a tree")
def orders_a_tree(answer: Answer, rng: np.random.Generator) -> None:
    expect_order(answer, [[]])
    expect_order(answer, chain(4))
    expect_order(answer, [[], [], [0, 1], [], [], [3, 4], [2, 5]])
    expect_order(answer, chain(int(rng.integers(5, 90))))


@exercise.check("copes with a node that is used twice")
def copes_with_reuse(answer: Answer, rng: np.random.Generator) -> None:
    expect_order(answer, [[], [0, 0]])
    expect_order(answer, DIAMOND)
    expect_order(answer, [[], [0] * int(rng.integers(3, 60))])


@exercise.check("waits for all inputs, those at the end of long paths too", points=0.5)
def waits_for_all(answer: Answer, rng: np.random.Generator) -> None:
    expect_order(answer, SHORTCUT)
    expect_order(answer, SHORTCUT_TURNED)
    for n in (6, 9, 40):
        expect_order(answer, random_graph(rng, n))


@exercise.check("leaves no marks: the second time gives the same", points=0.5)
def leaves_no_marks(answer: Answer, rng: np.random.Generator) -> None:
    expect_order(answer, DIAMOND, times=2)
    expect_order(answer, random_graph(rng, 9), times=2)
    left = answer.probe(left_on_nodes, random_graph(rng, 9))
    expect_that(
        not left, "Something is written on the nodes.", got=left, why="they stay as they are"
    )


@exercise.check("visits each node a few times, however many paths lead to it", points=0.5)
def visits_once(answer: Answer, rng: np.random.Generator) -> None:
    expect_order(answer, ladder(rng, int(rng.integers(36, 45))))


@exercise.check("works on a chain of 10 000 nodes", points=0.5)
def works_on_a_chain(answer: Answer, rng: np.random.Generator) -> None:
    expect_order(answer, chain(int(rng.integers(10_000, 10_200))))
    expect_order(answer, uneven_chain(rng, 2_000))
    expect_that(
        not _raises_the_limit(answer.calls),
        "Your function raises Python's recursion limit, and needs it.",
        why="a chain of a million nodes would need more than any computer can stack",
    )


def _is_small(call):
    """Whether a graph is small enough to tell by which way somebody walks."""
    is_list = isinstance(call.value, list) and len(call.value) > 0
    return is_list and call.probe == "order_of" and len(call.args[0]) < 45


def _is_order(order, inputs):
    """Whether this is a right order of what the last node was made from."""
    is_list = isinstance(order, list) and len(order) == len(set(order))
    return is_list and set(order) == below(inputs) and not _too_early(order, inputs)


def _ways(inputs):
    """How many ways lead from the root down."""
    ways = [0] * (len(inputs) - 1) + [1]
    for node in reversed(range(len(inputs))):
        for source in inputs[node]:
            ways[source] += ways[node]
    return sum(ways)


def _has_many_ways(call):
    return len(call.args[0]) < 1000 and _ways(call.args[0]) > 10**9


def _small(calls):
    """(order returned, inputs) of the calls whose graph can be walked in any way."""
    return [
        (call.value, call.args[0])
        for call in calls
        if call.probe == "order_of" and len(call.args[0]) < 1000 and not _has_many_ways(call)
    ]


def _is_twice_in_one(inputs):
    """Whether a node that counts is an input of the same node twice, as in a + a."""
    return any(len(set(inputs[node])) < len(inputs[node]) for node in below(inputs))


def _asked_too_often(call):
    return call.error is not None and call.error.type == "TooManyVisits"


def _mirrored(walk):
    """The same walk, with the inputs of every node in the opposite order."""

    class Mirrored:
        def __init__(self, node):
            self.node = node
            twin[node] = self

        @property
        def inputs(self):
            return tuple(twin.get(one) or Mirrored(one) for one in reversed(self.node.inputs))

    twin: dict[Any, Mirrored] = {}
    return lambda root: [one.node for one in walk(twin.get(root) or Mirrored(root))]


def _wrong_walk(caught_by, hint):
    """Register a wrong answer that may take a node's inputs in either order."""

    def register(walk):
        mirrored = (_mirrored(walk),)
        return exercise.wrong(caught_by=caught_by, hint=hint, variants=mirrored, where=_is_small)(
            walk
        )

    return register


def _as_met(root, first):
    """Nodes as they are met on the way down, each once."""
    found, met, waiting = [], set(), [root]
    while waiting:
        node = waiting.pop(first)
        if node not in met:
            met.add(node)
            found.append(node)
            waiting.extend(node.inputs if first == 0 else reversed(node.inputs))
    return found


def _from_the_root(turned):
    """Recognise lists that begin with the root, by whether they are right when turned round."""

    def recognise(calls):
        small = _small(calls)
        if not all(isinstance(got, list) and got[:1] == [len(i) - 1] for got, i in small):
            return False
        complete = all(set(got) == below(i) and len(set(got)) == len(got) for got, i in small)
        return complete and all(_is_order(got[::-1], i) for got, i in small) == turned

    return recognise


@exercise.wrong(caught_by=orders_a_tree, hint=1, recognise=_from_the_root(turned=True))
def root_first(root):
    """Your order is right, and the wrong way round: the root comes first."""
    return in_order(root)[::-1]


@exercise.wrong(caught_by=orders_a_tree, hint=2, recognise=_from_the_root(turned=False))
def written_when_met(root):
    """You write a node down when you meet it, before you have gone to its inputs."""
    return _as_met(root, -1)


@_wrong_walk(caught_by=copes_with_reuse, hint=2)
def met_last_comes_first(root):
    """You list the nodes in the order in which you met them, turned round.

    That is right for a tree; a node to which a short path and a long one lead is met too early.
    """
    return _as_met(root, -1)[::-1]


@_wrong_walk(caught_by=waits_for_all, hint=2)
def level_by_level(root):
    """You go down level by level and turn the list round.

    The level on which a node is first met is not the deepest on which it is needed.
    """
    return _as_met(root, 0)[::-1]


def _again_for_another_way(calls):
    """Whether all is right but for nodes that come again."""
    small = _small(calls)
    if not all(isinstance(got, list) and got for got, _ in small):
        return False
    again = any(len(set(got)) < len(got) for got, _ in small)
    return again and all(_is_order(list(dict.fromkeys(got)), i) for got, i in small)


@exercise.wrong(caught_by=copes_with_reuse, hint=3, recognise=_again_for_another_way)
def once_per_way(root):
    """A node is on your list again when another path leads to it.

    When you come to write a node, is it on the list already?
    """
    return _once_per_way(root)


def _counts_twice(calls):
    """Whether all is right but where a node is an input of the same node twice."""
    small = [pair for pair in _small(calls) if pair[0] is not None]
    wrong = [inputs for got, inputs in small if not _is_order(got, inputs)]
    plain = [inputs for _, inputs in small if not _is_twice_in_one(inputs) and len(inputs) > 5]
    return bool(wrong) and bool(plain) and all(map(_is_twice_in_one, wrong))


@exercise.wrong(caught_by=copes_with_reuse, hint=1, recognise=_counts_twice)
def taken_off_once(root):
    """All is right until a node is an input of the same node twice, as in `a + a`.

    Do you count it as often as you take it off?
    """
    nodes = in_order(root)
    left = {node: list(node.inputs) for node in nodes}
    order, ready = [], [node for node in nodes if not node.inputs]
    while ready:
        node = ready.pop()
        order.append(node)
        for user in nodes if len(nodes) < 200 else []:
            if node in left[user]:
                left[user].remove(node)
                if not left[user]:
                    ready.append(user)
    return order if len(nodes) < 200 else nodes


@_wrong_walk(caught_by=waits_for_all, hint=2)
def marked_when_put_aside(root):
    """You mark a node when you put it aside, and while it waits another takes it for done.

    When may a node count as done?
    """
    order, met, waiting = [], {root}, [(root, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        if inputs_done:
            order.append(node)
        else:
            waiting.append((node, True))
            for source in node.inputs:
                if source not in met:
                    met.add(source)
                    waiting.append((source, False))
    return order


def _kept(calls):
    """Whether lists end as they should, and nodes of earlier calls' graphs come before that."""
    small = [(got, inputs) for got, inputs in _small(calls) if isinstance(got, list)]
    right = all(_is_order(got[-len(below(i)) :], i) for got, i in small)
    return right and any(-1 in got for got, _ in small)


def _list_kept():
    """The same with a list that stands outside, and marks that do not."""
    order = []

    def walk(root):
        order.extend(in_order(root))
        return order

    return walk


@exercise.wrong(caught_by=orders_a_tree, hint=4, recognise=_kept, variants=(_list_kept(),))
def kept_from_the_last_call(root, order=[], met=set()):  # noqa: B006
    """Your list still holds the nodes of the call before.

    A default value such as `order=[]` is made once, with the function, and kept for every call.
    """
    if root not in met:
        met.add(root)
        for source in root.inputs:
            kept_from_the_last_call(source, order, met)
        order.append(root)
    return order


def _never_ends(calls):
    return any(_asked_too_often(call) and len(call.args[0]) < 10 for call in calls)


@exercise.wrong(caught_by=orders_a_tree, hint=3, recognise=_never_ends)
def never_ends(root):
    """Your loop never ends: it goes round, and the nodes that wait don't become fewer."""
    order, waiting = [], [root]
    while waiting:
        node = waiting[-1]
        if all(source in order for source in node.inputs):
            order.append(node)
        else:
            waiting.extend(node.inputs)
    return order


@_wrong_walk(caught_by=orders_a_tree, hint=4)
def without_leaves(root):
    """Nodes without inputs are missing from your list. They are nodes too."""
    return [node for node in in_order(root) if node.inputs]


@_wrong_walk(caught_by=orders_a_tree, hint=4)
def without_the_root(root):
    """The root itself is missing from your list."""
    return in_order(root)[:-1]


def _raises_the_limit(calls):
    return any("recursion limit" in call.changed for call in calls)


def _only_too_deep(calls):
    is_deep = raises("RecursionError", where=lambda call: len(call.args[0]) > 1000, alone=True)
    right = all(_is_order(got, inputs) for got, inputs in _small(calls))
    return is_deep(calls) and right and not _raises_the_limit(calls)


@exercise.wrong(caught_by=works_on_a_chain, hint=3, recognise=_only_too_deep)
def recursive(root):
    """Your function calls itself once per node; Python allows about a thousand of these."""
    order, met = [], set()

    def visit(node):
        if node not in met:
            met.add(node)
            for source in node.inputs:
                visit(source)
            order.append(node)

    visit(root)
    return order


@exercise.wrong(caught_by=works_on_a_chain, hint=3, recognise=_raises_the_limit)
def recursive_with_a_higher_limit(root):
    """Your function calls itself once per node, and a higher limit only moves the end.

    With the waiting nodes in a list of your own, no limit is needed.
    """
    sys.setrecursionlimit(100_000)
    order, met = [], set()

    def visit(node):
        if node not in met:
            met.add(node)
            for source in node.inputs:
                visit(source)
            order.append(node)

    visit(root)
    return order


def _walks(calls, times):
    """(order returned, inputs) of the calls that asked so often."""
    asked = [call for call in calls if call.probe == "order_of"]
    return [(call.value, call.args[0]) for call in asked if (*call.args, 1)[1] == times]


def _writes_on_nodes(calls):
    """Whether nodes are written on, and a walk through a fresh graph is right."""
    left = any(call.value for call in calls if call.probe == "left_on_nodes")
    return left and all(_is_order(got, inputs) for got, inputs in _walks(calls, 1))


def _remembers(calls):
    """Whether a second walk finds nothing, although nothing was written on the nodes.

    A first walk may miss nodes, too, where those of an earlier graph are taken for its own.
    """
    if any(call.value for call in calls if call.probe == "left_on_nodes"):
        return False
    first, second = _walks(calls, 1), _walks(calls, 2)
    if not second or any(got != [] for got, _ in second):
        return False
    in_order = all(isinstance(got, list) and not _too_early(got, inputs) for got, inputs in first)
    return in_order and any(len(got) > 1 and _is_order(got, inputs) for got, inputs in first)


@exercise.wrong(caught_by=leaves_no_marks, hint=3, recognise=_writes_on_nodes)
def marks_on_nodes(root):
    """You write on the nodes that you have been there, and the next walk finds the marks.

    Where else could you note which nodes you have met?
    """
    order, waiting = [], [(root, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        if inputs_done:
            order.append(node)
        elif not hasattr(node, "met"):
            node.met = True
            waiting.append((node, True))
            waiting.extend((source, False) for source in node.inputs)
    return order


@exercise.wrong(caught_by=leaves_no_marks, hint=4, recognise=_remembers)
def met_in_an_earlier_call(root, met=set()):  # noqa: B006
    """Your function still knows the nodes it met in an earlier call, and passes them over.

    A default value such as `met=set()`, or a set outside the function, is made once for all calls.
    """
    order, waiting = [], [(root, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        if inputs_done:
            order.append(node)
        elif node not in met:
            met.add(node)
            waiting.append((node, True))
            waiting.extend((source, False) for source in node.inputs)
    return order


def _every_way(calls):
    """Whether only graphs with many ways are too much."""
    many = [call for call in calls if _has_many_ways(call)]
    right = all(_is_order(got, inputs) for got, inputs in _small(calls))
    return right and bool(many) and all(map(_asked_too_often, many))


def _every_round(calls):
    """Whether only long chains are too much, although there is one way only."""
    long = [call for call in calls if len(call.args[0]) > 5000]
    others = [call for call in calls if _has_many_ways(call)]
    right = [_is_order(got, inputs) for got, inputs in _small(calls)]
    right += [call.error is None for call in others]
    return all(right) and any(map(_asked_too_often, long))


@exercise.wrong(caught_by=works_on_a_chain, hint=2, recognise=_every_round)
def all_nodes_in_every_round(root):
    """Your list is right, but for each node that you write you go through all the others again.

    With 10 000 nodes that is fifty million questions. Which nodes can become ready when one is
    written?
    """
    nodes = in_order(root)[::-1]
    order: list[Any] = []
    done: set[Any] = set()
    while len(order) < len(nodes):
        for node in nodes:
            if node not in done and all(source in done for source in node.inputs):
                order.append(node)
                done.add(node)
    return order


@exercise.wrong(caught_by=visits_once, hint=3, recognise=_every_way)
def every_way(root):
    """You list every node once, but you still walk every path down to it.

    Forty diamonds have a million million paths: remember the nodes you have been to, not only those
    you have written.
    """
    found, written, waiting = [], set(), [(root, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        if not inputs_done:
            waiting.append((node, True))
            waiting.extend((source, False) for source in node.inputs)
        elif node not in written:
            written.add(node)
            found.append(node)
    return found


def _once_per_way(root):
    found, waiting = [], [(root, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        if inputs_done:
            found.append(node)
        else:
            waiting.append((node, True))
            waiting.extend((source, False) for source in node.inputs)
    return found


@exercise.alternative
def by_counting(root):
    """Kahn: how many users of a node are still to come? From the root down, then turned round."""
    users: dict[int, int] = {}
    waiting, met = [root], {id(root)}
    while waiting:
        node = waiting.pop()
        for source in node.inputs:
            users[id(source)] = users.get(id(source), 0) + 1
            if id(source) not in met:
                met.add(id(source))
                waiting.append(source)
    ready, order = [root], []
    while ready:
        node = ready.pop()
        order.append(node)
        for source in node.inputs:
            users[id(source)] -= 1
            if users[id(source)] == 0:
                ready.append(source)
    return order[::-1]


@exercise.alternative
def with_iterators(root):
    """The recursion's own stack, kept by hand: a node and what is left of its inputs."""
    order, seen, stack = [], {root}, [(root, iter(root.inputs))]
    while stack:
        node, rest = stack[-1]
        for source in rest:
            if source not in seen:
                seen.add(source)
                stack.append((source, iter(source.inputs)))
                break
        else:
            stack.pop()
            order.append(node)
    return order


@exercise.alternative
def by_depth(root):
    """Sort by the longest way down to a leaf; nodes are asked again when their depth grows."""
    order, met, waiting = [], set(), [root]
    while waiting:
        node = waiting[-1]
        if node in met:
            waiting.pop()
            continue
        missing = [source for source in node.inputs if source not in met]
        if missing:
            waiting.extend(missing)
        else:
            met.add(node)
            order.append(waiting.pop())
    depth: dict[Any, int] = {}
    for node in order:
        depth[node] = 1 + max((depth[source] for source in node.inputs), default=0)
    return tuple(sorted(order, key=depth.__getitem__))
