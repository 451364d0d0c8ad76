"""The rectified linear unit: negative sums are silenced, positive ones pass unchanged."""

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
    id="relu",
    title="The rectified linear unit",
    points=1,
    size="about 1 line",
    leads_to="The hidden layers of your classifier in chapter 10 use it.",
    task="""Write ReLU for arrays of any shape: $z$ where $z > 0$, and 0 elsewhere.
Leave the array that was handed in as it was; later chapters need it again.

Example: `relu(np.array([-2.0, 0.0, 0.3]))` is `[0., 0., 0.3]`.""",
    hints=(
        "You want, entry by entry, the larger of two numbers. What are the two?",
        """
        Python's `max` and NumPy's `np.max` look for *one* largest number. You need a function that
        compares an array and a number position by position and gives back a new array. In NumPy
        its name is a longer word than `max`.
        """,
        """
        The mirror image of the same job: cut everything above 10 down to 10. `t = np.array([3.0,
        12.0, 10.5])`, then `np.minimum(t, 10)` gives `[3., 10., 10.]`, and `t` is still `[3., 12.,
        10.5]` afterwards.
        """,
        """
        Skeleton:

        ```python
        return np....(z, ...)
        ```
        """,
    ),
)


@exercise.reference
def relu(z):
    """Let positive entries pass and replace the others by 0.

    Args:
        z: pre-activations, an array of any shape, floats or integers; left unchanged.

    Returns:
        z where z > 0 and 0 elsewhere, a new array of the same shape.
    """
    return np.maximum(z, 0.0)


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 4), (5,), (2, 1, 3), ()):
        expect_shape(answer(np.asarray(rng.normal(size=shape) - 3)), shape)


@exercise.check("gets a negative, a zero and a positive entry right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    expect_close(answer(np.array([-1.5, 0.0, 2.5])), np.array([0.0, 0.0, 2.5]), what="relu(z)")
    n = float(rng.integers(12, 96)) / 16
    expect_close(answer(np.array([-n, 0.0, n])), np.array([0.0, 0.0, n]), what="relu(z)")


@exercise.check("agrees with half of z + |z|", points=0.5)
def agrees_with_absolute_value(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.normal(size=(4, 3)) * 10
    z[0] = [-40.0, 0.5, 40.0]
    z[1, 0] = 1e-5  # however small: it passes
    expect_close(answer(z), (z + np.abs(z)) / 2, what="relu(z)")
    tiny = np.array([1e-12, -1e-12])
    expect_close(answer(tiny), np.array([1e-12, 0.0]), atol=0, what="relu(z)")


@exercise.check("takes integers")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation(np.arange(-3, 6)).reshape(3, 3)
    expect_close(answer(z), (z + np.abs(z)) / 2, what="relu(z)")


@exercise.wrong(caught_by=keeps_shape, hint=2)
def changes_its_argument(z):
    """You wrote the zeros into the array that was handed in, so the original z is gone.

    A later chapter needs it again to know which units were on.
    """
    z[z < 0] = 0
    return z


@exercise.wrong(
    caught_by=keeps_shape,
    hint=2,
    recognise=raises(
        "truth value of an array", "can be converted to Python scalars", where=on_arrays
    ),
)
def built_in_max(z):
    """Python's `max`, `if` and `float` are made for one number, and z is a whole array.

    NumPy has a function that compares entry by entry.
    """
    return max(0, z)


@exercise.wrong(
    caught_by=keeps_shape,
    hint=2,
    recognise=raises(
        "integer scalar arrays", "cannot be interpreted as an integer", where=on_arrays
    ),
)
def array_read_as_an_axis(z):
    """`np.max(0, z)` looks for the largest entry of 0 along the axis z: z was read as an axis.

    Two NumPy functions have nearly the same name; you need the other one.
    """
    return np.max(0, z)


@exercise.wrong(caught_by=keeps_shape, hint=2)
def largest_along_an_axis(z):
    """`np.max(z, 0)` is the largest entry along axis 0: the 0 was read as an axis, not as a value.

    Two NumPy functions have nearly the same name; you need the other one.
    """
    return np.max(z, 0)


@exercise.wrong(caught_by=by_hand, hint=1)
def slope_not_value(z):
    """You return 1 for every positive entry: that is the slope of ReLU, not its value."""
    return (np.asarray(z) > 0).astype(float)


@exercise.wrong(caught_by=by_hand, hint=1)
def absolute_value(z):
    """You flip negative entries to positive ones. ReLU silences them."""
    return np.abs(z)


@exercise.wrong(caught_by=by_hand, hint=3)
def kept_the_wrong_half(z):
    """You keep the negative entries and silence the positive ones: the smaller of z and 0."""
    return np.minimum(z, 0)


def _capped_at(ceiling):
    return lambda z: np.clip(z, 0, ceiling)


@exercise.wrong(
    caught_by=agrees_with_absolute_value, hint=1, variants=(_capped_at(10), _capped_at(20))
)
def capped(z):
    """Your ReLU also has a ceiling. It should grow without limit on the right."""
    return np.clip(z, 0, 6)


@exercise.wrong(caught_by=keeps_shape, hint=2)
def negatives_dropped(z):
    """You left the negative entries out, so the result is shorter. They stay, as zeros."""
    return z[z > 0]


def _largest_or_zero(z):
    return max(np.max(z), 0)


@exercise.wrong(caught_by=keeps_shape, hint=2, variants=(_largest_or_zero,))
def one_largest_number(z):
    """You return the largest number of the whole array. Each entry is compared with 0 by itself."""
    return np.max(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def leaks(z):
    """Something is left of your negative entries: that is leaky ReLU. Here they become 0."""
    return np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z))


@exercise.wrong(caught_by=agrees_with_absolute_value, hint=1)
def opens_too_late(z):
    """Small positive entries are silenced too. Whatever is above 0 passes, however little."""
    return np.where(np.asarray(z) > 0.01, z, 0)


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_capped_at(2),))
def capped_at_one(z):
    """Your ReLU soon hits a ceiling. It should grow without limit on the right."""
    return _capped_at(1)(z)


@exercise.wrong(caught_by=keeps_shape, hint=1)
def places_not_values(z):
    """You return the *places* where z is positive: `np.where` with one argument gives indices."""
    return np.where(z > 0)


@exercise.wrong(caught_by=by_hand, hint=1)
def softplus(z):
    """This is softplus, ln(1 + e^z): round where ReLU has its kink."""
    return np.logaddexp(0, z)


@exercise.alternative
def with_a_mask(z):
    return z * (z > 0)


@exercise.alternative
def with_where(z):
    return np.where(z > 0, z, 0)


@exercise.alternative
def with_absolute_value(z):
    return 0.5 * (z + np.abs(z))


@exercise.alternative
def with_a_copy(z):
    a = z.copy()
    a[a < 0] = 0
    return a


@exercise.alternative
def with_clip(z):
    return np.clip(z, 0, None)


@exercise.picture
def own_curve(answer: Answer):
    """The learner's curve."""
    from annkit.lessons.activations import pictures as activation_pictures

    return activation_pictures.own_curve(answer, "relu(z)")
