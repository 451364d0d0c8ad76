"""The slope of ReLU, with the convention of this course at the kink."""

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
    id="relu_prime",
    title="The slope of ReLU",
    points=1,
    size="about 1 line",
    leads_to="In chapter 10 it decides which units pass the error back.",
    derived=True,
    task=r"""Write the slope of ReLU for arrays of any shape: 1 where $z > 0$, 0 where $z \le 0$.
At the kink, $z = 0$, no slope exists; this course takes 0 there. Don't measure it: close to the
kink a difference sees both sides.

Example: `relu_prime(np.array([-2.0, 0.0, 0.3]))` is `[0., 0., 1.]`.""",
    hints=(
        """
        Draw ReLU on paper. How steep is the left half, how steep the right half? On which side does
        the task put the kink?
        """,
        """
        The slope depends only on *where* z lies, not on how large it is: a comparison answers that,
        entry by entry. The comparison must be about z, the pre-activation.
        """,
        """
        The slope of $|z|$, with 0 at its kink, would be a sum of two masks:
        `(z > 0).astype(float) - (z < 0).astype(float)`. For `z = np.array([-3, 0, 5])` it gives
        `[-1., 0., 1.]`. You need only one of the masks.
        """,
        """
        Skeleton:

        ```python
        return (...).astype(float)   # which comparison is False at 0?
        ```
        """,
    ),
)


@exercise.reference
def relu_prime(z):
    """Slope of ReLU at every entry of z.

    Args:
        z: pre-activations (not activations), an array of any shape, floats or integers.

    Returns:
        1.0 where z > 0 and 0.0 where z <= 0 (the kink included), same shape as z.
    """
    return (np.asarray(z) > 0).astype(float)


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 4), (5,), (2, 1, 3), ()):
        expect_shape(answer(np.asarray(rng.normal(size=shape) - 3)), shape)


@exercise.check("agrees with a central difference of ReLU", points=0.5)
def agrees_with_difference(answer: Answer, rng: np.random.Generator) -> None:
    size, h = rng.uniform([0.01, 0.1, 0.1, 1], [0.1, 1, 1, 8], size=(2, 4)), 1e-5
    z = size * np.array([[-1.0], [1.0]])
    slope = (np.abs(z + h) + z + h - np.abs(z - h) - z + h) / (4 * h)
    expect_close(answer(z), np.round(slope, 6) + 0.0, rtol=1e-6, atol=1e-6, what="relu_prime(z)")


@exercise.check("is 0 at the kink", points=0.5)
def zero_at_the_kink(answer: Answer, rng: np.random.Generator) -> None:
    for n in (1.5, float(rng.integers(4, 90)) / 2):
        expect_close(
            answer(np.array([-n, 0.0, n + 1])),
            np.array([0.0, 0.0, 1.0]),
            what="relu_prime(z)",
            why="at z = 0 this course takes the slope 0",
        )
    z, why = np.array([-1e-30, 1e-30]), "close to the kink is not at the kink"
    expect_close(answer(z), np.array([0.0, 1.0]), what="relu_prime(z)", why=why)


@exercise.check("takes integers")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation(np.arange(-4, 5)).reshape(3, 3)
    expected = np.array([[1.0 if entry > 0 else 0.0 for entry in row] for row in z.tolist()])
    expect_close(answer(z), expected, what="relu_prime(z)")


@exercise.wrong(caught_by=zero_at_the_kink, hint=1)
def flat_a_little_longer(z):
    """Your slope is still 0 a little to the right of the kink: close to it is not at it."""
    return (np.asarray(z) > 1e-9).astype(float)


@exercise.wrong(caught_by=zero_at_the_kink, hint=1)
def steep_a_little_early(z):
    """Your slope is 1 a little to the left of the kink: close to it is not at it."""
    return (np.asarray(z) > -1e-9).astype(float)


@exercise.wrong(caught_by=zero_at_the_kink, hint=4)
def one_at_the_kink(z):
    """You count the kink to the right-hand side: at z = 0 your slope is 1."""
    return (np.asarray(z) >= 0).astype(float)


@exercise.wrong(caught_by=zero_at_the_kink, hint=1)
def half_at_the_kink(z):
    """At z = 0 you give ½, the mean of both sides.

    A central difference measures exactly that there; the convention of the course is another.
    """
    return np.heaviside(z, 0.5)


@exercise.wrong(caught_by=zero_at_the_kink, hint=1)
def nothing_by_nothing(z):
    """At the kink you divide 0 by 0, which is NaN. Which slope does this course take there?"""
    with np.errstate(invalid="ignore"):
        return np.maximum(z, 0) / z


@exercise.wrong(caught_by=agrees_with_difference, hint=2)
def mask_of_activation(z):
    """Your slope is 1 everywhere, so on and off look the same.

    If you ask the activation: after ReLU every entry is ≥ 0. Ask z.
    """
    a = np.maximum(z, 0)
    return (a >= 0).astype(float)


@exercise.wrong(caught_by=agrees_with_difference, hint=1)
def value_not_slope(z):
    """This is ReLU itself, its height; the question is how steep it is there."""
    return np.maximum(z, 0.0)


@exercise.wrong(caught_by=agrees_with_difference, hint=3)
def slope_of_absolute_value(z):
    """Your slope is −1 on the left, as for |z|. ReLU is flat there."""
    return np.sign(z)


def _swapped_with_the_kink(z):
    return (np.asarray(z) <= 0).astype(float)


@exercise.wrong(caught_by=agrees_with_difference, hint=1, variants=(_swapped_with_the_kink,))
def sides_swapped(z):
    """You have the two sides the wrong way round: ReLU is flat on the left, not on the right."""
    return (np.asarray(z) < 0).astype(float)


@exercise.wrong(
    caught_by=keeps_shape, hint=2, recognise=raises("truth value of an array", where=on_arrays)
)
def asks_the_whole_array(z):
    """An `if` wants one yes or no, but z is an array with one answer per entry.

    Let NumPy compare all entries at once.
    """
    return 1.0 if z > 0 else 0.0


@exercise.wrong(caught_by=keeps_shape, hint=2)
def changes_its_argument(z):
    """You wrote the ones and zeros into the array that was handed in, so the original z is gone."""
    z[z <= 0] = 0
    z[z > 0] = 1
    return z


@exercise.wrong(caught_by=agrees_with_difference, hint=1)
def leaks(z):
    """Your left half has a small slope: that is leaky ReLU. This one is flat there."""
    return np.where(np.asarray(z) > 0, 1.0, 0.01)


@exercise.alternative
def with_where(z):
    return np.where(z > 0, 1.0, 0.0)


@exercise.alternative
def with_heaviside(z):
    return np.heaviside(z, 0)


@exercise.alternative
def from_the_activation(z):
    a = np.maximum(z, 0)
    return 1.0 * (a > 0)


@exercise.alternative
def one_number_at_a_time(z):
    return np.vectorize(lambda value: 1.0 if value > 0 else 0.0, otypes=[float])(z)


@exercise.picture
def own_slopes(answer: Answer):
    """The learner's slopes over the measured ones."""
    from annkit.lessons.activations import pictures as activation_pictures

    return activation_pictures.own_curve(answer, "relu_prime(z)", "relu")
