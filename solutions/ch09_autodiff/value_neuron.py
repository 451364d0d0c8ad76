"""One neuron made of nodes: the engine's first network."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_that, probe

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
    return "\n".join(
        [
            f"x = [{', '.join(inputs)}]",
            f"w = [{', '.join(f'Value({one})' for one in w)}]",
            f"b = Value({b})",
            "y = value_neuron(x, w, b)",
            "y.backward()",
            "[y.data, [one.grad for one in w], b.grad]",
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


def expect_neuron(answer, x, w, b, *, x_are_nodes):
    """Output and gradients, by formula."""
    output = np.tanh(np.dot(x, w) + b)
    slope = 1 - output**2
    kind, data, x_grads, w_grads, b_grad = answer.probe(output_and_gradients, x, w, b, x_are_nodes)
    expect_that(kind == "Value", f"Expected a node, got {kind!r:.40}.")
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
    for b in (0.25, round(float(rng.uniform(-0.5, 0.5)), 2)):
        expect_neuron(answer, [2.0, -1.0], [0.5, 0.75], b, x_are_nodes=False)


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


@exercise.wrong(caught_by=right_for_any, hint=1)
def two_inputs_only(x, w, b):
    """Your neuron looks at the first two inputs. It should take as many as there are."""
    return (x[0] * w[0] + x[min(1, len(x) - 1)] * w[min(1, len(w) - 1)] + b).tanh()


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
