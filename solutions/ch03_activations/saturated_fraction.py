"""How many units have stopped listening: the share of slopes that are nearly zero."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, probe

exercise = Exercise(
    id="saturated_fraction",
    title="The share of saturated units",
    points=1,
    size="about 1 line",
    task="""Given pre-activations `z` and the derivative `f_prime` of an activation, return the
share of **all** entries of `z` whose derivative is strictly below `tolerance`. The share is
a number from 0 to 1.

Example: for tanh, `z = [[0, 2], [-4, 5]]` and tolerance 0.01, the slopes are
`[[1, 0.071], [0.0013, 0.00018]]`; two of four are below 0.01, so the share is 0.5.""",
    hints=(
        """
        `f_prime` is a function that was handed to you. What do you get if you call it on the whole
        array `z`?
        """,
        """
        Turn the slopes into yes/no answers with one comparison. The mean of an array of `True` and
        `False` is the share of `True`; take it over all entries, not per row or column.
        """,
        """
        The same for another question, the share of roots above 3: `x = np.array([[4.0, 16.0], [9.0,
        25.0]])`, then `np.mean(np.sqrt(x) > 3)` is 0.5. The root of 9 is exactly 3 and not counted,
        because `>` is strict.
        """,
        """
        Skeleton:

        ```python
        return np.mean(... < ...)
        ```
        """,
    ),
)


@exercise.reference
def saturated_fraction(z, f_prime, tolerance=0.01):
    """Share of the entries at which an activation is nearly flat.

    Args:
        z: pre-activations, an array of any shape.
        f_prime: derivative of the activation, a function from an array like z to an array of
            the same shape.
        tolerance: a slope strictly below this number counts as saturated.

    Returns:
        One number from 0 (no entry is saturated) to 1 (all are).
    """
    return float(np.mean(f_prime(z) < tolerance))


@probe
def with_tanh(saturated_fraction, z, tolerance=None):
    """Ask for the share of saturated tanh units."""
    import numpy as np

    def tanh_prime(z):
        return 1 - np.tanh(z) ** 2

    if tolerance is None:
        return saturated_fraction(z, tanh_prime)
    return saturated_fraction(z, tanh_prime, tolerance)


@probe
def with_staircase(saturated_fraction, z, tolerance):
    """Ask with slopes of 0, 1/4, 1/2 …: floor(4z)/4, numbers a computer stores exactly."""
    import numpy as np

    return saturated_fraction(z, lambda z: np.floor(4 * z) / 4, tolerance)


@exercise.check("gets six tanh units right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([[0.0, 5.0, 0.5], [-1.0, 2.5, -4.0]])
    expect_close(
        answer.probe(with_tanh, z),
        2 / 6,
        what="the share",
        why="only the slopes at 5 and at −4 are below 0.01",
    )
    n = int(rng.integers(2, 30))
    z = np.concatenate([np.full(n, 5.0), [0.0, 0.5]])
    why = f"only the slopes at 5, of which there are {n}, are below 0.01"
    expect_close(answer.probe(with_tanh, z), n / (n + 2), what="the share", why=why)


@exercise.check("uses the tolerance and the derivative it is given", points=0.5)
def uses_what_it_is_given(answer: Answer, rng: np.random.Generator) -> None:
    for tolerance in (0.1, 0.5):
        z = rng.normal(size=(3, 4, 2)) * 2
        z[0, 0] = [0.1, 2.0]  # slopes 0.99 and 0.07: on different sides of both tolerances
        low = sum(1 / np.cosh(value) ** 2 < tolerance for value in z.ravel())
        expect_close(answer.probe(with_tanh, z, tolerance), low / 24, what="the share")


@exercise.check("does not count a slope that equals the tolerance")
def strictly_below(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation(np.array([0.0, 0.25, 0.25, 0.5, 1.0]))
    expect_close(answer.probe(with_staircase, z, 0.25), 0.2, what="the share", why="strictly below")
    # The slopes are handed over, so nothing is rounded on the way.
    got = answer.probe(with_staircase, z, 0.25 + 2.0**-20)
    why = "a slope of 0.25 is below 0.250001"
    expect_close(got, 0.6, what="the share", why=why)


@exercise.check("gives 0 and 1 at the ends")
def at_the_ends(answer: Answer, rng: np.random.Generator) -> None:
    for low, high, share in ((-1, 2, 0.0), (4, 10, 1.0)):
        z = rng.integers(low, high, (2, 3)) + 0.0
        expect_close(answer.probe(with_tanh, z), share, what="the share")


@exercise.wrong(caught_by=strictly_below, hint=3)
def equal_counts_too(z, f_prime, tolerance=0.01):
    """You also count slopes that are exactly equal to the tolerance."""
    return float(np.mean(f_prime(z) <= tolerance))


@exercise.wrong(caught_by=by_hand, hint=2)
def number_not_share(z, f_prime, tolerance=0.01):
    """You return how many entries are saturated, not which share of all of them."""
    return float(np.sum(f_prime(z) < tolerance))


@exercise.wrong(caught_by=by_hand, hint=2)
def share_per_column(z, f_prime, tolerance=0.01):
    """You return one share per column; one number for the whole array is asked for."""
    return np.mean(f_prime(z) < tolerance, axis=0)


@exercise.wrong(caught_by=by_hand, hint=3)
def share_of_the_others(z, f_prime, tolerance=0.01):
    """You counted the units that still listen: the comparison points the other way."""
    return float(np.mean(f_prime(z) > tolerance))


def _looks_at_the_size_of_z(z, f_prime, tolerance=0.01):
    return float(np.mean(np.abs(z) < tolerance))


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_looks_at_the_size_of_z,))
def looks_at_z(z, f_prime, tolerance=0.01):
    """You compared z itself with the tolerance: `f_prime` has no effect."""
    return float(np.mean(np.asarray(z) < tolerance))


def _far_from_zero(calls) -> bool:
    """Whether the result counts entries of z beyond some fixed distance from 0."""
    counts = any(0 < call.value < 1 for call in calls)
    return counts and any(
        all(np.isclose(call.value, np.mean(np.abs(call.args[0]) > limit)) for call in calls)
        for limit in (1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10)
    )


@exercise.wrong(caught_by=by_hand, hint=1, recognise=_far_from_zero)
def far_from_zero(z, f_prime, tolerance=0.01):
    """You count entries of z that lie far from 0. How far is far depends on the activation.

    Only `f_prime` can say how steep it is there.
    """
    return float(np.mean(np.abs(z) > 2))


@exercise.wrong(caught_by=by_hand, hint=2)
def percent(z, f_prime, tolerance=0.01):
    """Your number is a percentage. A share runs from 0 to 1."""
    return 100 * float(np.mean(f_prime(z) < tolerance))


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_the_rows(z, f_prime, tolerance=0.01):
    """You divide by `len(z)`, the number of rows. How many entries does z have?"""
    return float(np.sum(f_prime(z) < tolerance)) / len(z)


@exercise.wrong(caught_by=uses_what_it_is_given, hint=4)
def ignores_the_tolerance(z, f_prime, tolerance=0.01):
    """You always compare with 0.01, whatever tolerance the caller passes."""
    return float(np.mean(f_prime(z) < 0.01))


@exercise.wrong(caught_by=by_hand, hint=2)
def mean_before_comparing(z, f_prime, tolerance=0.01):
    """You averaged the slopes first and compared once: one steep unit then hides the flat ones."""
    return float(np.mean(f_prime(z)) < tolerance)


@exercise.wrong(caught_by=by_hand, hint=2)
def answers_not_averaged(z, f_prime, tolerance=0.01):
    """You return a yes or no for every entry. Which share of them is a yes?"""
    return f_prime(z) < tolerance


@exercise.wrong(caught_by=by_hand, hint=2)
def average_slope(z, f_prime, tolerance=0.01):
    """This is the average of the slopes. Compare each one with the tolerance before you average."""
    return float(np.mean(f_prime(z)))


@exercise.wrong(caught_by=by_hand, hint=2)
def cut_to_whole_numbers(z, f_prime, tolerance=0.01):
    """Your share is rounded down to a whole number: 1 if all entries are flat, and else 0."""
    return float(np.mean(f_prime(z) < tolerance) // 1)


def _counted_by(which, axis):
    """The share of rows or columns in which any of the entries are flat."""
    return lambda z, f_prime, tolerance=0.01: float(
        np.mean(which(f_prime(z) < tolerance, axis=axis))
    )


@exercise.wrong(
    caught_by=by_hand,
    hint=2,
    variants=(_counted_by(np.any, -1),),
)
def whole_rows_counted(z, f_prime, tolerance=0.01):
    """You count whole rows or columns. Every entry of z counts for itself here."""
    return _counted_by(np.any, 0)(z, f_prime, tolerance)


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_the_columns(z, f_prime, tolerance=0.01):
    """You divide by the length of one row. How many entries does z have?"""
    return float(np.sum(f_prime(z) < tolerance)) / np.shape(z)[-1]


@exercise.wrong(caught_by=by_hand, hint=1)
def compared_before_asking(z, f_prime, tolerance=0.01):
    """You compare z with the tolerance and hand the yes and no to `f_prime`. It wants z itself."""
    return float(np.mean(f_prime(np.asarray(z) < tolerance)))


@exercise.wrong(caught_by=by_hand, hint=1)
def only_slopes_of_zero(z, f_prime, tolerance=0.01):
    """You count slopes of exactly 0. Nearly flat is enough: that is what the tolerance is for."""
    return float(np.mean(f_prime(z) == 0))


@exercise.alternative
def with_count(z, f_prime, tolerance=0.01):
    slopes = f_prime(z)
    return np.count_nonzero(slopes < tolerance) / slopes.size


@exercise.alternative
def with_a_loop(z, f_prime, tolerance=0.01):
    low = 0
    for value in np.ravel(z):
        if f_prime(np.array([value]))[0] < tolerance:
            low += 1
    return low / np.size(z)


@exercise.alternative
def as_an_array(z, f_prime, tolerance=0.01):
    return np.where(f_prime(z) < tolerance, 1.0, 0.0).mean()
