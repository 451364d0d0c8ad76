"""The way back: one walk from a result to everything it was made from, adding up gradients."""

# The class extends one of the same name, as it does in the notebook.
# mypy: disable-error-code="no-redef, misc"

import math
import numbers as kinds_of_number
import operator
from functools import lru_cache
from typing import Any

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_that, probe, raises
from annkit.lessons.autodiff.closures import Closures
from annkit.lessons.autodiff.number import Node, Number, in_order

exercise = Exercise(
    id="backward",
    title="The way back",
    points=3,
    size="about 7 lines",
    leads_to="Chapter 10 does the same with whole arrays in place of numbers.",
    object_name="Value",
    seconds=2.0,
    task="""Extend your class by `.backward()`: called on a node, it sets the `.grad` of that node
and of every node below it to ∂(that node)/∂(the node below). Called twice it gives the same; what
earlier calls left in the nodes below counts for nothing. You may use your `topological_order`.

*Example:* after `a = Value(3.0)`, `y = a * a + a` and `y.backward()` you have `y.grad == 1.0` and
`a.grad == 7.0`: 3 and 3 through the two sides of the product, 1 through the sum.

`class Value(Value):` makes a class from the one you have, under the same name. Your operators build
their results with `type(self)`, so the results know the new method too.""",
    hints=(
        """
        Whose gradient do you know before anything is computed? And from which moment on is the
        gradient of another node complete, so that it may be handed on?
        """,
        """
        Start with ∂(root)/∂(root), whatever that is. Walk the order from the root down. Each node
        hands to each of its inputs: the slope towards that input, times its own gradient. An input
        may be handed something several times. And what about the gradients of the last walk?
        """,
        """
        The same pattern for money: a firm pays out all it gets, to its owners, in shares; owners
        may be firms.

        ```python
        for firm in firms:
            firm.money = 0.0
        top.money = 100.0
        for firm in from_top_to_bottom:
            for owner, share in zip(firm.owners, firm.shares):
                owner.money += share * firm.money
        ```

        Holding 30 % and 20 % of one firm under two names still makes 50 %.
        """,
        """
        Skeleton:

        ```python
        def backward(self):
            order = topological_order(self)
            for node in order:
                ...
            self.grad = ...
            for node in ...:
                for source, slope in zip(node.inputs, node.slopes):
                    source.grad ...
        ```

        (`slopes` stands for whatever your nodes remember.)
        """,
    ),
)


def topological_order(root):
    """All nodes below the root and the root: inputs first, each node once."""
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


Value: Any = Number  # stands for the class of the exercise before


@exercise.reference
class Value(Value):
    """A number that remembers what it was made from, and can look back."""

    def backward(self):
        """Set the gradients of this node and of all nodes below it.

        Afterwards `node.grad` is ∂(this node)/∂(node), for this node itself 1.0. What `.grad` was
        before does not matter. Works on chains of 10 000 nodes.
        """
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for source, slope in zip(node.inputs, node.slopes, strict=True):
                source.grad += slope * node.grad


def as_python(numbers, program, roots=()):
    """The lines one would type: leaves, operations, ways back, all gradients."""
    steps = program.split("; ") if program else []
    names = [*numbers, *(step.split(" = ")[0] for step in steps)]
    lines = [f"{name} = Value({number})" for name, number in numbers.items()] + steps
    lines += [f"{root}.backward()" for root in roots]
    return "\n".join([*lines, f"[node.grad for node in ({', '.join(names)},)]"])


@probe(shown=lambda: "a = Value(6.0)\ny = a * a + a\ny.backward()")
def small_computations(Value):
    """Try the arithmetic that this step stands on.

    Returns:
        [name of a function of an earlier step that is still a stub, "no parent" for a class that
        extends nothing, "no backward" for one that cannot look back, or "", results of a few
        operations, of what type `.inputs` of each is and whether it is empty, and what
        `topological_order`, if used, makes of a small graph: the place of its root, the places of
        all nodes as they come, and of the inputs of each].
    """

    def raised_in(error):
        trace = error.__traceback__
        while trace.tb_next is not None:
            trace = trace.tb_next
        return trace.tb_frame.f_code

    if Value.__init__ is object.__init__:
        return ["no parent", [], [], None]
    own = vars(Value).get("backward")
    code = getattr(own, "__code__", None)
    try:
        a = Value(6.0)
        made = [a + 4, a - 4, a * 4, a / 4, -a, a**2, 4 + a, 4 - a, 4 * a, 3 / a]
        data = [getattr(node, "data", None) for node in made]
        inputs = [getattr(node, "inputs", None) for node in made]
        kinds = [
            "nothing" if type(one) is tuple and not one else type(one).__name__ for one in inputs
        ]
        if any(kind != "tuple" for kind in kinds):
            return ["", data, kinds, None]
        order = getattr(own, "__globals__", {}).get("topological_order")
        ordered = None
        if order is not None and "topological_order" in getattr(code, "co_names", ()):
            root = a * a + a
            nodes = list(order(root))
            place = {id(node): number for number, node in enumerate(nodes)}
            sources = [[place.get(id(one), -1) for one in node.inputs] for node in nodes]
            ordered = [place.get(id(root), -1), [place[id(node)] for node in nodes], sources]
        if not hasattr(Value, "backward"):
            return ["no backward", [], [], None]
        (a * 4).backward()
    except NotImplementedError as error:
        where = raised_in(error)
        if own is None or where is code:
            raise  # the stub of this very step
        try:
            own(object.__new__(Value))
        except NotImplementedError as first:
            if raised_in(first) is code:
                raise error from None
        except Exception:
            pass
        return [where.co_name, [], [], None]
    return ["", data, kinds, ordered]


@probe(shown=as_python)
def gradients(Value, numbers, program, roots):
    """Run the program, call backward on these nodes one after the other, read all gradients."""
    nodes = {name: Value(number) for name, number in numbers.items()}
    exec(program, {}, nodes)
    for root in roots:
        nodes[root].backward()
    return [node.grad for node in nodes.values()]


def chain_as_python(number, factor, summand, length):
    return (
        f"x = y = Value({number})\nf, s = Value({factor}), Value({summand})\n"
        f"for _ in range({length // 2}):\n    y = y * f + s\n"
        "y.backward()\n[y.data, y.grad, x.grad]"
    )


@probe(shown=chain_as_python)
def along_a_chain(Value, number, factor, summand, length):
    """A long way: multiply, add, multiply, add …; value and gradient at its ends."""
    nodes = [Value(number)]  # all held: freed through each other, they end a browser's kernel
    factor, summand = Value(factor), Value(summand)
    for _ in range(length // 2):
        nodes.append(nodes[-1] * factor)
        nodes.append(nodes[-1] + summand)
    nodes[-1].backward()
    return [nodes[-1].data, nodes[-1].grad, nodes[0].grad]


def doubled_as_python(number, times):
    return f"x = y = Value({number})\nfor _ in range({times}):\n    y = y + y\ny.backward()\nx.grad"


@probe(shown=doubled_as_python)
def doubled(Value, number, times):
    """Add a node to itself again and again: 2ⁿ ways lead back."""
    x = node = Value(number)
    for _ in range(times):
        node = node + node
    node.backward()
    return x.grad


SIGNS: dict[str, Any] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
    "neg": operator.neg,
}


def in_letters(numbers, steps):
    """Leaves by name, the steps as a program, all names: ({"a": 3.0}, "u = a + a", ["a", "u"])."""
    names = list("abcdefgh"[: len(numbers)])
    lines = []
    for place, (sign, *operands) in enumerate(steps):
        parts = [names[x] if type(x) is int else repr(x) for x in operands]
        names.append("uvwxyz"[place] if len(steps) <= 6 else f"n{place + 1}")
        lines.append(
            f"{names[-1]} = " + (f"-{parts[0]}" if sign == "neg" else f" {sign} ".join(parts))
        )
    return dict(zip(names, numbers, strict=False)), "; ".join(lines), names


def derivatives(numbers, steps, root):
    """∂(root)/∂(node) for every node, by complex steps: no graph, no walk, no order."""
    result = []
    for moved in range(root + 1):
        values: list[complex] = []
        for place in range(root + 1):
            if place < len(numbers):
                value = complex(numbers[place])
            else:
                sign, *operands = steps[place - len(numbers)]
                value = SIGNS[sign](*(values[x] if type(x) is int else x for x in operands))
            values.append(value + 1e-30j if place == moved else value)
        result.append(values[root].imag / 1e-30)
    return result


def nodes_below(n_leaves, steps, root):
    """Places of the nodes that a result was made from, itself included."""
    found, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        found.add(node)
        if node >= n_leaves:
            waiting.extend(x for x in steps[node - n_leaves][1:] if type(x) is int)
    return sorted(found)


def random_steps(rng, n_leaves, n_steps):
    """A random computation that stays within reach: divisors and bases are leaves from 1 to 3."""
    steps: list[list[Any]] = []
    for number in range(n_steps):
        sign = ["*", "+", "/", "-", "**", "neg", "*"][number % 7]
        nodes = [n_leaves + number - 1, int(rng.integers(n_leaves + number))]
        leaf = int(rng.integers(n_leaves))
        if sign == "neg":
            steps.append([sign, nodes[0]])
        elif sign == "**":
            steps.append([sign, leaf, float(rng.choice([3.0, -1.0, 0.5]))])
        elif sign in "+-":
            steps.append([sign, *rng.permutation(nodes).tolist()])
        else:
            steps.append([sign, nodes[0], leaf])
    n = n_leaves + n_steps
    return [*steps, ["+", n - 1, n - 2], ["*", n, n - 4]]


def leaves(rng, n):
    """Numbers from 1 to 3, none of them equal, with two decimals."""
    return [round(float(x), 2) for x in rng.permutation(np.linspace(1, 3, 3 * n))[:n]]


def expect_gradients(answer, numbers, steps, roots=None, why=""):
    """Every node below the last root has the right gradient."""
    roots = roots or [len(numbers) + len(steps) - 1]
    leaves, program, names = in_letters(numbers, steps)
    grads = answer.probe(gradients, leaves, program, [names[root] for root in roots])
    below = nodes_below(len(numbers), steps, roots[-1])
    right = derivatives(numbers, steps, roots[-1])
    expect_that(
        isinstance(grads, list) and len(grads) == len(numbers) + len(steps),
        "The gradients could not be read.",
    )
    expect_close(
        [grads[node] for node in below],
        [right[node] for node in below],
        what=f"`.grad` of {', '.join(names[node] for node in below)}"
        if len(below) < 10
        else "`.grad`",
        why=why,
    )


def _is_in_order(root, nodes, sources):
    """Whether each node comes once, after all its inputs, and the root last, by their places."""
    numbered = enumerate(sources)
    before = all(0 <= place < number for number, places in numbered for place in places)
    return before and nodes == list(range(len(nodes))) and root == len(nodes) - 1


@exercise.check("the class underneath computes (exercise “Numbers that remember”)")
def stands_on_a_class_that_computes(answer: Answer, rng: np.random.Generator) -> None:
    stub, data, kinds, ordered = answer.probe(small_computations)
    expect_that(
        stub != "no parent",
        "Your class has no `__init__`, so it doesn't extend the one from before. The line should "
        "say `class Value(Value):`.",
    )
    expect_that(
        stub != "no backward",
        "This `Value` has no `.backward()`: the name means the class of an earlier step, as it "
        "does after that step's cell was run again. Run this step's cell again, then this check.",
    )
    finish = "Finish the exercise it belongs to, run its cell and then this one, and check again."
    expect_that(
        stub == "", f"`{stub}`, from an earlier step, still raises NotImplementedError. {finish}"
    )
    expect_that(
        all(isinstance(one, kinds_of_number.Real) for one in data),
        "The `.data` of some results is no number. Was a node put into a node? An operator that "
        "asks `isinstance(other, Value)` no longer knows nodes of an older class, since the name "
        "`Value` has moved on. Look for what is *not* a node, and run the cells from the class "
        "down once more.",
    )
    expect_close(
        data,
        [10, 2, 24, 1.5, -6, 36, 10, -2, 24, 0.5],
        what="before any gradient, the numbers: `.data` of a+4, a-4, a*4, a/4, -a, a**2, 4+a, "
        "4-a, 4*a, 3/a",
        why="a is 6; these come from an earlier step, and check('value_ops', Value) looks at them",
    )
    earlier = "It comes from an earlier step: check('value_ops', Value) looks at it."
    for what, kind in zip(_OPERATIONS, kinds, strict=True):
        expect_that(kind != "nothing", f"`.inputs` of `{what}` is empty: no way back. {earlier}")
        expect_that(
            kind == "tuple",
            f"`.inputs` of `{what}` is no tuple, but an object of type {kind}. `(a)` is `a` "
            f"itself; the comma of `(a,)` makes the tuple. {earlier}",
        )
    expect_that(
        ordered is None or _is_in_order(*ordered),
        "Your backward calls `topological_order`, which orders `a * a + a` wrongly. That is the "
        "exercise “Inputs first”: repair it there.",
    )


# What the class underneath makes, and whether it has an order of its own, is no mistake of this
# step: answers are compared by their gradients.
exercise.where = lambda call: call.probe != "small_computations"

_OPERATIONS = ("a+4", "a-4", "a*4", "a/4", "-a", "a**2", "4+a", "4-a", "4*a", "3/a")


@exercise.check("follows the chain rule from the result to every node", points=0.5)
def follows_the_chain(answer: Answer, rng: np.random.Generator) -> None:
    expect_gradients(answer, [2.0, -3.0, 10.0, 4.0], [["*", 0, 1], ["+", 4, 2], ["*", 5, 3]])
    numbers = leaves(rng, 4)
    expect_gradients(answer, numbers, [["*", 0, 1], ["*", 2, 3], ["+", 4, 5], ["*", 6, 1.5]])


@exercise.check("has the right slope for every operator", points=0.5)
def knows_every_slope(answer: Answer, rng: np.random.Generator) -> None:
    for step in (
        ["-", 0, 1],
        ["/", 0, 1],
        ["neg", 0],
        ["**", 0, 3.0],
        ["**", 1, -0.5],
        ["+", 2.5, 0],
        ["-", 2.5, 0],
        ["*", 2.5, 0],
        ["/", 2.5, 0],
        ["/", 0, 2.5],
    ):
        expect_gradients(answer, leaves(rng, 2), [step, ["*", 2, 3.0]])


@exercise.check("adds up what comes back over several paths", points=1)
def adds_up(answer: Answer, rng: np.random.Generator) -> None:
    expect_gradients(answer, [3.0], [["+", 0, 0]])
    expect_gradients(answer, [3.0], [["*", 0, 0], ["+", 1, 0]])
    for ends in (["+", 2, 1], ["+", 1, 2]):
        expect_gradients(answer, [3.0], [["*", 0, 0], ["*", 1, 1], ends])
    expect_gradients(answer, [2.0], [["*", 0, 3.0], ["+", 0, 5.0], ["*", 1, 2]])
    # a long way and a short one from the result to a; both turns of every sum
    for short in (["+", 4, 1], ["+", 1, 4]):
        steps = [["*", 0, 2.0], ["*", 1, 3.0], ["+", 2, 1.0], ["*", 3, 0.5], short, ["*", 5, 1]]
        expect_gradients(answer, [1.5], steps)
    for n_steps in (7, 14, 21):
        expect_gradients(answer, leaves(rng, 4), random_steps(rng, 4, n_steps))


@exercise.check("sets gradients anew every time", points=0.5)
def starts_anew(answer: Answer, rng: np.random.Generator) -> None:
    why = "backward was called twice"
    expect_gradients(answer, [3.0], [["*", 0, 0], ["+", 1, 0]], [2, 2], why=why)
    numbers, steps = leaves(rng, 3), [["*", 0, 1], ["+", 3, 2], ["*", 4, 3], ["*", 5, 5]]
    expect_gradients(answer, numbers, steps, [6, 6], why=why)
    expect_gradients(
        answer, numbers, steps, [4, 6], why="first on a node half-way, then on the end"
    )
    two_ends = [["*", 0, 1], ["*", 3, 2], ["+", 3, 0]]
    expect_gradients(answer, numbers, two_ends, [4, 5], why="two results share a node")


@exercise.check("works on chains of 10 000 nodes", points=0.5)
def works_on_long_chains(answer: Answer, rng: np.random.Generator) -> None:
    number, summand = (round(float(x), 2) for x in rng.uniform(1, 2, size=2))
    value = number
    for _ in range(5_000):
        value = value * 1.0001 + summand
    expect_close(
        answer.probe(along_a_chain, number, 1.0001, summand, 10_000),
        [value, 1.0, 1.0001**5_000],
        what="data and grad at the end, grad at the start",
    )
    expect_close(
        answer.probe(doubled, number, 200),
        2.0**200,
        what="the gradient of x, doubled 200 times",
        why="each node hands on once, however many paths lead through it",
    )


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


class _Right(Number):
    """The right way back, to go wrong from."""

    def backward(self):
        self.look_back(in_order(self))

    def look_back(self, order):
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node.hand_on()

    def hand_on(self):
        for source, slope in zip(self.inputs, self.slopes, strict=True):
            source.grad += slope * self.grad


class _Walk:
    """What a way back has left in a graph, beside the right gradients.

    Args:
        call: of the probe `gradients`.
    """

    def __init__(self, call):
        numbers, program, self.roots = call.args
        named = {name: Node(number) for name, number in numbers.items()}
        exec(program, {}, named)
        self.root = named[self.roots[-1]]
        self.root.backward()
        self.got = dict(zip(named.values(), map(float, call.value), strict=True))
        order = in_order(self.root)
        # Ways from the root to a node, and (user, share) for every arrow that leads to it.
        self.ways = dict.fromkeys(order, 0)
        self.shares: dict[Any, list[tuple[Any, float]]] = {node: [] for node in order}
        self.ways[self.root] = 1
        for user in reversed(order):
            for source, slope in zip(user.inputs, user.slopes, strict=True):
                self.ways[source] += self.ways[user]
                if user in self.got:
                    self.shares[source].append((user, slope * self.got[user]))
        self.nodes = [node for node in order[:-1] if node in self.got]
        self.is_positive = all(slope > 0 for node in order for slope in node.slopes)
        self.starts_at_one = math.isclose(self.got[self.root], 1.0)

    def adds_up(self, node):
        """Whether the node has what its users, with what they have, owe it."""
        owed = sum(share for _, share in self.shares[node])
        return math.isclose(self.got[node], owed, rel_tol=1e-7, abs_tol=1e-12)

    def is_right(self):
        right = {node: node.grad for node in [*self.nodes, self.root]}
        return all(math.isclose(self.got[n], g, rel_tol=1e-7) for n, g in right.items())


_walk = lru_cache(maxsize=64)(_Walk)  # every recogniser looks at the same calls


def _walks(calls, n_roots=1):
    """The walks of the calls with one way back, or those with more."""
    told = [call for call in calls if len(call.args) == 3 and call.value is not None]
    walks = list(map(_walk, told))
    return [walk for walk in walks if (len(walk.roots) > 1) == (n_roots > 1)]


def _one_share_only(calls):
    """Whether each gradient is what came over one arrow, and more than one arrow counted.

    Which arrow comes last, and wins, depends on the learner's order of nodes.
    """
    walks = _walks(calls)
    one_of = all(
        any(math.isclose(walk.got[node], share) for _, share in walk.shares[node])
        for walk in walks
        for node in walk.nodes
    )
    starts = all(walk.starts_at_one for walk in walks)
    return starts and one_of and not all(walk.is_right() for walk in walks)


def _handed_on(too_much):
    """Recognise nodes that hand on more often than once, or too early, by whatever walk.

    A node with one way from the root can't go wrong so, nor can what it hands on. Where several
    ways lead to a node, what lies below it has more than it is owed, or less; to be told on graphs
    whose slopes are all positive.
    """

    def recognise(calls):
        walks = _walks(calls)
        for walk in walks:
            certain = [
                node
                for node in walk.nodes
                if all(walk.ways[user] == 1 for user, _ in walk.shares[node])
            ]
            if not walk.starts_at_one or not all(map(walk.adds_up, certain)):
                return False
        wrong = [
            walk.got[node] > sum(share for _, share in walk.shares[node])
            for walk in walks
            if walk.is_positive
            for node in walk.nodes
            if not walk.adds_up(node)
        ]
        return bool(wrong) and all(more == too_much for more in wrong)

    return recognise


def _still_there(of_leaves):
    """Recognise gradients of an earlier call: one way back is right, a second one is not.

    Args:
        of_leaves: whether those of the leaves are still there, too.
    """

    def recognise(calls):
        first, second = _walks(calls), _walks(calls, 2)
        if not first or not all(walk.is_right() for walk in first):
            return False
        leaves_add_up = all(
            walk.starts_at_one and all(walk.adds_up(n) for n in walk.nodes if not n.inputs)
            for walk in second
        )
        if any(walk.got[walk.root] == 0 for walk in second) or leaves_add_up == of_leaves:
            return False
        return not all(walk.is_right() for walk in second)

    return recognise


@exercise.wrong(caught_by=adds_up, hint=2, recognise=_one_share_only)
class Overwrites(_Right):
    """Your way back *sets* the gradient of an input.

    A node that is used twice hears twice, and must not forget what it heard first.
    """

    def hand_on(self):
        for source, slope in zip(self.inputs, self.slopes, strict=True):
            source.grad = slope * self.grad


@exercise.wrong(caught_by=starts_anew, hint=2, recognise=_still_there(of_leaves=True))
class NeverClears(_Right):
    """Gradients of an earlier call are still there when the next one begins to add.

    Which nodes have to begin at 0, and when?
    """

    def look_back(self, order):
        self.grad = 1.0
        for node in reversed(order):
            node.hand_on()


@exercise.wrong(caught_by=starts_anew, hint=2, recognise=_still_there(of_leaves=False))
class ClearsLeavesOnly(_Right):
    """You clear the leaves. The nodes half-way keep gradients from the last call."""

    def look_back(self, order):
        for node in order:
            if not node.inputs:
                node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node.hand_on()


@exercise.wrong(caught_by=follows_the_chain, hint=1)
class ForgetsTheStart(_Right):
    """All gradients are 0: nothing was there to be handed on.

    What is ∂y/∂y, and is it there when the walk begins?
    """

    def look_back(self, order):
        for node in order:
            node.grad = 0.0
        for node in reversed(order):
            node.hand_on()


@exercise.wrong(caught_by=follows_the_chain, hint=1)
class AllStartAtOne(_Right):
    """You set *every* gradient to 1 before the walk. Of which node is it known to be 1?"""

    def look_back(self, order):
        for node in order:
            node.grad = 1.0
        for node in reversed(order):
            node.hand_on()


@exercise.wrong(caught_by=follows_the_chain, hint=1)
class StartsWithItsNumber(_Right):
    """The root starts with its own number. How far does it move if it is moved by 1 itself?"""

    def look_back(self, order):
        for node in order:
            node.grad = 0.0
        self.grad = self.data
        for node in reversed(order):
            node.hand_on()


@exercise.wrong(caught_by=follows_the_chain, hint=2)
class InputsFirst(_Right):
    """Only the root's own inputs got anything.

    The turn of the others came before anything had reached them, or it never came. In which
    direction does your walk go, and how far?
    """

    def look_back(self, order):
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in order:
            node.hand_on()


@exercise.wrong(caught_by=follows_the_chain, hint=2)
class SlopesOnly(_Right):
    """Each input got the local slope alone.

    The chain rule multiplies it by what came back to the node in between; `self` is the root.
    """

    def hand_on(self):
        for source, slope in zip(self.inputs, self.slopes, strict=True):
            source.grad += slope


@exercise.wrong(caught_by=follows_the_chain, hint=2)
class RootInEveryTurn(_Right):
    """Your walk goes through all nodes, and hands on to the inputs of `self` every time.

    Whose inputs and slopes are meant in each turn?
    """

    def look_back(self, order):
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for source, slope in zip(self.inputs, self.slopes, strict=True):
                source.grad += slope * node.grad


@exercise.wrong(caught_by=follows_the_chain, hint=2)
class WithoutSlopes(_Right):
    """Each input got the node's whole gradient: the slope towards it is missing."""

    def hand_on(self):
        for source in self.inputs:
            source.grad += self.grad


@exercise.wrong(caught_by=follows_the_chain, hint=2)
class NumbersForSlopes(_Right):
    """You multiply by the input's number. What is wanted is the slope towards that input.

    It is what the node remembers.
    """

    def hand_on(self):
        for source in self.inputs:
            source.grad += source.data * self.grad


@exercise.wrong(caught_by=follows_the_chain, hint=2)
class NothingHandedOn(_Right):
    """Only the root has a gradient; nothing has left it.

    Is the root part of your walk, and whose `.grad` does your inner line change?
    """

    def hand_on(self):
        for source, slope in zip(self.inputs, self.slopes, strict=True):
            self.grad += slope * source.grad


@exercise.wrong(caught_by=adds_up, hint=3)
class OncePerInput(_Right):
    """In `a + a` the node `a` is an input twice, and yours was given one share only."""

    def hand_on(self):
        for source, slope in dict(zip(self.inputs, self.slopes, strict=True)).items():
            source.grad += slope * self.grad


@exercise.wrong(caught_by=adds_up, hint=1, recognise=_handed_on(too_much=False))
class HandsOnTooEarly(_Right):
    """A node handed its gradient on before all that use it had handed theirs to it.

    Every node once is right; the order is not. Level by level, or as they are met, is too early
    for a node to which a short path and a long one lead.
    """

    def look_back(self, order):
        super().look_back(_as_met(self, -1)[::-1])


@exercise.wrong(caught_by=adds_up, hint=1, recognise=_handed_on(too_much=True))
class HandsOnAgain(_Right):
    """A node that is reached twice hands on twice, and the second time all it has got so far.

    How long should it wait?
    """

    def look_back(self, order):
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        waiting = [self]
        for _ in range(3_000):
            if not waiting:
                break
            node = waiting.pop()
            node.hand_on()
            waiting.extend(reversed(node.inputs))


def _only_too_deep(calls):
    """All is right but the chain; what calls itself once per way may run out of time, too."""
    on_a_chain = raises("RecursionError", where=lambda call: len(call.args) == 4)
    walks = [*_walks(calls), *_walks(calls, 2)]
    return on_a_chain(calls) and bool(walks) and all(walk.is_right() for walk in walks)


@exercise.wrong(caught_by=works_on_long_chains, hint=4, recognise=_only_too_deep)
class Recursive(_Right):
    """Your way back calls itself on its way down.

    Python allows about a thousand calls inside each other.
    """

    def backward(self):
        order = []

        def visit(node):
            if node not in order:
                for source in node.inputs:
                    visit(source)
                order.append(node)

        visit(self)
        self.look_back(order)


@exercise.wrong(caught_by=knows_every_slope, hint=2)
class DivisionWithoutMinus(_Right):
    """The slope of a/b towards b has the wrong sign: a larger divisor makes the result smaller.

    It was written down by the division, in the class of the first step.
    """

    def __truediv__(self, other):
        made = super().__truediv__(other)
        made.slopes = (made.slopes[0], -made.slopes[1])
        return made


@exercise.wrong(caught_by=knows_every_slope, hint=2)
class DifferenceLikeSum(_Right):
    """The slope of a − b towards b is wrong: it was taken over from the sum.

    It was written down by the minus, in the class of the first step.
    """

    def __sub__(self, other):
        made = super().__sub__(other)
        made.slopes = (1.0, 1.0)
        return made


@exercise.wrong(caught_by=knows_every_slope, hint=2)
class PowerNotLowered(_Right):
    """The slope of a power still has the old exponent: n·aⁿ.

    It was written down by `**`, in the class of the first step.
    """

    def __pow__(self, exponent):
        made = super().__pow__(exponent)
        made.slopes = (exponent * made.data,)
        return made


@exercise.wrong(caught_by=knows_every_slope, hint=2)
class PowerWithoutFactor(_Right):
    """The slope of a power lacks the exponent in front.

    It was written down by `**`, in the class of the first step.
    """

    def __pow__(self, exponent):
        made = super().__pow__(exponent)
        made.slopes = (self.data ** (exponent - 1),)
        return made


@exercise.wrong(caught_by=follows_the_chain, hint=2)
class ProductKeepsItsOwn(_Right):
    """Each factor of a product got its own number as slope.

    If a is moved and b held still, what does a·b grow with? It was written down by `*`, in the
    class of the first step.
    """

    def __mul__(self, other):
        made = super().__mul__(other)
        made.slopes = made.slopes[::-1]
        return made


@exercise.alternative
class WithClosures(Closures):
    """Every result carries a function that passes its gradient back."""

    def backward(self):
        order, met, stack = [], {self}, [(self, iter(self.inputs))]
        while stack:
            node, rest = stack[-1]
            source = next((one for one in rest if one not in met), None)
            if source is None:
                order.append(stack.pop()[0])
            else:
                met.add(source)
                stack.append((source, iter(source.inputs)))
        for node in order:
            node.grad = 0
        self.grad = 1
        for node in order[::-1]:
            node.pass_back()


@exercise.alternative
class ByCounting(Number):
    """A node hands on when the last of its users has handed to it; no order is made."""

    def backward(self):
        users: dict[Any, int] = {}
        waiting, met = [self], {self}
        while waiting:
            node = waiting.pop()
            node.grad = 0.0
            for source in node.inputs:
                users[source] = users.get(source, 0) + 1
                if source not in met:
                    met.add(source)
                    waiting.append(source)
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            for source, slope in zip(node.inputs, node.slopes, strict=True):
                source.grad += slope * node.grad
                users[source] -= 1
                if users[source] == 0:
                    ready.append(source)


@exercise.alternative
class InADictionary(Number):
    """Gradients are summed in a dictionary and written to the nodes at the end."""

    def backward(self):
        order = in_order(self)
        total = dict.fromkeys(order, 0.0)
        total[self] = 1.0
        while order:
            node = order.pop()
            node.grad = total[node]
            for slope, source in zip(node.slopes, node.inputs, strict=True):
                total[source] = total[source] + node.grad * slope


@exercise.picture
def own_gradients(answer: Answer):
    """The learner's own gradients of u·u + u with u = a·a."""
    from annkit.lessons.autodiff.cases import named, place_nodes
    from annkit.lessons.autodiff.pictures import still_graph

    a = Node(3.0, name="a")
    u = named(a * a, "u")
    v = named(u * u, "v")
    places = {"a": (0.0, 0.0), "u": (1.4, 0.0), "v": (2.8, 0.9), "y": (4.2, 0.0)}
    case = place_nodes(named(v + u, "y"), places)
    grads = answer.probe(gradients, {"a": 3.0}, "u = a * a; v = u * u; y = v + u", ["y"])
    caption = "Below the boxes the gradients that your class found for u·u + u, u = a·a, at a = 3."
    return still_graph(case, caption, grads)
