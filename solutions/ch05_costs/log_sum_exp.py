"""A soft maximum: the logarithm of a sum of exponentials, without overflow."""

import math

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="log_sum_exp",
    title="A sum in the world of logarithms",
    points=1,
    size="about 2 lines",
    leads_to="`cross_entropy_cost` stays finite by it.",
    task=r"""Return $\ln \sum_k e^{z_k}$ for every **row** of `z`, shape `(batch,)`. It must
survive scores of ±10 000, also when the rows of a batch lie far apart.

Example: the row $(\ln 1, \ln 2, \ln 5)$ gives $\ln(1 + 2 + 5) = \ln 8 = 2.079$. Add 1000 to
each of the three, and the result is 1002.079.""",
    hints=(
        """
        In the example, what happened to the result when 1000 was added to every score? And what
        does `np.exp(1000)` give?
        """,
        """
        Adding $c$ to all scores of a row adds $c$ to the result. So shift each row until its
        largest score is 0, take the logarithm of the sum, and undo the shift. Mind the shapes: sums
        of the rows are `(batch,)`, and a column is `(batch, 1)`.
        """,
        r"""
        The same idea elsewhere: the square root of $3^2 + 4^2$ with both numbers times $10^{200}$.
        Divide by the largest, $m = 4\cdot10^{200}$: $\sqrt{0.75^2 + 1^2} = 1.25$; multiply back:
        $5\cdot10^{200}$. Scale down, compute, scale back.
        """,
        """
        Skeleton:

        ```python
        m = ...   # (batch, 1): largest score of each row
        logs = np.log(np.sum(np.exp(z - m), axis=1))
        return logs + ...   # both (batch,)
        ```
        """,
    ),
)


@exercise.reference
def log_sum_exp(z):
    """Logarithm of the sum of the exponentials of each row.

    Args:
        z: scores, (batch, C), floats or integers; left unchanged.

    Returns:
        ln Σ exp(z_k) of every row, (batch,). No overflow, no −inf and no warning for scores as
        large as ±10 000.
    """
    m = np.max(z, axis=1)
    return m + np.log(np.sum(np.exp(z - m[:, None]), axis=1))


@exercise.check("gives one number per row")
def one_per_row(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((2, 3), (1, 5), (3, 1)):
        expect_shape(answer(rng.integers(-3, 4, shape) + 0.0), shape[:1])


@exercise.check("gets two rows of logarithms right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = np.log([[3.0, 1.0, 6.0], [0.5, 0.25, 0.5]])
    expect_close(answer(z), np.log([10.0, 1.25]), what="log_sum_exp(z)")
    n = int(rng.integers(5, 50))
    expect_close(
        answer(np.log([[n, n + 1.0, n + 2.0]])), [math.log(3 * n + 3)], what="log_sum_exp(z)"
    )


@exercise.check("agrees with sums in exact arithmetic", points=0.5)
def agrees_with_fsum(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((5, 3), (4, 4), (2, 6)):
        z = rng.normal(size=shape) * 3
        expected = np.array([math.log(math.fsum(map(math.exp, row))) for row in z])
        expect_close(answer(z), expected, what="log_sum_exp(z)")


@exercise.check("survives scores up to ±10 000", quiet=True)
def large_scores(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([rng.permutation([1e4, 9e3, 1e4, -1e4])])
    expected, why = np.array([1e4 + math.log(2)]), "10 000 + ln 2, which is 10000.693"
    expect_close(answer(z), expected, rtol=1e-12, what="log_sum_exp(z)", why=why)


@exercise.check("survives rows that lie far apart", quiet=True)
def rows_far_apart(answer: Answer, rng: np.random.Generator) -> None:
    scores = np.array([-1e4, 1e4, float(rng.integers(-90, 90))])
    z, expected = np.stack([scores, scores], axis=1), scores + math.log(2)
    why = "two equal scores s give s + ln 2: −9999.307, 10000.693 and so on"
    expect_close(answer(z), expected, rtol=1e-12, what="log_sum_exp(z)", why=why)


@exercise.wrong(caught_by=large_scores, hint=1)
def no_shift(z):
    """Right for small scores, but the exponential of a large one overflows: ln ∞ is ∞."""
    return np.log(np.sum(np.exp(z), axis=1))


@exercise.wrong(caught_by=rows_far_apart, hint=2)
def one_shift_for_all(z):
    """You shift the whole batch by its one largest score.

    A row far below it has all its exponentials stored as 0, and ln 0 is −∞.
    """
    m = np.max(z)
    return m + np.log(np.sum(np.exp(z - m), axis=1))


@exercise.wrong(caught_by=by_hand, hint=2)
def shift_not_undone(z):
    """The shift is still in the result: what was subtracted inside has to be added outside."""
    m = np.max(z, axis=1, keepdims=True)
    return np.log(np.sum(np.exp(z - m), axis=1))


@exercise.wrong(caught_by=by_hand, hint=2)
def only_the_maximum(z):
    """This is the largest score of each row. The others contribute too, if only a little."""
    return np.max(z, axis=1)


@exercise.wrong(caught_by=one_per_row, hint=1)
def columns_instead_of_rows(z):
    """You summed down the columns, over the examples; every row has a sum of its own."""
    m = np.max(z, axis=0)
    return m + np.log(np.sum(np.exp(z - m), axis=0))


@exercise.wrong(caught_by=one_per_row, hint=1)
def one_sum_for_everything(z):
    """Your sum has no axis: it runs over the whole batch. Every row has a sum of its own."""
    m = np.max(z)
    return m + np.log(np.sum(np.exp(z - m)))


@exercise.wrong(caught_by=by_hand, hint=2)
def sum_without_an_axis(z):
    """Each row has its own shift, but the sum has no axis: the rows were all added together."""
    m = np.max(z, axis=1)
    return m + np.log(np.sum(np.exp(z - m[:, None])))


@exercise.wrong(caught_by=one_per_row, hint=2)
def kept_an_axis(z):
    """Your result is a column, shape (batch, 1). Asked for is one axis, shape (batch,)."""
    m = np.max(z, axis=1, keepdims=True)
    return m + np.log(np.sum(np.exp(z - m), axis=1, keepdims=True))


@exercise.wrong(caught_by=one_per_row, hint=2)
def column_meets_row(z):
    """A column (batch, 1) met a row (batch,), and NumPy made a square of them."""
    m = np.max(z, axis=1, keepdims=True)
    return m + np.log(np.sum(np.exp(z - m), axis=1))


def _scores_added(z):
    m = np.max(z, axis=1, keepdims=True)
    return m[:, 0] + np.sum(z - m, axis=1)


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_scores_added,))
def logarithm_of_each(z):
    """You took the logarithm before summing: it undoes the exponential, and only z is summed."""
    return np.sum(np.log(np.exp(np.clip(z, -500, 500))), axis=1)


@exercise.wrong(caught_by=by_hand, hint=2)
def mean_of_exponentials(z):
    """You averaged the exponentials of a row; they are to be summed."""
    m = np.max(z, axis=1)
    return m + np.log(np.mean(np.exp(z - m[:, None]), axis=1))


@exercise.wrong(caught_by=large_scores, hint=2)
def shifts_too_little(z):
    """You shift each row, but too little: a score far above your shift still overflows."""
    m = np.mean(z, axis=1)
    return m + np.log(np.sum(np.exp(z - m[:, None]), axis=1))


@exercise.wrong(caught_by=one_per_row, hint=1)
def softmax_instead(z):
    """You return the softmax, a number per score. Asked for is the logarithm of its denominator."""
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=by_hand, hint=1)
def logarithm_forgotten(z):
    """You add the shift to the sum itself: its logarithm is missing."""
    m = np.max(z, axis=1)
    return m + np.sum(np.exp(z - m[:, None]), axis=1)


@exercise.wrong(caught_by=by_hand, hint=2)
def shift_taken_off_twice(z):
    """You took the largest score off before the exponential, and once more after the logarithm.

    What was divided out of the sum has to come back.
    """
    m = np.max(z, axis=1)
    return np.log(np.sum(np.exp(z - m[:, None]), axis=1)) - m


@exercise.wrong(caught_by=by_hand, hint=2)
def one_too_many(z):
    """`log1p(x)` is ln(1 + x): there is a 1 too many in your sum, if the largest is in it too."""
    m = np.max(z, axis=1)
    return m + np.log1p(np.sum(np.exp(z - m[:, None]), axis=1))


@exercise.wrong(caught_by=large_scores, hint=1)
def scores_cut_off(z):
    """You cut large scores off. Nothing overflows, but beyond the cut all scores are the same.

    Shift them instead: what a shift changes is known exactly.
    """
    return np.log(np.sum(np.exp(np.clip(z, -700, 700)), axis=1))


@exercise.alternative
def with_logaddexp(z):
    return np.logaddexp.reduce(z, axis=1)


@exercise.alternative
def row_by_row(z):
    result = []
    for row in z:
        top = max(row)
        result.append(top + math.log(sum(math.exp(value - top) for value in row)))
    return result


@exercise.alternative
def with_keepdims(z):
    m = z.max(axis=-1, keepdims=True)
    return (m + np.log(np.exp(z - m).sum(axis=-1, keepdims=True)))[:, 0]
