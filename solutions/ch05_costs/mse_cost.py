"""The cost of a batch: the mean of the losses of its examples."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="mse_cost",
    title="What a batch costs",
    points=1,
    size="about 1 line",
    leads_to="In chapter 10, `backprop` finds the slopes of this cost.",
    task="""Return the cost of a batch: the **mean over the examples** of their half squared errors,
one number. Within an example the outputs are summed, as before; only the examples are
averaged.

Example: two examples with three outputs, `y_hat = [[3, 1, 0], [2, 2, 2]]` and `y = [[2, 1, 1],
[2, 6, 2]]`. The first row misses by (1, 0, −1), the second by (0, −4, 0). Their losses are 1 and 8,
so the cost is (1 + 8) / 2 = 4.5.""",
    hints=(
        """
        By what do you divide: by the number of examples, or by the number of entries? In the task's
        example these are 2 and 6. And where is the half?
        """,
        """
        Two different things happen to the two axes: a sum along each row, a mean over the rows. A
        mean over rows is a sum divided by `len(y)`.
        """,
        """
        The same with shopping. `prices = np.array([[2.0, 3.0], [1.0, 0.0], [4.0, 2.0]])` holds
        three baskets with two things each. The mean price of a *basket* is 12 / 3 = 4;
        `prices.mean()` is 12 / 6 = 2, the mean price of a *thing*.
        """,
        """
        Skeleton:

        ```python
        losses = 0.5 * np.sum(..., axis=1)   # (batch,)
        return ...
        ```
        """,
    ),
)


@exercise.reference
def mse_cost(y_hat, y):
    """Mean half squared error of a batch.

    Args:
        y_hat: predictions, (batch, n_out), floats or integers.
        y: what was observed, (batch, n_out), in the same units.

    Returns:
        One number: the losses ½ Σ (y_hat − y)² of the examples, averaged over the batch.
    """
    return 0.5 * float(np.sum((y_hat - y) ** 2)) / len(y)


@exercise.check("gives one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((2, 3), (3, 1), (1, 2)):
        y_hat, y = rng.integers(-3, 4, (2, *shape)) + 0.0
        expect_shape(answer(y_hat, y), (), what="the cost")


@exercise.check("gets two examples with three outputs right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    y_hat = np.array([[1.0, 4.0, 0.0], [0.0, 0.0, 2.0]])
    y = np.array([[3.0, 4.0, 0.0], [1.0, -3.0, 2.0]])
    expect_close(answer(y_hat, y), 3.5, what="the cost", why="the losses are 2 and 5")
    miss = float(2 * rng.integers(2, 10))
    why = f"the losses are 2 and {5 + miss**2 / 2:g}"
    y_hat[1, 2] += miss
    expect_close(answer(y_hat, y), 3.5 + miss**2 / 4, what="the cost", why=why)


@exercise.check("agrees with a sum over all pairs of example and output", points=0.5)
def agrees_with_loops(answer: Answer, rng: np.random.Generator) -> None:
    for batch, n_out in ((5, 3), (4, 4), (7, 1), (1, 6)):
        y_hat, y = rng.normal(size=(batch, n_out)) * 4, rng.normal(size=(batch, n_out))
        total = 0.0
        for i in range(batch):
            for j in range(n_out):
                total += (y_hat[i, j] - y[i, j]) ** 2 / (2 * batch)
        expect_close(answer(y_hat, y), total, what="the cost")


@exercise.check("does not change when the batch is written twice")
def same_for_a_doubled_batch(answer: Answer, rng: np.random.Generator) -> None:
    y_hat, y = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    cost = 0.5 * np.einsum("bo,bo->", y_hat - y, y_hat - y) / 3
    twice = answer(np.vstack([y_hat, y_hat]), np.vstack([y, y]))
    expect_close(twice, cost, what="the cost", why="a mean does not grow with the batch")


@exercise.wrong(caught_by=by_hand, hint=1)
def mean_over_entries(y_hat, y):
    """You divided by the number of entries, examples times outputs.

    With several outputs the cost comes out too small, and its gradient with it.
    """
    return 0.5 * np.mean((y_hat - y) ** 2)


@exercise.wrong(caught_by=by_hand, hint=1)
def mean_of_all_squares(y_hat, y):
    """This is the mean square of all entries: it has no half, and averages over the outputs too.

    With two outputs per example these two things cancel, and the number only looks right.
    """
    return np.mean((y_hat - y) ** 2)


@exercise.wrong(caught_by=by_hand, hint=2)
def sum_over_the_batch(y_hat, y):
    """You added the losses and did not average them, so a larger batch looks worse."""
    return 0.5 * np.sum((y_hat - y) ** 2)


@exercise.wrong(caught_by=by_hand, hint=1)
def no_half(y_hat, y):
    """Your cost is twice too large: the losses have a half in front."""
    return np.sum((y_hat - y) ** 2) / len(y)


@exercise.wrong(caught_by=one_number, hint=2)
def losses_not_averaged(y_hat, y):
    """You return the losses, one per example; the cost is one number for the whole batch."""
    return 0.5 * np.sum((y_hat - y) ** 2, axis=1)


@exercise.wrong(caught_by=one_number, hint=2)
def cost_per_output(y_hat, y):
    """You return one cost per output; the outputs of an example are added up."""
    return 0.5 * np.mean((y_hat - y) ** 2, axis=0)


@exercise.wrong(caught_by=by_hand, hint=2)
def root_of_the_cost(y_hat, y):
    """You took a square root at the end. That is good for reading; the cost itself has none."""
    return np.sqrt(0.5 * np.sum((y_hat - y) ** 2) / len(y))


@exercise.wrong(caught_by=by_hand, hint=2)
def misses_cancel(y_hat, y):
    """You squared after averaging: misses upwards and downwards cancel before they can count."""
    return 0.5 * np.sum(np.mean(y_hat - y, axis=0) ** 2)


@exercise.wrong(caught_by=by_hand, hint=2)
def every_pair_of_examples(y_hat, y):
    """You compared every prediction with every observation, not only with its own.

    Somewhere a (batch, 1) met a (1, batch) or a (batch,), and NumPy made a square of them.
    """
    miss = np.asarray(y_hat)[:, None, :] - np.asarray(y)[None, :, :]
    return 0.5 * np.mean(np.sum(miss**2, axis=2))


@exercise.wrong(caught_by=by_hand, hint=2)
def absolute_misses(y_hat, y):
    """You added the misses without their signs, but did not square them."""
    return 0.5 * np.sum(np.abs(y_hat - y)) / len(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def square_of_the_mean(y_hat, y):
    """You took the mean of all misses and squared that: misses of opposite signs cancel first."""
    return 0.5 * np.mean(y_hat - y) ** 2


@exercise.wrong(caught_by=by_hand, hint=1)
def root_of_the_mean_square(y_hat, y):
    """This is the square root of the mean square. The cost has no root, but a half."""
    return np.sqrt(np.sum((y_hat - y) ** 2) / len(y))


@exercise.alternative
def mean_of_sums(y_hat, y):
    return np.mean(np.sum((y_hat - y) ** 2, axis=1)) / 2


@exercise.alternative
def with_vdot(y_hat, y):
    miss = y_hat - y
    return np.vdot(miss, miss) / (2 * miss.shape[0])


@exercise.alternative
def with_a_loop(y_hat, y):
    total = 0.0
    for prediction, observed in zip(y_hat, y, strict=True):
        total += 0.5 * sum((p - o) ** 2 for p, o in zip(prediction, observed, strict=True))
    return total / len(y)


@exercise.picture
def own_cost(answer: Answer):
    """The learner's cost of five predictions, the first of them moved."""
    from annkit.lessons.costs import pictures as cost_pictures

    return cost_pictures.one_moved(lambda y_hat, y: float(answer(y_hat, y)))
