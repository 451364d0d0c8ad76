"""A network in words: its sizes, the names of its units, and its weights.

Not here: how it is drawn (`network_diagram`).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from annkit.arguments import Array
from annkit.show.labels import plural
from annkit.show.tables import in_words

FEW_WEIGHTS = 14  # up to these in a layer, each number is given
Pair = tuple[Array, Array]


def unit_names(
    sizes: Sequence[int], inputs: Sequence[str] | None, outputs: Sequence[str] | None
) -> list[list[str]]:
    """Return a name for every unit of every layer: x₁ …, h₁ …, and ŷ or ŷ₁ …."""
    names = [list(inputs or numbered("x", sizes[0]))]
    names += [numbered("h", n) for n in sizes[1:-1]]
    names.append(list(outputs or (["ŷ"] if sizes[-1] == 1 else numbered("ŷ", sizes[-1]))))
    for layer, n in ((0, sizes[0]), (-1, sizes[-1])):
        if len(names[layer]) != n:
            what = "inputs" if layer == 0 else "outputs"
            raise ValueError(f"{what}: expected {plural(n, 'name')}, got {len(names[layer])}")
    return names


def numbered(letter: str, n: int) -> list[str]:
    """Return n names that differ in their index.

    Example:
        >>> numbered("x", 3)
        ['x₁', 'x₂', 'x₃']
    """
    low = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    return [letter + str(i).translate(low) for i in range(1, n + 1)]


def in_sentences(
    sizes: Sequence[int], pairs: Sequence[Pair], names: Sequence[Sequence[str]]
) -> str:
    """Say the sizes, and the weights: all of them if they are few, else signs and extremes.

    Args:
        sizes: units per layer, inputs first.
        pairs: `(W, b)` per layer, or none.
        names: of the units, per layer.
    """
    total = sum((before + 1) * after for before, after in pairwise(sizes))
    words = f"Fully connected network {'-'.join(map(str, sizes))}, {plural(total, 'parameter')}."
    for layer, (W, b) in enumerate(pairs, start=1):
        before, after = names[layer - 1], names[layer]
        if W.size <= FEW_WEIGHTS:
            each = [f"{before[i]} to {after[j]} {in_words(w)}" for (i, j), w in np.ndenumerate(W)]
            biases = [f"{name} {in_words(v)}" for name, v in zip(after, b, strict=True)]
            words += f" Layer {layer}: weights {', '.join(each)}; biases {', '.join(biases)}."
        else:
            i, j = np.unravel_index(int(np.argmax(np.abs(W))), W.shape)
            words += (
                f" Layer {layer}: {int((W > 0).sum())} of {W.size} weights positive, "
                f"{int((W < 0).sum())} negative; the largest in size is {in_words(W[i, j])}, from "
                f"{before[int(i)]} to {after[int(j)]}."
            )
    return words
