"""A number that remembers what it was made from, so that it can tell how it would change.

Arithmetic on nodes gives nodes. Each keeps its inputs and, for each input, the local derivative;
`backward` multiplies these along every way from a result to its inputs and adds up the ways.
`Number` can compute and remember; `Node` can also look back.

Not here: arrays (`annkit.nn.stack` differentiates whole layers), the way back step by step
(`tape`).
"""

import math
from collections.abc import Sequence
from typing import Any, Self


class Number:
    """A node of a computation: its value, its gradient, and where it came from.

    Attributes:
        data: the value.
        grad: ∂(result)/∂(this node) after `backward` of the result; 0 before.
        inputs: the nodes it was made from; () for a leaf.
        slopes: for each input ∂(this node)/∂(that input), a number.
        op: the operation's sign, "" for a leaf.
        name: for pictures; may be "".
    """

    def __init__(
        self,
        data: float,
        inputs: Sequence[Any] = (),
        slopes: Sequence[float] = (),
        op: str = "",
        name: str = "",
    ) -> None:
        self.data = data
        self.grad = 0.0
        self.inputs = tuple(inputs)
        self.slopes = tuple(slopes)
        self.op = op
        self.name = name

    def _other(self, other: Any) -> Any:
        """The other operand as a node: a plain number becomes a leaf."""
        return other if isinstance(other, Number) else type(self)(other)

    def __add__(self, other: Any) -> Self:
        other = self._other(other)
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def __sub__(self, other: Any) -> Self:
        other = self._other(other)
        return type(self)(self.data - other.data, (self, other), (1.0, -1.0), "−")

    def __mul__(self, other: Any) -> Self:
        other = self._other(other)
        return type(self)(self.data * other.data, (self, other), (other.data, self.data), "×")

    def __truediv__(self, other: Any) -> Self:
        other = self._other(other)
        slopes = (1 / other.data, -self.data / other.data**2)
        return type(self)(self.data / other.data, (self, other), slopes, "÷")

    def __neg__(self) -> Self:
        return type(self)(-self.data, (self,), (-1.0,), "neg")

    def __pow__(self, exponent: float) -> Self:
        slope = exponent * self.data ** (exponent - 1) if exponent else 0.0
        return type(self)(self.data**exponent, (self,), (slope,), f"^{exponent:g}")

    def __radd__(self, other: Any) -> Self:
        return type(self)(other) + self

    def __rsub__(self, other: Any) -> Self:
        return type(self)(other) - self

    def __rmul__(self, other: Any) -> Self:
        return type(self)(other) * self

    def __rtruediv__(self, other: Any) -> Self:
        return type(self)(other) / self

    def __repr__(self) -> str:
        name = f"{self.name}: " if self.name else ""
        return f"{type(self).__name__}({name}{self.data:.6g}, grad={self.grad:.6g})"


class Node(Number):
    """A number that can also be bent, and can look back at what it was made from.

    Example:
        >>> a = Node(3.0)
        >>> (a * a + a).backward()
        >>> a.grad
        7.0
    """

    def tanh(self) -> Self:
        """The hyperbolic tangent."""
        t = math.tanh(self.data)
        return type(self)(t, (self,), (1 - t * t,), "tanh")

    def exp(self) -> Self:
        """The exponential."""
        e = math.exp(self.data)
        return type(self)(e, (self,), (e,), "exp")

    def log(self) -> Self:
        """The natural logarithm."""
        return type(self)(math.log(self.data), (self,), (1 / self.data,), "log")

    def relu(self) -> Self:
        """The larger of 0 and the number; slope 0 at 0."""
        on = self.data > 0
        return type(self)(self.data if on else 0.0, (self,), (1.0 if on else 0.0,), "relu")

    def sigmoid(self) -> Self:
        """1 / (1 + e^−z), without overflow."""
        # Half a tanh, moved: it stays in range for every number.
        s = 0.5 * (1 + math.tanh(self.data / 2))
        return type(self)(s, (self,), (s * (1 - s),), "σ")

    def backward(self) -> None:
        """Set `grad` of this node and of every node below it to ∂(this node)/∂(that node)."""
        order = in_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for source, slope in zip(node.inputs, node.slopes, strict=True):
                source.grad += slope * node.grad


def in_order(root: Any) -> list[Any]:
    """Everything a result was made from, each node once, inputs before what is made from them.

    Args:
        root: any object with `inputs`; depth does not matter.

    Returns:
        the nodes; the root is the last one.
    """
    order: list[Any] = []
    met: set[int] = set()
    waiting = [(root, False)]
    while waiting:
        node, inputs_done = waiting.pop()
        if inputs_done:
            order.append(node)
        elif id(node) not in met:
            met.add(id(node))
            if not node.inputs:
                order.append(node)
                continue
            waiting.append((node, True))
            waiting += [(source, False) for source in reversed(node.inputs)]
    return order
