"""Softmax: turn each row of scores into probabilities, however large the scores are."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="softmax",
    title="Softmax, one row at a time",
    points=2,
    size="about 2 lines",
    leads_to="It ends every classifier of the course, from chapter 5 on.",
    task=r"""Write softmax for a batch of scores: each **row** of `z` becomes
$p_j = e^{z_j} / \sum_k e^{z_k}$, positive numbers that sum to 1. It must survive scores of
±10 000, also when the rows of one batch lie far apart.

Example: the row $(\ln 1, \ln 2, \ln 5)$ becomes $(\tfrac18, \tfrac28, \tfrac58)$. Add 1000
to each of the three scores, and the probabilities stay the same.""",
    hints=(
        """
        Three questions: along which axis must the probabilities sum to 1, may one row influence
        another, and what is `np.exp(1000)`?
        """,
        """
        Adding the same number to every score of a row changes nothing, because the factor cancels
        in the fraction. So each row may be shifted until its largest score is 0; then no
        exponential is above 1, and at least one is exactly 1.
        """,
        """
        Centring the rows of a matrix has the same mechanics. For `t` of shape (2, 3),
        `t.mean(axis=1)` has shape (2,) and cannot be subtracted from `t`; `t.mean(axis=1,
        keepdims=True)` has shape (2, 1) and can. With the rows [1, 2, 6] and [4, 4, 4] the means
        are `[[3], [4]]` and the result is `[[-2, -1, 3], [0, 0, 0]]`.
        """,
        """
        Skeleton:

        ```python
        e = np.exp(z - ...)   # shift every row by a number of its own
        return e / ...        # divide every row by a number of its own
        ```
        """,
    ),
)


@exercise.reference
def softmax(z):
    """Turn each row of scores into probabilities.

    Args:
        z: scores (logits), (batch, C), floats or integers; left unchanged.

    Returns:
        Probabilities, (batch, C): entry j of a row is exp(z_j) divided by the sum of exp over
        that row. No overflow, no NaN and no warning for scores as large as ±10 000.
    """
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@exercise.check("keeps the shape (batch, C)")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((4, 3), (1, 5), (2, 6)):
        expect_shape(answer(rng.normal(size=shape)), shape)


@exercise.check("gets a row of logarithms right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    expect_close(
        answer(np.log([[3.0, 1.0, 6.0], [2.0, 2.0, 1.0]])),
        np.array([[0.3, 0.1, 0.6], [0.4, 0.4, 0.2]]),
        what="softmax(z)",
        why="the exponentials of the first row are 3, 1 and 6, those of the second 2, 2 and 1",
    )
    counts = rng.integers(1, 9, size=(2, 4))
    expect_close(
        answer(np.log(counts)),
        counts / counts.sum(axis=1, keepdims=True),
        what="softmax(z)",
        why=f"the exponentials of the rows are {counts[0].tolist()} and {counts[1].tolist()}",
    )


@exercise.check("agrees with shares found in pairs, for whole numbers too", points=0.5)
def agrees_with_pairs(answer: Answer, rng: np.random.Generator) -> None:
    whole = rng.integers(-3, 4, size=(3, 4))
    for z in (rng.normal(size=(5, 3)) * 3, rng.normal(size=(4, 4)) * 3, whole):
        # one over p_j is the sum of e to the differences from score j
        expected = 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)
        why = "whole numbers go in, but fractions must come out" if z is whole else ""
        expect_close(answer(z), expected, what="softmax(z)", why=why)


@exercise.check("survives one row of scores up to ±10 000", points=0.5, quiet=True)
def large_scores(answer: Answer, rng: np.random.Generator) -> None:
    z, expected = np.array([1e4, 9e3, 1e4, -1e4]), np.array([0.5, 0.0, 0.5, 0.0])
    expect_close(answer(z[None]), expected[None], what="softmax(z)")
    top = float(rng.integers(1_000, 10_000))
    z = np.append(np.array([top, 0.0, -1e4])[rng.permutation(3)], top)[None]
    expect_close(answer(z), (z == top) / 2, what="softmax(z)", why="two scores are equally high")


@exercise.check("survives rows that lie far apart", points=0.5, quiet=True)
def rows_far_apart(answer: Answer, rng: np.random.Generator) -> None:
    for odds in (3.0, float(rng.uniform(2, 9))):
        low = np.array([-1e4, -1e4 + np.log(odds)])
        share = 1 / (1 + odds)
        expect_close(
            answer(np.stack([low, -low, [0.0, 0.0]])),
            np.array([[share, 1 - share], [1 - share, share], [0.5, 0.5]]),
            what="softmax(z)",
            why="each row must sum to 1, whatever stands in the other rows",
        )


@exercise.wrong(caught_by=large_scores, hint=2)
def no_shift(z):
    """Right for small scores, but e to a large score overflows, and infinity over infinity is NaN.

    Nothing keeps the exponent small yet.
    """
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=rows_far_apart, hint=2)
def one_shift_for_all(z):
    """You shift the whole batch by one number, the largest score anywhere.

    A row far below it loses all its exponentials to 0, and 0 over 0 is NaN.
    """
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=large_scores, hint=2)
def shifts_too_little(z):
    """You shift each row, but too little: a score far above your shift still overflows."""
    e = np.exp(z - np.mean(z, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _shifted_by_rows_divided_by_columns(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / e.sum(axis=0)


def _columns_without_a_shift(z):
    e = np.exp(z)
    return e / e.sum(axis=0)


@exercise.wrong(
    caught_by=by_hand,
    hint=1,
    variants=(_shifted_by_rows_divided_by_columns, _columns_without_a_shift),
)
def columns_instead_of_rows(z):
    """Your columns sum to 1, not your rows: the examples of the batch compete with each other."""
    e = np.exp(z - np.max(z, axis=0))
    return e / e.sum(axis=0)


@exercise.wrong(caught_by=by_hand, hint=1)
def whole_batch_together(z):
    """You divide by one total of the whole batch; each row should sum to 1 by itself."""
    e = np.exp(z - np.max(z))
    return e / e.sum()


@exercise.wrong(caught_by=by_hand, hint=4)
def rows_shifted_batch_divided(z):
    """Each row is shifted by a number of its own, but all of them are divided by one total."""
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / e.sum()


def _largest_lost_an_axis(z):
    e = np.exp(z - np.max(z, axis=1))
    return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=keeps_shape, hint=3, variants=(_largest_lost_an_axis,))
def lost_an_axis(z):
    """One number per row lost its axis on the way: (batch,) does not line up with (batch, C).

    For a square z there is no error at all, only wrong numbers.
    """
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / e.sum(axis=1)


@exercise.wrong(caught_by=by_hand, hint=1)
def sigmoid_of_each(z):
    """You gave every score its own sigmoid.

    The classes don't compete, and a row need not sum to 1.
    """
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


@exercise.wrong(caught_by=by_hand, hint=2)
def shares_without_exponential(z):
    """You divided the scores themselves by their sum, without the exponential.

    Negative scores would become negative "probabilities".
    """
    return z / np.sum(z, axis=1, keepdims=True)


def _first_of_the_largest(z):
    return np.eye(np.shape(z)[1])[np.argmax(z, axis=1)]


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_first_of_the_largest,))
def hard_maximum(z):
    """You gave everything to the largest score. Softmax leaves every class its share."""
    best = z == np.max(z, axis=1, keepdims=True)
    return best / best.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=keeps_shape, hint=4)
def changes_its_argument(z):
    """You shifted the scores inside the array that was handed in, so the caller's z is changed."""
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=agrees_with_pairs, hint=4)
def integer_container(z):
    """The array you write into holds integers, so every share put into it becomes 0.

    An array made "like z" also has z's type.
    """
    out = np.zeros_like(z)
    for row, scores in zip(out, z, strict=True):
        e = np.exp(scores - np.max(scores))
        row[:] = e / e.sum()
    return out


def _exponentials(z):
    return np.exp(z)


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_exponentials,))
def not_divided(z):
    """Your rows do not sum to 1 yet: the exponentials are there, their sum does not divide them."""
    return np.exp(z - np.max(z, axis=1, keepdims=True))


@exercise.wrong(caught_by=by_hand, hint=1)
def rows_of_length_one(z):
    """You divide by the root of the summed squares: your rows have length 1. What should be 1?"""
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.linalg.norm(e, axis=1, keepdims=True)


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_the_largest(z):
    """You divided the scores by the largest one. That changes the shares; a shift does not."""
    with np.errstate(all="ignore"):
        e = np.exp(z / np.max(z, axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=large_scores, hint=2)
def shifted_upwards(z):
    """You *add* the largest score, so all exponents grow. Which shift makes the largest one 0?"""
    e = np.exp(z + np.max(z, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=by_hand, hint=1)
def lowest_score_wins(z):
    """Your largest score gets the smallest share: there is a minus sign in the exponent."""
    e = np.exp(np.min(z, axis=1, keepdims=True) - z)
    return e / e.sum(axis=1, keepdims=True)


def _clipped_at(limit):
    """A softmax whose scores are cut off beyond this limit."""

    def cut_off(z):
        e = np.exp(np.clip(z, -limit, limit))
        return e / e.sum(axis=1, keepdims=True)

    return cut_off


@exercise.wrong(
    caught_by=large_scores, hint=2, variants=tuple(map(_clipped_at, (50, 100, 600, 700)))
)
def scores_cut_off(z):
    """You cut large scores off, so 9000 and 10 000 become the same. A shift keeps them apart."""
    return _clipped_at(500)(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def logarithms(z):
    """These are the *logarithms* of the probabilities: none is above 0, and no row sums to 1."""
    return z - np.logaddexp.reduce(z, axis=1, keepdims=True)


@exercise.wrong(caught_by=by_hand, hint=2)
def shifted_above_only(z):
    """You shift the scores above your fraction line, but not below: the shift does not cancel."""
    return np.exp(z - np.max(z, axis=1, keepdims=True)) / np.exp(z).sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=by_hand, hint=3)
def shift_of_the_columns(z):
    """You shift each *column* by its own largest score. Within a row it has to be one number."""
    e = np.exp(z - np.max(z, axis=0))
    return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=by_hand, hint=1)
def another_base(z):
    """You took powers of 2. In the formula it is e that is raised to the score: `np.exp`."""
    e = 2.0 ** (z - np.max(z, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=by_hand, hint=2)
def applied_twice(z):
    """You sent the probabilities through softmax again. They are scores no more: once is enough."""
    shares = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    return np.exp(shares - np.logaddexp.reduce(shares, axis=1, keepdims=True))


@exercise.alternative
def with_log_sum_exp(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))


@exercise.alternative
def row_by_row(z):
    rows = []
    for row in z:
        e = np.exp(row - row.max())
        rows.append(e / e.sum())
    return np.array(rows)


@exercise.alternative
def with_transposes(z):
    e = np.exp(z.T - z.max(axis=-1))
    return (e / e.sum(axis=0)).T


@exercise.alternative
def with_einsum(z):
    e = np.exp(z - z.max(axis=1)[:, None])
    return np.einsum("bc,b->bc", e, 1 / np.einsum("bc->b", e))


@exercise.picture
def own_shares(answer: Answer):
    """The learner's shares: the same scores close together, far apart, and shifted."""
    from annkit.lessons.activations import pictures as activation_pictures

    return activation_pictures.shares(
        answer(np.array([[2.0, 1.0, 0.0], [6.0, 3.0, 0.0], [102.0, 101.0, 100.0]]))
    )
