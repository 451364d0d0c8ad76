"""Attention: a weighted mean whose weights are computed from what stands there."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that

exercise = Exercise(
    id="attention",
    title="Who listens to whom",
    points=2,
    size="about 4 lines",
    task=r"""Every query compares itself with every key: the score is their dot product over
$\sqrt{d}$, d the length of a query. A softmax makes weights of the scores **of each query**, and
the result of a query is the mean of the values with these weights:
$\text{softmax}(Q K^\top / \sqrt{d})\, V$. Scores may be as large as ±10 000.

Example: `Q = [[2, 0, 0, 0]]`, two keys, `[1.1, 0, 0, 0]` and zeros, d = 4: the scores are
2.2/2 = 1.1 and 0, the weights 0.75 and 0.25 (e^1.1 is 3). With `V = [[8], [4]]` the result is
0.75 · 8 + 0.25 · 4 = 7, `[[7.0]]`.""",
    hints=(
        """
        Write the shapes under Q, K and V. Which product gives a table with a row for each query and
        a column for each key? And in which direction do its weights add up to 1?
        """,
        """
        You have written both halves: a softmax along rows that survives large scores (chapter 3),
        and a matrix product (chapter 0). Divide the scores before the softmax; afterwards it is too
        late, the weights would no longer add up to 1.
        """,
        """
        One weighted mean, worked: scores (ln 4, 0, ln 5) have the exponentials 4, 1 and 5, so the
        weights are 0.4, 0.1 and 0.5. With values 10, 20 and 100 the mean is 4 + 2 + 50 = 56. With
        scores higher by 1000 it is the same mean: take off the largest first.
        """,
        """
        Skeleton:

        ```python
        scores = Q @ ... / ...                          # (n_queries, n_keys)
        weights = np.exp(scores - ...)
        weights /= weights.sum(..., keepdims=True)
        return ...
        ```
        """,
    ),
)


@exercise.reference
def attention(Q, K, V):
    """Scaled dot-product attention.

    Args:
        Q: queries, (n_queries, d).
        K: keys, (n_keys, d).
        V: values, (n_keys, d_v), a row for each key.

    Returns:
        (n_queries, d_v): row i is the mean of the rows of V, weighted by the softmax over all keys
        of the scores Q[i] · K[j] / √d. Right, and without warnings, for scores as large as ±10 000.
    """
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights @ V


def _query_by_query(Q, K, V):
    """The same for each query by itself; odds against the best key instead of a softmax."""
    rows = []
    for q in Q:
        scores = [float(np.sum(q * k)) / len(q) ** 0.5 for k in K]
        odds = np.array([np.exp(score - max(scores)) for score in scores])
        rows.append(sum(odd * v for odd, v in zip(odds, V, strict=True)) / sum(odds))
    return np.array(rows)


def _random(rng, n_queries, n_keys, d, d_v):
    return (
        rng.normal(size=(n_queries, d)),
        rng.normal(size=(n_keys, d)),
        rng.normal(size=(n_keys, d_v)),
    )


@exercise.check("a row for each query, as wide as a value")
def has_the_shape(answer: Answer, rng: np.random.Generator) -> None:
    small = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[1.0, 0.0]]), np.array([[3.0, 4.0, 5.0]])
    expect_shape(answer(*small), (2, 3))
    for n_queries, n_keys, d, d_v in ((4, 3, 2, 5), (1, 6, 3, 2)):
        expect_shape(answer(*_random(rng, n_queries, n_keys, d, d_v)), (n_queries, d_v))


@exercise.check("two queries by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    Q = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
    K = 2 * np.log([[3.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 4.0]])
    V = np.array([[8.0, 0.0], [0.0, 20.0]])
    expected = np.array([[6.0, 5.0], [1.6, 16.0]])
    why = "scores (ln 3, 0) and (0, ln 4): weights ¾, ¼ and ⅕, ⅘"
    expect_close(answer(Q, K, V), expected, why=why)
    odds, value = map(float, rng.uniform(2, 10, 2).round(2))
    got = answer(np.array([[3.0]]), np.log([[odds], [1.0]]) / 3, np.array([[value], [0.0]]))
    expected = np.array([[odds / (odds + 1) * value]])
    expect_close(got, expected, why=f"scores ln {odds:g} and 0; d is 1")


@exercise.check("any sizes", points=1)
def any_sizes(answer: Answer, rng: np.random.Generator) -> None:
    for sizes in ((4, 3, 2, 5), (3, 3, 3, 3), (1, 6, 3, 2), (5, 2, 4, 1), (2, 7, 9, 4)):
        Q, K, V = _random(rng, *sizes)
        expect_close(answer(Q, K, V), _query_by_query(Q, K, V))


@exercise.check("scores as large as ±10 000, and what doesn't count", points=0.5, quiet=True)
def large_scores(answer: Answer, rng: np.random.Generator) -> None:
    V = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    got = answer(np.array([[1e4], [-1e4]]), np.array([[1.0], [0.0], [-1.0]]), V)
    why = "scores (10⁴, 0, −10⁴) and the reverse: each query hears one key"
    expect_close(got, V[[0, 2]], why=why)
    Q, K, V = np.array([[1.0, 1.0]]), np.array([[9999.0, 0.0], [9999.0, 1.0]]), V[:2]
    expect_close(answer(Q, K, V), _query_by_query(Q, K, V), why="both scores are near 7070")
    Q, K, V = np.array([[1.0], [-1.0]]), np.array([[1e4], [1e4 - 1]]), V[:2]
    expect_close(answer(Q, K, V), _query_by_query(Q, K, V), why="one query far up, one far down")
    Q, K, V = _random(rng, 3, 4, 2, 3)
    order = rng.permutation(4)
    got = answer(Q, K[order], V[order])
    why = "keys and values in another order are the same set"
    expect_close(got, _query_by_query(Q, K, V), why=why)
    got = np.asarray(answer(Q, K, np.ones((4, 1))), dtype=float)
    expect_that(
        got.shape == (3, 1) and bool(np.allclose(got, 1)),
        "If all values are 1, their weighted mean is 1.",
        got=got,
    )


def _softmax(scores, axis=1):
    weights = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return weights / weights.sum(axis=axis, keepdims=True)


def _scores(Q, K):
    return Q @ K.T / np.sqrt(Q.shape[1])


@exercise.wrong(caught_by=by_hand, hint=2)
def not_divided(Q, K, V):
    """The scores aren't divided by √d.

    In many dimensions they would be so large that each query hears one key only.
    """
    return _softmax(Q @ K.T) @ V


@exercise.wrong(caught_by=by_hand, hint=1)
def divided_by_d(Q, K, V):
    """You divide by d; its root is asked for. A sum of d products spreads like √d."""
    return _softmax(Q @ K.T / Q.shape[1]) @ V


@exercise.wrong(caught_by=by_hand, hint=1)
def multiplied_by_the_root(Q, K, V):
    """You multiply by √d; it divides."""
    return _softmax(Q @ K.T * np.sqrt(Q.shape[1])) @ V


@exercise.wrong(caught_by=by_hand, hint=1)
def root_of_the_values_width(Q, K, V):
    """You divide by √d_v, from the width of the *values*. The dot products have d terms."""
    return _softmax(Q @ K.T / np.sqrt(V.shape[1])) @ V


@exercise.wrong(caught_by=by_hand, hint=1)
def root_of_the_keys_number(Q, K, V):
    """You divide by √(number of keys). The dot products have d terms each."""
    return _softmax(Q @ K.T / np.sqrt(len(K))) @ V


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_afterwards(Q, K, V):
    """You divide the *weights* by √d, after the softmax: they no longer add up to 1."""
    return _softmax(Q @ K.T) / np.sqrt(Q.shape[1]) @ V


def _otherwise_shifted(over):
    """The softmax summed over this axis, shifted by something else: nothing, rows, everything."""

    def by_nothing(Q, K, V):
        weights = np.exp(_scores(Q, K))
        return weights / weights.sum(axis=over, keepdims=True) @ V

    def by_rows(Q, K, V):
        weights = np.exp(_scores(Q, K) - _scores(Q, K).max(axis=1, keepdims=True))
        return weights / weights.sum(axis=over, keepdims=True) @ V

    def by_one_number(Q, K, V):
        weights = np.exp(_scores(Q, K) - _scores(Q, K).max())
        return weights / weights.sum(axis=over, keepdims=True) @ V

    return by_nothing, by_rows, by_one_number


@exercise.wrong(caught_by=by_hand, hint=1, variants=_otherwise_shifted(0))
def softmax_over_the_queries(Q, K, V):
    """Your softmax goes down the columns, so the queries compete for a key.

    The keys are to compete for a query: each row adds up to 1.
    """
    return _softmax(_scores(Q, K), axis=0) @ V


@exercise.wrong(caught_by=by_hand, hint=1, variants=_otherwise_shifted(None)[:2])
def softmax_over_everything(Q, K, V):
    """All your weights together add up to 1; those of *each query* should."""
    weights = np.exp(_scores(Q, K) - _scores(Q, K).max())
    return weights / weights.sum() @ V


@exercise.wrong(caught_by=has_the_shape, hint=2)
def scores_of_the_keys(Q, K, V):
    """Your scores have a row for each *key*. Who asks, and whose weights are to add up to 1?"""
    return _softmax(_scores(K, Q)) @ V


@exercise.wrong(caught_by=by_hand, hint=2)
def no_softmax(Q, K, V):
    """The softmax is missing: bare scores may be negative, and don't add up to 1."""
    return _scores(Q, K) @ V


@exercise.wrong(caught_by=by_hand, hint=3)
def scores_over_their_sum(Q, K, V):
    """You divide scores by their sum, without exponentials: negative scores break that."""
    scores = _scores(Q, K)
    return scores / scores.sum(axis=1, keepdims=True) @ V


@exercise.wrong(caught_by=by_hand, hint=3)
def the_best_key_alone(Q, K, V):
    """Each query hears its best key only. A softmax lets the others speak, too, if more quietly."""
    return V[_scores(Q, K).argmax(axis=1)]


@exercise.wrong(caught_by=has_the_shape, hint=1)
def weights_alone(Q, K, V):
    """You return the weights. What they weigh, the values, is missing."""
    return _softmax(_scores(Q, K))


@exercise.wrong(caught_by=has_the_shape, hint=4)
def weights_as_well(Q, K, V):
    """You return two things; the weighted means alone are asked for."""
    return _softmax(_scores(Q, K)) @ V, _softmax(_scores(Q, K))


@exercise.wrong(caught_by=has_the_shape, hint=1)
def keys_for_values(Q, K, V):
    """You averaged the keys. They say *where* to look; what is found there are the values."""
    return _softmax(_scores(Q, K)) @ K


@exercise.wrong(caught_by=has_the_shape, hint=1)
def keys_not_transposed(Q, K, V):
    """`Q @ K` doesn't fit: every query is to meet every key, row by row. Look at the shapes."""
    return _softmax(Q @ K / np.sqrt(Q.shape[1])) @ V


@exercise.wrong(
    caught_by=large_scores, hint=3, variants=(lambda Q, K, V: _shifted_by(np.min, Q, K, V),)
)
def no_shift(Q, K, V):
    """Right for small scores; for large ones the exponentials overflow, and ∞/∞ is NaN."""
    weights = np.exp(_scores(Q, K))
    return weights / weights.sum(axis=1, keepdims=True) @ V


def _shifted_by(amount, Q, K, V):
    """The right answer, but for what is taken off each row of scores before the exponentials."""
    weights = np.exp(_scores(Q, K) - amount(_scores(Q, K), axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True) @ V


@exercise.wrong(caught_by=large_scores, hint=3)
def one_shift_for_all(Q, K, V):
    """You shift all queries by one number; the weights of one far below it become 0/0."""
    weights = np.exp(_scores(Q, K) - _scores(Q, K).max())
    return weights / weights.sum(axis=1, keepdims=True) @ V


@exercise.wrong(caught_by=large_scores, hint=3)
def scores_cut_off(Q, K, V):
    """You cut scores off where the exponential would overflow: beyond, all keys seem equal."""
    weights = np.exp(np.clip(_scores(Q, K), -700, 700))
    return weights / weights.sum(axis=1, keepdims=True) @ V


@exercise.wrong(caught_by=by_hand, hint=1)
def root_of_the_queries_number(Q, K, V):
    """You divide by √(number of queries). The dot products have d terms each."""
    return _softmax(Q @ K.T / np.sqrt(len(Q))) @ V


@exercise.wrong(caught_by=by_hand, hint=1)
def later_keys_hidden(Q, K, V):
    """Query i hears only the first i + 1 keys: a mask, as for texts written word by word.

    Here every query hears all keys.
    """
    scores = _scores(Q, K)
    return _softmax(np.where(np.tri(*scores.shape) > 0, scores, -1e9)) @ V


@exercise.wrong(caught_by=has_the_shape, hint=3)
def sums_lie_flat(Q, K, V):
    """The sums of your rows lie flat, (n_queries,), and divide columns: which axis is lost?"""
    weights = np.exp(_scores(Q, K) - _scores(Q, K).max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1) @ V


@exercise.wrong(caught_by=has_the_shape, hint=1)
def entry_by_entry(Q, K, V):
    """`Q * K` multiplies entry by entry; every query is to meet every key: `@`, and a transpose."""
    return _softmax(Q * K / np.sqrt(Q.shape[1])) @ V


@exercise.wrong(caught_by=has_the_shape, hint=1)
def weights_times_values(Q, K, V):
    """`*` multiplies weights and values entry by entry. A mean adds up over the keys: `@`."""
    return _softmax(_scores(Q, K)) * V


@exercise.wrong(caught_by=by_hand, hint=3)
def weights_not_normalised(Q, K, V):
    """Your weights don't add up to 1: the division by their sum is missing."""
    scores = _scores(Q, K)
    return np.exp(scores - scores.max(axis=1, keepdims=True)) @ V


@exercise.wrong(caught_by=by_hand, hint=3)
def shift_outside_the_exponential(Q, K, V):
    """You take the largest score off the *exponentials*. It comes off the scores before."""
    weights = np.exp(_scores(Q, K)) - _scores(Q, K).max(axis=1, keepdims=True)
    return weights / weights.sum(axis=1, keepdims=True) @ V


@exercise.wrong(caught_by=by_hand, hint=1)
def shifted_by_columns(Q, K, V):
    """You take the largest score of each *column* off. A row is what may be shifted as a whole."""
    weights = np.exp(_scores(Q, K) - _scores(Q, K).max(axis=0))
    return weights / weights.sum(axis=1, keepdims=True) @ V


@exercise.alternative
def query_by_query(Q, K, V):
    out = np.zeros((len(Q), V.shape[1]))
    for i, q in enumerate(Q):
        scores = K @ q / len(q) ** 0.5
        odds = np.exp(scores - max(scores))
        for odd, value in zip(odds, V, strict=True):
            out[i] += odd / sum(odds) * value
    return out


@exercise.alternative
def with_einsum_and_logaddexp(Q, K, V):
    scores = np.einsum("qd,kd->qk", Q, K) * K.shape[1] ** -0.5
    log_weights = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    return np.einsum("qk,kv->qv", np.exp(log_weights), V)


@exercise.alternative
def keys_in_rows(Q, K, V):
    scores = K @ (Q / np.sqrt(Q.shape[-1])).T
    odds = np.exp(scores - np.max(scores, axis=0))
    return (odds / np.sum(odds, axis=0)).T @ V
