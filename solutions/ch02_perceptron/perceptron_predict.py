"""The decision of a perceptron: a weighted sum, then a threshold."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_equal,
    expect_shape,
    raises,
)

exercise = Exercise(
    id="perceptron_predict",
    title="The decision",
    points=1,
    size="about 1 line",
    leads_to="Learning, a few cells on, corrects the examples that this gets wrong.",
    task=r"""Decide for every row of `X` on which side of the boundary it lies: `+1` where the score
$x \cdot w + b$ is 0 or more, `-1` where it is negative.

*Example:* with `w = (1, -1)` and `b = 0.5` the rows `(2, 1)`, `(0, 3)` and `(1, 1.5)` score
1.5, −2.5 and 0, so the labels are `[1, -1, 1]`.""",
    hints=(
        """
        How many scores do you need, and how many labels does the docstring ask for? What should
        happen to a score of exactly 0?
        """,
        """
        One matrix–vector product gives all scores at once. Then every score becomes one of two
        numbers, depending on a comparison.
        """,
        """
        Another threshold, worked: *frost warning* for the temperatures `t = np.array([3.0, -1.0,
        0.0])`, warn at 0 or below. `np.where(t <= 0, "warn", "ok")` gives `["ok", "warn", "warn"]`:
        a comparison, the value where it holds, the value where it does not.
        """,
        """
        ```python
        scores = ...            # (batch,): all rows at once, bias included
        return np.where(..., ..., ...)
        ```
        """,
    ),
)


@exercise.reference
def perceptron_predict(X, w, b):
    """Label every row of X by the sign of its score.

    Args:
        X: examples, (batch, features).
        w: weights, (features,).
        b: bias, a number.

    Returns:
        (batch,) labels, +1 where the score is 0 or more and -1 elsewhere.
    """
    return np.where(X @ w + b >= 0, 1, -1)


@exercise.check("gives one label per example")
def one_label_per_example(answer: Answer, rng: np.random.Generator) -> None:
    X = rng.normal(size=(5, 3))
    expect_shape(answer(X, rng.normal(size=3), 0.5), (5,), what="the labels")


@exercise.check("five examples by hand")
def small_case(answer: Answer, rng: np.random.Generator) -> None:
    # the bias decides the last three, each against another mistake
    X = np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 0.5], [0.25, 0.25], [0.0, 0.125]])
    w, expected = np.array([2.0, -1.0]), np.array([1, -1, 1, 1, 1])
    why = "the scores are 1.75, −0.25, 0.25, 1, 0.625"
    expect_equal(answer(X, w, 0.75), expected, what="the labels", why=why)
    order = rng.permutation(5)
    why = "the same five examples in another order"
    expect_equal(answer(X[order], w, 0.75), expected[order], what="the labels", why=why)


@exercise.check("random examples, four features", points=0.5)
def random_examples(answer: Answer, rng: np.random.Generator) -> None:
    X = rng.normal(size=(40, 4))
    w = rng.normal(size=4)
    b = float(rng.normal())
    expected = [1 if sum(x * v for x, v in zip(row, w, strict=True)) + b >= 0 else -1 for row in X]
    expect_equal(answer(X, w, b), np.array(expected), what="the labels")


@exercise.check("a score of exactly 0 is +1", points=0.5)
def on_the_boundary(answer: Answer, rng: np.random.Generator) -> None:
    # small whole numbers: the scores are exactly 0, 1 and -1 in any order of summation
    p, q = (int(n) for n in rng.integers(1, 6, size=2))
    w, b = np.array([p, q, 1]), -p * q
    X = np.array([[q, 0, 0], [0, p, 0], [q, 0, 1], [q, 0, -1], [q, 0, -(2.0**-20)]])
    labels = answer(X, w, b)
    why = "the scores are 0, 0, 1, −1, and a millionth below 0"
    expect_equal(labels, np.array([1, 1, 1, -1, -1]), what="the labels", why=why)


@exercise.wrong(caught_by=on_the_boundary, hint=1)
def nearly_zero_is_enough(X, w, b):
    """A score a little below 0 got +1. Close to the boundary is not on it: the sign decides."""
    return np.where(X @ w + b > -1e-5, 1, -1)


@exercise.wrong(caught_by=on_the_boundary, hint=1)
def strictly_greater(X, w, b):
    """A score of exactly 0 got −1. The task says on which side the boundary itself belongs."""
    return np.where(X @ w + b > 0, 1, -1)


@exercise.wrong(caught_by=on_the_boundary, hint=1)
def sign_of_zero(X, w, b):
    """A score of exactly 0 got the label 0, which is no class: look up what `np.sign` does at 0."""
    return np.sign(X @ w + b)


@exercise.wrong(caught_by=small_case, hint=1)
def zero_one_labels(X, w, b):
    """You tell yes from no by 1 and 0, as the gates of chapter 1 do. Here labels are +1 and −1."""
    return np.where(X @ w + b >= 0, 1, 0)


@exercise.wrong(caught_by=small_case, hint=2)
def bias_forgotten(X, w, b):
    """The bias plays no part in your decision, so your boundary always runs through the origin."""
    return np.where(X @ w >= 0, 1, -1)


@exercise.wrong(caught_by=small_case, hint=2)
def bias_as_threshold(X, w, b):
    """You use b as a threshold that the sum has to reach. A bias is part of the sum itself."""
    return np.where(X @ w >= b, 1, -1)


@exercise.wrong(
    caught_by=one_label_per_example, hint=2, recognise=raises("truth value of an array")
)
def asks_all_rows_at_once(X, w, b):
    """An `if` wants a single yes or no, but there is one score for each row.

    Every row needs a decision of its own.
    """
    return 1 if X @ w + b >= 0 else -1


@exercise.wrong(caught_by=small_case, hint=2)
def threshold_at_half(X, w, b):
    """The score is cut at 0.5. That is a habit for probabilities, and a score is none."""
    return np.where(X @ w + b >= 0.5, 1, -1)


@exercise.wrong(caught_by=small_case, hint=2)
def scores_returned(X, w, b):
    """These are the scores. The threshold that turns each of them into a label is still missing."""
    return X @ w + b


@exercise.wrong(caught_by=one_label_per_example, hint=2)
def products_not_added_up(X, w, b):
    """You have one label for every number in X. The products of a row still have to be added up."""
    return np.where(X * w + b >= 0, 1, -1)


def _if_any(X, w, b):
    return 1 if np.any(X @ w + b >= 0) else -1


@exercise.wrong(caught_by=one_label_per_example, hint=1, variants=(_if_any,))
def one_label_for_all(X, w, b):
    """You return one label for the whole batch. Every row gets a label of its own."""
    return 1 if np.all(X @ w + b >= 0) else -1


@exercise.wrong(caught_by=one_label_per_example, hint=2)
def added_down_the_columns(X, w, b):
    """You added the products down the columns, over all examples. The score of a row is its own."""
    return np.where(np.sum(X * w, axis=0) + b >= 0, 1, -1)


@exercise.wrong(caught_by=small_case, hint=1)
def bias_per_input(X, w, b):
    """The bias is added to every product, so it counts once per input. It belongs to the sum."""
    return np.where(np.sum(X * w + b, axis=1) >= 0, 1, -1)


@exercise.alternative
def row_by_row(X, w, b):
    """A loop over the examples."""
    labels = []
    for x in X:
        score = float(b)
        for value, weight in zip(x, w, strict=True):
            score += value * weight
        labels.append(1 if score >= 0 else -1)
    return labels


@exercise.alternative
def by_arithmetic(X, w, b):
    """Truth values as numbers: 2·1 − 1 and 2·0 − 1."""
    return 2 * (np.einsum("bf,f->b", X, w) + b >= 0).astype(float) - 1


@exercise.alternative
def by_indexing(X, w, b):
    """Start from +1 everywhere and change what is negative."""
    labels = np.ones(len(X), dtype=int)
    labels[np.dot(X, w) + b < 0] = -1
    return labels
