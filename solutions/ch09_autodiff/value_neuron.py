"""One neuron made of nodes: the engine's first network."""

import math

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_that, probe, raises

exercise = Exercise(
    id="value_neuron",
    title="A neuron of nodes",
    points=1,
    size="about 3 lines",
    task="""Return the output node of a tanh neuron: the tanh of the weighted sum of `x` with the
weights `w`, plus the bias `b`. `w` is a list of nodes and `b` a node; `x` is a list of nodes or of
plain numbers. Compute with the nodes themselves, so that `.backward()` of the output reaches every
one of them.

*Example:* with `x = [2.0, -1.0]`, `w = [Value(0.5), Value(1.0)]` and `b = Value(0.25)` the sum is
1 − 1 + 0.25, so the output's `data` is tanh(0.25) = 0.2449…""",
    hints=(
        "What would you write if all of these were plain numbers? How much of that has to change?",
        """
        Python's operators work on nodes. What would break the way back is to take the numbers out
        with `.data` and put a number into a new node at the end.
        """,
        """
        The same for the weighted mean of some nodes:

        ```python
        total = 0.0
        for value, share in zip(values, shares):
            total = total + share * value
        mean = total / len(values)
        ```

        The first round adds a node to 0.0, which is your `__radd__` at work.
        """,
        """
        Skeleton:

        ```python
        z = b
        for ... in zip(x, w):
            z = ...
        return z...
        ```
        """,
    ),
)


@exercise.reference
def value_neuron(x, w, b):
    """Output of one tanh neuron, as a node.

    Args:
        x: the inputs, a list of n nodes or plain numbers.
        w: the weights, a list of n nodes.
        b: the bias, a node.

    Returns:
        the node tanh(x₁·w₁ + … + xₙ·wₙ + b); its `.backward()` reaches all weights, the bias, and
        the inputs that are nodes.
    """
    z = b
    for x_i, w_i in zip(x, w, strict=True):
        z = z + x_i * w_i
    return z.tanh()


def as_python(x, w, b, x_are_nodes):
    inputs = [f"Value({one})" for one in x] if x_are_nodes else [str(one) for one in x]
    read = "[one.grad for one in x], " * x_are_nodes + "[one.grad for one in w], b.grad"
    return "\n".join(
        [
            f"x = [{', '.join(inputs)}]",
            f"w = [{', '.join(f'Value({one})' for one in w)}]",
            f"b = Value({b})",
            "y = value_neuron(x, w, b)",
            "y.backward()",
            f"[y.data, {read}]",
        ]
    )


@probe(shown=as_python)
def output_and_gradients(value_neuron, x, w, b, x_are_nodes):
    """Run the neuron with nodes of the probe's own making, whatever class the learner has.

    While it runs, the name `Value` in the function's own cells means this class.

    Returns:
        [type of the output, its number, gradients of all inputs, all weights and the bias].
    """
    import math

    class Value:
        def __init__(self, data, inputs=(), slopes=()):
            self.data, self.grad = data, 0.0
            self.inputs, self.slopes = tuple(inputs), tuple(slopes)

        def _node(self, other):
            return other if isinstance(other, Value) else Value(other)

        def __add__(self, other):
            other = self._node(other)
            return Value(self.data + other.data, (self, other), (1.0, 1.0))

        def __mul__(self, other):
            other = self._node(other)
            return Value(self.data * other.data, (self, other), (other.data, self.data))

        def __pow__(self, n):
            return Value(self.data**n, (self,), (n * self.data ** (n - 1),))

        __radd__, __rmul__ = __add__, __mul__

        def __neg__(self):
            return self * -1.0

        def __sub__(self, other):
            return self + (-self._node(other))

        def __rsub__(self, other):
            return self._node(other) - self

        def __truediv__(self, other):
            return self * self._node(other) ** -1.0

        def __rtruediv__(self, other):
            return self._node(other) / self

        def exp(self):
            return Value(math.exp(self.data), (self,), (math.exp(self.data),))

        def log(self):
            return Value(math.log(self.data), (self,), (1 / self.data,))

        def tanh(self):
            t = math.tanh(self.data)
            return Value(t, (self,), (1 - t * t,))

        def sigmoid(self):
            s = 0.5 + 0.5 * math.tanh(self.data / 2)
            return Value(s, (self,), (s * (1 - s),))

        def relu(self):
            return Value(max(0.0, self.data), (self,), (float(self.data > 0),))

        def backward(self):
            order, met, waiting = [], set(), [(self, False)]
            while waiting:
                node, is_done = waiting.pop()
                if is_done:
                    order.append(node)
                elif node not in met:
                    met.add(node)
                    waiting.append((node, True))
                    waiting.extend((one, False) for one in node.inputs)
            for node in order:
                node.grad = 0.0
            self.grad = 1.0
            for node in reversed(order):
                for one, slope in zip(node.inputs, node.slopes, strict=True):
                    one.grad += slope * node.grad

    names = getattr(value_neuron, "__globals__", {})
    missing = object()
    before = names.get("Value", missing)
    names["Value"] = Value
    try:
        weights, bias = [Value(number) for number in w], Value(b)
        inputs = [Value(number) for number in x] if x_are_nodes else list(x)
        output = value_neuron(list(inputs), list(weights), bias)
        if type(output) is not Value:
            return [type(output).__name__, 0.0, [], [], 0.0]
        output.backward()
        given = [one.grad for one in inputs] if x_are_nodes else []
        return ["Value", output.data, given, [one.grad for one in weights], bias.grad]
    finally:
        if before is missing:
            names.pop("Value", None)
        else:
            names["Value"] = before


_CAME = {
    "NoneType": "nothing (None)",
    "method": "a method, which is waiting for its round brackets",
    "float": "a number",
    "list": "a list",
}


def expect_neuron(answer, x, w, b, *, x_are_nodes):
    """Output and gradients, by formula."""
    output = np.tanh(np.dot(x, w) + b)
    slope = 1 - output**2
    kind, data, x_grads, w_grads, b_grad = answer.probe(output_and_gradients, x, w, b, x_are_nodes)
    came = _CAME.get(kind, f"an object of type {kind:.40}")
    expect_that(kind == "Value", f"Expected a node, got {came}.")
    expect_close(data, output, what="the output's number")
    expect_close(w_grads, (slope * np.array(x)).tolist(), what="the gradients of the weights")
    expect_close(b_grad, slope, what="the gradient of the bias")
    if x_are_nodes:
        expect_close(x_grads, (slope * np.array(w)).tolist(), what="the gradients of the inputs")


def numbers(rng, n):
    """Random numbers with two decimals, none near 0; weights that do not saturate the neuron."""
    x = rng.choice([-1, 1], size=n) * rng.uniform(0.3, 1.2, size=n)
    w = rng.choice([-1, 1], size=n) * rng.uniform(0.3, 0.9, size=n)
    return x.round(2).tolist(), w.round(2).tolist(), round(float(rng.uniform(0.2, 0.8)), 2)


@exercise.check("the output is right for two inputs that are plain numbers")
def right_for_two(answer: Answer, rng: np.random.Generator) -> None:
    expect_neuron(answer, [2.0, -1.0], [0.5, 0.75], 0.25, x_are_nodes=False)
    b = round(float(rng.uniform(-0.5, 0.5)), 2)
    expect_neuron(answer, [1.0, -2.0], [0.5, 0.75], b, x_are_nodes=False)  # a negative sum


@exercise.check("works for any number of inputs, nodes or numbers")
def right_for_any(answer: Answer, rng: np.random.Generator) -> None:
    for n in (3, 1, 5):
        expect_neuron(answer, *numbers(rng, n), x_are_nodes=True)
        expect_neuron(answer, *numbers(rng, n), x_are_nodes=False)


@exercise.wrong(caught_by=right_for_two, hint=1)
def without_bias(x, w, b):
    """The bias is missing from your sum."""
    return sum(x_i * w_i for x_i, w_i in zip(x, w, strict=True)).tanh()


@exercise.wrong(caught_by=right_for_two, hint=1)
def bias_every_time(x, w, b):
    """The bias is in your sum once per input; a neuron has one."""
    return sum(x_i * w_i + b for x_i, w_i in zip(x, w, strict=True)).tanh()


@exercise.wrong(caught_by=right_for_two, hint=4)
def without_tanh(x, w, b):
    """This is the weighted sum; the bend is missing."""
    return sum((x_i * w_i for x_i, w_i in zip(x, w, strict=True)), b)


@exercise.wrong(caught_by=right_for_two, hint=1)
def tanh_of_every_product(x, w, b):
    """You bend every product; a neuron sums first and bends once."""
    return sum(((x_i * w_i).tanh() for x_i, w_i in zip(x, w, strict=True)), b)


@exercise.wrong(caught_by=right_for_two, hint=2)
def cut_from_the_graph(x, w, b):
    """The number is right, but no gradient arrives: you computed with `.data`, past the graph."""
    z = b.data
    for x_i, w_i in zip(x, w, strict=True):
        z += getattr(x_i, "data", x_i) * w_i.data
    return type(b)(float(np.tanh(z)))


@exercise.wrong(caught_by=right_for_two, hint=2)
def plain_number(x, w, b):
    """Your neuron returns a plain number, which has no `.backward()`."""
    z = b.data + sum(getattr(x_i, "data", x_i) * w_i.data for x_i, w_i in zip(x, w, strict=True))
    return float(np.tanh(z))


def _needs_two(calls):
    """Whether neurons with two inputs are right, and those with one or more than two are not."""
    told = [(call, len(call.args[0])) for call in calls]
    right = [_is_right(call) for call, n in told if n == 2]
    return all(right) and not any(_is_right(call) for call, n in told if n != 2)


def _is_right(call):
    """Whether output and gradients of the weights are."""
    x, w, b, _ = call.args
    if call.value is None or call.value[0] != "Value":
        return False
    output = np.tanh(np.dot(x, w) + b)
    grads = (1 - output**2) * np.array(x)
    return bool(np.isclose(call.value[1], output) and np.allclose(call.value[3], grads))


@exercise.wrong(caught_by=right_for_any, hint=1, recognise=_needs_two)
def two_inputs_only(x, w, b):
    """Your neuron looks at the first two inputs. It should take as many as there are."""
    return (x[0] * w[0] + x[min(1, len(x) - 1)] * w[min(1, len(w) - 1)] + b).tanh()


@exercise.wrong(
    caught_by=right_for_two, hint=4, recognise=raises("TypeError: must be real number, not Value")
)
def bent_by_math(x, w, b):
    """`math.tanh` and its neighbours want a plain number, and would forget where it came from.

    Your nodes have a `.tanh()` of their own, which remembers.
    """
    return math.tanh(sum((x_i * w_i for x_i, w_i in zip(x, w, strict=True)), b))


@exercise.wrong(caught_by=right_for_two, hint=1)
def bent_in_every_round(x, w, b):
    """You bend in every round of the loop; a neuron sums first and bends once."""
    z = b
    for x_i, w_i in zip(x, w, strict=True):
        z = (z + x_i * w_i).tanh()
    return z


@exercise.wrong(caught_by=right_for_two, hint=3)
def first_product_only(x, w, b):
    """Only the first product is in your sum: is the `return` inside the loop?"""
    return (x[0] * w[0] + b).tanh()


@exercise.wrong(caught_by=right_for_two, hint=3)
def last_product_only(x, w, b):
    """Only the last product is in your sum: each round begins the sum anew."""
    return (x[-1] * w[-1] + b).tanh()


@exercise.wrong(caught_by=right_for_two, hint=1)
def bias_subtracted(x, w, b):
    """You subtract the bias. In this course it is added."""
    return (sum(x_i * w_i for x_i, w_i in zip(x, w, strict=True)) - b).tanh()


@exercise.wrong(caught_by=right_for_two, hint=4)
def sigmoid_for_tanh(x, w, b):
    """You bend by a sigmoid. A tanh neuron is asked for."""
    return (sum((x_i * w_i for x_i, w_i in zip(x, w, strict=True)), b)).sigmoid()


@exercise.wrong(caught_by=right_for_two, hint=4)
def relu_for_tanh(x, w, b):
    """You bend by ReLU. A tanh neuron is asked for."""
    return (sum((x_i * w_i for x_i, w_i in zip(x, w, strict=True)), b)).relu()


@exercise.wrong(caught_by=right_for_two, hint=1)
def mean_for_sum(x, w, b):
    """You divide by the number of inputs. The weighted sum is not a mean."""
    return (sum(x_i * w_i for x_i, w_i in zip(x, w, strict=True)) / len(x) + b).tanh()


@exercise.wrong(caught_by=right_for_two, hint=1)
def weights_added(x, w, b):
    """You add each weight to its input; it multiplies the input."""
    return sum((x_i + w_i for x_i, w_i in zip(x, w, strict=True)), b).tanh()


@exercise.wrong(caught_by=right_for_two, hint=2)
def new_weights(x, w, b):
    """The number is right, but the gradients go to new nodes that you made of the weights.

    Those that were handed in never hear of it.
    """
    return sum((x_i * type(b)(w_i.data) for x_i, w_i in zip(x, w, strict=True)), b).tanh()


@exercise.wrong(caught_by=right_for_any, hint=2)
def inputs_as_numbers(x, w, b):
    """All is right, but inputs that are nodes get no gradient: you took their numbers out."""
    numbers = (getattr(x_i, "data", x_i) for x_i in x)
    return sum((x_i * w_i for x_i, w_i in zip(numbers, w, strict=True)), b).tanh()


def _wraps_nodes(calls):
    """Whether plain inputs are right, and inputs that are nodes end in a node within a node."""
    plain = [_is_right(call) for call in calls if not call.args[3]]
    nodes = [call.error for call in calls if call.args[3]]
    return all(plain) and bool(nodes) and all(e and "not Value" in e.message for e in nodes)


@exercise.wrong(caught_by=right_for_any, hint=2, recognise=_wraps_nodes)
def inputs_wrapped(x, w, b):
    """You make a node of every input, even of one that is a node already.

    Your operators take plain numbers as they are; nothing has to be made of them.
    """
    return sum((type(b)(x_i) * w_i for x_i, w_i in zip(x, w, strict=True)), b).tanh()


@exercise.wrong(caught_by=right_for_two, hint=3)
def bias_on_the_outside(x, w, b):
    """You add the bias after the bend; it belongs to the sum."""
    return sum(x_i * w_i for x_i, w_i in zip(x, w, strict=True)).tanh() + b


@exercise.alternative
def with_sum(x, w, b):
    return (sum(w_i * x_i for w_i, x_i in zip(w, x, strict=True)) + b).tanh()


@exercise.alternative
def with_dot(x, w, b):
    return (b + np.dot(np.array(w, dtype=object), np.array(x, dtype=object))).tanh()


@exercise.alternative
def with_exponentials(x, w, b):
    z = b
    for i in range(len(w)):
        z = w[i] * x[i] + z
    e = (2 * z).exp()
    return (e - 1) / (e + 1)


@exercise.alternative
def from_a_node_of_zero(x, w, b):
    z = type(b)(0.0)
    for pair in zip(w, x, strict=True):
        z = z + pair[0] * pair[1]
    return (z + b).tanh()
