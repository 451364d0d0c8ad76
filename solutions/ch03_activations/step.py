"""The step: the all-or-nothing activation of McCulloch, Pitts and Rosenblatt."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_shape,
    on_arrays,
    probe,
    raises,
)

exercise = Exercise(
    id="step",
    title="The step",
    points=1,
    size="about 1 line",
    task=r"""Write the step function for arrays of any shape: 1 where $z \ge 0$, 0 where $z < 0$.
Zero itself counts as "on". Return floats: NumPy refuses to subtract truth values, and a slope is
measured by subtracting.

Example: `step(np.array([-2.0, 0.0, 0.3]))` is `[0., 1., 1.]`.""",
    hints=(
        """
        What does the expression `z >= 0` give when `z` is a whole array? Try it in a cell of its
        own and look at the type of its entries.
        """,
        """
        A comparison answers for every entry at once, with `True` and `False`. Those two are already
        a 1 and a 0; they only need to become floats. No `if` and no loop is needed.
        """,
        """
        The same pattern for another question, which of five temperatures are below freezing: `t =
        np.array([4.0, -1.0, 0.0, -3.0, 2.0])`, then `(t < 0).astype(float)` gives `[0., 1., 0., 1.,
        0.]`. The strict `<` leaves the 0.0 out.
        """,
        """
        Skeleton:

        ```python
        return (z ... 0).astype(...)
        ```
        """,
    ),
)


@exercise.reference
def step(z):
    """Switch every entry of z to 0 or 1.

    Args:
        z: pre-activations, an array of any shape, floats or integers.

    Returns:
        1.0 where z >= 0 and 0.0 where z < 0, same shape as z.
    """
    return (np.asarray(z) >= 0).astype(float)


@probe
def change_across(step, z, h):
    import numpy as np

    return np.subtract(step(z + h), step(z - h))


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 4), (5,), (2, 1, 3), ()):
        expect_shape(answer(np.asarray(rng.normal(size=shape) - 1)), shape)


@exercise.check("gets a negative, a zero and a positive entry right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    expect_close(
        answer(np.array([-1.5, 0.0, 2.5])),
        np.array([0.0, 1.0, 1.0]),
        what="step(z)",
        why="1 where z ≥ 0, zero included",
    )
    n = float(rng.integers(2, 90)) / 2
    expect_close(answer(np.array([-n, 0.0, n])), np.array([0.0, 1.0, 1.0]), what="step(z)")


@exercise.check("is right on both sides, close to zero and far out", points=0.5)
def both_sides(answer: Answer, rng: np.random.Generator) -> None:
    size = np.concatenate([[1e-12], rng.uniform(1e-9, 1e-6, size=3), rng.uniform(1, 1e4, size=4)])
    z = np.concatenate([-size, size]).reshape(2, 8)
    expect_close(answer(z), np.repeat([[0.0], [1.0]], 8, axis=1), what="step(z)")


@exercise.check("takes integers")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation(np.arange(-3, 3)).reshape(2, 3)
    expected = np.array([[0.0 if entry < 0 else 1.0 for entry in row] for row in z.tolist()])
    expect_close(answer(z), expected, what="step(z)")


@exercise.check("can be subtracted, as the measuring of a slope needs")
def can_be_subtracted(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation([-3.0, -2.0, -1.0, 0.0, 0.0, 1.0, 2.0])
    change = answer.probe(change_across, z, 0.5)
    expect_close(change, 1 - np.minimum(np.abs(z), 1), what="step(z + 0.5) − step(z − 0.5)")


@exercise.wrong(caught_by=can_be_subtracted, hint=2)
def truth_values(z):
    """You return `True` and `False`. As numbers they are right, but NumPy won't subtract them."""
    return np.asarray(z) >= 0


def _truth_values_off_at_zero(z):
    return np.asarray(z) > 0


def _off_up_to(border):
    return lambda z: (np.asarray(z) > border).astype(float)


@exercise.wrong(
    caught_by=both_sides, hint=1, variants=tuple(_off_up_to(-(10.0**-n)) for n in (6, 7, 8))
)
def on_a_little_early(z):
    """Your step is on a little before 0: close to the threshold is not at it."""
    return (np.asarray(z) > -1e-9).astype(float)


@exercise.wrong(
    caught_by=by_hand,
    hint=3,
    variants=(_truth_values_off_at_zero, *(_off_up_to(10.0**-n) for n in (6, 7, 8, 9))),
)
def off_at_zero(z):
    """At exactly z = 0 your step is off. Read in the task on which side zero belongs.

    It matters: a gate whose weighted sum lands exactly on the threshold changes its answer.
    """
    return (np.asarray(z) > 0).astype(float)


@exercise.wrong(caught_by=by_hand, hint=2)
def sign_function(z):
    """This is the sign, with the three values −1, 0 and 1. The step knows only 0 and 1."""
    return np.sign(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def minus_one_when_off(z):
    """Your step is −1 where it should be off.

    Labels of −1 and +1 belong to the perceptron of chapter 2; a neuron that is off sends 0.
    """
    return np.where(np.asarray(z) >= 0, 1.0, -1.0)


@exercise.wrong(caught_by=by_hand, hint=3)
def half_at_zero(z):
    """You put the middle, ½, at zero. That is one convention of signal theory, not the task's."""
    return np.heaviside(z, 0.5)


@exercise.wrong(caught_by=by_hand, hint=2)
def keeps_the_size(z):
    """You let the positive values through with their size: that is a ramp, not a step."""
    return np.maximum(z, 0)


@exercise.wrong(
    caught_by=keeps_shape, hint=2, recognise=raises("truth value of an array", where=on_arrays)
)
def asks_the_whole_array(z):
    """An `if` wants one yes or no, but z is an array with one answer per entry.

    Let NumPy compare all entries at once.
    """
    if z >= 0:
        return 1.0
    return 0.0


def _off_from_zero_on(z):
    return (np.asarray(z) < 0).astype(float)


@exercise.wrong(caught_by=by_hand, hint=3, variants=(_off_from_zero_on,))
def sides_swapped(z):
    """Your step is on where z is negative. Read once more on which side a neuron fires."""
    return (np.asarray(z) <= 0).astype(float)


@exercise.wrong(caught_by=by_hand, hint=2)
def on_everywhere(z):
    """Your step is 1 everywhere. If you write into a copy: your zeros are ≥ 0 as well.

    Ask z for the comparison, not what you have changed already.
    """
    return np.ones(np.shape(z))


@exercise.alternative
def with_where(z):
    return np.where(z < 0, 0.0, 1.0)


@exercise.alternative
def with_heaviside(z):
    return np.heaviside(z, 1)


@exercise.alternative
def with_a_mask(z):
    out = np.zeros_like(z)
    out[z >= 0] = 1
    return out


@exercise.alternative
def one_number_at_a_time(z):
    return np.vectorize(lambda value: float(value >= 0), otypes=[float])(z)
