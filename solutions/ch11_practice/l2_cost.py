"""A price on large weights: what is added to the cost so that they stay small."""

from itertools import pairwise

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="l2_cost",
    title="A price on large weights",
    points=1,
    size="about 1 line",
    task=r"""Return what L2 regularisation adds to the cost, ½λ times the sum of the squares of
**all weights** of the network: $\frac{\lambda}{2} \sum_l \lVert W_l \rVert^2$. Biases pay nothing.

Example: two layers, `W1 = [[3, -1]]` and `W2 = [[2], [0]]`, whatever the biases, `lam = 0.1`: the
squares are 9, 1, 4 and 0, and ½ · 0.1 · 14 is 0.7.""",
    hints=(
        "Which numbers are added up? Look at the bars around $W_l$ and at the small 2.",
        r"""
        For a matrix, $\lVert W \rVert^2$ is the sum of the squares of all its entries: no root,
        no mean, and no matrix product. Add those up over the layers, then multiply once.
        """,
        """
        The same with lengths of fence: for fields `[[2, 1]]` and `[[4]]` at a price of 10 per
        length, `10 * sum(np.sum(field) for field in fields)` is 10 · (3 + 4) = 70. One `np.sum`
        inside each field, one `sum` over the fields.
        """,
        """
        Skeleton:

        ```python
        return ... * sum(np.sum(...) for W, b in params)
        ```
        """,
    ),
)


@exercise.reference
def l2_cost(params, lam):
    """What the size of the weights adds to the cost.

    Args:
        params: list of (W, b), W (n_in, n_out), b (n_out,). They are not changed.
        lam: strength λ of the regularisation, a number >= 0.

    Returns:
        A number: λ/2 times the sum of the squares of all entries of all W; biases don't count.
    """
    return lam / 2 * sum(np.sum(W**2) for W, _ in params)


def _network(rng, *sizes):
    """Random layers of these sizes; biases are not zero."""
    return [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in pairwise(sizes)]


@exercise.check("returns a number")
def returns_a_number(answer: Answer, rng: np.random.Generator) -> None:
    two_layers = [(np.array([[1.0, 2.0]]), np.zeros(2)), (np.array([[3.0], [1.0]]), np.zeros(1))]
    expect_shape(answer(two_layers, 0.2), (), what="the cost")
    for sizes in ((2, 3), (3, 4, 2)):
        expect_shape(answer(_network(rng, *sizes), 0.1), (), what="the cost")


@exercise.check("a small network by hand")
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    params = [
        (np.array([[1.0, -2.0]]), np.array([5.0, 5.0])),
        (np.array([[3.0], [1.0]]), np.ones(1)),
    ]
    expect_close(answer(params, 0.2), 1.5, why="½ · 0.2 · (1 + 4 + 9 + 1)")
    a, b, lam = map(float, rng.integers(2, 9, 3))
    params = [(np.array([[a], [-b]]), np.array([4.0]))]
    expect_close(
        answer(params, lam),
        lam / 2 * (a * a + b * b),
        why=f"½ · {lam:g} · ({a:g}² + {b:g}²)",
    )


@exercise.check("any depth, any λ")
def any_depth(answer: Answer, rng: np.random.Generator) -> None:
    for sizes in ((3, 4, 2), (5, 5), (2, 3, 4, 3, 1)):
        params, lam = _network(rng, *sizes), float(rng.uniform(0.1, 3))
        total = sum(w * w for W, _ in params for w in W.ravel().tolist())
        expect_close(answer(params, lam), 0.5 * lam * total)
    expect_close(answer(_network(rng, 3, 2), 0), 0.0, why="λ = 0 costs nothing")


@exercise.wrong(caught_by=by_hand, hint=1)
def half_missing(params, lam):
    """Your cost is twice the right one: the ½ is missing. With it, the slope is λW without a 2."""
    return lam * sum(np.sum(W**2) for W, _ in params)


@exercise.wrong(caught_by=by_hand, hint=1)
def biases_pay(params, lam):
    """Your biases pay, too. A bias shifts a unit and makes nothing steeper, so it is left free."""
    return lam / 2 * sum(np.sum(W**2) + np.sum(b**2) for W, b in params)


@exercise.wrong(caught_by=by_hand, hint=1)
def norms_not_squared(params, lam):
    """You added up the norms. The small 2 in the formula says: their squares."""
    return lam / 2 * sum(np.linalg.norm(W) for W, _ in params)


@exercise.wrong(caught_by=by_hand, hint=2)
def root_at_the_end(params, lam):
    """You took a root at the end, the length of all weights; the sum of squares is asked for."""
    return lam / 2 * np.sqrt(sum(np.sum(W**2) for W, _ in params))


@exercise.wrong(caught_by=by_hand, hint=2)
def squares_averaged(params, lam):
    """You averaged the squares in each layer. They are added up: every weight pays for itself."""
    return lam / 2 * sum(np.mean(W**2) for W, _ in params)


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_their_number(params, lam):
    """You divided by the number of weights. Their squares are added up, not averaged."""
    number = sum(W.size for W, _ in params)
    return lam / 2 * sum(np.sum(W**2) for W, _ in params) / number


@exercise.wrong(
    caught_by=by_hand,
    hint=1,
    variants=(lambda params, lam: lam / 2 * sum(np.sum(W) for W, _ in params) ** 2,),
)
def square_of_the_sum(params, lam):
    """You squared the sum of the weights, in which positive and negative ones cancel out."""
    return lam / 2 * sum(np.sum(W) ** 2 for W, _ in params)


@exercise.wrong(caught_by=by_hand, hint=1)
def absolute_values(params, lam):
    """You added up absolute values. That is L1, another regularisation, and it likes zeros."""
    return lam / 2 * sum(np.sum(np.abs(W)) for W, _ in params)


@exercise.wrong(caught_by=by_hand, hint=4)
def first_layer_only(params, lam):
    """Only the first layer pays: is the `return` inside the loop? See its indentation."""
    return lam / 2 * np.sum(params[0][0] ** 2)


@exercise.wrong(caught_by=by_hand, hint=4)
def last_layer_only(params, lam):
    """Only the last layer pays: what the loop has found before is overwritten each time."""
    return lam / 2 * np.sum(params[-1][0] ** 2)


@exercise.wrong(caught_by=by_hand, hint=1)
def price_squared(params, lam):
    """You squared λ as well."""
    return lam**2 / 2 * sum(np.sum(W**2) for W, _ in params)


@exercise.wrong(caught_by=by_hand, hint=1)
def price_forgotten(params, lam):
    """λ has no effect on your cost."""
    return sum(np.sum(W**2) for W, _ in params) / 2


@exercise.wrong(caught_by=returns_a_number, hint=3)
def a_row_of_sums(params, lam):
    """Your sum ends with a row: Python's `sum` of a matrix does that, and `np.sum` along an axis.

    `np.sum` without an axis goes all the way.
    """
    return lam / 2 * sum(sum(W**2) for W, _ in params)


@exercise.wrong(caught_by=returns_a_number, hint=2)
def matrix_product(params, lam):
    """You multiplied matrices: `W.T @ W` holds a sum of products for each pair of units.

    Each weight is to be squared by itself.
    """
    return lam / 2 * sum(W.T @ W for W, _ in params)


@exercise.wrong(caught_by=returns_a_number, hint=3)
def one_per_layer(params, lam):
    """You return one number per layer; the network pays one price for all of them."""
    return [lam / 2 * np.sum(W**2) for W, _ in params]


@exercise.wrong(caught_by=any_depth, hint=2)
def stretch_of_the_matrix(params, lam):
    """`np.linalg.norm(W, 2)` is another norm, the most that W stretches a vector.

    What is asked for adds up the squares of all entries.
    """
    return lam / 2 * sum(np.linalg.norm(W, 2) ** 2 for W, _ in params)


@exercise.wrong(
    caught_by=by_hand,
    hint=1,
    variants=(lambda params, lam: _of_products(params, lam, turned=True),),
)
def products_of_different_weights(params, lam):
    """A product of matrices holds products of different weights, too, and you add up all of it.

    Each weight is squared by itself.
    """
    return _of_products(params, lam)


def _of_products(params, lam, turned=False):
    """All entries of W Wᵀ, or of Wᵀ W, added up."""
    return lam / 2 * sum(float(np.sum(W.T @ W if turned else W @ W.T)) for W, _ in params)


@exercise.wrong(caught_by=by_hand, hint=4)
def last_layer_left_out(params, lam):
    """The last layer pays nothing: where does your loop end?"""
    return lam / 2 * sum(np.sum(W**2) for W, _ in params[:-1])


@exercise.wrong(caught_by=by_hand, hint=1)
def biases_for_weights(params, lam):
    """It is the biases that pay with you, and the weights are free: which of a pair comes first?"""
    return lam / 2 * sum(np.sum(b**2) for _, b in params)


@exercise.alternative
def entry_by_entry(params, lam):
    total = 0.0
    for W, _ in params:
        for row in W:
            for w in row:
                total += w * w
    return lam * total / 2


@exercise.alternative
def with_norms(params, lam):
    return float(np.sum([0.5 * lam * np.linalg.norm(W) ** 2 for W, b in params]))


@exercise.alternative
def by_traces(params, lam):
    return sum(lam * np.trace(W.T @ W) for W, _ in params) / 2


@exercise.alternative
def as_one_vector(params, lam):
    weights = np.concatenate([W.ravel() for W, _ in params])
    return 0.5 * lam * (weights @ weights)
