"""Which way each prediction should go: the gradient of the mean half squared error."""

import numpy as np

from annkit.exercises import Answer, Exercise, coarse, expect_close, expect_shape, expect_that

exercise = Exercise(
    id="mse_grad",
    title="The slope of the cost in each prediction",
    points=1,
    size="about 1 line",
    leads_to="Backpropagation in chapter 10 begins with it.",
    derived=True,
    task=r"""Return $\partial C/\partial\hat y$ for the cost $C$ of `mse_cost`: how fast the cost
of the whole batch changes when one entry of `y_hat` is nudged. It has the shape of `y_hat`. Derive
it, don't measure it: beside a very large cost, a tiny nudge is lost.

Example: predictions `[[3], [2]]`, observations `[[2], [6]]`. Raise the first prediction by a tiny
$h$: its loss ½·1² grows by $1\cdot h$, and the cost, a mean of two losses, by $0.5\,h$. The
gradient is `[[0.5], [-2.]]`.""",
    hints=(
        """
        Nudge one entry on paper. How many of the losses in the mean change? And by what is their
        sum divided?
        """,
        """
        The derivative of ½(ŷ − y)² in ŷ is the miss itself: the half cancels the 2 that comes down
        from the square. What is left is the 1/batch of the mean. (An array of whole numbers has no
        room for fractions.)
        """,
        r"""
        A cousin: the mean of cubes, $C = \frac1n\sum_i t_i^3$. One $t_i$ appears in one term only,
        so $\partial C/\partial t_i = 3t_i^2/n$. For `t = [1, 2]` that is `[1.5, 6]`: the whole
        array at once is `3 * t**2 / len(t)`.
        """,
        """
        Skeleton:

        ```python
        miss = ...        # (batch, n_out)
        return miss / ...
        ```
        """,
    ),
)


@exercise.reference
def mse_grad(y_hat, y):
    """Gradient of the mean half squared error in the predictions.

    Args:
        y_hat: predictions, (batch, n_out), floats or integers; left unchanged.
        y: what was observed, (batch, n_out), in the same units.

    Returns:
        ∂C/∂y_hat, (batch, n_out), where C is the mean over the batch of ½ Σ (y_hat − y)²; the
        1/batch of the mean is in it.
    """
    return (y_hat - y) / len(y)


@exercise.check("keeps the shape of y_hat")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((2, 3), (3, 1), (1, 5)):
        y_hat, y = rng.integers(-3, 4, (2, *shape)) + 0.0
        expect_shape(answer(y_hat, y), shape)


@exercise.check("gets two examples with three outputs right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    y_hat = np.array([[1.0, 5.0, 2.0], [0.0, 0.0, 7.0]])
    y = np.array([[3.0, 5.0, -2.0], [1.0, -1.0, 7.0]])
    expected = np.array([[-1.0, 0.0, 2.0], [-0.5, 0.5, 0.0]])
    expect_close(answer(y_hat, y), expected, what="the gradient")
    miss = float(rng.integers(2, 20))
    y_hat[1, 2] += miss
    expected[1, 2] = miss / 2
    expect_close(answer(y_hat, y), expected, what="the gradient", why=f"one miss is {miss:g} now")


@exercise.check("agrees with central differences of the cost", points=0.5)
def agrees_with_difference(answer: Answer, rng: np.random.Generator) -> None:
    def cost(y_hat, y):
        return sum(np.dot(row, row) for row in y_hat - y) / (2 * len(y))

    for shape in ((5, 3), (4, 1)):
        y_hat, y = rng.normal(size=shape) * 3, rng.normal(size=shape)
        slopes, h = np.zeros(shape), 1e-4
        for place in np.ndindex(shape):
            nudge = np.zeros(shape)
            nudge[place] = h
            slopes[place] = (cost(y_hat + nudge, y) - cost(y_hat - nudge, y)) / (2 * h)
        expect_close(answer(y_hat, y), slopes, rtol=1e-5, atol=1e-7, what="the gradient")


@exercise.check("takes integers and returns floats")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    y_hat, y = np.array([[3], [2], [0], [1]]), np.array([[2], [6], [0], [3]])
    as_floats = np.asarray(answer(y_hat + 0.0, y + 0.0))
    why = "the same numbers, as floats, give this"
    expect_close(answer(y_hat, y), as_floats, what="the gradient for integers", why=why)


@exercise.check("a small slope beside a large cost")
def large_and_small(answer: Answer, rng: np.random.Generator) -> None:
    miss = float(rng.integers(1, 90))
    expect_close(
        answer(np.array([[1e9], [2.0 + miss]]), np.array([[0.0], [2.0]])),
        np.array([[5e8], [miss / 2]]),
        what="the gradient",
        why=f"the misses are 10⁹ and {miss:g}",
    )
    got = np.asarray(answer(np.array([[1e200], [2.0 + miss]]), np.array([[0.0], [2.0]])))
    why = f"the misses are 10²⁰⁰ and {miss:g}: only the cost is too large for a computer"
    # in float32 the first slope is too large as well
    expect_that(not np.isnan(got).any(), "The gradient contains nan (not a number).", why=why)
    expect_close(got[1], np.array([miss / 2]), what="the second row of the gradient", why=why)


@exercise.wrong(caught_by=by_hand, hint=1)
def batch_forgotten(y_hat, y):
    """This is the slope of each example's own loss. The cost is a mean of losses.

    Your gradient is too large by the number of examples.
    """
    return y_hat - y


@exercise.wrong(caught_by=by_hand, hint=2)
def factor_two(y_hat, y):
    """A 2 is too much: the half in front of the square cancels it."""
    return 2 * (y_hat - y) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def divided_by_entries(y_hat, y):
    """You divided by all entries, examples times outputs; the mean runs over examples only."""
    return (y_hat - y) / np.size(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def points_downhill(y_hat, y):
    """Every sign is reversed: this is the direction in which the cost falls.

    A gradient says where the cost rises; the minus comes later, when a step is taken.
    """
    return (y - y_hat) / len(y)


@exercise.wrong(caught_by=keeps_shape, hint=1)
def averaged_over_the_batch(y_hat, y):
    """You averaged the misses over the batch. Every prediction has a slope of its own."""
    return np.mean(y_hat - y, axis=0)


@exercise.wrong(caught_by=by_hand, hint=2)
def half_left_over(y_hat, y):
    """The half of the loss is still there; differentiating the square brings down a 2."""
    return 0.5 * (y_hat - y) / len(y)


@exercise.wrong(caught_by=keeps_shape, hint=2)
def the_cost_itself(y_hat, y):
    """This is the cost, one number. Its slopes are asked for, one per prediction."""
    return 0.5 * np.sum((y_hat - y) ** 2) / len(y)


@exercise.wrong(caught_by=by_hand, hint=3)
def signs_only(y_hat, y):
    """You kept the sign of each miss and lost its size; that belongs to the absolute error."""
    return np.sign(y_hat - y) / len(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def slope_of_the_mean_square(y_hat, y):
    """This is the slope of the mean square of *all* entries: a 2 in front, divided by their number.

    Your cost has a half, which takes the 2 away, and its mean runs over the examples only.
    """
    return 2 * (y_hat - y) / np.size(y)


@exercise.wrong(caught_by=takes_integers, hint=2)
def whole_slopes(y_hat, y):
    """Your array of slopes has the type of y_hat: with whole numbers every fraction is lost."""
    slopes = np.zeros_like(y_hat)
    for i in range(len(y)):
        slopes[i] = (y_hat[i] - y[i]) / len(y)
    return slopes


@exercise.wrong(
    caught_by=large_and_small, hint=2, recognise=coarse(lambda y_hat, y: (y_hat - y) / len(y))
)
def measured_by_differences(y_hat, y):
    """You measure the slope, with a nudge. Beside a very large cost the nudge is rounded away.

    The slope can be written down: see what one entry does to its own loss.
    """
    h = 1e-5

    def cost(y_hat):
        return 0.5 * np.sum((y_hat - y) ** 2) / len(y)

    slopes = np.empty(np.shape(y_hat))
    for place in np.ndindex(slopes.shape):
        nudge = np.zeros(slopes.shape)
        nudge[place] = h
        slopes[place] = (cost(y_hat + nudge) - cost(y_hat - nudge)) / (2 * h)
    return slopes


def _squares(y_hat, y):
    return (y_hat - y) ** 2 / len(y)


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_squares,))
def losses_for_slopes(y_hat, y):
    """These are squares: what the cost adds up, not how fast it changes.

    The slope of a square is no square.
    """
    return 0.5 * (y_hat - y) ** 2 / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def only_y_is_divided(y_hat, y):
    """Division comes before subtraction: only y is divided by the number of examples."""
    return y_hat - y / len(y)


@exercise.alternative
def with_shape(y_hat, y):
    return np.subtract(y_hat, y) * (1 / y_hat.shape[0])


@exercise.alternative
def in_two_steps(y_hat, y):
    grad = np.zeros(np.shape(y_hat))
    for i in range(len(y_hat)):
        grad[i] = (y_hat[i] - y[i]) / len(y_hat)
    return grad


@exercise.alternative
def as_plain_lists(y_hat, y):
    n = len(y)
    rows = zip(y_hat, y, strict=True)
    return [[(p - t) / n for p, t in zip(a, b, strict=True)] for a, b in rows]
