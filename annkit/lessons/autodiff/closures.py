"""The other way to remember: every result carries a function that passes its gradient back.

What `Number` writes down as slopes is here inside a closure, next to the value it belongs to.

Not here: numbers that keep their slopes (`number`), the way back through either.
"""

from collections.abc import Callable, Sequence
from typing import Any, Self


class Closures:
    """A node whose operators make nodes; called from the result on, `pass_back` hands gradients on.

    Attributes:
        data: the value.
        grad: what has been passed back to this node so far.
        inputs: the nodes it was made from; () for a leaf.
        pass_back: adds to the gradients of the inputs, from this node's own.
    """

    def __init__(self, data: float, inputs: Sequence[Any] = ()) -> None:
        self.data = data
        self.grad = 0.0
        self.inputs = tuple(inputs)
        self.pass_back: Callable[[], None] = lambda: None

    def _made(self, data: float, inputs: Sequence[Any], pass_back: Callable[[float], None]) -> Self:
        result = type(self)(data, inputs)
        result.pass_back = lambda: pass_back(result.grad)
        return result

    def _node(self, other: Any) -> Any:
        return other if isinstance(other, Closures) else type(self)(other)

    def __add__(self, other: Any) -> Self:
        other = self._node(other)

        def pass_back(g: float) -> None:
            self.grad += g
            other.grad += g

        return self._made(self.data + other.data, (self, other), pass_back)

    def __mul__(self, other: Any) -> Self:
        other = self._node(other)

        def pass_back(g: float) -> None:
            self.grad += other.data * g
            other.grad += self.data * g

        return self._made(self.data * other.data, (self, other), pass_back)

    def __pow__(self, exponent: float) -> Self:
        def pass_back(g: float) -> None:
            self.grad += exponent * self.data ** (exponent - 1) * g

        return self._made(self.data**exponent, (self,), pass_back)

    def __neg__(self) -> Self:
        return self * -1

    def __sub__(self, other: Any) -> Self:
        return self + (-other)

    def __truediv__(self, other: Any) -> Self:
        return self * other**-1

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: Any) -> Self:
        return (-self) + other

    def __rtruediv__(self, other: Any) -> Self:
        return self**-1 * other
