"""The gradient of the softmax cross-entropy: probabilities minus truth."""

import math

import numpy as np

from annkit.exercises import LAST_DIGITS, Answer, Exercise, coarse, expect_close, expect_shape

exercise = Exercise(
    id="cross_entropy_grad",
    title="Who should give, and to whom",
    points=2,
    size="about 4 lines",
    leads_to="In chapter 10, `classifier_gradients` begins with it.",
    derived=True,
    task=r"""Return $\partial C/\partial z$ for the cost $C$ of `cross_entropy_cost`: the slope of
the mean softmax cross-entropy in every logit, same shape as `z`. It must have the right values as
far out as ±10 000, a small slope beside a large cost included: derive it, don't measure it.

Example: one example with the logits $(\ln 1, \ln 2, \ln 5)$ and the label 1. The probabilities
are ⅛, ¼, ⅝, and the gradient is (⅛, −¾, ⅝). A step goes *against* the slope: it pulls the
true class up, and pushes each of the others down by the share it had claimed.""",
    hints=(
        """
        In the example, which entries equal the probabilities, and by how much does the other one
        differ from its probability? What is the sum of the row?
        """,
        r"""
        The loss of a row is $\ln\sum e^{z_k} - z_{\text{label}}$. The slope of the first term in
        $z_j$ is the softmax $p_j$, for which each row is shifted by its own largest logit; the
        second has slope −1 in one place and 0 elsewhere. And the cost is a mean.
        """,
        """
        Changing one entry per row: `t = np.zeros((2, 3))` and `k = np.array([2, 0])`.
        `t[np.arange(2), k] += 5` gives `[[0, 0, 5], [5, 0, 0]]`, while `t[:, k] += 5` would change
        whole columns. Do it to a copy of your own, never to an argument.
        """,
        """
        Skeleton:

        ```python
        e = np.exp(...)                 # shifted, as always
        p = e / ...
        p[np.arange(...), ...] -= ...
        return p / ...
        ```
        """,
    ),
)


@exercise.reference
def cross_entropy_grad(z, labels):
    """Gradient of the mean softmax cross-entropy in the logits.

    Args:
        z: logits (scores before the softmax), (batch, C); left unchanged.
        labels: true classes, integers 0 … C−1, (batch,).

    Returns:
        ∂C/∂z, (batch, C), where C is the mean over the batch of −ln softmax(z)[label]; the
        1/batch of the mean is in it. Right for logits as large as ±10 000, also when rows lie
        far apart.
    """
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), labels] -= 1
    return p / len(z)


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((2, 3), (1, 5), (3, 3)):
        labels = rng.permutation(shape[0])
        expect_shape(answer(rng.integers(-3, 4, shape) + 0.0, labels), shape, what="the gradient")


@exercise.check("gets two rows of logarithms right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = np.log([[3.0, 1.0, 6.0], [2.0, 2.0, 1.0]])
    expected = np.array([[0.3, -0.9, 0.6], [-0.6, 0.4, 0.2]]) / 2
    expect_close(answer(z, np.array([1, 0])), expected, what="the gradient")
    odds = round(float(rng.uniform(3, 30)), 2)
    expect_close(
        answer(np.log([[1.0, 2.0, odds]]), np.array([2])),
        np.array([[1, 2, -3]]) / (odds + 3),
        what="the gradient",
        why=f"the probabilities are 1, 2 and {odds:g}, each divided by {odds + 3:g}",
    )


@exercise.check("agrees with central differences of the cost", points=1)
def agrees_with_difference(answer: Answer, rng: np.random.Generator) -> None:
    def loss(row, label):
        return math.log(math.fsum(math.exp(score - row[label]) for score in row))

    for batch, n_classes in ((5, 3), (4, 4), (3, 2)):
        z, labels = rng.normal(size=(batch, n_classes)) * 2, rng.integers(0, n_classes, batch)
        slopes, h = np.zeros(z.shape), 1e-5
        for i, j in np.ndindex(z.shape):
            up, down = z[i].copy(), z[i].copy()
            up[j] += h
            down[j] -= h
            slopes[i, j] = (loss(up, labels[i]) - loss(down, labels[i])) / (2 * h * batch)
        expect_close(answer(z, labels), slopes, rtol=1e-5, atol=1e-8, what="the gradient")


def _slopes(z, labels):
    p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    return (p - (np.arange(z.shape[1]) == np.asarray(labels)[:, None])) / len(z)


@exercise.check(
    "is right as far out as ±10 000, for rows far apart, and to the last digits", points=0.5
)
def far_out(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -2e4], [1.0, 1.0, -1e4], [0.0, 1e4, 0.0]])
    expected = np.array([[1, 0, -1], [-0.5, 0.5, 0], [0.5, -0.5, 0], [0, 0, 0]]) / 4
    expect_close(answer(z, np.array([2, 0, 1, 1])), expected, what="the gradient")
    score = -float(rng.integers(11, 15))
    p = math.exp(score) / (1 + math.exp(score))
    got = answer(np.array([[1e4, 0.0], [0.0, score]]), np.array([1, 0]))
    expect_shape(got, (2, 2), what="the gradient")
    expect_close(
        np.asarray(got)[1, 1],
        p / 2,
        rtol=1e-5,
        atol=0,
        what="the slope in the last logit",
        why=f"the probability of class 1 is {p:.3g} there: a small slope, not 0",
    )
    z, labels = rng.uniform(-1, 1, (4, 3)), np.array([2, 0, 1, 1])
    expect_close(
        answer(z, labels),
        _slopes(z, labels),
        rtol=LAST_DIGITS,
        atol=0,
        what="the gradient",
        why="a formula is right to the last digits",
    )


@exercise.wrong(caught_by=by_hand, hint=2)
def batch_forgotten(z, labels):
    """These are the slopes of the losses; the cost is their mean. The 1/batch is missing."""
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), labels] -= 1
    return p


@exercise.wrong(caught_by=by_hand, hint=1)
def truth_forgotten(z, labels):
    """You return the probabilities. The labels have not been used: where do they enter?

    Every row of the gradient should sum to 0.
    """
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def probabilities_forgotten(z, labels):
    """You return the slope of −z alone, −1 for the true class. The loss has another term.

    What is the slope of the logarithm of the sum?
    """
    slopes = np.zeros(np.shape(z))
    slopes[np.arange(len(z)), labels] = -1
    return slopes / len(z)


@exercise.wrong(caught_by=by_hand, hint=3)
def whole_columns_changed(z, labels):
    """`p[:, labels] -= 1` changes whole columns, for all examples; one entry per row is meant."""
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[:, labels] -= 1
    return p / len(z)


@exercise.wrong(caught_by=keeps_shape, hint=2)
def labels_subtracted(z, labels):
    """You subtract the *numbers* of the classes from probabilities, and the shapes don't fit.

    The truth is a row per example, with a 1 in the place of its class and 0 elsewhere.
    """
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - labels) / len(z)


@exercise.wrong(caught_by=keeps_shape, hint=2)
def classes_that_occur(z, labels):
    """Your truth has as many columns as the largest label asks for, `labels.max() + 1`.

    Later classes may be missing from a batch. How many there are, z knows.
    """
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - np.eye(np.max(labels) + 1)[labels]) / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def class_numbers_subtracted(z, labels):
    """You subtract the *number* of the class from every probability of the row.

    Class 2 isn't “twice as much” as class 1: the number only says in which place the 1 stands.
    """
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - np.asarray(labels)[:, None]) / len(z)


@exercise.wrong(caught_by=by_hand, hint=3)
def whole_rows_changed(z, labels):
    """`p[labels] -= 1` changes whole *rows*: it takes the labels for numbers of examples."""
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[labels] -= 1
    return p / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_entries(z, labels):
    """You divided by examples times classes; the mean runs over the examples only."""
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), labels] -= 1
    return p / z.size


@exercise.wrong(caught_by=by_hand, hint=1)
def points_downhill(z, labels):
    """Every sign is reversed: truth minus probability is where the cost falls, not where it rises.

    The minus comes later, when a step is taken.
    """
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = -e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), labels] += 1
    return p / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def squared_error_of_probabilities(z, labels):
    """Your slopes have an extra factor p(1 − p).

    It would belong to a squared error, entry by entry; in the cross-entropy it has cancelled.
    """
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    truth = np.zeros(np.shape(z))
    truth[np.arange(len(z)), labels] = 1
    return (p - truth) * p * (1 - p) / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def only_the_true_class(z, labels):
    """Only the true class has a slope in your answer. The others shrink its share as well."""
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    grad = np.zeros(np.shape(z))
    rows = np.arange(len(z))
    grad[rows, labels] = p[rows, labels] - 1
    return grad / len(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def columns_instead_of_rows(z, labels):
    """Your softmax runs down the columns: the examples compete with each other."""
    e = np.exp(z - np.max(z, axis=0))
    p = e / e.sum(axis=0)
    p[np.arange(len(z)), labels] -= 1
    return p / len(z)


@exercise.wrong(caught_by=by_hand, hint=3)
def labels_from_one(z, labels):
    """You took the labels to count from 1: the class before the true one is pulled up."""
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), np.asarray(labels) - 1] -= 1
    return p / len(z)


@exercise.wrong(caught_by=far_out, hint=2)
def no_shift(z, labels):
    """Right for small logits; for large ones the exponentials overflow, and ∞/∞ is NaN."""
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), labels] -= 1
    return p / len(z)


@exercise.wrong(caught_by=far_out, hint=2)
def one_shift_for_all(z, labels):
    """You shift the whole batch by one number; a row far below it becomes 0/0."""
    e = np.exp(z - np.max(z))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), labels] -= 1
    return p / len(z)


@exercise.wrong(caught_by=keeps_shape, hint=3)
def changes_its_argument(z, labels):
    """The right numbers, but you shifted z itself: the caller's logits are changed."""
    z -= np.max(z, axis=1, keepdims=True)
    e = np.exp(z)
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), labels] -= 1
    return p / len(z)


@exercise.wrong(caught_by=far_out, hint=2, recognise=coarse(_slopes))
def measured_by_differences(z, labels):
    """You measure the slopes, with a nudge. Beside a large cost the nudge is rounded away.

    The slopes can be written down: the softmax, and one entry less in each row.
    """
    h = 1e-5

    def cost(z):
        return np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), labels])

    slopes = np.empty(np.shape(z))
    for place in np.ndindex(slopes.shape):
        nudge = np.zeros(slopes.shape)
        nudge[place] = h
        slopes[place] = (cost(z + nudge) - cost(z - nudge)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=by_hand, hint=2)
def slope_in_the_probability(z, labels):
    """−1/p is the slope in the *probability* of the true class. Asked for are those in the logits.

    The softmax stands between them, and through it every logit moves p.
    """
    p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    rows, slopes = np.arange(len(z)), np.zeros(np.shape(z))
    slopes[rows, labels] = -1 / p[rows, labels]
    return slopes / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def truth_not_averaged(z, labels):
    """You divide the probabilities by the number of examples, but take off a whole 1 afterwards."""
    p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True)) / len(z)
    p[np.arange(len(z)), labels] -= 1
    return p


@exercise.wrong(caught_by=by_hand, hint=2)
def probabilities_not_averaged(z, labels):
    """You divide the truth by the number of examples, but not the probabilities."""
    p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    p[np.arange(len(z)), labels] -= 1 / len(z)
    return p


@exercise.wrong(caught_by=by_hand, hint=1)
def logits_for_probabilities(z, labels):
    """You subtract the truth from the scores themselves: the softmax is missing."""
    return (z - np.eye(z.shape[1])[labels]) / len(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def one_sum_for_the_batch(z, labels):
    """Your probabilities add up to 1 over the whole batch. Each row has its own 1 to share."""
    e = np.exp(z - np.max(z))
    p = e / e.sum()
    p[np.arange(len(z)), labels] -= 1
    return p / len(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def truth_everywhere(z, labels):
    """You take 1 off every probability. The truth is 1 for one class of a row only."""
    p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    return (p - 1) / len(z)


@exercise.alternative
def with_one_hot(z, labels):
    e = np.exp(z - z.max(axis=1)[:, None])
    return (e / e.sum(axis=1)[:, None] - np.eye(z.shape[1])[labels]) / z.shape[0]


@exercise.alternative
def with_logarithms(z, labels):
    p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    truth = labels[:, None] == np.arange(z.shape[1])
    return (p - truth) / len(labels)


@exercise.alternative
def row_by_row(z, labels):
    rows = []
    for row, label in zip(z, labels, strict=True):
        e = np.exp(row - row.max())
        p = e / e.sum()
        p[label] -= 1.0
        rows.append(p / len(z))
    return rows


@exercise.picture
def own_pulls(answer: Answer):
    """The learner's gradient in the logits of three houses."""
    from annkit.lessons.costs import pictures as cost_pictures

    return cost_pictures.slopes(answer)
