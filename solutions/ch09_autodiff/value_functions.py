"""Functions for the engine: each brings its value and its slope, nothing else changes."""

# The class extends one of the same name, as it does in the notebook.
# mypy: disable-error-code="no-redef, misc"

import cmath
import math
from typing import Any

import numpy as np

from annkit.exercises import (
    LAST_DIGITS,
    Answer,
    Exercise,
    expect_close,
    expect_equal,
    expect_that,
    probe,
)
from annkit.lessons.autodiff.number import Node, Number, in_order

exercise = Exercise(
    id="value_functions",
    title="Bends",
    points=2,
    size="2 or 3 lines per method",
    leads_to="`value_neuron` puts them to work.",
    object_name="Value",
    derived=True,
    task="""Extend your class by the methods `.tanh()`, `.exp()`, `.log()` (the natural one),
`.relu()` and `.sigmoid()`. Each takes no argument and returns a new node with `type(self)(…)`;
`.backward()` goes through it like through any operator. The slope of `relu` at 0 is 0, and
`sigmoid` survives numbers as far out as ±1000. No number here is an array: `math` is enough. Each
slope is a formula, derived and not measured.

*Example:* after `a = Value(2.0)`, `y = a.log() * 3` and `y.backward()` you have
`y.data == 2.0794…` and `a.grad == 1.5`.""",
    hints=(
        """
        What does an operation owe to the way back? Look at your `__pow__`, which also has one input
        only: it is the pattern for all five.
        """,
        """
        Two numbers each: the value, and the slope *at this value of the input*. Several of these
        slopes are easiest said with the result itself: which function is its own derivative? For
        tanh and the sigmoid you derived such a form in chapter 3.
        """,
        """
        The same for a sixth function, the square root:

        ```python
        def sqrt(self):
            root = math.sqrt(self.data)
            return type(self)(root, (self,), (0.5 / root,))
        ```

        If your nodes remember a function instead of slopes, it hands `0.5 / root * result.grad` to
        `self.grad`.
        """,
        """
        Skeleton:

        ```python
        def tanh(self):
            t = math.tanh(self.data)
            return type(self)(t, (self,), (...,))
        ```

        For the sigmoid: `math.exp(1000)` raises OverflowError, `math.exp(-1000)` is 0.0. Choose the
        form by the sign, or find the sigmoid inside a tanh.
        """,
    ),
)


class _Below(Number):
    """Stands for the class of the exercises before."""

    backward = Node.backward


Value: Any = _Below


@exercise.reference
class Value(Value):
    """A number that remembers what it was made from, can look back, and can be bent."""

    def tanh(self):
        """The hyperbolic tangent of this node, as a new node."""
        t = math.tanh(self.data)
        return type(self)(t, (self,), (1 - t * t,))

    def exp(self):
        """The exponential of this node, as a new node."""
        e = math.exp(self.data)
        return type(self)(e, (self,), (e,))

    def log(self):
        """The natural logarithm of this node, as a new node; its number is positive."""
        return type(self)(math.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        """The larger of 0 and this node, as a new node; the slope at 0 is 0."""
        slope = 1.0 if self.data > 0 else 0.0
        return type(self)(slope * self.data, (self,), (slope,))

    def sigmoid(self):
        """1 / (1 + e^−z) of this node, as a new node; no overflow for z from −1000 to 1000."""
        s = 0.5 * (1 + math.tanh(self.data / 2))
        return type(self)(s, (self,), (s * (1 - s),))


@probe(
    shown=lambda: (
        "a, b = Value(6.0), Value(4.0)\ny = a * a - b / a + 2 * b**2\n"
        "y.backward()\n[y.data, a.grad, b.grad]"
    )
)
def a_small_computation(Value):
    """Try the operators and the way back that this step stands on.

    Returns:
        [name of a function of an earlier step that is still a stub, "no parent" for a class that
        extends nothing, "too early" for the class of an earlier step, or "", the result and the
        gradients of a small computation without functions].
    """

    def raised_in(error):
        trace = error.__traceback__
        while trace.tb_next is not None:
            trace = trace.tb_next
        return trace.tb_frame.f_code

    if Value.__init__ is object.__init__:
        return ["no parent", []]

    def is_stub(function):
        if function is None:
            return True
        try:
            function(object.__new__(Value))
        except NotImplementedError as error:
            return raised_in(error) is function.__code__
        except Exception:
            pass
        return False

    try:
        a, b = Value(6.0), Value(4.0)
        y = a * a - b / a + 2 * b**2
        if not hasattr(Value, "backward") or not hasattr(Value, "tanh"):
            return ["too early", []]
        y.backward()
    except NotImplementedError as error:
        own = [vars(Value).get(name) for name in ("tanh", "exp", "log", "relu", "sigmoid")]
        if all(is_stub(function) for function in own):
            raise
        return [raised_in(error).co_name, []]
    return ["", [y.data, a.grad, b.grad]]


@probe(shown=lambda: "a = Value(6.0)\ny = a * a\ny.backward()\ny.backward()\na.grad")
def looking_back_twice(Value):
    """The gradient after a second call of `backward`."""
    a = Value(6.0)
    y = a * a
    y.backward()
    y.backward()
    return a.grad


@probe(shown=lambda: "a = Value(3.0)\nu = a * a\ny = u * u + u\ny.backward()\na.grad")
def shared_half_way(Value):
    """The gradient of a computation in which a node half-way is used twice and once more."""
    a = Value(3.0)
    u = a * a
    (u * u + u).backward()
    return a.grad


def bent_as_python(name, number):
    return f"a = Value({number})\ny = a.{name}()\ny.backward()\n[y.data, a.grad]"


def row_as_python(numbers, names):
    x = [f"x{i}" for i in range(len(numbers))]
    lines = [f"{one} = Value({number})" for one, number in zip(x, numbers, strict=True)]
    lines.append(f"y = {x[0]}")
    lines += [f"y = (y * {one} + 0.5 * y).{name}()" for one, name in zip(x[1:], names, strict=True)]
    ends = [f"y = y * {x[0]}", "y.backward()", "y.backward()"]
    return "\n".join([*lines, *ends, f"[y.data, {', '.join(f'{one}.grad' for one in x)}]"])


@probe(shown=bent_as_python)
def bent(Value, name, number):
    """Apply one function to a leaf and look back.

    Returns:
        [its value, the leaf's number afterwards, the leaf's gradient, whether the result is of
        the same class, the number of its inputs or the type of `.inputs`, or "itself"].
    """
    a = Value(number)
    y = getattr(a, name)()
    if type(y) is not Value:
        kind = type(y).__name__
        is_older = hasattr(y, "data") and hasattr(y, "inputs")
        return [0.0, a.data, 0.0, False, f"a node of the class {kind}" if is_older else kind]
    if y is a or type(y.inputs) is not tuple:
        return [y.data, a.data, 0.0, True, "itself" if y is a else type(y.inputs).__name__]
    y.backward()
    return [y.data, a.data, a.grad, True, len(y.inputs)]


@probe(shown=row_as_python)
def bent_in_a_row(Value, numbers, names):
    """Bend, add and multiply by turns: y ← f(y·x + 0.5·y), for one x and f after the other."""
    leaves = [Value(number) for number in numbers]
    y = leaves[0]
    for x, name in zip(leaves[1:], names, strict=True):
        y = getattr(y * x + 0.5 * y, name)()
    y = y * leaves[0]
    y.backward()
    y.backward()
    return [y.data, *[leaf.grad for leaf in leaves]]


# Values and slopes by another road than the reference's: complex numbers.
FUNCTIONS = {
    "tanh": cmath.tanh,
    "exp": cmath.exp,
    "log": cmath.log,
    "sigmoid": lambda z: 1 / (1 + cmath.exp(-z)),
    "relu": lambda z: z if z.real > 0 else 0j,
}


def value_and_slope(name, number):
    """Value and derivative by a complex step."""
    moved = FUNCTIONS[name](complex(number, 1e-30))
    return moved.real, moved.imag / 1e-30


def in_a_row(numbers, names):
    """Result of the row and its derivative by every leaf, by complex steps."""
    gradients = []
    for moved in range(len(numbers)):
        x = [complex(n, 1e-30 if place == moved else 0) for place, n in enumerate(numbers)]
        y = x[0]
        for one, name in zip(x[1:], names, strict=True):
            y = FUNCTIONS[name](y * one + 0.5 * y)
        y = y * x[0]
        gradients.append(y.imag / 1e-30)
    return [y.real, *gradients]


@exercise.check("the class underneath computes and looks back (the exercises before)")
def stands_on_an_engine(answer: Answer, rng: np.random.Generator) -> None:
    stub, numbers = answer.probe(a_small_computation)
    expect_that(
        stub != "no parent",
        "Your class has no `__init__`, so it doesn't extend the one from before. The line should "
        "say `class Value(Value):`.",
    )
    expect_that(
        stub != "too early",
        "This `Value` has no `.tanh()` or no `.backward()`: the name means the class of an earlier "
        "step, as it does after that step's cell was run again. Run the cells of the later steps "
        "again, in order, and then this check.",
    )
    finish = "Finish the exercise it belongs to, run its cell and then this one, and check again."
    expect_that(
        stub == "", f"`{stub}`, from an earlier step, still raises NotImplementedError. {finish}"
    )
    expect_close(
        numbers,
        [36 - 4 / 6 + 32, 12 + 4 / 36, 16 - 1 / 6],
        what="before any function: y.data, a.grad, b.grad for y = a * a - b / a + 2 * b**2",
        why="a is 6, b is 4; these come from earlier steps: check('value_ops', Value) and "
        "check('backward', Value) look at them",
    )
    earlier = "the exercise “The way back”: check('backward', Value) looks at it"
    for one, right, what in (
        (looking_back_twice, 12.0, "a.grad after a second `y.backward()`"),
        (shared_half_way, 114.0, "a.grad where u is used three times"),
    ):
        expect_close(answer.probe(one), right, what=what, why=earlier)


def expect_node(answer, name, number):
    """A new node of the class, made from one, and the old one as it was; returns value, slope."""
    data, leaf, slope, is_node, inputs = answer.probe(bent, name, number)
    came = {"NoneType": "nothing (None)", "float": "a number", "int": "a number"}
    told = came.get(str(inputs), str(inputs))
    older = ": `type(self)(…)` makes one of the class that this one has" * ("node" in told)
    expect_that(is_node, f"`.{name}()` should return a node of your class, got {told}{older}.")
    expect_equal(leaf, number, what="the number of the node it was called on")
    expect_that(inputs != "itself", f"`.{name}()` gives back the node it was called on.")
    expect_that(
        isinstance(inputs, int),
        f"`.inputs` of the result of `.{name}()` is no tuple, but an object of type {inputs}. "
        "`(self)` is `self`; the comma of `(self,)` makes the tuple.",
    )
    expect_that(inputs != 0, f"The result of `.{name}()` has no inputs: the way back ends here.")
    return data, slope


def expect_slope(slope, name, number):
    """The right slope, to the last digits: a formula has them, a difference has not."""
    right = value_and_slope(name, number)[1]
    expect_close(slope, right, what=f"the slope of .{name}()")
    expect_that(
        abs(slope - right) <= LAST_DIGITS * abs(right),
        f"The slope of .{name}() is right to some digits and not to the last: {float(slope):.15g}, "
        f"where a formula gives {right:.15g}.",
    )


@exercise.check("every function has the right value", points=0.5)
def has_values(answer: Answer, rng: np.random.Generator) -> None:
    for name in FUNCTIONS:
        for number in (1.25, round(float(rng.uniform(0.2, 2)), 2)):
            data, _ = expect_node(answer, name, number)
            expect_close(data, value_and_slope(name, number)[0], what=f"the value of .{name}()")


@exercise.check("every function has the right slope", points=0.5)
def has_slopes(answer: Answer, rng: np.random.Generator) -> None:
    for name in FUNCTIONS:
        for number in (1.25, round(float(rng.uniform(0.2, 2)), 2)):
            _, slope = expect_node(answer, name, number)
            expect_slope(slope, name, number)
    for name in ("tanh", "exp", "relu", "sigmoid"):
        number = -round(float(rng.uniform(0.2, 2)), 2)
        result = expect_node(answer, name, number)
        expect_close(list(result), list(value_and_slope(name, number)), what=f".{name}(), slope")


@exercise.check("works in the middle of a longer computation", points=0.5)
def works_in_the_middle(answer: Answer, rng: np.random.Generator) -> None:
    for names in (["tanh", "exp", "log", "sigmoid"], ["relu", "sigmoid", "tanh", "exp"]):
        numbers = [round(float(x), 2) for x in rng.uniform(0.4, 1.2, size=5)]
        got = answer.probe(bent_in_a_row, numbers, names)
        expect_close(got, in_a_row(numbers, names), what="the result and the leaves' gradients")


@exercise.check("stays in range: relu at 0, tanh and sigmoid far out", points=0.5)
def stays_in_range(answer: Answer, rng: np.random.Generator) -> None:
    at_zero = expect_node(answer, "relu", 0.0)
    expect_close(list(at_zero), [0.0, 0.0], what="relu at 0 and its slope")
    # The middle is asked for as well: a step is 0 and 1 far out, too.
    far, near = round(float(rng.uniform(30, 999)), 1), round(float(rng.uniform(0.3, 3)), 2)
    for size in (1000.0, far, near):
        for number in (size, -size):
            for name, half in (("sigmoid", 0.5), ("tanh", 1.0)):
                t = np.tanh(half * number)
                right = [0.5 + 0.5 * t, (1 - t * t) / 4] if half < 1 else [t, 1 - t * t]
                where = f"{name} {'far out' if size > near else 'in between'} and its slope"
                expect_close(list(expect_node(answer, name, number)), right, what=where)
    number = near if rng.random() < 0.5 else -near
    rectified = [max(number, 0.0), float(number > 0)]
    expect_close(list(expect_node(answer, "relu", number)), rectified, what="relu and its slope")


class _Bent(Node):
    """The right functions, to go wrong from."""

    def sloped(self, data, slope):
        return type(self)(data, (self,), (slope,))


@exercise.wrong(caught_by=has_slopes, hint=2)
class ExpOfTheInput(_Bent):
    """The slope of your exponential is its *input*; which number is its own derivative?"""

    def exp(self):
        return self.sloped(math.exp(self.data), self.data)


@exercise.wrong(caught_by=has_slopes, hint=2)
class TanhOfTheInput(_Bent):
    """The slope of your tanh is 1 − z², with the number that went in.

    The formula 1 − t² wants what came out.
    """

    def tanh(self):
        return self.sloped(math.tanh(self.data), 1 - self.data**2)


@exercise.wrong(caught_by=has_slopes, hint=2)
class SigmoidOfTheInput(_Bent):
    """The slope of your sigmoid is z(1 − z), with the number that went in.

    The formula s(1 − s) wants what came out.
    """

    def sigmoid(self):
        return self.sloped(super().sigmoid().data, self.data * (1 - self.data))


@exercise.wrong(caught_by=has_slopes, hint=2)
class LogOfTheOutput(_Bent):
    """The slope of your logarithm is 1 over the *result*. It should look at what went in."""

    def log(self):
        y = math.log(self.data)
        return self.sloped(y, 1 / y if y else 0.0)


@exercise.wrong(caught_by=has_slopes, hint=2)
class ReluAlwaysOpen(_Bent):
    """Your ReLU hands gradients on where it is shut: below zero the slope is not 1."""

    def relu(self):
        return self.sloped(max(0.0, self.data), 1.0)


@exercise.wrong(caught_by=stays_in_range, hint=2)
class ReluOpenAtZero(_Bent):
    """Your ReLU has slope 1 at exactly 0; this course says 0 there."""

    def relu(self):
        return self.sloped(max(0.0, self.data), 1.0 if self.data >= 0 else 0.0)


@exercise.wrong(caught_by=has_values, hint=3)
class LeavesTheGraph(_Bent):
    """Your functions return a fresh leaf.

    The value is right, but the new node does not know its input.
    """

    def sloped(self, data, slope):
        return type(self)(data)

    def tanh(self):
        return self.sloped(math.tanh(self.data), 0)

    def exp(self):
        return self.sloped(math.exp(self.data), 0)

    def log(self):
        return self.sloped(math.log(self.data), 0)

    def relu(self):
        return self.sloped(max(0.0, self.data), 0)

    def sigmoid(self):
        return self.sloped(super().sigmoid().data, 0)


def _bends(calls):
    """(name, number, what the probe told) of the calls that bend one leaf without an error."""
    return [(*call.args, call.value) for call in calls if _is_bent(call) and call.value]


def _is_bent(call):
    return len(call.args) == 2 and isinstance(call.args[0], str)


def _gives_numbers(calls):
    return any(told[4] in ("float", "int") and not told[3] for _, _, told in _bends(calls))


@exercise.wrong(caught_by=has_values, hint=3, recognise=_gives_numbers)
class ReturnsNumbers(_Bent):
    """A number has no past. What remembers where it came from?"""

    def tanh(self):
        return math.tanh(self.data)

    def exp(self):
        return math.exp(self.data)

    def log(self):
        return math.log(self.data)

    def relu(self):
        return max(0.0, self.data)

    def sigmoid(self):
        return super().sigmoid().data


def _too_far(calls):
    """Whether all is right but far out, where an exponential is too large."""
    near = [
        _has_slope(name, number, told)
        and math.isclose(told[0], value_and_slope(name, number)[0], abs_tol=1e-12)
        for name, number, told in _bends(calls)
        if abs(number) < 20
    ]
    far = [call.error for call in calls if _is_bent(call) and abs(call.args[1]) > 700]
    return all(near) and any(error and error.type == "OverflowError" for error in far)


@exercise.wrong(caught_by=stays_in_range, hint=4, recognise=_too_far)
class SigmoidOverflows(_Bent):
    """`math.exp` gave up far out: e^1000 is larger than the largest number there is.

    On which side of 0 does your formula need it?
    """

    def sigmoid(self):
        s = 1 / (1 + math.exp(-self.data))
        return self.sloped(s, s * (1 - s))


@exercise.wrong(caught_by=has_slopes, hint=2)
class TanhTwice(_Bent):
    """The slope of your tanh takes tanh of what is a tanh already."""

    def tanh(self):
        t = math.tanh(self.data)
        return self.sloped(t, 1 - math.tanh(t) ** 2)


@exercise.wrong(caught_by=has_slopes, hint=2)
class TanhLikeSigmoid(_Bent):
    """The slope of your tanh is t(1 − t): that formula belongs to the sigmoid."""

    def tanh(self):
        t = math.tanh(self.data)
        return self.sloped(t, t * (1 - t))


@exercise.wrong(caught_by=has_slopes, hint=2)
class TanhWithoutSquare(_Bent):
    """The slope of your tanh is 1 − t. At z = −1, where t is −0.76, can it be above 1?"""

    def tanh(self):
        t = math.tanh(self.data)
        return self.sloped(t, 1 - t)


@exercise.wrong(caught_by=has_slopes, hint=2)
class ExpLikeAPower(_Bent):
    """Your exponential has the slope of a power, z·e^(z−1). Here the exponent is what moves."""

    def exp(self):
        return self.sloped(math.exp(self.data), self.data * math.exp(self.data - 1))


@exercise.wrong(caught_by=has_slopes, hint=2)
class LogTurned(_Bent):
    """The slope of your logarithm is z. Does the logarithm get steeper, or flatter?"""

    def log(self):
        return self.sloped(math.log(self.data), self.data)


def _hands_nothing_on(calls):
    """Whether some function's value is right, its slope 0 throughout and another one expected."""
    bends = [one for one in _bends(calls) if one[1] > 0]
    if not all(told[3] and type(told[4]) is int and told[4] for _, _, told in bends):
        return False
    wrong = {name for name, number, told in bends if not _has_slope(name, number, told)}
    told_of = [(name, number, told) for name, number, told in bends if name in wrong]
    return bool(wrong) and all(
        told[2] == 0 and math.isclose(told[0], value_and_slope(name, number)[0])
        for name, number, told in told_of
    )


def _has_slope(name, number, told):
    return math.isclose(told[2], value_and_slope(name, number)[1], rel_tol=1e-6, abs_tol=1e-9)


@exercise.wrong(caught_by=has_slopes, hint=3, recognise=_hands_nothing_on)
class WithoutASlope(_Bent):
    """The result knows its input, but nothing is handed on to it: where is the slope written?"""

    def exp(self):
        return type(self)(math.exp(self.data), (self,))

    def backward(self):
        order = in_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in order[::-1]:
            for source, slope in zip(node.inputs, node.slopes, strict=False):
                source.grad += slope * node.grad


def _gives_itself(calls):
    returned = [(name, told) for name, _, told in _bends(calls) if told[4] == "itself"]
    return bool(returned) and all(name == "relu" and told[0] == told[1] for name, told in returned)


@exercise.wrong(caught_by=has_values, hint=4, recognise=_gives_itself)
class ReluReturnsItself(_Bent):
    """A new node is asked for on both sides of 0, with a slope of its own."""

    def relu(self):
        return self if self.data > 0 else self.sloped(0.0, 0.0)


@exercise.wrong(caught_by=has_slopes, hint=3)
class ReluForgetsBelowZero(_Bent):
    """Below zero your ReLU makes a leaf. The slope is 0 there, but the input is still its input."""

    def relu(self):
        return self.sloped(self.data, 1.0) if self.data > 0 else type(self)(0.0)


@exercise.wrong(caught_by=has_values, hint=4)
class SigmoidFalls(_Bent):
    """Your sigmoid falls: the minus in its exponent is missing."""

    def sigmoid(self):
        s = 1 - super().sigmoid().data
        return self.sloped(s, s * (1 - s))


@exercise.wrong(caught_by=has_values, hint=4)
class SigmoidTooSteep(_Bent):
    """Your sigmoid is that of 2z: inside the tanh the half is missing."""

    def sigmoid(self):
        s = 0.5 * (1 + math.tanh(self.data))
        return self.sloped(s, s * (1 - s))


class _SlopeOfTheNaturalOne(_Bent):
    """The value of the logarithm to base 10 beside the slope of the natural one."""

    def log(self):
        return self.sloped(math.log10(self.data), 1 / self.data)


@exercise.wrong(caught_by=has_values, hint=2, variants=(_SlopeOfTheNaturalOne,))
class LogToBaseTen(_Bent):
    """That is the logarithm to base 10 (or 2); the natural one is asked for."""

    def log(self):
        return self.sloped(math.log10(self.data), 1 / (self.data * math.log(10)))


@exercise.wrong(caught_by=has_slopes, hint=2)
class SigmoidLikeTanh(_Bent):
    """The slope of your sigmoid is 1 − s²: that formula belongs to tanh."""

    def sigmoid(self):
        s = super().sigmoid().data
        return self.sloped(s, 1 - s * s)


def _slopes_lack_digits(calls):
    """Whether slopes are right to some digits, and none of those that err is a wrong one."""
    pairs = [
        (told[2], value_and_slope(name, number)[1])
        for name, number, told in _bends(calls)
        if told[3] and number and abs(number) < _NEAR
    ]
    close = [abs(slope - right) <= 1e-4 * max(abs(right), 1) for slope, right in pairs]
    exact = [abs(slope - right) <= LAST_DIGITS * abs(right) for slope, right in pairs]
    return all(close) and not all(exact)


_NEAR = 4.0


@exercise.wrong(caught_by=has_slopes, hint=2, recognise=_slopes_lack_digits)
class MeasuredByDifferences(_Bent):
    """A slope of yours is measured: a difference of two values, or something else that rounds.

    Derive it, and write down the formula.
    """

    def tanh(self):
        return self._measured(math.tanh)

    def exp(self):
        return self._measured(math.exp)

    def log(self):
        return self._measured(math.log)

    def sigmoid(self):
        return self._measured(lambda z: 0.5 * (1 + math.tanh(z / 2)))

    def _measured(self, f, h=1e-6):
        return self.sloped(f(self.data), (f(self.data + h) - f(self.data - h)) / (2 * h))


@exercise.alternative
class FromOperators(_Below):
    """Only exp and log are new; the rest is arithmetic of nodes."""

    def exp(self):
        e = math.exp(self.data)
        return type(self)(e, (self,), (e,))

    def log(self):
        return type(self)(math.log(self.data), (self,), (self.data**-1,))

    def sigmoid(self):
        if self.data < 0:
            return 1 - (-self).sigmoid()
        return 1 / (1 + (-self).exp())

    def tanh(self):
        return 2 * (2 * self).sigmoid() - 1

    def relu(self):
        return self * (self.data > 0)


@exercise.alternative
class WithNumPy(_Below):
    """One helper for all; NumPy's functions; slopes from the values."""

    def _bend(self, y, slope):
        made = type(self)(float(y))
        made.inputs, made.slopes = (self,), (slope,)
        return made

    def tanh(self):
        return self._bend(np.tanh(self.data), 1 / np.cosh(np.clip(self.data, -300, 300)) ** 2)

    def exp(self):
        return self._bend(np.exp(self.data), np.exp(self.data))

    def log(self):
        return self._bend(np.log(self.data), 1 / self.data)

    def relu(self):
        return self._bend(np.maximum(self.data, 0), self.data > 0)

    def sigmoid(self):
        z = np.clip(self.data, -700, 700)
        return self._bend(1 / (1 + np.exp(-z)), np.exp(-abs(z)) / (1 + np.exp(-abs(z))) ** 2)
