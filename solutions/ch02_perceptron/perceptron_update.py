"""Rosenblatt's rule: correct the weights by the example that was wrong."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that

exercise = Exercise(
    id="perceptron_update",
    title="One correction",
    points=2,
    size="about 3 lines",
    leads_to="`perceptron_fit` goes through all examples with this step.",
    task=r"""Show one example to the perceptron and return its weights and bias afterwards. If $y
\cdot (x \cdot w + b) \le 0$, correct them *once* by Rosenblatt's rule: the example is added to the
weights if it should have been +1 and subtracted if it should have been −1; the bias is treated as
the weight of an input that is always 1. Otherwise hand back what came in. `learning_rate`
multiplies the whole correction, that of the bias too. One correction need not be enough to put the
example right.

*Example:* `x = (2, -1)` has the label `y = 1`, but with `w = (-1, 1)` and `b = 0` it scores −3.
After the correction `w = (1, 0)` and `b = 1`, and the score is +3.""",
    hints=(
        """
        When is the example classified correctly, when not, and to which of the two does a score of
        exactly 0 belong? Start from the product of label and score.
        """,
        """
        To add what should have been +1 and to subtract what should have been −1: which number that
        you have been given does both at once? And by how much do the weights move in a place where
        the input is 1?
        """,
        """
        Another rule of the same kind, worked: a thermostat with one number, `offset`. Too cold
        (`error = -1`), rate 0.5, and the window is open (`x = 4`): `new = offset + 0.5 * (-1) * 4`.
        The old `offset` stays as it was; `new` is another number. That matters with arrays: `w +=
        …` changes the caller's array.
        """,
        """
        ```python
        if y * (...) <= 0:           # wrong, or undecided
            step = ...
        else:
            step = ...
        return w + step * ..., b + step * ...
        ```
        """,
    ),
)


@exercise.reference
def perceptron_update(x, y, w, b, learning_rate=1.0):
    """Show one example to the perceptron and correct its weights if it is wrong.

    Args:
        x: one example, (features,).
        y: its label, -1 or +1.
        w: weights before, (features,); not changed.
        b: bias before, a number.
        learning_rate: factor of the whole correction, of the weights' and of the bias's.

    Returns:
        (w, b) afterwards: weights (features,) and bias. The same values as before if the
        example was strictly on its right side; a score of 0 counts as wrong.
    """
    step = learning_rate * y if y * (x @ w + b) <= 0 else 0.0
    return w + step * x, b + step


@exercise.check("returns the weights and the bias")
def returns_a_pair(answer: Answer, rng: np.random.Generator) -> None:
    x = rng.normal(size=3)
    got = answer(x, 1, 2 * x, 0.5)
    expect_that(
        got is not None,
        "Nothing (None) came back for an example that is already right: does every way through "
        "your function end in a `return`?",
    )
    expect_that(
        isinstance(got, tuple | list) and len(got) == 2,
        "Two things were expected: the weights and the bias, (w, b).",
        got=got,
    )
    expect_shape(got[0], (3,), what="w")
    expect_shape(got[1], (), what="b")


@exercise.check("corrects an example on the wrong side", points=0.5)
def corrects_mistakes(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(np.array([2.0, 1.0]), -1, np.array([1.0, 3.0]), 0.5)
    expect_close(
        got, (np.array([-1.0, 2.0]), -0.5), what="(w, b)", why="y = −1 and the score is 5.5"
    )
    got = answer(np.array([1.0, 0.5]), -1, np.array([10.0, 4.0]), 0.5)
    why = "y = −1 and the score is 12.5; one correction, though the score is then still 10.25"
    expect_close(got, (np.array([9.0, 3.5]), -0.5), what="(w, b)", why=why)
    for y in (1, -1):
        x = rng.normal(size=4)
        w = -y * x + 0.1 * rng.normal(size=4)
        b = -y * 0.3
        expected = ([v + y * u for u, v in zip(x, w, strict=True)], b + y)
        expect_close(answer(x, y, w, b), (np.array(expected[0]), expected[1]), what="(w, b)")


@exercise.check("leaves a correct example alone", points=0.5)
def leaves_correct_alone(answer: Answer, rng: np.random.Generator) -> None:
    # x·w = -1, but the bias makes the score +2: the example is right
    w = np.array([1.0, -1.0])
    got = answer(np.array([1.0, 2.0]), 1, w, 3.0)
    expect_close(got, (w, 3.0), what="(w, b)", why="y = 1 and the score is +2, already right")
    # x·w = 2, and whoever takes the bias off meets -1
    w = np.array([1.0, 2.0])
    got = answer(np.array([2.0, 0.0]), 1, w, 3.0)
    expect_close(got, (w, 3.0), what="(w, b)", why="y = 1 and the score is +5, already right")
    # y·(x·w) + b would be at most -4 here: the label belongs to the bias as well
    x, w, b = np.array([2.0, 1.0]), np.array([1.0, -1.0]), -float(rng.integers(3, 9))
    got = answer(x, -1, w, b)
    expect_close(
        got, (w, b), what="(w, b)", why=f"y = −1 and the score is −{-1 - b:g}, already right"
    )
    x = rng.normal(size=3)
    expect_close(answer(x, -1, -x, -0.25), (-x, -0.25), what="(w, b)", why="score and label agree")
    # However close to the boundary: a single product, which nothing rounds to 0.
    for weight, score in ((0.0001, "0.00005"), (1e-12, "5e−13")):
        w = np.array([weight, 0.0])
        got = answer(np.array([0.5, 1.0]), 1, w, 0.0)
        expect_close(
            got, (w, 0.0), what="(w, b)", why=f"y = 1 and the score is {score}, just right"
        )
    # nothing is left alone by a function that leaves everything alone
    got = answer(x, 1, -x, -0.25)
    moved = isinstance(got, tuple | list) and not np.array_equal(got[0], -x)
    message = "An example on the wrong side, y = 1 with a negative score, was left alone too."
    expect_that(moved, message, got=got)


@exercise.check("a score of exactly 0 is corrected too", points=0.5)
def corrects_ties(answer: Answer, rng: np.random.Generator) -> None:
    x = rng.integers(1, 9, size=3)
    for y in (1, -1):
        got = answer(x, y, np.zeros(3), 0.0)
        expect_close(
            got, (y * x, float(y)), what="(w, b)", why="y·score = 0 still asks for a correction"
        )


@exercise.check("the learning rate scales the whole correction", points=0.5)
def uses_the_learning_rate(answer: Answer, rng: np.random.Generator) -> None:
    x, y, w, b = np.array([4.0, -2.0]), 1, np.array([-1.0, 1.0]), 0.0
    for rate in (0.5, float(rng.uniform(2, 3))):
        expected = (w + np.multiply(rate, x), b + rate)
        expect_close(answer(x, y, w, b, learning_rate=rate), expected, what="(w, b)")


@exercise.wrong(caught_by=corrects_ties, hint=1)
def strict_inequality(x, y, w, b, learning_rate=1.0):
    """A score of exactly 0 leaves your weights as they are.

    Started at zero, they would stay there.
    """
    if y * (x @ w + b) < 0:
        return w + learning_rate * y * x, b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=corrects_ties, hint=1)
def asks_the_prediction(x, y, w, b, learning_rate=1.0):
    """You compare the predicted label with the true one.

    At a score of exactly 0 the prediction is +1, so an example of that class passes as right.
    What does the task say about y·score = 0?
    """
    predicted = 1 if x @ w + b >= 0 else -1
    if predicted != y:
        return w + learning_rate * y * x, b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=leaves_correct_alone, hint=1)
def updates_always(x, y, w, b, learning_rate=1.0):
    """You correct even when nothing is wrong, so the learning would never come to rest."""
    return w + learning_rate * y * x, b + learning_rate * y


@exercise.wrong(caught_by=leaves_correct_alone, hint=1)
def condition_without_bias(x, y, w, b, learning_rate=1.0):
    """You judge the example by x·w alone; the decision is made on the full score, with the bias."""
    if y * (x @ w) <= 0:
        return w + learning_rate * y * x, b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=1)
def score_without_label(x, y, w, b, learning_rate=1.0):
    """You test the score alone. Whether a negative score is a mistake depends on the label."""
    if x @ w + b <= 0:
        return w + learning_rate * y * x, b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=2)
def pushed_away(x, y, w, b, learning_rate=1.0):
    """The correction points the wrong way: after it, the example is further on the wrong side."""
    if y * (x @ w + b) <= 0:
        return w - learning_rate * y * x, b - learning_rate * y
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=2)
def label_ignored(x, y, w, b, learning_rate=1.0):
    """Every wrong example is added, whatever its label; one of the two classes is pushed away."""
    if y * (x @ w + b) <= 0:
        return w + learning_rate * x, b + learning_rate
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=2)
def until_it_is_right(x, y, w, b, learning_rate=1.0):
    """You correct again and again until the example is right. One call, one correction.

    Which word asks a question once, and which one goes on asking?
    """
    while y * (x @ w + b) <= 0:
        w = w + learning_rate * y * x
        b = b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=2)
def bias_subtracted(x, y, w, b, learning_rate=1.0):
    """The weights move the right way, the bias moves the wrong way."""
    if y * (x @ w + b) <= 0:
        return w + learning_rate * y * x, b - learning_rate * y
    return w, b


@exercise.wrong(caught_by=returns_a_pair, hint=4)
def nothing_where_right(x, y, w, b, learning_rate=1.0):
    """For an example that is already right your function returns nothing.

    What does the task want back in that case?
    """
    if y * (x @ w + b) <= 0:
        return w + learning_rate * y * x, b + learning_rate * y
    return None


@exercise.wrong(caught_by=corrects_mistakes, hint=2)
def bias_not_learned(x, y, w, b, learning_rate=1.0):
    """The weights are corrected but the bias never moves."""
    if y * (x @ w + b) <= 0:
        return w + learning_rate * y * x, b
    return w, b


def _off_the_boundary(call) -> bool:
    """Whether the score is not exactly 0: there this mistake is made in two ways."""
    x, _, w, b = call.args
    return bool(x @ w + b != 0)


@exercise.wrong(caught_by=corrects_mistakes, hint=2, where=_off_the_boundary)
def twice_the_step(x, y, w, b, learning_rate=1.0):
    """Your step is twice as long: label minus prediction is ±2, and Rosenblatt's rule uses ±1."""
    if y * (x @ w + b) <= 0:
        error = y - (-y)
        return w + learning_rate * error * x, b + learning_rate * error
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=3)
def in_place(x, y, w, b, learning_rate=1.0):
    """You change `w` in place, as `w += …` does: the caller's weights change with it."""
    if y * (x @ w + b) <= 0:
        w += learning_rate * y * x
        b += learning_rate * y
    return w, b


@exercise.wrong(caught_by=uses_the_learning_rate, hint=2)
def rate_ignored(x, y, w, b, learning_rate=1.0):
    """The argument `learning_rate` has no effect on your answer."""
    if y * (x @ w + b) <= 0:
        return w + y * x, b + y
    return w, b


@exercise.wrong(caught_by=uses_the_learning_rate, hint=2)
def rate_on_weights_only(x, y, w, b, learning_rate=1.0):
    """The weights' step is scaled by the learning rate, the bias's step is not."""
    if y * (x @ w + b) <= 0:
        return w + learning_rate * y * x, b + y
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=1)
def corrects_the_right_ones(x, y, w, b, learning_rate=1.0):
    """Your condition is the wrong way round: only examples on their right side are corrected."""
    if y * (x @ w + b) > 0:
        return w + learning_rate * y * x, b + learning_rate * y
    return w, b


def _error_where_wrong(x, y, w, b, learning_rate=1.0):
    error = (y - (x @ w + b)) * (y * (x @ w + b) <= 0)
    return w + learning_rate * error * x, b + learning_rate * error


@exercise.wrong(caught_by=corrects_mistakes, hint=2, variants=(_error_where_wrong,))
def error_of_the_score(x, y, w, b, learning_rate=1.0):
    """You correct by label minus *score*, as in the rule of Widrow and Hoff.

    Rosenblatt's asks only on which side the example lies, and its steps are all alike.
    """
    error = y - (x @ w + b)
    return w + learning_rate * error * x, b + learning_rate * error


@exercise.wrong(caught_by=corrects_mistakes, hint=2)
def change_returned(x, y, w, b, learning_rate=1.0):
    """You hand back the correction itself. What are the weights once it has been made?"""
    if y * (x @ w + b) <= 0:
        return learning_rate * y * x, learning_rate * y
    return w, b


def _summed_onto_the_bias(x, y, w, b, learning_rate=1.0):
    step = learning_rate * y if y * (x @ w + b) <= 0 else 0.0
    return w + step * x, b + step * np.sum(x)


@exercise.wrong(caught_by=corrects_mistakes, hint=2, variants=(_summed_onto_the_bias,))
def inputs_on_the_bias(x, y, w, b, learning_rate=1.0):
    """You multiplied the bias's step by the inputs. Which input does a bias belong to?"""
    if y * (x @ w + b) <= 0:
        return w + learning_rate * y * x, b + learning_rate * y * x
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=2)
def replaced_not_moved(x, y, w, b, learning_rate=1.0):
    """You put the correction in the place of the weights. It has to be added to what was there."""
    if y * (x @ w + b) <= 0:
        return learning_rate * y * x, b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=leaves_correct_alone, hint=1)
def label_without_bias(x, y, w, b, learning_rate=1.0):
    """In your condition y multiplies x·w but not the bias. The score is both together."""
    if y * w @ x + b <= 0:
        return w + learning_rate * y * x, b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=leaves_correct_alone, hint=1)
def bias_subtracted_in_the_score(x, y, w, b, learning_rate=1.0):
    """Your condition takes the bias off. It is added: the score is x·w + b."""
    if y * (x @ w - b) <= 0:
        return w + learning_rate * y * x, b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=2)
def label_missing_from_the_weights(x, y, w, b, learning_rate=1.0):
    """The label turns the step of your bias, but not that of the weights."""
    if y * (x @ w + b) <= 0:
        return w + learning_rate * x, b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=uses_the_learning_rate, hint=2)
def rate_on_bias_only(x, y, w, b, learning_rate=1.0):
    """The bias's step is scaled by the learning rate, the weights' step is not."""
    if y * (x @ w + b) <= 0:
        return w + y * x, b + learning_rate * y
    return w, b


@exercise.wrong(caught_by=corrects_mistakes, hint=2)
def label_missing_from_the_bias(x, y, w, b, learning_rate=1.0):
    """The label turns the step of your weights, but not that of the bias."""
    if y * (x @ w + b) <= 0:
        return w + learning_rate * y * x, b + learning_rate
    return w, b


@exercise.wrong(caught_by=leaves_correct_alone, hint=1)
def wants_a_distance(x, y, w, b, learning_rate=1.0):
    """You correct examples that are right, because their score is small. The sign decides alone."""
    if y * (x @ w + b) <= 1e-3:
        return w + learning_rate * y * x, b + learning_rate * y
    return w, b


@exercise.alternative
def with_a_branch(x, y, w, b, learning_rate=1.0):
    """Hand back what came in where nothing is to be corrected."""
    if y * (x @ w + b) <= 0:
        return w + learning_rate * y * x, b + learning_rate * y
    return w, b


@exercise.alternative
def with_a_mask(x, y, w, b, learning_rate=1.0):
    """No branch: the step is multiplied by 1 if the example is wrong and by 0 if not."""
    wrong = float(y * (np.dot(w, x) + b) <= 0)
    step = learning_rate * y * wrong
    return w + step * x, b + step


@exercise.alternative
def augmented(x, y, w, b, learning_rate=1.0):
    """The bias as the weight of an input that is always 1."""
    x_hat = np.append(x, 1.0)
    w_hat = np.append(w, b)
    if np.sign(x_hat @ w_hat) != y:
        w_hat = w_hat + learning_rate * (y * x_hat)
    return w_hat[:-1], w_hat[-1]


@exercise.alternative
def weight_by_weight(x, y, w, b, learning_rate=1.0):
    """A loop over the weights of a copy."""
    w = np.array(w, dtype=float)
    score = b + sum(w[i] * x[i] for i in range(len(x)))
    if y * score > 0:
        return w, b
    for i in range(len(x)):
        w[i] += learning_rate * y * x[i]
    return w, b + learning_rate * y
