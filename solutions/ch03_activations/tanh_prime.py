"""The slope of the hyperbolic tangent, as a function of the pre-activation."""

import math

import numpy as np

from annkit.exercises import (
    LAST_DIGITS,
    Answer,
    Exercise,
    coarse,
    expect_close,
    expect_shape,
    on_arrays,
    raises,
)

exercise = Exercise(
    id="tanh_prime",
    title="The slope of tanh",
    points=1,
    size="about 1 line",
    leads_to="In chapter 10 the error is multiplied by this slope on its way back.",
    derived=True,
    task=r"""Write the derivative $\tanh'(z) = 1 - \tanh^2(z)$ for arrays of any shape.
As always in this course, the argument is the pre-activation $z$. `np.tanh` is yours to use. Use
the formula: a slope measured by differences is too coarse where the slope is tiny.

Example: $\tanh(\ln 2) = 0.6$, so the slope at $z = \ln 2$ is $1 - 0.36 = 0.64$.""",
    hints=(
        "In the formula, what is squared: `z`, or what tanh makes of `z`?",
        """
        First compute the activation, then put *that* number into the formula. How often does
        `np.tanh` have to be called for one entry?
        """,
        r"""
        The same pattern with the cosine: $\sin^2(z) = 1 - \cos^2(z)$. In code it is `c =
        np.cos(z)`, then `1 - c**2`. At `z = 1`: c = 0.5403, and 1 − 0.2919 = 0.7081. The square
        belongs to `c`.
        """,
        """
        Skeleton:

        ```python
        a = ...          # the activation
        return 1 - ...
        ```
        """,
    ),
)


@exercise.reference
def tanh_prime(z):
    """Slope of the hyperbolic tangent at every entry of z.

    Args:
        z: pre-activations (not activations), an array of any shape, floats or integers.

    Returns:
        The derivative of tanh at each entry, floats, same shape as z.
    """
    return 1 - np.tanh(z) ** 2


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 4), (5,), (2, 1, 3), ()):
        expect_shape(answer(np.asarray(rng.normal(size=shape))), shape)


@exercise.check("gets the slopes at 0, ln 3 and −ln 3 right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    third = math.log(3)
    expect_close(
        answer(np.array([0.0, third, -third])),
        np.array([1.0, 0.36, 0.36]),
        what="tanh_prime(z)",
        why="tanh(ln 3) is 0.8",
    )
    n = int(rng.integers(4, 50))
    got = answer(np.array([math.log(n), -math.log(n)]))
    slope, why = 4 * n**2 / (n**2 + 1) ** 2, f"tanh(ln {n}) is {n**2 - 1}/{n**2 + 1}"
    expect_close(got, np.array([slope, slope]), what="tanh_prime(z)", why=why)


@exercise.check("agrees with a central difference of tanh", points=0.5)
def agrees_with_difference(answer: Answer, rng: np.random.Generator) -> None:
    z, h = rng.normal(size=(4, 3)) * 2, 1e-5
    slope = np.array(
        [[(math.tanh(v + h) - math.tanh(v - h)) / (2 * h) for v in row] for row in z.tolist()]
    )
    expect_close(answer(z), slope, what="tanh_prime(z)")


@exercise.check("takes integers and returns floats")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation(np.arange(-4, 5)).reshape(3, 3)
    expect_close(
        answer(z),
        1 / np.cosh(z) ** 2,
        why="whole numbers go in, but fractions must come out",
    )


@exercise.check("is flat far from zero")
def flat_far_out(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([-rng.integers(30, 90), 1.0 * rng.integers(800, 900)])
    expect_close(answer(z), np.zeros(2), why="tanh has settled at −1 or 1")


@exercise.check("is exact, also where the slope is tiny")
def tiny_slopes(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([-10.5, -9.5, 9.5, 10.5]) + rng.uniform(-0.25, 0.25)
    why = "tiny slopes have digits, too; differences lose them, and so does float32"
    expect_close(answer(z), 1 / np.cosh(z) ** 2, atol=0, what="tanh_prime(z)", why=why)
    z, why = rng.uniform(-1.5, 1.5, size=8), "a formula is right to the last digits"
    slope = 1 / np.cosh(z) ** 2
    expect_close(answer(z), slope, rtol=LAST_DIGITS, atol=0, what="tanh_prime(z)", why=why)


@exercise.wrong(caught_by=by_hand, hint=1)
def derivative_of_activation(a):
    """You squared the argument itself: 1 − a² with the argument as a.

    That formula wants the activation tanh(z), but what arrives here is the pre-activation z.
    """
    return 1 - np.asarray(a) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def activated_twice(z):
    """You sent z through tanh twice before squaring.

    The inner result already is the activation; with two the slope never falls below 0.41.
    """
    return 1 - np.tanh(np.tanh(z)) ** 2


@exercise.wrong(caught_by=by_hand, hint=3)
def forgot_the_square(z):
    """You have 1 − tanh(z): the square is missing, so the two sides of zero come out different."""
    return 1 - np.tanh(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def rule_of_sigmoid(z):
    """You used a(1 − a), which is the rule for the sigmoid. tanh has a rule of its own."""
    a = np.tanh(z)
    return a * (1 - a)


@exercise.wrong(caught_by=by_hand, hint=2)
def value_not_slope(z):
    """This is tanh itself, its height; the question is how steep it is there."""
    return np.tanh(z)


@exercise.wrong(caught_by=by_hand, hint=3)
def square_inside(z):
    """You squared z before taking tanh. tanh²(z) means: take tanh first, then square the result."""
    return 1 - np.tanh(np.asarray(z) ** 2)


@exercise.wrong(caught_by=tiny_slopes, hint=2, recognise=coarse(lambda z: 1 / np.cosh(z) ** 2))
def measured_not_derived(z):
    """You measure the slope by a difference. Far out, that subtracts two nearly equal numbers.

    What is left are rounding errors, which the formula in the task avoids.
    """
    h = 1e-5
    return (np.tanh(z + h) - np.tanh(z - h)) / (2 * h)


@exercise.wrong(caught_by=keeps_shape, hint=2, recognise=raises("TypeError: only", where=on_arrays))
def math_knows_one_number(z):
    """`math.tanh` and `float` take a single number; z is a whole array.

    NumPy has a tanh of its own that takes all entries at once.
    """
    return 1 - math.tanh(z) ** 2


@exercise.wrong(caught_by=takes_integers, hint=4)
def integer_container(z):
    """The array you write into holds integers, so every 0.4 put into it becomes 0.

    An array made "like z" also has z's type.
    """
    out = np.zeros_like(z)
    out[...] = 1 - np.tanh(z) ** 2
    return out


@exercise.wrong(caught_by=by_hand, hint=1)
def inner_slope_forgotten(z):
    """Your slopes are half of the right ones.

    If you began with tanh z = 2σ(2z) − 1: the 2 inside the bracket is a factor of the slope, too.
    """
    return (1 - np.tanh(z) ** 2) / 2


@exercise.wrong(caught_by=flat_far_out, hint=2)
def exponentials_overflow(z):
    """You build tanh from exponentials, and beyond 709 they are infinite: ∞/∞ is NaN.

    `np.tanh` knows how to go on.
    """
    up, down = np.exp(z), np.exp(-z)
    return 1 - ((up - down) / (up + down)) ** 2


@exercise.wrong(caught_by=by_hand, hint=3)
def difference_squared(z):
    """You squared all of 1 − tanh(z). In the formula only the tanh is squared."""
    return (1 - np.tanh(z)) ** 2


@exercise.wrong(caught_by=by_hand, hint=1)
def one_plus(z):
    """Your slope is never below 1, and tanh is flat far out. Look at the sign before the square."""
    return 1 + np.tanh(z) ** 2


@exercise.wrong(caught_by=by_hand, hint=1)
def sign_lost(z):
    """Your slope is negative although tanh rises everywhere. Which number is taken off which?"""
    return np.tanh(z) ** 2 - 1


@exercise.wrong(caught_by=by_hand, hint=3)
def doubled_not_squared(z):
    """You doubled tanh(z) where the formula squares it. In Python a power is written `**`."""
    return 1 - 2 * np.tanh(z)


@exercise.alternative
def with_cosh(z):
    return 1 / np.cosh(z) ** 2


@exercise.alternative
def with_two_factors(z):
    return (1 + np.tanh(z)) * (1 - np.tanh(z))


@exercise.alternative
def with_one_exponential(z):
    e = np.exp(-2 * np.abs(z))
    return 4 * e / (1 + e) ** 2


@exercise.alternative
def one_number_at_a_time(z):
    return np.vectorize(lambda value: 1 - math.tanh(value) ** 2, otypes=[float])(z)


@exercise.picture
def own_slopes(answer: Answer):
    """The learner's slopes over the measured ones."""
    from annkit.lessons.activations import pictures as activation_pictures

    return activation_pictures.own_curve(answer, "tanh_prime(z)", "tanh")
