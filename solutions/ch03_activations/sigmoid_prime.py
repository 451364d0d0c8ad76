"""The slope of the sigmoid, as a function of the pre-activation."""

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
    id="sigmoid_prime",
    title="The slope of the sigmoid",
    points=1,
    size="about 3 lines",
    leads_to="In chapter 10 the error is multiplied by this slope on its way back.",
    derived=True,
    task=r"""Write the derivative $\sigma'(z) = \sigma(z)\,(1 - \sigma(z))$ for arrays of any
shape. It takes the **pre-activation** $z$, and it must be as calm as your sigmoid: no overflow
and no warning up to ±10 000. Use the formula: a slope measured by differences is too coarse where
the slope is tiny.

Example: at $z = 0$ the sigmoid is ½, so the slope is ½ · ½ = 0.25. At $z = \ln 3$ it is ¾, so the
slope there is ¾ · ¼ = 0.1875.""",
    hints=(
        """
        The formula has a σ in it. Which number must go through the sigmoid before you multiply?
        Check yourself at `z = 0`: the slope there is the steepest of all.
        """,
        r"""
        Two steps: first turn `z` into the activation $s = \sigma(z)$, then combine $s$ with
        $1 - s$. The slope is the same at $z$ and at $-z$, so you may work with $|z|$, and then the
        exponential cannot overflow.
        """,
        r"""
        A function with the same pattern, $g(z) = \frac{1}{1 + z^2}$. Its derivative can be written
        with its own value: $g'(z) = -2z\,g(z)^2$. In code: first `g = 1 / (1 + z**2)`, then `return
        -2 * z * g**2`. At `z = 1`: g = 0.5 and the slope is −0.5. Note that both `z` and `g` are
        needed, and that they are different numbers.
        """,
        """
        Skeleton:

        ```python
        s = ...           # the activation; e to the −|z| is safe
        return s * ...
        ```
        """,
    ),
)


@exercise.reference
def sigmoid_prime(z):
    """Slope of the sigmoid at every entry of z.

    Args:
        z: pre-activations (not activations), an array of any shape, floats or integers.

    Returns:
        The derivative of 1 / (1 + exp(-z)) at each entry, floats, same shape as z. No overflow,
        no NaN and no warning for entries as large as ±10 000.
    """
    z = np.asarray(z, dtype=float)
    s = 1 / (1 + np.exp(-np.abs(z)))
    return s * (1 - s)


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 4), (5,), (2, 1, 3), ()):
        expect_shape(answer(np.asarray(rng.normal(size=shape))), shape)


@exercise.check("gets the slopes at 0, ln 3 and −ln 3 right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    third = math.log(3)
    expect_close(
        answer(np.array([0.0, third, -third])),
        np.array([0.25, 0.1875, 0.1875]),
        what="sigmoid_prime(z)",
    )
    n = int(rng.integers(4, 18))
    got = answer(np.array([math.log(n), -math.log(n)]))
    slope, why = n / (n + 1) ** 2, f"σ(ln {n}) is {n}/{n + 1}, and σ(−ln {n}) is 1/{n + 1}"
    expect_close(got, np.array([slope, slope]), what="sigmoid_prime(z)", why=why)


@exercise.check("agrees with a central difference of the sigmoid", points=0.5)
def agrees_with_difference(answer: Answer, rng: np.random.Generator) -> None:
    z, h = rng.normal(size=(4, 3)) * 3, 1e-5
    slope = (np.tanh((z + h) / 2) - np.tanh((z - h) / 2)) / (4 * h)
    expect_close(answer(z), slope, what="sigmoid_prime(z)")


@exercise.check("takes integers and returns floats")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation(np.arange(-4, 5)).reshape(3, 3)
    expect_close(
        answer(z),
        0.25 / np.cosh(z / 2) ** 2,
        why="whole numbers go in, but fractions must come out",
    )


@exercise.check("no overflow and no warning up to ±10 000", quiet=True)
def far_out(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([-1e4, -800.0, -40.0, 40.0, 800.0, 1e4])
    z[1:-1] -= rng.integers(-5, 6, 4)
    expect_close(answer(z), np.zeros(6), why="far out the curve is flat: its slope is 0")


def _slope(z):
    return 0.25 / np.cosh(np.clip(z, -700, 700) / 2) ** 2


@exercise.check("is exact, also where the slope is tiny")
def tiny_slopes(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([-20.0, -18.0, 18.0, 20.0]) + rng.uniform(-0.5, 0.5)
    why = "tiny slopes have digits, too; differences lose them, and so does float32"
    expect_close(answer(z), _slope(z), atol=0, what="sigmoid_prime(z)", why=why)
    z, why = rng.uniform(-2, 2, size=8), "a formula is right to the last digits"
    expect_close(answer(z), _slope(z), rtol=LAST_DIGITS, atol=0, what="sigmoid_prime(z)", why=why)


@exercise.wrong(caught_by=by_hand, hint=1)
def derivative_of_activation(a):
    """You applied the derivative to the activation: s(1 − s) with the argument itself as s.

    That formula wants the activation σ(z), but what arrives here is the pre-activation z. One
    step is missing before you multiply.
    """
    return a * (1 - a)


@exercise.wrong(caught_by=by_hand, hint=2)
def activated_twice(z):
    """You sent z through the sigmoid twice before taking the slope.

    With two squeezes the slope can never fall below 0.19, however large z is. Count how often
    the sigmoid is applied.
    """
    s = 1 / (1 + np.exp(-np.abs(z)))
    s = np.where(z >= 0, s, 1 - s)
    s = 1 / (1 + np.exp(-s))
    return s * (1 - s)


@exercise.wrong(caught_by=by_hand, hint=2)
def value_not_slope(z):
    """This is the sigmoid itself, its height; the question is how steep it is there."""
    s = 1 / (1 + np.exp(-np.abs(z)))
    return np.where(z >= 0, s, 1 - s)


@exercise.wrong(caught_by=by_hand, hint=2)
def rule_of_tanh(z):
    """You used 1 − s², which is the rule for tanh. The sigmoid has a rule of its own."""
    s = 1 / (1 + np.exp(-np.abs(z)))
    s = np.where(z >= 0, s, 1 - s)
    return 1 - s**2


@exercise.wrong(caught_by=by_hand, hint=2)
def only_one_factor(z):
    """You have 1 − σ(z): one factor of the product is missing.

    At z = 0 the two factors are equal; are both of them there?
    """
    s = 1 / (1 + np.exp(-np.abs(z)))
    return np.where(z >= 0, 1 - s, s)


@exercise.wrong(caught_by=by_hand, hint=3)
def sign_lost(z):
    """Your slope is negative although the sigmoid rises everywhere.

    Differentiating e^(−z) brings out one minus sign, and the power −1 of the bracket another.
    """
    s = 1 / (1 + np.exp(-np.abs(z)))
    return -s * (1 - s)


@exercise.wrong(caught_by=far_out, hint=2)
def unstable_sigmoid_inside(z):
    """Far out an exponential of yours overflows; you got away with it, since 1/inf is 0.

    Which exponential stays small on both sides of zero?
    """
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)


def _quotient_of_growing(z):
    e = np.exp(z)
    return e / (1 + e) ** 2


@exercise.wrong(caught_by=far_out, hint=2, variants=(_quotient_of_growing,))
def quotient_rule_overflows(z):
    """Your quotient is right on paper, but far out on one side it becomes infinity over infinity.

    The slope is the same at z and −z: choose the side on which the exponential is small.
    """
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


@exercise.wrong(caught_by=tiny_slopes, hint=2, recognise=coarse(_slope))
def measured_not_derived(z):
    """You measure the slope by a difference. Far out, that subtracts two nearly equal numbers.

    What is left are rounding errors, which the formula in the task avoids.
    """
    h = 1e-5
    return (np.tanh((z + h) / 2) - np.tanh((z - h) / 2)) / (4 * h)


@exercise.wrong(
    caught_by=keeps_shape, hint=2, recognise=raises("truth value of an array", where=on_arrays)
)
def asks_the_whole_array(z):
    """An `if` wants one yes or no, but z is an array with one answer per entry.

    The slope is the same at z and −z: is a decision needed at all?
    """
    e = np.exp(-z) if z >= 0 else np.exp(z)
    return e / (1 + e) ** 2


@exercise.wrong(caught_by=keeps_shape, hint=2, recognise=raises("TypeError: only", where=on_arrays))
def math_knows_one_number(z):
    """`math.exp` and `float` take a single number; z is a whole array.

    NumPy has an exponential of its own that takes all entries at once.
    """
    s = 1 / (1 + math.exp(-z))
    return s * (1 - s)


@exercise.wrong(caught_by=takes_integers, hint=4)
def integer_container(z):
    """The array you write into holds integers, so every 0.2 put into it becomes 0.

    An array made "like z" also has z's type.
    """
    out = np.zeros_like(z)
    s = 1 / (1 + np.exp(-np.abs(z)))
    out[...] = s * (1 - s)
    return out


@exercise.wrong(
    caught_by=far_out, hint=1, recognise=lambda calls: any(call.hidden for call in calls)
)
def warning_hidden(z):
    """You switched the sound off. Far out the exponential overflows all the same."""
    with np.errstate(all="ignore"):
        a = 1 / (1 + np.exp(-z))
    return a * (1 - a)


def _stable_sigmoid(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


@exercise.wrong(caught_by=by_hand, hint=1)
def one_minus_z(z):
    """Your second factor is 1 − z. In the formula both factors are made of σ(z)."""
    return _stable_sigmoid(z) * (1 - np.asarray(z))


@exercise.wrong(caught_by=by_hand, hint=1)
def brackets_missing(z):
    """Your slope is 0 everywhere. A product that has lost its brackets does that.

    Python multiplies first, so `s * 1 - s` is s − s.
    """
    s = _stable_sigmoid(z)
    return s - s


@exercise.wrong(caught_by=by_hand, hint=1)
def one_plus(z):
    """Your second factor is 1 + σ(z). Compare its sign with the formula."""
    return _stable_sigmoid(z) * (1 + _stable_sigmoid(z))


def _without_the_square(z):
    return np.exp(-z) / (1 + np.exp(-z))


@exercise.wrong(caught_by=by_hand, hint=3, variants=(_without_the_square,))
def square_missing_below(z):
    """Under your fraction line the square is missing: at z = 0 that gives ½ instead of ¼."""
    e = np.exp(-np.abs(z))
    return e / (1 + e)


def _clipped_at(limit):
    """A slope that stands still beyond this limit."""

    def slope(z):
        s = 1 / (1 + np.exp(-np.clip(z, -limit, limit)))
        return s * (1 - s)

    return slope


@exercise.wrong(
    caught_by=agrees_with_difference,
    hint=2,
    variants=tuple(_clipped_at(limit) for limit in (1, 2, 4, 5)),
)
def clipped_too_early(z):
    """You cut z off so early that the slope stops shrinking while it still should.

    Where is the exponential really in danger?
    """
    return _clipped_at(3)(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def first_factor_twice(z):
    """You multiplied σ(z) by itself. At z = 0 that goes unseen; the other factor is 1 − σ(z)."""
    return _stable_sigmoid(z) ** 2


@exercise.wrong(caught_by=by_hand, hint=1)
def slope_of_tanh(z):
    """This is the slope of tanh, 1 − tanh²(z). The sigmoid is only a quarter as steep at 0."""
    return 1 - np.tanh(z) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def only_the_exponential_squared(z):
    """Under your fraction line only the exponential is squared: 1 + e² where (1 + e)² belongs."""
    e = np.exp(-np.abs(z))
    return e / (1 + e**2)


@exercise.alternative
def with_tanh(z):
    return (1 - np.tanh(np.asarray(z) / 2) ** 2) / 4


@exercise.alternative
def with_one_exponential(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


@exercise.alternative
def with_a_safe_clip(z):
    s = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    return s - s * s


@exercise.alternative
def one_number_at_a_time(z):
    def one(value):
        s = 1 / (1 + math.exp(-abs(value)))
        return s * (1 - s)

    return np.vectorize(one, otypes=[float])(z)


@exercise.picture
def own_slopes(answer: Answer):
    """The learner's slopes over the measured ones."""
    from annkit.lessons.activations import pictures as activation_pictures

    return activation_pictures.own_curve(answer, "sigmoid_prime(z)", "sigmoid")
