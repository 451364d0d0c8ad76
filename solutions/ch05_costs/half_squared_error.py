"""The loss of one example: half the squared length of its miss."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="half_squared_error",
    title="What one example costs",
    points=1,
    size="about 1 line",
    leads_to="`mse_cost` is its mean over a batch.",
    task=r"""For every example (row) return its loss
$\ell = \tfrac12 \sum_j (\hat y_j - y_j)^2$: square the misses of its outputs, add them up, take
half. The result has one number per example, shape `(batch,)`.

Example: predictions `[[3, 1], [2, 2]]` and observations `[[2, 1], [2, 6]]`. The first row misses by
(1, 0) and costs ½; the second misses by (0, −4) and costs 8. The answer is `[0.5, 8.]`.""",
    hints=(
        """
        What shape does `y_hat - y` have, and what shape is asked for? One axis has to go: is it the
        axis of the examples or that of the outputs?
        """,
        """
        Miss, square, sum, half, in this order. The sum belongs to one example, so it runs along its
        row, over the outputs. (An array of whole numbers has no room for a half.)
        """,
        """
        The same mechanics for another question, how many rooms each house has. `rooms =
        np.array([[2, 1, 1], [4, 2, 0]])` has one row per house; `rooms.sum(axis=1)` is `[4, 6]`,
        one number per house, while `rooms.sum(axis=0)` is `[6, 3, 1]`, one per kind of room.
        """,
        """
        Skeleton:

        ```python
        miss = ...                        # (batch, n_out)
        return ... * np.sum(..., axis=...)   # (batch,)
        ```
        """,
    ),
)


@exercise.reference
def half_squared_error(y_hat, y):
    """Loss of every example of a batch.

    Args:
        y_hat: predictions, (batch, n_out), floats or integers.
        y: what was observed, (batch, n_out), in the same units.

    Returns:
        Half the sum of the squared misses of each example, (batch,).
    """
    return 0.5 * np.sum((y_hat - y) ** 2, axis=1)


@exercise.check("gives one number per example")
def one_per_example(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((2, 3), (3, 1), (1, 5)):
        y_hat, y = rng.integers(-3, 4, (2, *shape)) + 0.0
        expect_shape(answer(y_hat, y), shape[:1])


@exercise.check("gets two examples with three outputs right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    y_hat = np.array([[1.0, 5.0, 2.0], [0.0, 0.0, 7.0]])
    y = np.array([[3.0, 5.0, -2.0], [1.0, -1.0, 7.0]])
    expect_close(answer(y_hat, y), np.array([10.0, 1.0]), what="the losses")
    miss = float(rng.integers(3, 20))
    y_hat[1, 2] += miss
    why = f"the second row misses by (−1, 1, {miss:g})"
    expected = np.array([10.0, 1.0 + miss**2 / 2])
    expect_close(answer(y_hat, y), expected, what="the losses", why=why)


@exercise.check("agrees with a product of every row with itself", points=0.5)
def agrees_with_einsum(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((5, 3), (4, 4), (6, 1)):
        y_hat, y = rng.normal(size=shape) * 4, rng.normal(size=shape)
        losses = np.einsum("bo,bo->b", y_hat - y, y_hat - y) / 2
        expect_close(answer(y_hat, y), losses, what="the losses")


@exercise.check("takes integers")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    y_hat, y = np.array([[3, 1], [2, 2], [0, 0]]), np.array([[2, 1], [2, 6], [1, 2]])
    as_floats = np.asarray(answer(y_hat + 0.0, y + 0.0))
    why = "the same numbers, as floats, give this"
    expect_close(answer(y_hat, y), as_floats, what="the result for integers", why=why)


@exercise.wrong(caught_by=by_hand, hint=2)
def no_half(y_hat, y):
    """Your losses are twice too large: the half in front of the sum is missing."""
    return np.sum((y_hat - y) ** 2, axis=1)


@exercise.wrong(caught_by=by_hand, hint=2)
def mean_over_outputs(y_hat, y):
    """You averaged over the outputs of an example. Within an example the squares are added.

    With one output the two agree, with several they do not.
    """
    return 0.5 * np.mean((y_hat - y) ** 2, axis=1)


@exercise.wrong(caught_by=one_per_example, hint=1)
def one_number_for_all(y_hat, y):
    """You added up the whole batch. That is nearly a cost; a loss belongs to one example."""
    return 0.5 * np.sum((y_hat - y) ** 2)


@exercise.wrong(caught_by=one_per_example, hint=3)
def sums_over_examples(y_hat, y):
    """You have one number per output: your sum ran down the columns, over the examples."""
    return 0.5 * np.sum((y_hat - y) ** 2, axis=0)


@exercise.wrong(caught_by=one_per_example, hint=1)
def not_summed(y_hat, y):
    """You have one number per output of each example; they still have to be added up."""
    return 0.5 * (y_hat - y) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def half_inside_the_square(y_hat, y):
    """You halved the miss before squaring it, so the half became a quarter."""
    return np.sum((0.5 * (y_hat - y)) ** 2, axis=1)


@exercise.wrong(caught_by=by_hand, hint=2)
def absolute_misses(y_hat, y):
    """You added the misses without their signs, but did not square them."""
    return 0.5 * np.sum(np.abs(y_hat - y), axis=1)


@exercise.wrong(caught_by=by_hand, hint=2)
def squared_after_the_sum(y_hat, y):
    """You summed first and squared then: a miss upwards and a miss downwards cancel."""
    return 0.5 * np.sum(y_hat - y, axis=1) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def length_of_the_miss(y_hat, y):
    """You took the square root: the length of the miss. The loss is its square, halved."""
    return 0.5 * np.sqrt(np.sum((y_hat - y) ** 2, axis=1))


@exercise.wrong(caught_by=takes_integers, hint=2)
def whole_losses(y_hat, y):
    """Your array of losses has the type of y: with whole numbers every ½ is lost."""
    losses = np.zeros(len(y), dtype=y.dtype)
    for i in range(len(y)):
        losses[i] = 0.5 * np.sum((y_hat[i] - y[i]) ** 2)
    return losses


@exercise.alternative
def with_einsum(y_hat, y):
    miss = np.asarray(y_hat) - np.asarray(y)
    return np.einsum("bo,bo->b", miss, miss) / 2


@exercise.alternative
def row_by_row(y_hat, y):
    losses = []
    for prediction, observed in zip(y_hat, y, strict=True):
        losses.append(np.dot(prediction - observed, prediction - observed) / 2)
    return losses


@exercise.alternative
def with_norms(y_hat, y):
    return np.linalg.norm(y_hat - y, axis=1) ** 2 / 2


@exercise.alternative
def multiplied_out(y_hat, y):
    return (y_hat * y_hat).sum(1) / 2 - (y_hat * y).sum(1) + (y * y).sum(1) / 2
