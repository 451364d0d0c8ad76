"""The eleven steps of one forward and one backward pass through a 2-2-1 network, in words.

Each step is one equation, one line of code and one array.

Not here: the arithmetic (`passes`), the drawing (`explorer`).
"""

from dataclasses import dataclass

import numpy as np

from annkit.arguments import Array
from annkit.lessons.backpropagation.passes import (
    Backward,
    Forward,
    backward_pass,
    corner_network,
    forward_pass,
    mean_half_square,
)
from annkit.show.moving.controls import Frame
from annkit.show.tables import in_words

FORWARD_STEPS = 4
PARAMS = corner_network(1)
X2 = 2.0  # the second input; the first one has a slider


@dataclass(frozen=True)
class PassStep:
    """One step: the same thing as an equation, as code, and as the name of an array.

    Attributes:
        equation: in single numbers.
        code: in arrays.
        array: what it makes.
        takes: the arrays it is made from.
    """

    equation: str
    code: str
    array: str
    takes: tuple[str, ...]


STEPS = (
    PassStep(r"$z_j = \sum_i x_i\,w_{ij} + b_j$", "z1 = x @ W1 + b1", "z₁", ("x",)),
    PassStep(r"$a_j = f(z_j)$", "a1 = f(z1)", "a₁", ("z₁",)),
    PassStep(r"$\hat y = \sum_j a_j\,v_j + b_2$", "y_hat = a1 @ W2 + b2", "ŷ", ("a₁",)),
    PassStep(r"$C = \frac{1}{2}(\hat y - y)^2$", "C = 0.5 * (y_hat - y)**2", "C", ("ŷ",)),
    PassStep(r"$\delta = \hat y - y$", "delta2 = (y_hat - y) / n", "δ₂", ("ŷ",)),
    PassStep(
        r"$\partial C/\partial v_j = a_j\,\delta$", "dW2 = a1.T @ delta2", "dW₂", ("a₁", "δ₂")
    ),
    PassStep(r"$\partial C/\partial b_2 = \delta$", "db2 = delta2.sum(axis=0)", "db₂", ("δ₂",)),
    PassStep(r"$\partial C/\partial a_j = \delta\,v_j$", "da1 = delta2 @ W2.T", "da₁", ("δ₂",)),
    PassStep(
        r"$\delta_j = \partial C/\partial a_j \cdot f'(z_j)$",
        "delta1 = da1 * f_prime(z1)",
        "δ₁",
        ("da₁", "z₁"),
    ),
    PassStep(
        r"$\partial C/\partial w_{ij} = x_i\,\delta_j$", "dW1 = x.T @ delta1", "dW₁", ("x", "δ₁")
    ),
    PassStep(r"$\partial C/\partial b_j = \delta_j$", "db1 = delta1.sum(axis=0)", "db₁", ("δ₁",)),
)
LAST_STEP = len(STEPS)


@dataclass(frozen=True)
class Passes:
    """Everything both passes compute for one input and target."""

    x: Array
    y: Array
    forward: list[Forward]
    backward: list[Backward]

    @property
    def cost(self) -> float:
        """½ (ŷ − y)²."""
        return mean_half_square(self.forward[-1].a, self.y)

    @property
    def arrays(self) -> dict[str, Array]:
        """All arrays by the names of the lines."""
        (first, second), (back1, back2) = self.forward, self.backward
        return {
            "z₁": first.z, "a₁": first.a, "ŷ": second.a, "C": np.array(self.cost),
            "δ₂": back2.delta, "dW₂": back2.dW, "db₂": back2.db, "da₁": back2.da_prev,
            "δ₁": back1.delta, "dW₁": back1.dW, "db₁": back1.db,
        }  # fmt: skip


def passes(x1: float, target: float, activation: str) -> Passes:
    """Run both passes for the input (x1, 2)."""
    x, y = np.array([[x1, X2]]), np.array([[target]])
    forward = forward_pass(x, PARAMS, [activation, "identity"])
    return Passes(x, y, forward, backward_pass(forward, y, PARAMS))


def concerned(step: int) -> set[str]:
    """The arrays that a step makes or takes; none before the first."""
    return {STEPS[step - 1].array, *STEPS[step - 1].takes} if step else set()


def number(value: float, in_bracket: bool = False) -> str:
    """Write a number in four digits; negative ones in brackets if asked."""
    text = in_words(round(float(value), 6))
    return f"({text})" if in_bracket and value < 0 else text


def array_words(array: Array) -> str:
    """Write a small array in one line, as NumPy would."""
    if array.ndim == 0:
        return number(float(array))
    parts = [array_words(row) for row in array]
    return f"[{', '.join(parts)}]"


def in_rows(name: str, array: Array) -> str:
    """Write `name = array`; a square of numbers in two lines, one below the other."""
    words = f"{name} = {array_words(array)}"
    return words.replace("], [", "],\n            [") if array.size > 2 else words


def arithmetic(step: int, at: Passes) -> str:
    """Spell out the numbers of a step."""
    (first, second), (back1, back2) = at.forward, at.backward
    (W1, b1), (W2, b2) = PARAMS
    (x,), (a,), (z,), (slope,) = at.x, first.a, first.z, first.slope
    error, delta = float(back2.delta[0, 0]), back1.delta[0]

    def n(value: float) -> str:
        return number(value, in_bracket=True)

    def each(words: list[str]) -> str:
        return "; ".join(words)

    def sums(inputs: Array, W: Array, b: Array, result: Array) -> str:
        return each([
            " + ".join([*(f"{n(v)}·{n(w)}" for v, w in zip(inputs, W[:, j], strict=True)), n(b[j])])
            + f" = {number(result[j])}"
            for j in range(W.shape[1])
        ])  # fmt: skip

    lines = (
        sums(x, W1, b1, z),
        each([f"f({number(z[j])}) = {number(a[j])}" for j in (0, 1)]),
        sums(a, W2, b2, second.a[0]),
        f"½·({number(second.a[0, 0])} − {n(at.y[0, 0])})² = {number(at.cost)}",
        f"{number(second.a[0, 0])} − {n(at.y[0, 0])} = {number(error)}",
        each([f"{n(a[j])}·{n(error)} = {number(back2.dW[j, 0])}" for j in (0, 1)]),
        number(error),
        each([f"{n(error)}·{n(W2[j, 0])} = {number(back2.da_prev[0, j])}" for j in (0, 1)]),
        each([
            f"{n(back2.da_prev[0, j])}·{number(slope[j])} = {number(delta[j])}" for j in (0, 1)
        ]),
        each([
            f"{n(x[i])}·{n(delta[j])} = {number(back1.dW[i, j])}" for i in (0, 1) for j in (0, 1)
        ]),
        each([number(delta[j]) for j in (0, 1)]),
    )  # fmt: skip
    return lines[step - 1]


def describe(step: int, at: Passes, activation: str) -> Frame:
    """Say what a step computes, with its numbers, and list what is known after it.

    Args:
        step: 0 is before the first step.
        at: both passes.
        activation: name of the hidden activation.
    """
    known = dict.fromkeys(("C", "δ₂", "dW₂", "db₂", "δ₁", "dW₁", "db₁"), "?")
    arrays = at.arrays
    for line in STEPS[:step]:
        if line.array in known:
            known[line.array] = array_words(arrays[line.array])
    if step == 0:
        return Frame(
            f"Before the first step only the input ({number(at.x[0, 0])}, {number(X2)}), the "
            f"target {number(at.y[0, 0])} and the nine parameters are known.",
            known,
        )
    line = STEPS[step - 1]
    way = "forward" if step <= FORWARD_STEPS else "backward"
    text = f"Step {step} of {LAST_STEP}, {way}: {line.code}. In numbers: {arithmetic(step, at)}."
    off = [str(j + 1) for j in (0, 1) if at.forward[0].slope[0, j] == 0]
    if step >= LAST_STEP - 2 and off:
        text += (
            f" Hidden unit {' and '.join(off)} stands where {activation} is flat: slope 0, so "
            "nothing gets past it to the parameters before."
        )
    return Frame(text, known)
