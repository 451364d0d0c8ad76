"""What a network makes of a drawing: the 64 numbers it sees, its ten probabilities, and words.

Not here: the pad on which one draws (`drawing_pad`), strokes and pixels (`drawings`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from annkit.arguments import Array, ShapeError
from annkit.lessons.capstone.drawings import Points, pixels, prepare
from annkit.show.tables import in_percent

Model = Callable[[Array], Array]  # (n, 64) → (n, …)


@dataclass(frozen=True)
class Reading:
    """What is shown beside a drawing.

    Attributes:
        picture: what the network sees, (64,), 0 … 1.
        probabilities: of the ten digits, (10,); empty for an empty drawing.
        hidden: activations of the hidden units, (units,); empty if the model does not tell.
        words: the answer in a sentence.
    """

    picture: Array
    probabilities: Array
    hidden: Array
    words: str

    @property
    def digit(self) -> int | None:
        """The most probable digit; None for an empty drawing."""
        return int(self.probabilities.argmax()) if self.probabilities.size else None


def read(
    strokes: Sequence[Points], how: str, predict_proba: Model, hidden: Model | None = None
) -> Reading:
    """Prepare a drawing and let a model read it.

    Args:
        strokes: the drawing.
        how: a preparation; see `drawings.prepare`.
        predict_proba: the model's probabilities, (n, 64) → (n, 10).
        hidden: the model's hidden activations, (n, 64) → (n, units), if it tells them.
    """
    nothing = np.zeros(0)
    picture = pixels(prepare(strokes, how))
    if not picture.any():
        return Reading(picture, nothing, nothing, "The pad is empty.")
    p = np.asarray(predict_proba(picture[None]), dtype=float)
    if p.shape != (1, 10):
        raise ShapeError("predict_proba", "(1, 10) for one picture", p.shape)
    units = np.asarray(hidden(picture[None]), dtype=float)[0] if hidden else nothing
    return Reading(picture, p[0], units, _in_words(p[0]))


def _in_words(p: Array) -> str:
    first, second = np.argsort(-p, kind="stable")[:2]
    words = f"It reads {first}, with {in_percent(p[first], 0)}"
    if p[second] < 0.005:
        return f"{words}."
    return f"{words}; next {second}, with {in_percent(p[second], 0)}."
