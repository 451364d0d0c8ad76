"""Softmax cross-entropy of a batch, from logits and class labels."""

import math

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="cross_entropy_cost",
    title="What one of many costs",
    points=2,
    size="about 4 lines",
    leads_to="In chapter 10, `train` brings this cost down.",
    task=r"""Return the mean softmax cross-entropy of a batch: the mean over the examples of $-\ln
p$ of the true class, where $p$ is the softmax of the example's row of logits. Work from the logits,
so that it is right up to ±10 000, without a warning.

Example: the logits $(\ln 1, \ln 2, \ln 5)$ are the probabilities ⅛, ¼, ⅝. With the label 1 the
loss is $-\ln\tfrac14 = \ln 8 - \ln 2 = 1.386$; with the label 2 it is 0.470.""",
    hints=(
        r"""
        Look at the worked loss, $\ln 8 - \ln 2$. Which number of the row is $\ln 2$, and which
        quantity of the whole row is $\ln 8$?
        """,
        """
        The loss of a row is its log-sum-exp (each row with its own shift) minus the logit of the
        true class. To pick one entry
        per row, index with two arrays: row numbers and labels.
        """,
        """
        Picking one entry per row: `t = np.array([[1, 2, 3], [4, 5, 6]])` and `k = np.array([2,
        0])`. `t[np.arange(2), k]` is `[3, 4]`, one entry of each row. `t[:, k]` is something else,
        `[[3, 1], [6, 4]]`: whole columns.
        """,
        """
        Skeleton:

        ```python
        m = ...                         # (batch, 1), as in log_sum_exp
        lse = ...                       # (batch,)
        true = z[np.arange(...), ...]   # (batch,)
        return ...
        ```
        """,
    ),
)


@exercise.reference
def cross_entropy_cost(z, labels):
    """Mean softmax cross-entropy of a batch, from logits.

    Args:
        z: logits (scores before the softmax), (batch, C); left unchanged.
        labels: true classes, integers 0 … C−1, (batch,).

    Returns:
        One number: the mean over the batch of −ln softmax(z)[label]. Finite, right and without a
        warning for logits as large as ±10 000, also when rows lie far apart.
    """
    m = np.max(z, axis=1)
    lse = m + np.log(np.sum(np.exp(z - m[:, None]), axis=1))
    true = z[np.arange(len(z)), labels]
    return float(np.mean(lse - true))


@exercise.check("gives one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.integers(-3, 4, (2, 3)) + 0.0
    expect_shape(answer(z, np.array([2, 0])), (), what="the cost")


@exercise.check("gets two rows of logarithms right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = np.log([[3.0, 1.0, 6.0], [2.0, 2.0, 1.0]])
    expect_close(
        answer(z, np.array([1, 0])),
        -(math.log(0.1) + math.log(0.4)) / 2,
        what="the cost",
        why="the true classes have the probabilities 0.1 and 0.4",
    )
    odds = round(float(rng.uniform(3, 30)), 2)
    expect_close(
        answer(np.log([[1.0, 2.0, odds]]), np.array([2])),
        math.log((odds + 3) / odds),
        what="the cost",
        why=f"the true class has the probability {odds:g}/{odds + 3:g}",
    )


@exercise.check("agrees with a formula that compares the scores in pairs", points=0.5)
def agrees_with_pairs(answer: Answer, rng: np.random.Generator) -> None:
    for batch, n_classes in ((6, 3), (4, 4), (3, 5), (5, 2)):
        z, labels = rng.normal(size=(batch, n_classes)) * 2, rng.integers(0, n_classes, batch)
        total = 0.0
        for row, label in zip(z, labels, strict=True):
            total += math.log(math.fsum(math.exp(score - row[label]) for score in row))
        expect_close(answer(z, labels), total / batch, what="the cost")


@exercise.check("charges in full for being sure and wrong", points=0.5, quiet=True)
def sure_and_wrong(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([[0.0, 800.0, 0.0], [800.0, -1e4, 0.0]])
    expect_close(
        answer(z, np.array([0, 1])), 5_800.0, what="the cost", why="the losses are 800 and 10 800"
    )
    score = float(rng.integers(801, 9000))
    got = answer(np.array([[0.0, score]]), np.array([0]))
    expect_close(got, score, what="the cost", why=f"one loss, of {score:g}")


@exercise.check("survives rows that lie far apart", points=0.5, quiet=True)
def rows_far_apart(answer: Answer, rng: np.random.Generator) -> None:
    far = np.array([[-1e4], [1e4], [float(rng.uniform(-90, 90))]])
    z = far + np.log([[1.0, 3.0], [1.0, 4.0], [2.0, 7.0]])
    expected = -(math.log(3 / 4) + math.log(1 / 5) + math.log(7 / 9)) / 3
    expect_close(answer(z, np.array([1, 0, 1])), expected, what="the cost")


@exercise.wrong(caught_by=by_hand, hint=1)
def minus_forgotten(z, labels):
    """Your cost is negative: it is the mean of ln p, and the minus in front is missing."""
    m = np.max(z, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(z - m), axis=1)) + m[:, 0]
    return float(np.mean(z[np.arange(len(z)), labels] - lse))


@exercise.wrong(caught_by=by_hand, hint=3)
def whole_columns_picked(z, labels):
    """`z[:, labels]` takes whole columns: for every example the classes of all the others too.

    One entry per row is wanted.
    """
    m = np.max(z, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(z - m), axis=1, keepdims=True)) + m
    return float(np.mean(lse - z[:, labels]))


@exercise.wrong(caught_by=by_hand, hint=3)
def whole_columns_of_probabilities(z, labels):
    """`p[:, labels]` takes whole columns: for every example the classes of all the others too.

    One entry per row is wanted. (And the logarithm comes after the softmax, too late to be safe.)
    """
    p = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -float(np.mean(np.log(p[:, labels])))


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_entries(z, labels):
    """You divided by examples times classes; there is one loss per example."""
    m = np.max(z, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(z - m), axis=1)) + m[:, 0]
    return float(np.sum(lse - z[np.arange(len(z)), labels])) / z.size


@exercise.wrong(caught_by=by_hand, hint=2)
def sum_over_the_batch(z, labels):
    """You added up the losses; the cost is their mean."""
    m = np.max(z, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(z - m), axis=1)) + m[:, 0]
    return float(np.sum(lse - z[np.arange(len(z)), labels]))


@exercise.wrong(caught_by=by_hand, hint=1)
def softmax_twice(z, labels):
    """The softmax was applied twice: what you treat as logits are probabilities already.

    Then even a perfect network cannot reach a cost near 0.
    """
    p = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return float(np.mean(np.log(np.sum(np.exp(p), axis=1)) - p[np.arange(len(p)), labels]))


@exercise.wrong(caught_by=by_hand, hint=1)
def winner_instead_of_truth(z, labels):
    """You charge for the class the network prefers, not for the true one."""
    m = np.max(z, axis=1, keepdims=True)
    return float(np.mean(np.log(np.sum(np.exp(z - m), axis=1))))


@exercise.wrong(caught_by=by_hand, hint=3)
def labels_from_one(z, labels):
    """You took the labels to count from 1: you pick the class before the true one."""
    m = np.max(z, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(z - m), axis=1)) + m[:, 0]
    return float(np.mean(lse - z[np.arange(len(z)), np.asarray(labels) - 1]))


@exercise.wrong(caught_by=by_hand, hint=2)
def sigmoid_of_each(z, labels):
    """You gave every class a sigmoid of its own; the classes have to share 1 among them."""
    true = z[np.arange(len(z)), labels]
    return float(np.mean(np.logaddexp(0, -true)))


@exercise.wrong(caught_by=sure_and_wrong, hint=2)
def logarithm_of_the_probability(z, labels):
    """Your softmax is stable, but the logarithm comes after it.

    A probability below 2.5·10⁻³²⁴ is stored as 0, and ln 0 is −∞.
    """
    p = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -float(np.mean(np.log(p[np.arange(len(p)), labels])))


def _capped(calls) -> bool:
    """Right for ordinary logits, finite but too small for examples that are sure and wrong."""
    for call in calls:
        z, labels = call.args
        cost = np.mean(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), labels])
        if np.max(z) < 30 and not np.allclose(float(call.value), cost, rtol=1e-3, atol=1e-5):
            return False
        if np.max(z) == 800 and not 1 < float(call.value) < 800:
            return False
    return any(np.max(call.args[0]) == 800 for call in calls)


@exercise.wrong(caught_by=sure_and_wrong, hint=2, recognise=_capped)
def capped_by_a_small_number(z, labels):
    """Your loss has a cap: a small number keeps the probability away from 0.

    Beyond the cap it no longer matters how wrong an example is.
    """
    p = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -float(np.mean(np.log(p[np.arange(len(p)), labels] + 1e-12)))


@exercise.wrong(caught_by=sure_and_wrong, hint=1)
def no_shift(z, labels):
    """Right for small logits; the exponential of a large one overflows."""
    lse = np.log(np.sum(np.exp(z), axis=1))
    return float(np.mean(lse - z[np.arange(len(z)), labels]))


@exercise.wrong(caught_by=rows_far_apart, hint=2)
def one_shift_for_all(z, labels):
    """You shift the whole batch by one number; a row far below it is left with ln 0."""
    m = np.max(z)
    lse = m + np.log(np.sum(np.exp(z - m), axis=1))
    return float(np.mean(lse - z[np.arange(len(z)), labels]))


@exercise.wrong(caught_by=by_hand, hint=2)
def labels_for_scores(z, labels):
    """You subtract the *number* of the class. Asked for is the logit that stands in its place.

    A label says where to look in the row.
    """
    m = np.max(z, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(z - m), axis=1)) + m[:, 0]
    return float(np.mean(lse - labels))


def _logarithms_first(z, labels):
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    return -float(np.sum(log_p * np.eye(np.max(labels) + 1)[labels])) / len(z)


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_logarithms_first,))
def classes_that_occur(z, labels):
    """Your truth has as many columns as the largest label asks for, `labels.max() + 1`.

    Later classes may be missing from a batch. How many there are, z knows.
    """
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    return -float(np.sum(np.eye(np.max(labels) + 1)[labels] * log_p)) / len(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def columns_instead_of_rows(z, labels):
    """Your softmax runs down the columns: the examples compete with each other."""
    log_p = z - np.logaddexp.reduce(z, axis=0)
    return -float(np.mean(log_p[np.arange(len(z)), labels]))


@exercise.wrong(caught_by=by_hand, hint=1)
def truth_never_asked(z, labels):
    """The labels have no effect: you average the logarithm of the sum alone.

    A loss compares it with the logit of the true class.
    """
    return float(np.mean(np.logaddexp.reduce(z, axis=1)))


@exercise.wrong(caught_by=by_hand, hint=1)
def what_is_missing_to_one(z, labels):
    """You charge 1 − p: at most 1, however sure and wrong the network is. Asked for is −ln p."""
    p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    return float(np.mean(1 - p[np.arange(len(p)), labels]))


@exercise.wrong(caught_by=by_hand, hint=1)
def others_charged_too(z, labels):
    """You charge −ln(1 − p) for the other classes as well, as if each were a question of its own.

    The classes share 1, so −ln p of the true one says it all.
    """
    p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    truth = np.eye(z.shape[1])[labels]
    return -float(np.sum(truth * np.log(p) + (1 - truth) * np.log(1 - p))) / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def only_the_sum_is_shifted(z, labels):
    """You shifted the scores in the sum, but not the true one that you subtract from it.

    Both have to be shifted by the same amount.
    """
    m = np.max(z, axis=1, keepdims=True)
    return float(np.mean(np.log(np.sum(np.exp(z - m), axis=1)) - z[np.arange(len(z)), labels]))


@exercise.wrong(caught_by=by_hand, hint=1)
def only_the_true_logit(z, labels):
    """You take the true class's logit alone. A logit counts only beside those of the other classes.

    What turns a row of logits into probabilities?
    """
    return -float(np.mean(z[np.arange(len(z)), labels]))


@exercise.wrong(caught_by=by_hand, hint=1)
def entropy_of_the_prediction(z, labels):
    """The labels have no effect: you add p · ln p over all classes, the entropy of the prediction.

    A loss asks for the true class alone.
    """
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    return -float(np.mean(np.sum(np.exp(log_p) * log_p, axis=1)))


@exercise.alternative
def with_logaddexp(z, labels):
    true = np.take_along_axis(z, labels[:, None], axis=1)
    return np.mean(np.logaddexp.reduce(z - true, axis=1))


@exercise.alternative
def with_one_hot(z, labels):
    one_hot = np.eye(z.shape[1])[labels]
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(one_hot * log_p).sum() / len(z)


@exercise.alternative
def one_example_at_a_time(z, labels):
    total = 0.0
    for row, label in zip(z, labels, strict=True):
        top = row.max()
        total += top + math.log(np.exp(row - top).sum()) - row[label]
    return total / len(labels)
