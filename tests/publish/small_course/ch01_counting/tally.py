"""A class with an interface and with insides."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_equal, probe

exercise = Exercise(
    id="tally",
    title="Count things",
    points=1,
    size="about 6 lines",
    object_name="Tally",
    task="""Write a counter that starts at 0.

Example: after two calls of `add`, `total` is 2.""",
    hints=("Where does the count live?", "In the object.", "`self....`"),
)


@exercise.reference
class Tally:
    """Count one thing after the other."""

    def __init__(self):
        """Start at zero."""
        self._count = 0

    def add(self, n=1):
        """Count n more things.

        Args:
            n: how many.
        """
        self._count = self._checked(self._count + n)  # what the learner never sees

    def _checked(self, count):
        return max(count, 0)

    @property
    def total(self):
        """How many things have been counted."""
        return self._count


@probe
def counted(Tally, steps):
    tally = Tally()
    for n in steps:
        tally.add(n)
    return tally.total


@exercise.check("counts")
def counts(answer: Answer, rng: np.random.Generator) -> None:
    steps = rng.integers(1, 9, size=5).tolist()
    expect_equal(answer.probe(counted, steps), sum(steps))


@exercise.wrong(caught_by=counts)
class CountsCalls:
    """You count the calls of `add`, not the things: use its argument."""

    def __init__(self):
        self.total = 0

    def add(self, n=1):
        self.total += 1


@exercise.alternative
class WithList:
    def __init__(self):
        self.things = []

    def add(self, n=1):
        self.things.append(n)

    @property
    def total(self):
        return sum(self.things)


@exercise.alternative
class WithAttribute:
    total = 0

    def add(self, n=1):
        self.total = self.total + n
