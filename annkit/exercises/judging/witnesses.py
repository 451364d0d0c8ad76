"""A result beside the right one, and how much such pairs bear witness.

Of numbers with many digits three that fit are no chance. Of zeros and ones half of all fit anyway,
so that many more are needed.

Not here: what is told of the pairs (`relations`, `places`).
"""

from dataclasses import dataclass, field

import numpy as np

from annkit.arguments import Array
from annkit.exercises.judging.one_step_away import ATOL, RTOL
from annkit.exercises.tasks.compare import close_entries

# So many wrong numbers have to agree before a relation is more than chance.
ENOUGH = 3
# So many, right and wrong, if all together take so few values: each of them fits by chance every
# other time, and there are some fifty relations.
ENOUGH_CHOICES = 14
FEW = 3


@dataclass(frozen=True)
class Pair:
    """A result, or one piece of it, beside the right one.

    Attributes:
        want: what the reference returned.
        got: what came.
        sizes: what can be counted in the call's arguments: words → number.
        given: the arguments that are arrays.
        is_truth: whether the right numbers are truth values.
    """

    want: Array
    got: Array
    sizes: dict[str, float] = field(default_factory=dict)
    given: dict[str, Array] = field(default_factory=dict)
    is_truth: bool = False

    @property
    def fits(self) -> bool:
        """Whether both have one shape, so that entries can be compared."""
        return self.want.shape == self.got.shape

    @property
    def wrong(self) -> Array:
        """Which entries are wrong."""
        return ~close_entries(self.got, self.want, RTOL, ATOL)

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong here."""
        return self.fits and not self.wrong.any()


def is_evidence(pairs: list[Pair]) -> bool:
    """Whether wrong numbers are enough for what holds in all of them to be more than chance."""
    wrong = sum(int(pair.wrong.sum()) if pair.fits else pair.want.size for pair in pairs)
    values = np.concatenate([np.ravel(part) for pair in pairs for part in (pair.want, pair.got)])
    is_choice = len(np.unique(values)) <= FEW
    witnesses = sum(pair.want.size for pair in pairs)
    return wrong >= ENOUGH and (witnesses >= ENOUGH_CHOICES or not is_choice)
