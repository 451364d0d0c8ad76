"""How wrong results are related to the right ones: what a mistake does, whoever wrote it.

Known wrong answers are recognised as a whole. Most mistakes are not known; but "exactly as many
times the expected one as X has rows" is as good a lead. A relation is told only if it holds
exactly in every call, those with a right result included, and over numbers enough; so a
coincidence in one small case is not taken for a cause. A formula is compared by its values at a
dozen places; there its letters are what can be counted.

Not here: the relations themselves (`relations`, `one_step_away`), mistakes that have a name
(`diagnose`), the entries that differ (`cards.values`).
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.exercises.calls.answer import Call
from annkit.exercises.cards.case import first_call
from annkit.exercises.judging.diagnose import same_value
from annkit.exercises.judging.one_step_away import same_numbers
from annkit.exercises.judging.relations import relation
from annkit.exercises.judging.witnesses import Pair
from annkit.exercises.tasks.compare import as_array

# So many parts of one result may each be related in a way of their own.
MOST_PARTS = 2


def resemblance(calls: Sequence[tuple[Call, Call]], names: Sequence[str] = ()) -> str:
    """Say in one sentence how wrong results are related to the right ones.

    Args:
        calls: calls of the answer, each with the same call of the reference.
        names: of the reference's parameters.

    Returns:
        the sentence; empty if no relation holds throughout.
    """
    both = [(mine, right) for mine, right in calls if not (mine.error or right.error)]
    if len(both) < len(calls) or not both:
        return ""
    if all(_swapped(mine.value, right.value) for mine, right in both):
        return "The two results are right, but in the other order."
    if all(_in_letters(mine.value, right.value) for mine, right in both):
        return "Your result is text: the right numbers, written out."
    if sentence := _of_pairs([(mine.value, right.value) for mine, right in both]):
        return sentence
    pieces = pieces_of([(mine.value, right.value, given_in(mine, names)) for mine, right in both])
    faulty = {
        part: pairs for part, pairs in pieces.items() if not all(pair.is_right for pair in pairs)
    }
    told = {part: relation(pairs) for part, pairs in faulty.items()}
    sentences = set(told.values())
    if not told or "" in sentences:
        return ""
    if len(sentences) > 1:
        few = len(told) <= MOST_PARTS
        return " ".join(f"{part}: {sentence}" for part, sentence in told.items()) if few else ""
    (sentence,) = sentences
    if len(faulty) == len(pieces):
        return sentence
    verb, it = ("is", "It") if len(faulty) == 1 else ("are", "Each")
    said = re.sub("^Your result", it, sentence)
    return f"Only {' and '.join(faulty)} of the result {verb} wrong. {said}"


@dataclass(frozen=True)
class Given:
    """What the answer was handed in one call.

    Attributes:
        named: all arguments, by their names.
        sizes: what can be counted in them: words → number.
        arrays: those that are arrays of numbers.
    """

    named: dict[str, Any]
    sizes: dict[str, float]
    arrays: dict[str, Array]


def given_in(call: Call, names: Sequence[str]) -> Given:
    """What the answer was handed, by the check or by a probe; `names` are of its parameters."""
    args, kwargs = call.arguments()
    if call.made_by is not None:
        args, kwargs = first_call(call.made_by, args)
    named = {**dict(zip(names, args, strict=False)), **kwargs}
    return Given(named, *_counted(named))


def pieces_of(results: Sequence[tuple[Any, Any, Given]]) -> dict[str, list[Pair]]:
    """What came beside what it is compared with, by the parts of a result.

    Args:
        results: of each call what came, what it is compared with, and what was handed in.

    Returns:
        the part, empty for the whole, → its pairs; nothing if some result is built otherwise.
    """
    pieces: dict[str, list[Pair]] = {}
    for got, want, given in results:
        found = list(_leaves(got, want))
        if not found:
            return {}
        for part, right, own, letters in found:
            sizes = given.sizes | _by_role(letters, given.named)
            pair = Pair(right.astype(float), own, sizes, given.arrays, right.dtype.kind == "b")
            pieces.setdefault(part, []).append(pair)
    return pieces


def _swapped(got: Any, want: Any) -> bool:
    """Whether a pair came with its parts in the other order."""
    are_pairs = isinstance(got, list | tuple) and isinstance(want, tuple) and len(got) == 2
    if not are_pairs or len(want) != 2 or same_numbers(got[0], want[0]):
        return False
    return same_numbers(got[1], want[0]) and same_numbers(got[0], want[1])


def _of_pairs(results: Sequence[tuple[Any, Any]]) -> str:
    """Say how a list of pairs is built otherwise, where all that it holds is right."""
    if not all(isinstance(want, list) and _holds_pairs(want) for _, want in results):
        return ""
    if all(same_value(got, want) for got, want in results):
        return ""
    for words, built in _OTHERWISE.items():
        if all(same_value(got, built(want)) for got, want in results):
            return words
    return ""


def _holds_pairs(want: list[Any]) -> bool:
    return all(isinstance(pair, tuple) for pair in want)


_OTHERWISE: dict[str, Callable[[list[Any]], Any]] = {
    "All pairs are right, but in the opposite order.": lambda want: want[::-1],
    "All arrays are right, but they belong together in pairs.": lambda want: sum(want, ()),
    "The first pair is right: is the `return` inside a loop?": lambda want: want[:1],
    "The last pair is missing: where does your loop end?": lambda want: want[:-1],
}


def _in_letters(got: Any, want: Any) -> bool:
    """Whether texts came that are the right numbers when they are read."""
    texts = got if isinstance(got, list) else [got]
    if not texts or not all(isinstance(text, str) for text in texts):
        return False
    try:
        numbers = np.array(list(map(float, texts)))
    except ValueError:
        return False
    return same_numbers(numbers if isinstance(got, list) else numbers[0], want)


def _leaves(
    got: Any, want: Any, part: str = ""
) -> Iterator[tuple[str, Array, Array, dict[str, float]]]:
    """Name, right numbers, own numbers and letters of every piece; none if built otherwise."""
    if isinstance(want, dict):
        if isinstance(got, dict) and got.keys() == want.keys():
            for key, piece in want.items():
                yield from _leaves(got[key], piece, repr(key))
        return
    if isinstance(want, list | tuple) and isinstance(as_array(want), str) | isinstance(want, tuple):
        if not isinstance(got, list | tuple) or len(got) != len(want):
            return
        is_list = isinstance(want, list)
        for place, (g, w) in enumerate(zip(got, want, strict=True)):
            # The layers of a network are told as one, and so are the parts of a part; those of a
            # pair by their places.
            inner = part or ("" if is_list else _ORDINALS[min(place, len(_ORDINALS) - 1)])
            yield from _leaves(g, w, inner)
        return
    x, y = as_array(got), as_array(want)
    if not isinstance(x, str) and not isinstance(y, str):
        if x.dtype.kind in "biuf":
            yield part, y, x.astype(float), {}
    elif "sympy" in sys.modules:
        from annkit.symbolic.equivalence import sampled

        for letters, mine, right in sampled(got, want):
            yield part, right, mine, letters


_ORDINALS = ("the first part", "the second part", "the third part", "a later part")


def _by_role(letters: dict[str, float], named: dict[str, Any]) -> dict[str, float]:
    """The letters' values by what the letters stand for: a parameter, or a key of a dictionary."""
    roles = {str(value): name for name, value in named.items()}
    for value in named.values():
        if isinstance(value, dict):
            roles |= {str(letter): str(key) for key, letter in value.items()}
    return {f"`{roles.get(letter, letter)}`": value for letter, value in letters.items()}


def _counted(named: dict[str, Any]) -> tuple[dict[str, float], dict[str, Array]]:
    """What can be counted in a call's arguments, and those that are arrays."""
    given = {
        name: array.astype(float)
        for name, value in named.items()
        if isinstance(array := as_array(value), np.ndarray) and array.dtype.kind in "biuf"
    }
    sizes: dict[str, float] = {}
    for name, array in given.items():
        if array.ndim == 0:
            sizes[f"`{name}`"] = float(array)
        else:
            kind = "rows" if array.ndim == 2 else "entries"
            sizes[f"the number of {kind} of `{name}`"] = float(len(array))
        if array.ndim == 2:
            sizes[f"the number of columns of `{name}`"] = float(array.shape[1])
            sizes[f"the number of entries of `{name}`"] = float(array.size)
    return sizes, given
