"""What a perceptron goes through on four small sets of examples, and how that is said in words.

Not here: the learning itself (`learning`), its picture (`explorer`).
"""

from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np

from annkit.arguments import Array
from annkit.data import FRUIT_FEATURES, fruits, gates
from annkit.lessons.perceptron.learning import (
    Shown,
    best_bound,
    nearest_mixture,
    signed_examples,
    steps,
)
from annkit.show.moving.controls import Frame
from annkit.show.tables import in_words

LAST_STEP = 60


@dataclass(frozen=True)
class ExampleSet:
    """A set of examples, and all that happens on it.

    Attributes:
        X: examples, (n, 2).
        y: labels -1/+1, (n,).
        names: what the two classes are called, -1 first.
        features: names of the two inputs.
        corner: lower left corner of the picture.
        side: length of the picture's sides, in units of X.
        made: the steps, at most LAST_STEP.
        separator: the one with the largest γ, (w1, w2, b), of length 1; None if there is none.
        bound: the most corrections there can be; infinite if no separator exists.
    """

    X: Array
    y: Array
    names: tuple[str, str]
    features: tuple[str, str]
    corner: tuple[float, float]
    side: float
    made: tuple[Shown, ...]
    separator: Array | None
    bound: float

    @property
    def limit(self) -> str:
        """The most corrections there can be, in words."""
        return str(int(self.bound)) if np.isfinite(self.bound) else "no bound"

    @property
    def ended(self) -> bool:
        """Whether the steps lead to an epoch without a correction."""
        last = self.made[-1].epoch
        return not any(step.wrong for step in self.made if step.epoch == last) and (
            len(self.made) % len(self.X) == 0
        )

    def boundary_at(self, step: int) -> tuple[Array, float]:
        """Return weights (2,) and bias after a step; 0 is the start."""
        if step == 0:
            return np.zeros(2), 0.0
        now = self.made[min(step, len(self.made)) - 1]
        return now.w, now.b


def _case(
    X: Array, y: Array, names: tuple[str, str], features: tuple[str, str], air: float
) -> ExampleSet:
    """Run the perceptron on examples and frame them; `air` is the share left free around them."""
    bound = best_bound(X, y)
    _, mixture = nearest_mixture(signed_examples(X, y))
    low, high = X.min(axis=0), X.max(axis=0)
    side = float((high - low).max()) * (1 + 2 * air)
    corner = (low + high) / 2 - side / 2
    return ExampleSet(
        X,
        y,
        names,
        features,
        (float(corner[0]), float(corner[1])),
        side,
        tuple(islice(steps(X, y), LAST_STEP)),
        mixture / np.linalg.norm(mixture) if np.isfinite(bound) else None,
        bound,
    )


@cache
def cases() -> dict[str, ExampleSet]:
    """Return the sets of examples by name, in the order of the menu."""
    X, y = fruits()
    scaled = (X - X.mean(axis=0)) / X.std(axis=0)
    spoilt = y.copy()
    spoilt[0] = -y[0]
    fruit = ("lemon", "orange")
    standard = ("mass (standardised)", "length ÷ width (standardised)")
    corners, on = gates()["XOR"]
    return {
        "fruit, as measured": _case(X, y, fruit, FRUIT_FEATURES, 0.35),
        "fruit, standardised": _case(scaled, y, fruit, standard, 0.35),
        "XOR": _case(corners, 2 * on - 1, ("corner", "corner"), ("x₁", "x₂"), 0.4),
        "fruit, one wrong label": _case(X, spoilt, fruit, FRUIT_FEATURES, 0.35),
    }


def describe(case: ExampleSet, step: int) -> Frame:
    """Say what happened at a step, in words and numbers.

    Args:
        case: the examples.
        step: 0 is before the first example.

    Returns:
        The frame.
    """
    if step == 0:
        text = "Before the first example all weights are 0: every score is 0, there is no boundary."
        return Frame(text, _numbers(case, np.zeros(2), 0.0, 0))
    now = case.made[min(step, len(case.made)) - 1]
    numbers = _numbers(case, now.w, now.b, now.n_updates)
    number, label = min(step, len(case.made)), int(case.y[now.example])
    where = ", ".join(in_words(round(float(v), 2)) for v in case.X[now.example])
    said = (
        f"Step {number}, epoch {now.epoch}: the {case.names[label > 0]} at ({where}), "
        f"label {_signed(label)}, has the score {in_words(round(now.score, 6))}. "
    )
    if now.wrong:
        verb = "added" if label > 0 else "subtracted"
        said += f"That is wrong, so it is {verb}: correction number {now.n_updates}."
        if not now.w.any() and now.b == 0:
            said += " All weights are 0 again."
    else:
        said += "That is right: nothing changes."
    if case.ended and step >= len(case.made):
        said += (
            f" Epoch {now.epoch} needed no correction, so the learning is over: {now.n_updates} "
            f"corrections in all, of at most {case.limit}."
        )
    return Frame(said, numbers)


def _signed(label: int) -> str:
    return "+1" if label > 0 else "−1"


def _numbers(case: ExampleSet, w: Array, b: float, n_updates: int) -> dict[str, object]:
    return {
        "w₁": round(float(w[0]), 6),
        "w₂": round(float(w[1]), 6),
        "b": round(b, 6),
        "corrections so far": n_updates,
        "at most": case.limit,
        "examples wrong now": int(np.sum(case.y * (case.X @ w + b) <= 0)),
    }
