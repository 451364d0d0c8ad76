"""A certificate that no line separates XOR."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_shape, expect_that

exercise = Exercise(
    id="xor_impossible",
    title="A proof in four numbers",
    points=2,
    size="about 1 line",
    task=r"""Prove that no line separates XOR. Return coefficients `c`, one for each of the points
(0,0), (0,1), (1,0), (1,1) with the labels −1, +1, +1, −1: none negative, not all zero, such
that $\sum_i c_i \, y_i \, (x_i, 1) = 0$. (If only the inputs cancel and the constant 1 does not,
the lines through the origin are ruled out, and that earns half.)

*Example:* on a line, the points 0, 1, 2 have the labels +1, −1, +1. The coefficients (1, 2, 1)
work: 1·(0, 1) − 2·(1, 1) + 1·(2, 1) = (0, 0). No threshold separates these three points.""",
    hints=(
        r"""
        Write the four vectors $y_i \, (x_i, 1)$ under each other, signs included. How many
        coordinates does each have, and so how many equations must the four numbers satisfy?
        """,
        """
        You look for a mixture of the two classes that comes out the same on both sides: the
        weighted points of class +1 and of class −1 have the same sum, and the same total weight.
        Where do the two diagonals of the square meet?
        """,
        """
        Another square, worked: (0,0) and (2,2) are −1, (0,2) and (2,0) are +1, and (1,1) is a fifth
        point with label +1. With c = (1, 1, 0, 0, 2) the −1 side gives (0,0) + (2,2) = (2,2), the
        +1 side 2·(1,1) = (2,2), and the weights are 2 on both sides.
        """,
        """
        ```python
        # first coordinate:   0·c0 + 0·c1 + 1·c2 - 1·c3 = 0
        # second coordinate:  ...
        # the constant 1:     ...
        return np.array([..., ..., ..., ...])
        ```
        """,
    ),
)

SIGNED = np.array([[0, 0, -1], [0, 1, 1], [1, 0, 1], [-1, -1, -1]])  # y·(x, 1), one row per point


@exercise.reference
def xor_impossible():
    """Return a certificate that the four points of XOR cannot be separated by a line.

    Returns:
        (4,) coefficients for the points (0,0), (0,1), (1,0), (1,1), in this order: none
        negative, not all zero, and the points as vectors y·(x₁, x₂, 1), multiplied by them, add
        up to (0, 0, 0). Any such coefficients are right.
    """
    return np.array([1.0, 1.0, 1.0, 1.0])


def _valid(answer: Answer) -> np.ndarray:
    """Call the answer and expect four non-negative numbers that are not all zero.

    Args:
        answer: the handle.

    Returns:
        (4,) coefficients.
    """
    got = answer()
    expect_shape(got, (4,), what="the coefficients")
    c = np.asarray(got, dtype=float)
    expect_that(bool(np.all(np.isfinite(c))), "The coefficients must be finite numbers.", got=c)
    expect_that(bool(np.all(c >= 0)), "No coefficient may be negative.", got=c)
    expect_that(bool(np.any(c > 0)), "All coefficients are zero: that proves nothing.", got=c)
    return c


@exercise.check("four numbers, none negative, not all zero")
def is_a_candidate(answer: Answer, rng: np.random.Generator) -> None:
    _valid(answer)


@exercise.check("the two input coordinates cancel: no line through the origin works", points=1)
def inputs_cancel(answer: Answer, rng: np.random.Generator) -> None:
    c = _valid(answer)
    total = c @ SIGNED
    expect_that(
        bool(np.any(c[1:] > 0)),
        "Only (0, 0) has a coefficient, and its inputs are 0 anyway.",
        got=c,
    )
    expect_that(
        bool(np.all(np.abs(total[:2]) < 1e-9 * c.max())),
        "The weighted points of the two classes do not add up to the same place.",
        expected=[0.0, 0.0],
        got=total[:2],
        why="the first two coordinates of your sum",
    )


@exercise.check("the constant 1 cancels as well: no line works", points=1)
def constant_cancels(answer: Answer, rng: np.random.Generator) -> None:
    c = _valid(answer)
    total = c @ SIGNED
    expect_that(
        abs(float(total[2])) < 1e-9 * c.max(),
        "The two classes do not carry the same total weight.",
        expected=0.0,
        got=float(total[2]),
        why="the last coordinate of your sum",
    )
    w_hat = rng.normal(size=3)
    expect_that(
        abs(float(total @ w_hat)) < 1e-8 * c.max(),
        f"For the line w = {w_hat[:2].round(2)}, b = {w_hat[2]:.2f} the weighted scores leave a "
        f"rest.",
        expected=0.0,
        got=float(total @ w_hat),
    )


def _coefficients(calls) -> np.ndarray:
    """The latest answer as four numbers, or four NaN, which are nobody's mistake.

    Args:
        calls: the recorded calls.

    Returns:
        (4,) floats.
    """
    c = np.asarray(calls[-1].value, dtype=float)
    return c if c.shape == (4,) else np.full(4, np.nan)


@exercise.compared_by()
def faults(calls):
    """What is wrong with the latest coefficients."""
    c = _coefficients(calls)
    if np.all(c >= 0) and np.count_nonzero(c) == 1:
        return "one point only"
    if np.all(c >= 0) and c.any() and (not c[1:3].any() or not c[::3].any()):
        return "one class only"
    left_over = np.abs(c @ SIGNED) > 1e-9
    return {
        "the labels' signs": c[1] != 0 and np.allclose(c, c[1] * np.array([-1, 1, 1, -1])),
        "nothing": np.all(c == 0),
        "negative": np.all(c <= 0) and np.any(c < 0),
        "positive": np.all(c >= 0) and np.any(c > 0),
        "inputs cancel": not left_over[:2].any(),
        "constant cancels": not left_over[2],
    }


@exercise.wrong(caught_by=is_a_candidate, hint=1)
def signs_repeated():
    """Your signs go with the labels. The sum has y in it already, so each sign counts twice."""
    return np.array([-1.0, 1.0, 1.0, -1.0])


@exercise.wrong(caught_by=is_a_candidate, hint=1)
def all_negative():
    """The sum is zero, but times a negative number "y·score > 0" turns round.

    Does the sum stay zero with other signs?
    """
    return np.array([-0.25, -0.25, -0.25, -0.25])


@exercise.wrong(caught_by=is_a_candidate, hint=2)
def all_zero():
    """Zeros solve the equations for any data, separable or not: they prove nothing."""
    return np.zeros(4)


@exercise.wrong(caught_by=constant_cancels, hint=1)
def constant_forgotten():
    """The inputs cancel, the constant 1 does not. Only lines through the origin are ruled out."""
    return np.array([0.0, 1.0, 1.0, 1.0])


@exercise.wrong(caught_by=inputs_cancel, hint=2)
def one_point_only():
    """A single point has nothing to cancel against. The two classes have to balance each other."""
    return np.array([1.0, 0.0, 0.0, 0.0])


@exercise.wrong(caught_by=inputs_cancel, hint=2)
def counts_only():
    """Both classes carry the same weight, but their weighted points lie in different places."""
    return np.array([1.0, 1.0, 0.0, 0.0])


@exercise.wrong(caught_by=inputs_cancel, hint=2)
def one_class_only():
    """Only points of one label have a coefficient. What should they be weighed against?"""
    return np.array([0.0, 1.0, 1.0, 0.0])


@exercise.wrong(caught_by=inputs_cancel, hint=3)
def nothing_cancels():
    """The two classes differ both in where their weighted points lie and in their total weight.

    Write the three sums next to each other, one for each coordinate and one for the constant.
    """
    return np.array([1.0, 2.0, 2.0, 1.0])


@exercise.alternative
def shares():
    """Coefficients as shares that sum to 1, in a list."""
    return [0.25, 0.25, 0.25, 0.25]


@exercise.alternative
def from_the_null_space():
    """The direction that the equations leave free, by the singular value decomposition."""
    signed = [[0, 0, -1], [0, 1, 1], [1, 0, 1], [-1, -1, -1]]
    return np.abs(np.linalg.svd(np.array(signed).T)[2][-1])


@exercise.alternative
def counted():
    """How often the perceptron corrects each example in one round of its endless cycle."""
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), [-1, 1, 1, -1]
    w_hat, counts = np.zeros(3), [0, 0, 0, 0]
    for i, x in enumerate(X):
        x_hat = np.append(x, 1)
        if y[i] * (x_hat @ w_hat) <= 0:
            w_hat, counts[i] = w_hat + y[i] * x_hat, counts[i] + 1
    return tuple(counts)
