"""Find the ReLU units that are off for every example of a batch."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_equal, expect_shape

exercise = Exercise(
    id="dead_units",
    title="Which units are dead?",
    points=1,
    size="about 1 line",
    task="""`Z` holds the pre-activations of a layer of ReLUs: a row per example, a column per unit.
Return one truth value per unit: `True` if its pre-activation is ≤ 0 for **every** example of the
batch.

Example: for `Z = [[-1, 2, 0], [-3, -4, -1]]` the answer is `[True, False, True]`. Unit 1 is on for
the first example, so it is alive.""",
    hints=(
        """
        Cover all columns but one with your hand and look down the column. What must hold for *all*
        of its entries? Along which axis do you look?
        """,
        """
        First one yes/no per entry, then one per column. NumPy's `all` and `any` turn many truth
        values into one, along the axis you name; that axis disappears from the shape.
        """,
        """
        The same pattern on marks, one row per student and one column per exam: which exams did
        everybody pass? `marks = np.array([[5, 9], [4, 2]])`, then `(marks >= 4).all(axis=0)` is
        `[True, False]`.
        """,
        """
        Skeleton:

        ```python
        return (Z ... 0).all(axis=...)
        ```
        """,
    ),
)


@exercise.reference
def dead_units(Z):
    """Tell which units of a ReLU layer are off for the whole batch.

    Args:
        Z: pre-activations, (batch, units), floats or integers.

    Returns:
        Truth values, (units,): True for a unit whose pre-activation is <= 0 for every example.
    """
    return (np.asarray(Z) <= 0).all(axis=0)


@exercise.check("gives one value per unit")
def one_per_unit(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((5, 3), (2, 4), (1, 6)):
        expect_shape(answer(rng.normal(size=shape)), (shape[1],))


@exercise.check("gets a small batch right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    Z = np.array(
        [[-2.0, 5.0, 0.0, 1.0, 4.0], [-1.0, -9.0, -3.0, 2.0, -1.0], [-4.0, -8.0, 0.0, 3.0, 2.0]]
    )
    expected = np.array([True, False, True, False, False])
    why = "a unit that is on for a single example is alive"
    expect_equal(answer(Z), expected, what="dead_units(Z)", why=why)
    order = rng.permutation(5)
    expect_equal(answer(Z[:, order]), expected[order], what="dead_units(Z)", why=why)


@exercise.check("agrees with looking at every column in turn", points=0.5)
def column_by_column(answer: Answer, rng: np.random.Generator) -> None:
    Z = rng.normal(size=(4, 12)) - 0.5
    Z[:, 0] = -np.abs(Z[:, 0])
    Z[:, 1] = [-3.0, 1e-12, -2.0, -5.0]  # however small: it is on
    Z = Z[:, rng.permutation(12)]
    expected = [max(column) <= 0 for column in Z.T.tolist()]
    expect_equal(answer(Z), np.array(expected), what="dead_units(Z)")


@exercise.check("takes integers, and a batch of one")
def integers_and_one_example(answer: Answer, rng: np.random.Generator) -> None:
    Z = rng.permutation(np.arange(-3, 4))
    expect_equal(answer(Z[None, :]), np.array([entry <= 0 for entry in Z.tolist()]))


@exercise.wrong(caught_by=by_hand, hint=1)
def zero_counts_as_on(Z):
    """You ask for strictly negative values, but a ReLU is off at exactly 0 too."""
    return (np.asarray(Z) < 0).all(axis=0)


@exercise.wrong(caught_by=column_by_column, hint=1)
def hardly_alive(Z):
    """You call a unit dead that is on by very little. Close to 0 is not 0: it still learns."""
    return (np.asarray(Z) < 1e-5).all(axis=0)


@exercise.wrong(caught_by=one_per_unit, hint=2)
def one_per_example(Z):
    """You have one value per example (row); the question is about units (columns)."""
    return (np.asarray(Z) <= 0).all(axis=1)


@exercise.wrong(caught_by=by_hand, hint=2)
def off_once_is_enough(Z):
    """You call a unit dead as soon as it is off for one example.

    A healthy ReLU is off for some of the examples; dead means off for all of them.
    """
    return (np.asarray(Z) <= 0).any(axis=0)


@exercise.wrong(caught_by=by_hand, hint=1)
def off_on_average(Z):
    """You look at the sum or the mean of a column: its negative values then hide a positive one."""
    return np.asarray(Z).sum(axis=0) <= 0


@exercise.wrong(caught_by=by_hand, hint=3)
def alive_instead(Z):
    """You marked the units that are alive: True and False are the wrong way round."""
    return (np.asarray(Z) > 0).any(axis=0)


@exercise.wrong(caught_by=by_hand, hint=1)
def only_exact_zeros(Z):
    """You look for zeros, as if Z were the output of the ReLU. Z is what goes *into* it."""
    return (np.asarray(Z) == 0).all(axis=0)


@exercise.wrong(caught_by=one_per_unit, hint=2)
def one_verdict_for_all(Z):
    """You return one single value for the whole array. Each unit, a column, wants its own."""
    return bool((np.asarray(Z) <= 0).all())


@exercise.wrong(caught_by=one_per_unit, hint=2)
def numbers_of_the_dead(Z):
    """You list *which* units are dead. One True or False for every unit is asked for."""
    return np.flatnonzero((np.asarray(Z) <= 0).all(axis=0))


@exercise.wrong(caught_by=one_per_unit, hint=2)
def not_yet_per_unit(Z):
    """You have a yes or no for every entry. One for every unit, over all examples, is asked for."""
    return np.asarray(Z) <= 0


@exercise.wrong(caught_by=one_per_unit, hint=2)
def how_many(Z):
    """You count the dead units. The question is *which* of them are dead: one value for each."""
    return int((np.asarray(Z) <= 0).all(axis=0).sum())


def _the_first_example(Z):
    return np.asarray(Z)[0] <= 0


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_the_first_example,))
def one_example_decides(Z):
    """A single example decides for your units, the first or the last. What do the others say?"""
    return np.asarray(Z)[-1] <= 0


@exercise.wrong(caught_by=by_hand, hint=2)
def share_not_verdict(Z):
    """You return for which share of the examples a unit is off. When does that make it dead?"""
    return (np.asarray(Z) <= 0).mean(axis=0)


@exercise.alternative
def with_the_maximum(Z):
    return Z.max(axis=0) <= 0


@exercise.alternative
def not_any(Z):
    return ~np.any(Z > 0, axis=0)


@exercise.alternative
def from_the_activations(Z):
    return np.maximum(Z, 0).sum(axis=0) == 0


@exercise.alternative
def with_a_loop(Z):
    return [all(value <= 0 for value in column) for column in Z.T]


@exercise.picture
def own_verdict(answer: Answer):
    """A layer of ReLUs with the learner's verdict over it."""
    from annkit.lessons.activations import dying_units

    Z = dying_units.train_house("relu", learning_rate=0.2).Z
    return dying_units.dead_map(Z, np.asarray(answer(Z)))
