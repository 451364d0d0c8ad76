"""The slope of leaky ReLU, which never reaches zero."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_shape,
    on_arrays,
    raises,
)

exercise = Exercise(
    id="leaky_relu_prime",
    title="The slope of the leaky ReLU",
    points=1,
    size="about 1 line",
    derived=True,
    task=r"""Write the slope of leaky ReLU for arrays of any shape: 1 where $z > 0$, `slope` where
$z \le 0$. The kink belongs to the left half. Don't measure the slope: close to the kink a
difference sees both sides.

Example: `leaky_relu_prime(np.array([-2.0, 0.0, 0.3]), slope=0.1)` is `[0.1, 0.1, 1.]`.""",
    hints=(
        "Compare with the slope of the plain ReLU: which of its two values changes, and into what?",
        """
        Two constants and one comparison: `np.where` can pick between numbers as well as between
        arrays. How steep a line is does not depend on how far along it you are.
        """,
        """
        The slope of the tax with 30 % above 1000: `np.where(x > 1000, 0.3, 0.0)`. For `x =
        np.array([500, 1000, 1500])` it gives `[0., 0., 0.3]`. No `x` in the branches: they are
        slopes, not amounts.
        """,
        """
        Skeleton:

        ```python
        return np.where(..., 1.0, ...)
        ```
        """,
    ),
)


@exercise.reference
def leaky_relu_prime(z, slope=0.01):
    """Slope of leaky ReLU at every entry of z.

    Args:
        z: pre-activations (not activations), an array of any shape, floats or integers.
        slope: slope of the left half, a number from 0 to 1.

    Returns:
        1.0 where z > 0 and slope where z <= 0 (the kink included), floats, same shape as z.
    """
    return np.where(np.asarray(z) > 0, 1.0, slope)


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 4), (5,), (2, 1, 3), ()):
        expect_shape(answer(np.asarray(rng.normal(size=shape) - 3)), shape)


@exercise.check("agrees with a central difference of leaky ReLU", points=0.5)
def agrees_with_difference(answer: Answer, rng: np.random.Generator) -> None:
    size, h = rng.uniform([0.01, 0.1, 0.1, 1], [0.1, 1, 1, 8], size=(2, 4)), 1e-5
    z = size * np.array([[-1.0], [1.0]])
    above, below = z + h, z - h
    slope = (0.505 * (above - below) + 0.495 * (np.abs(above) - np.abs(below))) / (2 * h)
    expect_close(
        answer(z), np.round(slope, 6) + 0.0, rtol=1e-6, atol=1e-6, what="leaky_relu_prime(z)"
    )


@exercise.check("uses the slope it is given, at the kink too", points=0.5)
def uses_the_slope(answer: Answer, rng: np.random.Generator) -> None:
    for slope in (0.25, 0.0, float(rng.integers(30, 90)) / 100):
        expected = np.array([slope, slope, 1.0])
        expect_close(
            answer(np.array([-1.5, 0.0, 2.5]), slope),
            expected,
            what=f"leaky_relu_prime(z, {slope})",
            why="the kink at z = 0 belongs to the left half",
        )
    z, why = np.array([-1e-30, 1e-30]), "close to the kink is not at the kink"
    expect_close(answer(z, 0.25), np.array([0.25, 1.0]), what="leaky_relu_prime(z, 0.25)", why=why)


@exercise.check("takes integers and returns floats")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation(np.arange(-4, 5)).reshape(3, 3)
    expected = np.array([[1.0 if entry > 0 else 0.01 for entry in row] for row in z.tolist()])
    expect_close(answer(z), expected, why="whole numbers go in, but fractions must come out")


@exercise.wrong(caught_by=uses_the_slope, hint=1)
def leaks_a_little_longer(z, slope=0.01):
    """A little to the right of the kink your slope is still that of the leak.

    Close to the kink is not at it.
    """
    return np.where(np.asarray(z) > 1e-9, 1.0, slope)


@exercise.wrong(caught_by=uses_the_slope, hint=4)
def one_at_the_kink(z, slope=0.01):
    """You count the kink to the right-hand side: at z = 0 your slope is 1."""
    return np.where(np.asarray(z) >= 0, 1.0, slope)


@exercise.wrong(caught_by=uses_the_slope, hint=4)
def zero_at_the_kink(z, slope=0.01):
    """At z = 0 you give 0, as for the plain ReLU. Here the kink belongs to the left half."""
    z = np.asarray(z)
    return np.where(z > 0, 1.0, np.where(z < 0, slope, 0.0))


@exercise.wrong(caught_by=uses_the_slope, hint=4)
def mean_at_the_kink(z, slope=0.01):
    """At z = 0 you give the mean of both slopes, which is what a central difference measures there.

    Here the kink belongs to the left half.
    """
    z = np.asarray(z)
    return np.where(z > 0, 1.0, np.where(z < 0, slope, (1 + slope) / 2))


@exercise.wrong(caught_by=uses_the_slope, hint=4)
def nothing_by_nothing(z, slope=0.01):
    """At the kink you divide 0 by 0, which is NaN. To which half does it belong here?"""
    with np.errstate(invalid="ignore"):
        return np.where(np.asarray(z) > 0, z, slope * np.asarray(z)) / z


@exercise.wrong(caught_by=agrees_with_difference, hint=1)
def slope_of_plain_relu(z, slope=0.01):
    """Your left half is flat. The leak is there so that this slope is never zero."""
    return (np.asarray(z) > 0).astype(float)


@exercise.wrong(caught_by=agrees_with_difference, hint=3)
def value_not_slope(z, slope=0.01):
    """This is the height of the curve: a slope does not grow with z."""
    z = np.asarray(z)
    return np.where(z > 0, z, slope * z)


@exercise.wrong(caught_by=agrees_with_difference, hint=1)
def left_half_falls(z, slope=0.01):
    """Your left half falls: leaky ReLU rises everywhere, only more gently on the left."""
    return np.where(np.asarray(z) > 0, 1.0, -slope)


@exercise.wrong(caught_by=uses_the_slope, hint=2)
def ignores_the_slope(z, slope=0.01):
    """You always use 0.01, whatever the caller passes as `slope`."""
    return np.where(np.asarray(z) > 0, 1.0, 0.01)


@exercise.wrong(
    caught_by=keeps_shape, hint=2, recognise=raises("truth value of an array", where=on_arrays)
)
def asks_the_whole_array(z, slope=0.01):
    """An `if` wants one yes or no, but z is an array with one answer per entry.

    Let NumPy decide entry by entry.
    """
    return 1.0 if z > 0 else slope


@exercise.wrong(caught_by=takes_integers, hint=2)
def integer_container(z, slope=0.01):
    """The array you write into holds integers, so the slope 0.01 put into it becomes 0.

    An array made "like z" also has z's type.
    """
    out = np.ones_like(z)
    out[z <= 0] = slope
    return out


@exercise.wrong(caught_by=agrees_with_difference, hint=1)
def slope_times_z(z, slope=0.01):
    """Your left half is slope · z, the height of the curve there. How steep is it?"""
    return np.where(np.asarray(z) > 0, 1.0, slope * np.asarray(z))


@exercise.wrong(caught_by=agrees_with_difference, hint=1)
def z_on_the_right(z, slope=0.01):
    """Your right half is z, the height of the curve there. How steep is it?"""
    return np.where(np.asarray(z) > 0, z, slope)


@exercise.wrong(caught_by=agrees_with_difference, hint=1)
def sides_swapped(z, slope=0.01):
    """You have the two sides the wrong way round: the leak lies on the left."""
    return np.where(np.asarray(z) > 0, slope, 1.0)


@exercise.wrong(caught_by=agrees_with_difference, hint=2)
def slope_on_top(z, slope=0.01):
    """You add the slope everywhere, so the right half is steeper than 1. It belongs to one half."""
    return (np.asarray(z) > 0) + slope


@exercise.wrong(caught_by=agrees_with_difference, hint=2)
def second_mask_finds_the_first(z, slope=0.01):
    """A slope that you have written is positive, so your second mask finds it again and makes it 1.

    Ask z, not what you have changed already.
    """
    out = np.array(z, dtype=float)
    out[out <= 0] = slope
    out[out > 0] = 1.0
    return out


@exercise.alternative
def as_a_sum_of_masks(z, slope=0.01):
    return (z > 0) + slope * (z <= 0)


@exercise.alternative
def with_heaviside(z, slope=0.01):
    return slope + (1 - slope) * np.heaviside(z, 0)


@exercise.alternative
def with_a_container(z, slope=0.01):
    out = np.full(np.shape(z), float(slope))
    out[np.asarray(z) > 0] = 1
    return out


@exercise.alternative
def one_number_at_a_time(z, slope=0.01):
    return np.vectorize(lambda v: 1.0 if v > 0 else slope, otypes=[float])(z)


@exercise.picture
def own_slopes(answer: Answer):
    """The learner's slopes, with a leak that can be seen."""
    from annkit.lessons.activations import pictures as activation_pictures

    return activation_pictures.own_curve(lambda z: answer(z, 0.2), "leaky_relu_prime(z, 0.2)")
