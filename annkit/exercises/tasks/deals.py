"""An epoch's batches, dealt at random: what is wrong with them, whatever the order drawn.

Two right answers deal in different orders, so what they return cannot be compared. A fault can: an
example that comes twice, a batch too small, neighbours that stay together.

Not here: whether an order is one of chance (`expect_shuffled` in `expect`), the comparison
(`annkit.exercises.judging.diagnose`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

# So many batches do not come in their old order by chance.
_MANY = 7


def fault_of_a_deal(
    rows: Sequence[Sequence[int]], partners: Sequence[Sequence[int]], n: int, batch_size: int
) -> list[Any]:
    """What is wrong with an epoch's batches, whatever the order drawn.

    Luck plays no part from about ten examples on.

    Args:
        rows: numbers of the examples in each batch, as its inputs have them.
        partners: the same, as its targets have them.
        n: how many examples there are.
        batch_size: how many a batch should have, the last one excepted.

    Returns:
        The first fault as a name and what belongs to it; nothing for a right deal.
    """
    dealt = [row for batch in rows for row in batch]
    mates = [row for batch in partners for row in batch]
    sizes = [len(batch) for batch in rows]
    turns = set(Counter(dealt).values())
    takes_all = all(size == n for size in sizes)
    if len(set(dealt)) == n and len(turns) == 1 and turns != {1} and not takes_all:
        return ["all come equally often", *turns]
    if len(set(dealt)) < len(dealt):
        return ["some come twice", takes_all, *_overlaps(rows)]
    if sorted(sizes) != sorted(min(batch_size, n - start) for start in range(0, n, batch_size)):
        return ["sizes", *sorted(sizes)]
    if mates != dealt:
        return ["parted", mates == sorted(mates), sorted(mates) == sorted(dealt)]
    if len(rows) < _MANY:
        return []
    if dealt == sorted(dealt):
        return ["old order"]
    if [row for batch in rows for row in sorted(batch)] == sorted(dealt):
        return ["old batches"]
    if goes_round(dealt):
        return ["old order, begun elsewhere"]
    if batch_size > 1 and all(b == a + 1 for batch in rows for a, b in pairwise(batch)):
        return ["old neighbours"]
    return []


def goes_round(order: Sequence[int]) -> bool:
    """Whether examples 0 … n−1 follow each other as they stood, the first after the last."""
    return all((b - a) % len(order) == 1 for a, b in pairwise(order))


def hardly_moved(orders: Iterable[Sequence[int]]) -> bool:
    """Whether a fifth to nine tenths of many examples stand where they stood, in each order.

    Args:
        orders: of the examples 0 … n−1, about a hundred or more.
    """
    told = list(map(np.asarray, orders))
    stayed = [np.mean(order == np.arange(len(order))) for order in told]
    together = [np.mean(np.diff(order) == 1) for order in told]  # blocks keep neighbours
    return bool(told) and all(
        0.2 < share < 0.9 and kept < share for share, kept in zip(stayed, together, strict=True)
    )


def _overlaps(rows: Sequence[Sequence[int]]) -> list[bool]:
    """Whether each batch ends with the first of the next, and whether it is the next but for one.

    Draws with repeats do so neither in one batch after the other nor twice in a row.
    """
    pairs = list(pairwise(map(list, rows)))
    return [
        bool(pairs) and all(one[-1] == other[0] for one, other in pairs),
        bool(pairs) and all(one[1:] == other[: len(one) - 1] for one, other in pairs),
    ]
