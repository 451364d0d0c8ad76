"""The change of a cost that its gradient predicts for a small step."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="predicted_change",
    title="What the gradient predicts",
    points=1,
    size="about 1 line",
    task=r"""
Given the gradient of a cost and a step of the parameters, return the change of the cost
that the gradient predicts, $\nabla C\cdot\Delta v$: one number. Parameters come as vectors,
matrices or any other shape; the two arrays always have the same one.

*Example:* the gradient (2, −3) and the step (0.1, 0.1) predict 0.2 − 0.3 = −0.1.""",
    hints=(
        """
        Each parameter makes its own contribution to the change. What is the contribution of the
        first one in the example, and how do the two become one number?
        """,
        """
        A slope tells the change of the cost per unit of one parameter, so slope times step is that
        parameter's share. The shares of all parameters add up, wherever in the array they stand.
        """,
        """
        The same pattern, a bill: `prices = np.array([[2.0, 1.0], [3.0, 0.5]])` and `amounts =
        np.array([[1, 4], [0, 2]])`. The products are `[[2, 4], [0, 1]]`, entry by entry, and the
        bill is 7. Note that `prices @ amounts` is a matrix and no bill.
        """,
        """
        Skeleton:

        ```python
        return np.sum(... * ...)
        ```
        """,
    ),
)


@exercise.reference
def predicted_change(gradient, step):
    """First-order change of a cost: gradient times step, summed over all parameters.

    Args:
        gradient: slopes of the cost, an array of any shape.
        step: changes of the parameters, same shape as gradient.

    Returns:
        One number: the predicted change of the cost.
    """
    return float(np.sum(np.asarray(gradient) * np.asarray(step)))


@exercise.check("returns one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    expect_shape(answer(rng.normal(size=3), rng.normal(size=3)), ())


@exercise.check("two parameters by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(np.array([4.0, 1.0]), np.array([-0.5, 0.25]))
    expect_close(got, -1.75, what="the change", why="4 · (−0.5) + 1 · 0.25")
    slope, way = map(int, rng.integers(2, 20, 2))
    got = answer(np.array([4.0, slope]), np.array([-0.5, way]))
    expect_close(got, slope * way - 2.0, what="the change", why=f"4 · (−0.5) + {slope} · {way}")


@exercise.check("matrices, square and not, and other shapes", points=0.5)
def any_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((5,), (3, 3), (2, 4), (2, 1, 3), (1,)):
        gradient, step = rng.uniform(-3, 3, (2, *shape)).round(1)
        expected = sum(g * s for g, s in zip(gradient.ravel(), step.ravel(), strict=True))
        expect_close(answer(gradient, step), expected, what="the change")


@exercise.wrong(caught_by=by_hand, hint=2)
def descent_by_habit(gradient, step):
    """Your number has the wrong sign, as if the step went against the gradient.

    A step that goes the way the slope rises makes the cost larger. Whether it goes there is in
    `step` already.
    """
    return -float(np.sum(np.asarray(gradient) * np.asarray(step)))


@exercise.wrong(caught_by=by_hand, hint=2)
def product_of_lengths(gradient, step):
    """You multiplied the two lengths. That is what the *steepest* step of this length changes.

    A step across the slope changes nothing at first, whatever its length.
    """
    return float(np.linalg.norm(gradient) * np.linalg.norm(step))


@exercise.wrong(caught_by=by_hand, hint=3)
def mean_not_sum(gradient, step):
    """You averaged the contributions of the parameters. They add up."""
    return float(np.mean(np.asarray(gradient) * np.asarray(step)))


@exercise.wrong(caught_by=one_number, hint=1)
def not_summed(gradient, step):
    """You have the contribution of every parameter. One number for the whole cost is asked for."""
    return np.asarray(gradient) * np.asarray(step)


def _matrix_product_of_the_transpose(gradient, step):
    return np.dot(np.transpose(gradient), step)


@exercise.wrong(caught_by=any_shape, hint=3, variants=(_matrix_product_of_the_transpose,))
def matrix_product(gradient, step):
    """`@` and `np.dot` are right for vectors, but for matrices they multiply rows by columns."""
    return np.dot(gradient, step)


@exercise.wrong(caught_by=any_shape, hint=3)
def first_axis_only(gradient, step):
    """Python's `sum` adds up the rows of a table, and a row is left. Every entry should count."""
    return sum(np.asarray(gradient) * np.asarray(step))


@exercise.wrong(caught_by=by_hand, hint=3)
def sums_first(gradient, step):
    """You added up first and multiplied then: every slope met every step.

    A parameter's slope belongs to its own step only.
    """
    return float(np.sum(gradient) * np.sum(step))


@exercise.wrong(caught_by=by_hand, hint=1)
def signs_lost(gradient, step):
    """Your contributions have lost their signs. A step down the slope makes the cost smaller."""
    return float(np.sum(np.abs(np.asarray(gradient) * np.asarray(step))))


@exercise.wrong(caught_by=by_hand, hint=1)
def step_never_asked(gradient, step):
    """You multiply the gradient by itself, so the step never comes in."""
    return float(np.sum(np.asarray(gradient) ** 2))


@exercise.alternative
def with_vdot(gradient, step):
    return np.vdot(gradient, step)


@exercise.alternative
def flattened(gradient, step):
    return np.ravel(gradient) @ np.ravel(step)


@exercise.alternative
def one_by_one(gradient, step):
    total = 0.0
    for place in np.ndindex(np.shape(gradient)):
        total += gradient[place] * step[place]
    return total
