"""A number that remembers what it was made from: the class with its operators."""

import numbers as kinds_of_number
import operator
import re
from typing import Any

import numpy as np

from annkit.exercises import Answer, Exercise, Opaque, expect_close, expect_that, probe
from annkit.lessons.autodiff.closures import Closures
from annkit.lessons.autodiff.number import Number

exercise = Exercise(
    id="value_ops",
    title="Numbers that remember",
    points=3,
    size="about 25 lines; the first operator is the work, the others follow its pattern",
    leads_to="`backward` will travel along the inputs that these operations remember.",
    object_name="Value",
    task="""Write the class `Value`: a number that remembers the nodes it was made from. Give it
`+ - * /`, the unary minus, and `**` with a number on the right; a plain number may stand on
**either side** of `+ - * /`. Every operator makes a *new* node with `type(self)(…)` and leaves its
operands alone.

*Example:* after `a = Value(2.0)` and `y = 5 - a * a` you have `y.data == 1.0` and `y.grad == 0.0`;
`y.inputs` is a tuple of nodes, one of them made from `a`, while `a.inputs` is `()`.

Write `__init__` and `__add__`, run the check, and go on where it stops: it meets the operators one
after the other.

Nothing here needs a gradient yet. But the way back (two exercises on) will want to know the slope
of every operation, and the best moment to write a slope down is when the operation is done.""",
    hints=(
        """
        When Python meets `a + 3` it calls `a.__add__(3)`; when it meets `3 + a` it calls
        `a.__radd__(3)`. So which of them has to cope with a plain number as `other`?
        """,
        """
        Two small ideas carry everything. One: turn a plain number into a leaf before you use it.
        Ask for what is *not* a node, as in `isinstance(other, (int, float))`. Two: the way back
        needs, for each input, one number: how fast the result grows with that input. For a sum
        these are 1 and 1. What are they for a product, where one factor is held still?
        """,
        """
        The same pattern for another operation, the larger of two numbers:

        ```python
        def larger(self, other):
            if isinstance(other, (int, float)):
                other = type(self)(other)
            slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
            return type(self)(max(self.data, other.data), (self, other), slopes)
        ```
        """,
        """
        Skeleton:

        ```python
        def __init__(self, data, inputs=(), slopes=()):
            self.data = ...
            self.grad = ...
            self.inputs = ...
            self.slopes = ...

        def __add__(self, other):
            other = ...            # a node, whatever it was
            return type(self)(..., (self, other), (..., ...))

        def __rsub__(self, other):  # other - self: mind the order
            return type(self)(...) - ...
        ```
        """,
    ),
)


@exercise.reference
class Value:
    """A number that remembers the nodes it was made from.

    Attributes:
        data: the number.
        grad: the gradient, 0.0 at first.
        inputs: tuple of the nodes this one was made from; () for a leaf.
        slopes: for each input, how fast this node grows with it. A suggestion: how a node
            remembers what it has to pass back is up to you. Slopes under this name are checked.
    """

    def __init__(self, data, inputs=(), slopes=()):
        """Make a node.

        Args:
            data: the number.
            inputs: nodes it was made from.
            slopes: one number per input: ∂(this node)/∂(that input).
        """
        self.data = data
        self.grad = 0.0
        self.inputs = tuple(inputs)
        self.slopes = tuple(slopes)

    def __add__(self, other):
        """This node plus `other`, a node or a plain number."""
        other = self._as_node(other)
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def _as_node(self, other):
        # Not isinstance(other, Value): that name will mean a later class one day.
        return type(self)(other) if isinstance(other, int | float) else other

    def __sub__(self, other):
        """This node minus `other`, a node or a plain number."""
        other = self._as_node(other)
        return type(self)(self.data - other.data, (self, other), (1.0, -1.0))

    def __mul__(self, other):
        """This node times `other`, a node or a plain number."""
        other = self._as_node(other)
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def __truediv__(self, other):
        """This node divided by `other`, a node or a plain number."""
        other = self._as_node(other)
        slopes = (1 / other.data, -self.data / other.data**2)
        return type(self)(self.data / other.data, (self, other), slopes)

    def __neg__(self):
        """The opposite of this node."""
        return self * -1

    def __pow__(self, exponent):
        """This node to the power of `exponent`, a plain number."""
        slope = exponent * self.data ** (exponent - 1)
        return type(self)(self.data**exponent, (self,), (slope,))

    def __radd__(self, other):
        """A plain number `other` plus this node."""
        return self + other

    def __rsub__(self, other):
        """A plain number `other` minus this node."""
        return type(self)(other) - self

    def __rmul__(self, other):
        """A plain number `other` times this node."""
        return self * other

    def __rtruediv__(self, other):
        """A plain number `other` divided by this node."""
        return type(self)(other) / self


def as_python(numbers, program, looked_at="data"):
    """The lines one would type: leaves, operations, what is looked at of all nodes."""
    steps = program.split("; ") if program else []
    names = [*numbers, *(step.split(" = ")[0] for step in steps)]
    lines = [f"{name} = Value({number})" for name, number in numbers.items()] + steps
    return "\n".join([*lines, f"[node.{looked_at} for node in ({', '.join(names)},)]"])


def child_as_python(number):
    return (
        "class Child(Value):\n    pass\n"
        f"a, b = Child({number}), Child(2.0)\n"
        "[type(y) for y in (a + b, a - b, a * b, a / b, -a, a**2, a + 2, 2 / a)]"
    )


@probe(shown=lambda number: f"a = Value({number})\n[a.data, a.grad, a.inputs]")
def a_leaf(Value, number):
    """Make one leaf: what it holds, and how many inputs it has."""
    leaf = Value(number)
    inputs = leaf.inputs
    count = len(inputs) if type(inputs) is tuple else f"a {type(inputs).__name__}"
    return [leaf.data, leaf.grad, count]


@probe(shown=as_python)
def computed(Value, numbers, program):
    """Make a leaf of every number, run the program, and read what every node holds then.

    Returns:
        [numbers of all nodes, gradients], or the types of what was made if that isn't nodes.
    """
    nodes = {name: Value(number) for name, number in numbers.items()}
    exec(program, {}, nodes)
    if not all(hasattr(node, "data") for node in nodes.values()):
        return [type(node).__name__ for node in nodes.values()]
    return [[node.data for node in nodes.values()], [node.grad for node in nodes.values()]]


@probe(shown=lambda numbers, program: as_python(numbers, program, "inputs"))
def ancestry(Value, numbers, program):
    """Run the program and go back from every result through `.inputs`.

    Returns:
        [types of `.inputs`, whether they hold anything, places of the given leaves found below each
        result, types of whatever is found that is no node].
    """
    named = {name: Value(number) for name, number in numbers.items()}
    exec(program, {}, named)
    nodes = list(named.values())
    place = {id(node): number for number, node in enumerate(nodes[: len(numbers)])}
    kinds: list[str] = []
    filled: list[bool] = []
    below: list[list[int]] = []
    strangers: list[str] = []
    for result in nodes[len(numbers) :]:
        kinds.append(type(result.inputs).__name__)
        if kinds[-1] not in ("tuple", "list", "set"):
            break
        filled.append(bool(result.inputs))
        found: set[int] = set()
        met: set[int] = set()
        waiting = [result]
        while waiting and len(met) < 1000:
            node = waiting.pop()
            if id(node) in met:
                continue
            met.add(id(node))
            if id(node) in place:
                found.add(place[id(node)])
                continue
            if type(node) is not Value:
                strangers.append(type(node).__name__)
                continue
            if type(node.inputs) is not tuple:
                strangers.append("node whose own .inputs is no tuple")
                continue
            waiting.extend(node.inputs)
        below.append(sorted(found))
    return [kinds, filled, below, strangers]


@probe(shown=child_as_python)
def of_a_subclass(Value, number):
    """Compute with a subclass: is every result of that subclass, and what does it hold?"""

    class Child(Value):  # type: ignore[misc, valid-type]
        pass

    a, b = Child(number), Child(2.0)
    results = {
        "a + b": a + b,
        "a - b": a - b,
        "a * b": a * b,
        "a / b": a / b,
        "-a": -a,
        "a ** 2": a**2,
        "a + 2": a + 2,
        "a - 2": a - 2,
        "a * 2": a * 2,
        "a / 2": a / 2,
        "2 + a": 2 + a,
        "2 - a": 2 - a,
        "2 * a": 2 * a,
        "2 / a": 2 / a,
    }
    made = list(results.values())
    own = [type(one) is Child and one is not a and one is not b for one in made]
    return [own, [one.data for one in made]]


@probe(shown=lambda numbers, program: as_python(numbers, program, "slopes"))
def slopes_to_the_leaves(Value, numbers, program):
    """Run the program; if nodes carry `.slopes`, multiply and add them up towards the leaves.

    Returns:
        For each leaf the slope of the last result, or None if the nodes remember in another way.
    """
    named = {name: Value(number) for name, number in numbers.items()}
    exec(program, {}, named)
    nodes = list(named.values())
    place = {id(node): number for number, node in enumerate(nodes[: len(numbers)])}
    total = [0.0] * len(numbers)
    waiting = [(nodes[-1], 1.0)]
    for _ in range(1000):
        if not waiting:
            break
        node, share = waiting.pop()
        if id(node) in place:
            total[place[id(node)]] += share
        slopes = getattr(node, "slopes", None)
        if not isinstance(slopes, list | tuple) or len(slopes) != len(node.inputs):
            return None
        waiting.extend((one, share * slope) for one, slope in zip(node.inputs, slopes))  # noqa: B905
    return [float(slope) for slope in total]


SIGNS: dict[str, Any] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
    "neg": operator.neg,
}


def in_letters(numbers, steps):
    """Names for the leaves, and the steps as a program, like ({"a": 3.0}, "u = a + a")."""
    names = list("abcdefgh"[: len(numbers)])
    lines = []
    for place, (sign, *operands) in enumerate(steps):
        parts = [names[x] if type(x) is int else repr(x) for x in operands]
        names.append("uvwxyz"[place] if len(steps) <= 6 else f"n{place + 1}")
        lines.append(
            f"{names[-1]} = " + (f"-{parts[0]}" if sign == "neg" else f" {sign} ".join(parts))
        )
    return dict(zip(names, numbers, strict=False)), "; ".join(lines)


def by_plain_numbers(numbers, steps):
    """What the steps give with plain numbers."""
    values = list(numbers)
    for sign, *operands in steps:
        values.append(SIGNS[sign](*(values[x] if type(x) is int else x for x in operands)))
    return values


def leaves_below(numbers, steps):
    """For every step the places of the leaves its result is made from."""
    below = [{place} for place in range(len(numbers))]
    for _, *operands in steps:
        below.append(set().union(*(below[x] for x in operands if type(x) is int)))
    return [sorted(found) for found in below[len(numbers) :]]


def random_steps(rng, n_leaves, n_steps, with_numbers):
    """A random computation whose results stay within reach: divisors and bases are leaves ≥ 1."""
    steps: list[list[Any]] = []
    for number in range(n_steps):
        sign = ["+", "-", "*", "/", "neg", "**"][number % 6]
        any_node = int(rng.integers(n_leaves + number))
        leaf = int(rng.integers(n_leaves))
        plain = round(float(rng.uniform(1, 3)), 2)
        if sign == "neg":
            steps.append([sign, any_node])
        elif sign == "**":
            steps.append([sign, leaf, float(rng.choice([3.0, 2.0, -1.0, 0.5]))])
        elif not with_numbers:
            steps.append([sign, any_node, leaf])
        else:
            steps.append([sign, plain, leaf])
            steps.append([sign, any_node, plain])
    return steps


def leaves(rng, n):
    """Numbers from 1 to 3, none of them equal, with two decimals."""
    return [round(float(x), 2) for x in rng.permutation(np.linspace(1, 3, 3 * n))[:n]]


def expect_computed(answer, numbers, steps):
    """Every result has the right number, the operands keep theirs, no gradient has moved."""
    named, program = in_letters(numbers, steps)
    result = answer.probe(computed, named, program)
    told = [*named, *program.split("; ")]
    for what, kind in zip(told, result, strict=False):
        came = {"NoneType": "gives nothing", "int": "gives a number", "float": "gives a number"}
        instead = came.get(kind, "") if isinstance(kind, str) else ""
        expect_that(not instead, f"`{what}` should make a node; it {instead}.")
    data, grads = result
    values = by_plain_numbers(numbers, steps)
    n = len(numbers)
    expect_that(
        all(isinstance(one, kinds_of_number.Real) for one in data),
        "The `.data` of a result is no number: it holds a node.",
    )
    expect_close(data[:n], values[:n], what="the operands afterwards", why="they stay as they were")
    expect_close(data[n:], values[n:], what="`.data` of the results")
    expect_close(grads, [0.0] * len(grads), what="`.grad` of all nodes")


def describe_inputs(count):
    """What `.inputs` is: "a list", or a tuple that is not empty."""
    return count if isinstance(count, str) else "a tuple with something in it"


@exercise.check("a leaf holds its number, a gradient of 0 and no inputs")
def makes_leaves(answer: Answer, rng: np.random.Generator) -> None:
    number = round(float(rng.normal()), 3)
    data, grad, count = answer.probe(a_leaf, number)
    expect_close(data, number, what="`.data` of a new node")
    expect_that(grad is not None, "`.grad` of a new node is None; it should be 0.0.")
    expect_close(grad, 0.0, what="`.grad` of a new node")
    expect_that(
        count == 0,
        f"`.inputs` of a new node should be the empty tuple, (); it is {describe_inputs(count)}.",
    )


@exercise.check("computes with two nodes", points=0.5)
def computes_with_nodes(answer: Answer, rng: np.random.Generator) -> None:
    for step in (["+", 0, 1], ["-", 0, 1], ["*", 0, 1], ["/", 0, 1], ["neg", 0], ["**", 0, 3.0]):
        expect_computed(answer, [6.0, 4.0], [step])
    for _ in range(2):
        numbers = leaves(rng, 4)
        expect_computed(answer, numbers, random_steps(rng, 4, 12, with_numbers=False))


@exercise.check("takes plain numbers on either side", points=1)
def takes_numbers(answer: Answer, rng: np.random.Generator) -> None:
    for sign in "+*-/":
        expect_computed(answer, [4.0], [[sign, 0, 2.5]])
        expect_computed(answer, [4.0], [[sign, 2.5, 0]])
    numbers = leaves(rng, 3)
    expect_computed(answer, numbers, random_steps(rng, 3, 8, with_numbers=True))


@exercise.check("remembers what every result was made from", points=0.5)
def remembers(answer: Answer, rng: np.random.Generator) -> None:
    one_by_one: list[list[Any]] = [["neg", 0], ["**", 0, 2.0]]
    one_by_one += [[sign, 0, 1] for sign in "+-*/"]
    for step in one_by_one + [[sign, 2.5, 0] for sign in "+-*/"]:
        expect_remembered(answer, [6.0, 4.0], [step])
    numbers = leaves(rng, 5)
    steps = [
        *([sign, place, place + 1] for place, sign in enumerate("+-*/")),
        ["**", 2, 2.0],
        ["neg", 3],
        *([sign, 1.5, place] for place, sign in enumerate("+-*/")),
        ["*", 0, 0],
        ["+", 5, 8],
    ]
    expect_remembered(answer, numbers, steps)


def expect_remembered(answer, numbers, steps):
    """Every result has nodes in a tuple, and they lead back to its leaves."""
    named, program = in_letters(numbers, steps)
    kinds, filled, below, strangers = answer.probe(ancestry, named, program)
    lines = program.split("; ")
    for line, kind in zip(lines, kinds, strict=False):
        more = "" if kind in ("list", "set") else ": `(a)` is `a` itself, the comma makes the tuple"
        expect_that(kind == "tuple", f"After `{line}`, `.inputs` is no tuple but a `{kind}`{more}.")
    lost = [line for line, has_any in zip(lines, filled, strict=True) if not has_any]
    expect_that(not lost, f"After `{lost[0] if lost else ''}`, `.inputs` is empty.")
    stranger = strangers[0] if strangers else ""
    is_number = stranger in ("int", "float")
    expect_that(
        not strangers,
        f"`.inputs` should hold nodes of your class only; there is a `{stranger}` in it.",
        why="a number doesn't know where it came from; a node does" if is_number else "",
    )
    for line, found, right in zip(lines, below, leaves_below(numbers, steps), strict=True):
        names = [[list(named)[place] for place in places] for places in (right, found)]
        expect_that(
            found == right,
            f"From the result of `{line}`, `.inputs` doesn't lead back to every node it came from.",
            expected=names[0],
            got=names[1],
            why="the leaves that were found",
        )


@exercise.check("results of a subclass belong to the subclass", points=0.5)
def respects_subclasses(answer: Answer, rng: np.random.Generator) -> None:
    number = round(float(rng.uniform(1, 3)), 2)
    belongs, data = answer.probe(of_a_subclass, number)
    texts = (
        *("a + b", "a - b", "a * b", "a / b", "-a", "a ** 2", "a + 2", "a - 2", "a * 2", "a / 2"),
        *("2 + a", "2 - a", "2 * a", "2 / a"),
    )
    values = [eval(text, {"a": number, "b": 2.0}) for text in texts[:6]]
    what = f"with a = {number} and b = 2: `.data` of {', '.join(texts[:6])}"
    expect_close(data[:6], values, what=what)
    others = [text for text, is_child in zip(texts, belongs, strict=True) if is_child is not True]
    expect_that(
        not others,
        f"With `a` of a class that extends yours, {', '.join(f'`{text}`' for text in others)} "
        "is not of that class.",
        why="later steps add methods to a subclass, and its results need them too",
    )


@exercise.check("slopes, if your nodes carry them under this name, are right", points=0.5)
def has_right_slopes(answer: Answer, rng: np.random.Generator) -> None:
    for step in (
        ["+", 0, 1],
        ["-", 0, 1],
        ["*", 0, 1],
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
        for numbers in ([6.0, 4.0], leaves(rng, 2)):
            expect_right_slopes(answer, numbers, step)


def expect_right_slopes(answer, numbers, step):
    """The slopes of one operation's result, or right numbers where nodes carry no slopes."""
    expect_computed(answer, numbers, [step])
    slopes = answer.probe(slopes_to_the_leaves, *in_letters(numbers, [step]))
    if slopes is None:
        return
    right = []
    for leaf in range(2):
        moved: list[Any] = [n + 1e-30j * (place == leaf) for place, n in enumerate(numbers)]
        right.append(by_plain_numbers(moved, [step])[-1].imag / 1e-30)
    expect_close(slopes, right, what="the slopes of u towards a and b")


def _of_computing(calls):
    """(numbers of the leaves, numbers of all nodes afterwards) of every call that computed."""
    return [
        (list(call.args[0].values()), call.value[0])
        for call in calls
        if len(call.args) == 2
        and isinstance(call.value, list)
        and len(call.value) == 2
        and isinstance(call.value[0], list)
        and isinstance(call.value[1], list)
    ]


def _computes_right(calls):
    """Whether all numbers are right that were computed with nodes."""
    for call in calls:
        if len(call.args) == 2 and call.error is None and not _is_of_slopes(call):
            numbers, program = call.args
            named = dict(numbers)
            exec(program, {}, named)
            told = _of_computing([call])
            if told and not np.allclose(_plain(told[0][1]), list(named.values())):
                return False
    return bool(_of_computing(calls))


def _plain(data):
    """Numbers, nan for what is none."""
    return [one if isinstance(one, float | int) else np.nan for one in data]


def _slopes_of(sign, wrong):
    """Recognise wrong slopes of one operator, whatever those of later ones are.

    Args:
        sign: of the first operator whose slopes are wrong.
        wrong: the slopes towards a and b that the mistake gives, from the two numbers, or None.
    """

    def recognise(calls):
        told = [(*call.args, call.value) for call in calls if _is_of_slopes(call)]
        wrongs = (program for numbers, program, got in told if not _right(numbers, program, got))
        first = next(wrongs, "")
        agree = [
            np.allclose(got, wrong(*numbers.values()))
            for numbers, program, got in told
            if program == first
        ]
        is_of_nodes = f" {sign} " in first and "2.5" not in first
        return is_of_nodes and all(agree) and _computes_right(calls)

    return recognise


def _is_of_slopes(call):
    return (
        len(call.args) == 2
        and isinstance(call.value, list)
        and len(call.value) == 2
        and all(isinstance(one, float) for one in call.value)
    )


def _right(numbers, program, got):
    """Whether slopes of a program of one line are right."""
    right = []
    for moved in numbers:
        named: dict[str, Any] = {k: n + 1e-30j * (k == moved) for k, n in numbers.items()}
        exec(program, {}, named)
        right.append(complex(named["u"]).imag / 1e-30)
    return np.allclose(got, right)


@exercise.wrong(
    caught_by=has_right_slopes, hint=2, recognise=_slopes_of("/", lambda a, b: (1 / b, a / b**2))
)
class DivisionWithoutMinus(Number):
    """The slope of a/b towards b has the wrong sign: a larger divisor makes the result smaller."""

    def __truediv__(self, other):
        made = super().__truediv__(other)
        made.slopes = (made.slopes[0], -made.slopes[1])
        return made


@exercise.wrong(
    caught_by=has_right_slopes, hint=2, recognise=_slopes_of("/", lambda a, b: (1 / b, -1 / b**2))
)
class DivisionWithoutTop(Number):
    """The slope of a/b towards b lacks the number on top: −1/b² belongs to 1/b."""

    def __truediv__(self, other):
        made = super().__truediv__(other)
        made.slopes = (made.slopes[0], -(made.slopes[0] ** 2))
        return made


@exercise.wrong(caught_by=has_right_slopes, hint=2, recognise=_slopes_of("/", lambda a, b: (b, a)))
class DivisionLikeProduct(Number):
    """The slopes of a/b were taken over from the product."""

    def __truediv__(self, other):
        made = super().__truediv__(other)
        made.slopes = (1 / made.slopes[0], self.data)
        return made


@exercise.wrong(
    caught_by=has_right_slopes, hint=2, recognise=_slopes_of("-", lambda a, b: (1.0, 1.0))
)
class DifferenceLikeSum(Number):
    """The slope of a − b towards b was taken over from the sum: look at what a larger b does."""

    def __sub__(self, other):
        made = super().__sub__(other)
        made.slopes = (1.0, 1.0)
        return made


@exercise.wrong(
    caught_by=has_right_slopes, hint=2, recognise=_slopes_of("**", lambda a, b: (3 * a**3, 0.0))
)
class PowerNotLowered(Number):
    """The slope of a power still has the old exponent: n·aⁿ."""

    def __pow__(self, exponent):
        made = super().__pow__(exponent)
        made.slopes = (exponent * made.data,)
        return made


@exercise.wrong(
    caught_by=has_right_slopes, hint=2, recognise=_slopes_of("**", lambda a, b: (3 * a**3 - 1, 0.0))
)
class PowerWithoutBrackets(Number):
    """The slope of a power lacks its brackets: `n * a**n - 1` takes the 1 off at the very end.

    The exponent is n − 1.
    """

    def __pow__(self, exponent):
        made = super().__pow__(exponent)
        made.slopes = (exponent * made.data - 1,)
        return made


@exercise.wrong(
    caught_by=has_right_slopes, hint=2, recognise=_slopes_of("**", lambda a, b: (a**2, 0.0))
)
class PowerWithoutFactor(Number):
    """The slope of a power lacks the exponent in front."""

    def __pow__(self, exponent):
        made = super().__pow__(exponent)
        made.slopes = (self.data ** (exponent - 1),)
        return made


@exercise.wrong(caught_by=has_right_slopes, hint=2, recognise=_slopes_of("*", lambda a, b: (a, b)))
class ProductKeepsItsOwn(Number):
    """Each factor of a product got its own number as slope.

    If a is moved and b held still, what does a·b grow with?
    """

    def __mul__(self, other):
        made = super().__mul__(other)
        made.slopes = made.slopes[::-1]
        return made


class _MinusBothWays(Number):
    """Minus built from plus and the unary minus, and taken over for the other side as it is."""

    def __sub__(self, other):
        return self + -self._other(other)

    __rsub__ = __sub__


@exercise.wrong(caught_by=takes_numbers, hint=4, variants=(_MinusBothWays,))
class SwappedMinus(Number):
    """Your reflected minus subtracts in the wrong order: `5 - a` came out as `a - 5`."""

    def __rsub__(self, other):
        return self - other


@exercise.wrong(caught_by=takes_numbers, hint=4)
class SwappedDivision(Number):
    """Your reflected division has top and bottom swapped: `6 / a` came out as `a / 6`."""

    def __rtruediv__(self, other):
        return self / other


@exercise.wrong(caught_by=takes_numbers, hint=4)
class BothSwapped(Number):
    """Both `5 - a` and `6 / a` came out the wrong way round.

    For `+` and `*` the order does not matter; for these two it does.
    """

    def __rsub__(self, other):
        return self - other

    def __rtruediv__(self, other):
        return self / other


@exercise.wrong(caught_by=takes_numbers, hint=2)
class NodesOnly(Number):
    """Your operators read `other.data`, but a plain number has no `.data`."""

    def _other(self, other):
        return (other, other.data)[0]


def _has_no_reflected_method(calls):
    errors = [call.error for call in calls if call.error and not call.error.line]
    return any(re.search(r"operand.* for [-+*/]: '(float|int)' and", e.message) for e in errors)


@exercise.wrong(caught_by=takes_numbers, hint=1, recognise=_has_no_reflected_method)
class NumberOnTheRightOnly(Number):
    """A number to the left of a node finds no method.

    Python asks the node for `__radd__` and its relatives.
    """

    def __radd__(self, other):
        return NotImplemented

    __rsub__ = __rmul__ = __rtruediv__ = __radd__


@exercise.wrong(caught_by=remembers, hint=4)
class ForgetsInputs(Number):
    """Your results have no inputs: the numbers are right, the past is lost."""

    def __init__(self, data, *_):
        super().__init__(data)


def _holds_numbers(calls):
    told = [call.value for call in calls if len(call.args) == 2 and isinstance(call.value, list)]
    strangers = [told_of[3] for told_of in told if len(told_of) == 4]
    return any(strangers) and all(name in ("float", "int") for some in strangers for name in some)


@exercise.wrong(caught_by=remembers, hint=3, recognise=_holds_numbers)
class RemembersNumbers(Number):
    """Your results remember the operands' numbers; remember the nodes themselves."""

    def __init__(self, data, inputs=(), slopes=(), op=""):
        super().__init__(data, [node.data for node in inputs], slopes)


@exercise.wrong(caught_by=remembers, hint=4)
class InputsInAList(Number):
    """`.inputs` of your results is not a tuple."""

    def __init__(self, data, inputs=(), slopes=(), op=""):
        super().__init__(data, inputs, slopes)
        if inputs:
            self.inputs = list(inputs)  # type: ignore[assignment]


def _inputs_of_a_leaf(kinds):
    """Recognise by what `.inputs` of a new leaf is: one of these kinds, and no tuple."""

    def recognise(calls):
        leaves = [call.value for call in calls if call.probe == "a_leaf" and call.value is not None]
        return bool(leaves) and all(inputs in kinds for _, _, inputs in leaves)

    return recognise


@exercise.wrong(
    caught_by=makes_leaves, hint=4, recognise=_inputs_of_a_leaf(("a set", "a list", "a dict"))
)
class NeverATuple(Number):
    """You keep `.inputs` in something else than a tuple.

    A set forgets the order, and that `a * a` has one node twice; a list can still be changed.
    """

    def __init__(self, data, inputs=(), slopes=(), op=""):
        super().__init__(data, inputs, slopes)
        self.inputs = set(inputs)  # type: ignore[assignment]


@exercise.wrong(caught_by=remembers, hint=3)
class CopiesOfInputs(Number):
    """Your results remember copies of their operands.

    A copy will collect gradients that the node you began with never sees.
    """

    def __init__(self, data, inputs=(), slopes=(), op=""):
        super().__init__(data, [type(self)(node.data, node.inputs) for node in inputs], slopes)


def _changes_operands(calls):
    leaves = [call for call in calls if len(call.args) == 1 and len(call.value or []) == 3]
    if any(call.value[0] != call.args[0] for call in leaves):
        return False
    numbers_only = [
        (given, data)
        for given, data in _of_computing(calls)
        if all(isinstance(one, float | int) for one in data)
    ]
    return any(data[: len(given)] != given for given, data in numbers_only)


@exercise.wrong(caught_by=computes_with_nodes, hint=3, recognise=_changes_operands)
class ChangesItself(Number):
    """An operator of yours changes the node it works on, instead of making a new one."""

    def __add__(self, other):
        self.data += self._other(other).data
        return self


def _holds_nodes(calls):
    return any(isinstance(one, Opaque) for _, data in _of_computing(calls) for one in data)


@exercise.wrong(caught_by=computes_with_nodes, hint=2, recognise=_holds_nodes)
class AlwaysWraps(Number):
    """You make a node of the other operand even if it is one already. What must be asked first?"""

    def __add__(self, other):
        other = type(self)(other)
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __radd__(self, other):
        return type(self)(other + self.data, (self,), (1.0,))


def _gives_numbers(calls):
    told = [call.value for call in calls if len(call.args) == 2 and isinstance(call.value, list)]
    return any(isinstance(one, str) and one in ("int", "float") for kinds in told for one in kinds)


@exercise.wrong(caught_by=computes_with_nodes, hint=3, recognise=_gives_numbers)
class ReturnsNumbers(Number):
    """You return the number itself, which knows nothing of where it came from."""

    def __add__(self, other):
        return self.data + self._other(other).data


@exercise.wrong(caught_by=computes_with_nodes, hint=4)
class PowerMultiplies(Number):
    """`a ** 3` came out as `a * 3`."""

    def __pow__(self, exponent):
        return self * exponent


def _right_but_of_another_class(calls):
    for call in calls:
        if len(call.args) != 1 or not isinstance(call.value, list) or len(call.value) != 2:
            continue  # not the probe `of_a_subclass`
        (a,), (belongs, data) = call.args, call.value
        right = [a + 2, a - 2, a * 2, a / 2, -a, a**2]
        if _changes_operands(calls):
            return False  # a node that has changed itself is given back as it is: no new one
        return not all(belongs) and np.allclose(data[:6], right) and _computes_right(calls)
    return False


@exercise.wrong(caught_by=respects_subclasses, hint=3, recognise=_right_but_of_another_class)
class NamesItsClass(Number):
    """Your operators name their class.

    A class that extends yours then loses its new methods after the first `+`.
    """

    def __add__(self, other):
        other = self._other(other)
        return NamesItsClass(self.data + other.data, (self, other), (1.0, 1.0))

    __radd__ = __add__


@exercise.alternative
class WithClosures(Closures):
    """Every result carries a function that passes its gradient back; a set finds plain numbers."""


@exercise.alternative
class OneTable:
    """All operators from one table: sign → (value, slopes); constants are not remembered."""

    TABLE = {
        "+": (lambda x, y: x + y, lambda x, y: (1, 1)),
        "-": (lambda x, y: x - y, lambda x, y: (1, -1)),
        "*": (lambda x, y: x * y, lambda x, y: (y, x)),
        "/": (lambda x, y: x / y, lambda x, y: (1 / y, -x / y / y)),
    }

    def __init__(self, data):
        self.data, self.grad = float(data), 0.0
        self.inputs: tuple[Any, ...] = ()
        self.local: tuple[float, ...] = ()

    def _do(self, sign, left, right):
        value, slopes = self.TABLE[sign]
        x, y = (getattr(side, "data", side) for side in (left, right))
        made = type(self)(value(x, y))
        sides = list(zip((left, right), slopes(x, y), strict=True))
        made.inputs = tuple(side for side, _ in sides if hasattr(side, "inputs"))
        made.local = tuple(slope for side, slope in sides if hasattr(side, "inputs"))
        return made

    def __add__(self, other):
        return self._do("+", self, other)

    def __radd__(self, other):
        return self._do("+", other, self)

    def __sub__(self, other):
        return self._do("-", self, other)

    def __rsub__(self, other):
        return self._do("-", other, self)

    def __mul__(self, other):
        return self._do("*", self, other)

    def __rmul__(self, other):
        return self._do("*", other, self)

    def __truediv__(self, other):
        return self._do("/", self, other)

    def __rtruediv__(self, other):
        return self._do("/", other, self)

    def __neg__(self):
        return 0 - self

    def __pow__(self, n):
        made = type(self)(self.data**n)
        made.inputs, made.local = (self,), (n * self.data ** (n - 1),)
        return made
