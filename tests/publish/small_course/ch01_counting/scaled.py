"""Multiply by a factor that has a default."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close

exercise = Exercise(
    id="scaled",
    title="Scale an array",
    points=2,
    size="1 line",
    task="""Multiply every entry by a factor.

Example: `scaled([1, 2], 3)` is `[3., 6.]`.""",
    hints=("What does `*` do with an array?", "A list is no array yet.", "`np.asarray(...) * ...`"),
)


@exercise.reference
def scaled(x, factor=2.0):
    """Multiply every entry of x by a factor.

    Args:
        x: numbers, an array or list of any shape.
        factor: what to multiply by.

    Returns:
        An array of the same shape.
    """
    # Lists know no multiplication by a fraction.
    array = as_floats(x)

    return array * factor


def as_floats(x):
    """The helper that only the reference knows."""
    return np.asarray(x, dtype=float)


@exercise.check("doubles by default", points=1)
def doubles(answer: Answer, rng: np.random.Generator) -> None:
    x = rng.normal(size=(2, 3))
    expect_close(answer(x), x + x)


@exercise.check("takes any factor", points=1)
def any_factor(answer: Answer, rng: np.random.Generator) -> None:
    x = rng.normal(size=4)
    expect_close(answer(x, 3.0), x + x + x)


@exercise.wrong(caught_by=any_factor, hint=1)
def always_doubled(x, factor=2.0):
    """The factor is never used: look at the second argument."""
    twice = np.asarray(x, dtype=float)
    return twice + twice


@exercise.alternative
def with_multiply(x, factor=2.0):
    numbers_times = np.multiply(x, factor)
    return numbers_times


@exercise.alternative
def with_einsum(x, factor=2.0):
    return np.einsum("...,->...", np.asarray(x, dtype=float), factor)
