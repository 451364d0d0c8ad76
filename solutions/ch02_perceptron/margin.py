"""The smallest signed distance of an example from the boundary."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that

exercise = Exercise(
    id="margin",
    title="The closest call",
    points=1,
    size="about 1 line",
    task="""Measure how much room a boundary leaves: the smallest *signed* distance of an example
from it. A distance counts as positive on the example's right side and as negative on the wrong
one, so a single example on the wrong side makes the margin negative, however close the others are.

*Example:* `w = (3, 4)`, `b = -10`. The point (2, 6) scores 20 and lies 20/5 = 4 from the line; the
origin scores −10 and lies 2 from it. With labels +1 and −1 the margin is 2; with −1 and −1 the
signed distances are −4 and 2, and the margin is −4.""",
    hints=(
        """
        The score is not yet a distance: double `w` and `b`, and every score doubles while the line
        stays where it is. Which number doubles too, so that dividing by it undoes this?
        """,
        """
        Three steps for all examples at once: scores; distances; distances counted positive where
        score and label agree in sign. Then one number out of many.
        """,
        """
        The same on a road that crosses a border. A meter counts 4 per kilometre: three houses read
        [20, −8, 12], so they lie 20/4 = 5 km east, 2 km west and 3 km east. They belong east, west
        and west: [+1, −1, −1] · [5, −2, 3] = [5, 2, −3]. The third is on the wrong side, and the
        smallest is −3.
        """,
        """
        ```python
        distances = (...) / ...      # (batch,), with the sign of the score
        return np.min(... * distances)
        ```
        """,
    ),
)


@exercise.reference
def margin(X, y, w, b):
    """Return the smallest signed distance of an example from the boundary.

    Args:
        X: examples, (batch, features).
        y: labels, (batch,), each -1 or +1.
        w: weights, (features,), not all zero; of any length.
        b: bias, a number.

    Returns:
        A number in the units of X: positive if all examples are on their right side, negative
        if one is on the wrong side.
    """
    return np.min(y * (X @ w + b)) / np.linalg.norm(w)


@exercise.check("returns a single number")
def returns_a_number(answer: Answer, rng: np.random.Generator) -> None:
    X = rng.normal(size=(6, 3))
    expect_shape(answer(X, np.array([1, -1, 1, 1, -1, -1]), rng.normal(size=3), 0.5), ())


@exercise.check("two points near 3x₁ + 4x₂ = 10", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    X, w = np.array([[2.0, 6.0], [0.0, 1.0]]), np.array([3.0, 4.0])
    got = answer(X, np.array([1, -1]), w, -10.0)
    expect_close(got, 6 / 5, what="the margin", why="the scores are 20 and −6, and w has length 5")
    b = -float(rng.integers(11, 29))
    got = answer(X, np.array([1, -1]), w, b)
    why = f"the scores are {30 + b:g} and {4 + b:g}, and w has length 5"
    expect_close(got, min(30 + b, -4 - b) / 5, what="the margin", why=why)


@exercise.check("is negative if an example is on the wrong side")
def wrong_side(answer: Answer, rng: np.random.Generator) -> None:
    X, w = np.array([[2.0, 6.0], [0.0, 1.0]]), np.array([3.0, 4.0])
    got = answer(X, np.array([1, 1]), w, -10.0)
    expect_close(got, -6 / 5, what="the margin", why="(0, 1) lies 6/5 inside the wrong side")
    b = -float(rng.integers(6, 17))
    got = answer(X, np.array([-1, -1]), w, b)
    why = f"the signed distances are {-30 - b:g}/5 and {-4 - b:g}/5"
    expect_close(got, (-30 - b) / 5, what="the margin", why=why)


@exercise.check("random examples, against the foot of each perpendicular", points=0.5)
def random_examples(answer: Answer, rng: np.random.Generator) -> None:
    w = rng.normal(size=4)
    b = float(rng.normal())
    X = rng.normal(size=(7, 4)) * 3
    unit = w / np.sqrt(np.sum(w**2))
    on_plane = -b * w / np.sum(w**2)  # a point of the boundary
    along = np.sum((X - on_plane) * unit, axis=1)  # signed length of the perpendicular
    y = np.where(along > 0, 1, -1)
    for labels in (y, -y):
        expect_close(answer(X, labels, w, b), float(np.min(labels * along)), what="the margin")


@exercise.check("does not change when w and b are tripled")
def scale_does_not_matter(answer: Answer, rng: np.random.Generator) -> None:
    X, w, b = rng.normal(size=(6, 2)), rng.normal(size=2), float(rng.normal())
    y = np.where(X[:, 0] > 0, 1, -1)
    once, tripled = answer(X, y, w, b), answer(X, y, 3 * w, 3 * b)
    expect_that(
        bool(np.isclose(once, tripled)),
        "w and b three times as long describe the same line, so the margin stays.",
        expected=once,
        got=tripled,
    )


@exercise.wrong(caught_by=by_hand, hint=1)
def score_not_distance(X, y, w, b):
    """This is the smallest score, not the smallest distance: it doubles when w and b double."""
    return np.min(y * (X @ w + b))


@exercise.wrong(caught_by=wrong_side, hint=2)
def without_sign(X, y, w, b):
    """Your distances are never negative: an example on the wrong side looks like a right one."""
    return np.min(np.abs(X @ w + b)) / np.linalg.norm(w)


@exercise.wrong(caught_by=wrong_side, hint=2)
def closest_then_sign(X, y, w, b):
    """You take the example that is closest to the line and give its distance a sign.

    First the signs, then the smallest: what is negative is smaller than all that is not.
    """
    distances = y * (X @ w + b) / np.linalg.norm(w)
    return distances[np.argmin(np.abs(distances))]


@exercise.wrong(caught_by=by_hand, hint=2)
def labels_forgotten(X, y, w, b):
    """The labels play no part: distances are counted positive on the +1 side for both classes."""
    return np.min(X @ w + b) / np.linalg.norm(w)


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_in_the_norm(X, y, w, b):
    """You divide by the length of (w, b).

    A distance among the examples needs the length of w alone.
    """
    return np.min(y * (X @ w + b)) / np.sqrt(w @ w + b * b)


@exercise.wrong(caught_by=by_hand, hint=1)
def squared_norm(X, y, w, b):
    """You divide by ‖w‖², the sum of squares; its square root is missing."""
    return np.min(y * (X @ w + b)) / (w @ w)


@exercise.wrong(caught_by=by_hand, hint=1)
def number_of_weights(X, y, w, b):
    """You divide by how many weights there are, as `len(w)` counts them.

    The length of w as an arrow is wanted: for (3, 4) that is 5, and not 2.
    """
    return np.min(y * (X @ w + b)) / len(w)


@exercise.wrong(caught_by=by_hand, hint=2)
def average_distance(X, y, w, b):
    """This is the average of the signed distances. The margin is the smallest of them."""
    return np.mean(y * (X @ w + b)) / np.linalg.norm(w)


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_left_out(X, y, w, b):
    """Without the bias you measure from a parallel line through the origin."""
    return np.min(y * (X @ w)) / np.linalg.norm(w)


@exercise.wrong(caught_by=returns_a_number, hint=2)
def every_distance(X, y, w, b):
    """You return the signed distance of every example. The margin is one of them."""
    return y * (X @ w + b) / np.linalg.norm(w)


@exercise.wrong(caught_by=by_hand, hint=2)
def largest_distance(X, y, w, b):
    """This is the largest of the signed distances. Which example leaves the least room?"""
    return np.max(y * (X @ w + b)) / np.linalg.norm(w)


def _by_the_length_of_all(X, y, w, b):
    return np.min(y * (X @ w + b)) / np.linalg.norm(X)


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_by_the_length_of_all,))
def length_of_the_examples(X, y, w, b):
    """You divide by the length of the examples. What makes a score grow while the line stays?"""
    return np.min(y * (X @ w + b) / np.linalg.norm(X, axis=1))


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_not_scaled(X, y, w, b):
    """You shortened w, but not b: that moves the line. Both belong to the score that is divided."""
    return np.min(y * (X @ (w / np.linalg.norm(w)) + b))


@exercise.wrong(caught_by=by_hand, hint=1)
def length_without_squares(X, y, w, b):
    """You divide by |w₁| + |w₂| and so on. A length is made of squares and a root."""
    return np.min(y * (X @ w + b)) / np.sum(np.abs(w))


@exercise.wrong(caught_by=by_hand, hint=2)
def never_above_zero(X, y, w, b):
    """Your search for the smallest begins at 0, so it never finds anything above 0."""
    return min(0.0, np.min(y * (X @ w + b)) / np.linalg.norm(w))


@exercise.wrong(caught_by=by_hand, hint=2)
def sum_of_distances(X, y, w, b):
    """You added all signed distances up. The margin is the smallest of them."""
    return np.sum(y * (X @ w + b)) / np.linalg.norm(w)


@exercise.wrong(caught_by=by_hand, hint=1)
def multiplied_by_the_length(X, y, w, b):
    """You multiply by the length of w. With w and b doubled, does your number stay as it is?"""
    return np.min(y * (X @ w + b)) * np.linalg.norm(w)


@exercise.wrong(caught_by=by_hand, hint=2)
def number_of_the_closest(X, y, w, b):
    """You say *which* example is the closest call. Asked for is its distance."""
    return np.argmin(y * (X @ w + b))


@exercise.wrong(caught_by=by_hand, hint=1)
def one_class_only(X, y, w, b):
    """Only examples with the label +1 have a say in your margin. Those with −1 need room, too."""
    distances = (X @ w + b) / np.linalg.norm(w)
    return np.min(distances[np.asarray(y) == 1], initial=np.inf)


@exercise.wrong(caught_by=by_hand, hint=2)
def label_without_bias(X, y, w, b):
    """In your signed distances y multiplies x·w but not the bias. The score is both together."""
    return np.min(y * (X @ w) + b) / np.linalg.norm(w)


@exercise.alternative
def unit_normal_first(X, y, w, b):
    """Scale the boundary once, then read distances off the scores."""
    length = np.sqrt(np.sum(np.square(w)))
    return float((y * (np.dot(X, w / length) + b / length)).min())


@exercise.alternative
def example_by_example(X, y, w, b):
    """A running minimum."""
    length = sum(v * v for v in w) ** 0.5
    smallest = float("inf")
    for x, label in zip(X, y, strict=True):
        score = b + sum(u * v for u, v in zip(x, w, strict=True))
        smallest = min(smallest, label * score / length)
    return smallest
