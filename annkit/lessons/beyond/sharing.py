"""Four ways to get from n inputs to n outputs, as tables of weights: who shares what.

Row i of a table says what output i takes of each input (it is a column of W). In a dense layer
every entry is a weight of its own. A kernel of three repeats along the diagonal. A recurrence has
two weights; what it takes of older inputs is their product, a power (here without the bend of the
tanh). Attention has three weights too, but its table is computed from the inputs themselves.

Not here: drawing them (`explorer`).
"""

from dataclasses import dataclass

import numpy as np

from annkit.arguments import Array
from annkit.nn import softmax

N = 6
INPUTS = {
    "first": np.array([0.9, -0.4, 0.2, 1.2, -1.0, 0.5]),
    "second": np.array([-0.7, 1.1, 0.6, -0.2, 0.1, -1.3]),
}
KERNEL = "abc"
U, V = 1.0, 0.7  # of the recurrence: from the input, from the state
QUERY, KEY = 2.0, 1.0  # of attention: a query is 2x, a key is x
SUBSCRIPTS = "₁₂₃₄₅₆"
POWERS = ("u", "vu", "v²u", "v³u", "v⁴u", "v⁵u")


@dataclass(frozen=True)
class Way:
    """One way of sharing, counted for n places.

    Attributes:
        said: what is shared, a sentence.
        weights: how many numbers are learned.
        products: how many multiplications a pass takes.
        hops: how many layers or steps lie between the first input and the last output.
    """

    said: str
    weights: int
    products: int
    hops: int


def counted(kind: str, n: int) -> Way:
    """Count a way of sharing for n places, one number at each, without biases.

    Args:
        kind: "dense", "convolution", "recurrence" or "attention".
        n: how many places, 3 or more.
    """
    ways = {
        "dense": Way("Every entry of the table is a weight of its own.", n * n, n * n, 1),
        "convolution": Way(
            "The same three weights a, b, c slide along; over the ends hang blanks.",
            3,
            3 * n - 2,
            n - 1,
        ),
        "recurrence": Way(
            "The same two weights u and v at every step; an old input comes through v again and "
            "again.",
            2,
            2 * n - 1,
            n,
        ),
        "attention": Way(
            "Three weights make queries, keys and values; the table is computed from the inputs, "
            "and each row adds up to 100 %.",
            3,
            2 * n * n + 3 * n,
            1,
        ),
    }
    return ways[kind]


def kernel_entries() -> list[list[str]]:
    """Name the entries of a convolution's table; "" where nothing is connected."""
    return [[KERNEL[j - i + 1] if abs(j - i) <= 1 else "" for j in range(N)] for i in range(N)]


def entries(kind: str, inputs: Array) -> list[list[str]]:
    """Name all entries of a table, row by row; "" where nothing is connected.

    Args:
        kind: a way of sharing.
        inputs: (N,); only attention looks at them.
    """
    if kind == "dense":
        return [[f"w{SUBSCRIPTS[j]}{SUBSCRIPTS[i]}" for j in range(N)] for i in range(N)]
    if kind == "convolution":
        return kernel_entries()
    if kind == "recurrence":
        return [[POWERS[i - j] if j <= i else "" for j in range(N)] for i in range(N)]
    return [[f"{100 * share:.0f} %" for share in row] for row in attention_table(inputs)]


def attention_table(inputs: Array) -> Array:
    """Return how much each output takes of each input, (N, N); rows add up to 1; inputs (N,)."""
    return softmax(np.outer(QUERY * inputs, KEY * inputs))


def shades(kind: str, inputs: Array) -> Array:
    """Return how strongly each entry is tinted, (N, N), from 0 to 1."""
    if kind == "attention":
        return attention_table(inputs)
    if kind == "recurrence":
        ages = np.subtract.outer(np.arange(N), np.arange(N))
        return np.where(ages >= 0, U * V ** np.maximum(ages, 0), 0.0)
    if kind == "convolution":
        return np.array([[bool(name) for name in row] for row in kernel_entries()]) * 0.6
    return np.full((N, N), 0.15)
