"""Leaky ReLU: a ReLU that lets a little of every negative sum through."""

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
    id="leaky_relu",
    title="A ReLU that leaks",
    points=1,
    size="about 1 line",
    task="""Write leaky ReLU for arrays of any shape: $z$ where $z > 0$, and `slope` times $z$
elsewhere. The argument `slope` lies between 0 and 1; if nobody says otherwise, it is 0.01.

Example: `leaky_relu(np.array([-2.0, 0.0, 0.3]), slope=0.1)` is `[-0.2, 0., 0.3]`.""",
    hints=(
        """
        Put $z = -100$ into the description, with `slope = 0.01`. Which number do you expect, and on
        which side of zero does it lie?
        """,
        """
        Two straight lines meet at zero. `np.where(condition, this, that)` picks entry by entry from
        two arrays: from `this` where the condition is true, else from `that`. Both lines go up to
        the right.
        """,
        """
        Another function of two lines, an income tax: nothing to pay up to 1000, then 30 %
        of what is above: `np.where(x > 1000, 0.3 * (x - 1000), 0.0)`. For `x = np.array([500,
        1500])` it gives `[0., 150.]`. Each branch is a *formula in x*.
        """,
        """
        Skeleton:

        ```python
        return np.where(z > 0, ..., ...)
        ```
        """,
    ),
)


@exercise.reference
def leaky_relu(z, slope=0.01):
    """Let positive entries pass and shrink the others.

    Args:
        z: pre-activations, an array of any shape, floats or integers; left unchanged.
        slope: slope of the left half, a number from 0 to 1.

    Returns:
        z where z > 0 and slope * z elsewhere, floats, same shape as z.
    """
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, z, slope * z)


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 4), (5,), (2, 1, 3), ()):
        expect_shape(answer(np.asarray(rng.normal(size=shape) - 3)), shape)


@exercise.check("gets three entries right with the slope 0.01", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    expect_close(
        answer(np.array([-300.0, 0.0, 2.5])), np.array([-3.0, 0.0, 2.5]), what="leaky_relu(z)"
    )
    n = float(rng.integers(4, 90))
    expect_close(answer(np.array([-100 * n, 0.0, n])), np.array([-n, 0.0, n]), what="leaky_relu(z)")


@exercise.check("uses the slope it is given", points=0.5)
def uses_the_slope(answer: Answer, rng: np.random.Generator) -> None:
    for slope in (0.0, 0.25, 1.0):
        z = rng.normal(size=(4, 3)) * 5
        z[0] = [-4.0, 1e-5, 2.0]  # however small: it passes
        expected = (1 + slope) / 2 * z + (1 - slope) / 2 * np.abs(z)
        expect_close(answer(z, slope), expected, what=f"leaky_relu(z, {slope})")


@exercise.check("takes integers and returns floats")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation(np.arange(-4, 5)).reshape(3, 3)
    expected = 0.505 * z + 0.495 * np.abs(z)
    expect_close(answer(z), expected, why="whole numbers go in, but fractions must come out")


@exercise.wrong(caught_by=by_hand, hint=1)
def left_half_upside_down(z, slope=0.01):
    """Your left half rises towards the left: the leak has the wrong sign.

    A negative input must leak a small *negative* value.
    """
    return np.where(z > 0, z, -slope * z)


@exercise.wrong(caught_by=by_hand, hint=3)
def constant_leak(z, slope=0.01):
    """Every negative input gives the same number: the slope itself, not slope times z."""
    return np.where(z > 0, z, slope)


@exercise.wrong(caught_by=by_hand, hint=1)
def no_leak(z, slope=0.01):
    """This is the plain ReLU: negative inputs are silenced completely, nothing leaks."""
    return np.maximum(z, 0.0)


@exercise.wrong(caught_by=by_hand, hint=2)
def leaks_on_both_sides(z, slope=0.01):
    """You shrink the positive entries too; then nothing but a flat straight line is left."""
    return slope * np.asarray(z)


@exercise.wrong(caught_by=uses_the_slope, hint=2)
def ignores_the_slope(z, slope=0.01):
    """You always use 0.01, whatever the caller passes as `slope`."""
    return np.where(z > 0, z, 0.01 * np.asarray(z))


@exercise.wrong(caught_by=by_hand, hint=1)
def slope_not_value(z, slope=0.01):
    """You return the slopes 1 and `slope`; what is asked here is the height of the curve."""
    return np.where(np.asarray(z) > 0, 1.0, slope)


@exercise.wrong(
    caught_by=keeps_shape, hint=2, recognise=raises("truth value of an array", where=on_arrays)
)
def asks_the_whole_array(z, slope=0.01):
    """`if` and Python's `max` want one yes or no, but z is an array with one answer per entry.

    Let NumPy decide entry by entry.
    """
    return z if z > 0 else slope * z


def _assigns_into_its_argument(z, slope=0.01):
    z[z < 0] = slope * z[z < 0]
    return z


@exercise.wrong(caught_by=keeps_shape, hint=2, variants=(_assigns_into_its_argument,))
def changes_its_argument(z, slope=0.01):
    """You shrank the entries inside the array that was handed in, so the original z is gone."""
    z[z < 0] *= slope
    return z


@exercise.wrong(caught_by=takes_integers, hint=4)
def integer_container(z, slope=0.01):
    """The array you write into holds integers, so −0.04 put into it becomes 0.

    A copy of z, or an array made "like z", also has z's type.
    """
    out = z.copy()
    out[z < 0] = slope * z[z < 0]
    return out


@exercise.wrong(caught_by=by_hand, hint=2)
def halves_swapped(z, slope=0.01):
    """You shrink the positive half and let the negative one pass. Which half is the leak?"""
    return np.where(np.asarray(z) > 0, slope * np.asarray(z), z)


@exercise.wrong(caught_by=by_hand, hint=2)
def leak_on_top(z, slope=0.01):
    """You add the leak everywhere, so positive entries come out too large. Which half leaks?"""
    return np.maximum(z, 0) + slope * np.asarray(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def divided_by_the_slope(z, slope=0.01):
    """You divide by the slope, so negative entries grow. A leak lets a small part through."""
    z = np.asarray(z, dtype=float)
    with np.errstate(all="ignore"):
        return np.where(z > 0, z, z / slope)


@exercise.wrong(caught_by=by_hand, hint=2)
def silenced_and_shrunk(z, slope=0.01):
    """You shrink the positive half and silence the other. What are the two numbers to compare?"""
    return np.maximum(slope * np.asarray(z), 0)


@exercise.wrong(caught_by=uses_the_slope, hint=1)
def opens_too_late(z, slope=0.01):
    """Small positive entries are shrunk too. Whatever is above 0 passes as it is."""
    return np.where(np.asarray(z) > 0.01, z, slope * np.asarray(z))


@exercise.wrong(caught_by=by_hand, hint=1)
def slope_of_one_and_more(z, slope=0.01):
    """On your left half the slope is added to 1. There z is multiplied by the slope alone."""
    return np.where(np.asarray(z) > 0, z, z + slope * np.asarray(z))


@exercise.alternative
def with_maximum(z, slope=0.01):
    return np.maximum(z, slope * z)


@exercise.alternative
def as_a_sum_of_two_halves(z, slope=0.01):
    return np.maximum(z, 0) + slope * np.minimum(z, 0)


@exercise.alternative
def with_a_mask(z, slope=0.01):
    return z * ((z > 0) + slope * (z <= 0))


@exercise.alternative
def one_number_at_a_time(z, slope=0.01):
    return np.vectorize(lambda v: v if v > 0 else slope * v, otypes=[float])(z)


@exercise.picture
def own_curve(answer: Answer):
    """The learner's curve, with a leak that can be seen."""
    from annkit.lessons.activations import pictures as activation_pictures

    return activation_pictures.own_curve(lambda z: answer(z, 0.2), "leaky_relu(z, 0.2)")
