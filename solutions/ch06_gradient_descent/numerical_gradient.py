"""The gradient of any function, measured: a little to both sides of every parameter."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_equal,
    expect_shape,
    expect_that,
    probe,
)

exercise = Exercise(
    id="numerical_gradient",
    title="A gradient without calculus",
    points=2,
    size="about 7 lines",
    leads_to="In chapter 10, `gradient_check` measures like this whether a derivation is right.",
    task=r"""Measure the gradient of a function `f` that turns an array of **any shape** into one
number. For every entry of `x` take a central difference, $(f(x+h) - f(x-h))/2h$ with only that
entry moved; return an array of slopes with the shape of `x`. `x` may hold whole numbers, and must
be as it was afterwards.

*Example:* for $f(x) = x_1^2\,x_2$ at (3, 2) and h = 0.1 the first slope is
(3.1²·2 − 2.9²·2)/0.2 = 12, the second (9·2.1 − 9·1.9)/0.2 = 9.""",
    hints=(
        """
        How many times must `f` be called for an `x` with six entries? Which entries differ from `x`
        in each of those calls?
        """,
        """
        One entry at a time: make a copy that is a little larger there, another that is a little
        smaller there, and compare. How much, the caller says: `h`. `np.ndindex(x.shape)` walks
        through the places of an array of any shape. What happens to 0.00001 if the array holds
        whole numbers?
        """,
        """
        The same walk for another job, the drop if one entry is set to zero:

        ```python
        x = np.array([[1, 2], [3, 4]], dtype=float)
        drop = np.zeros(x.shape)
        for place in np.ndindex(x.shape):
            without = x.copy()
            without[place] = 0
            drop[place] = np.sum(x**2) - np.sum(without**2)
        ```

        `drop` is `[[1, 4], [9, 16]]`.
        """,
        """
        Skeleton:

        ```python
        x = np.array(x, dtype=float)      # a copy that can hold fractions
        slopes = ...
        for place in np.ndindex(x.shape):
            higher, lower = x.copy(), x.copy()
            higher[place] ...
            lower[place] ...
            slopes[place] = (... - ...) / ...
        return slopes
        ```
        """,
    ),
)


@exercise.reference
def numerical_gradient(f, x, h=1e-5):
    """Measure the gradient of a function by central differences.

    Args:
        f: a function from an array of the shape of x to one number.
        x: where, an array of any shape, floats or integers. It is not changed.
        h: how far each entry is moved to either side.

    Returns:
        The slopes of f at x, floats, same shape as x.
    """
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)  # floats, so that x + nudge is a new array of floats
        nudge[place] = h
        slopes[place] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


@probe
def measuring_weighted_cubes(numerical_gradient, x, weights, h=None):
    """Measure Σ weights · x³; return the slopes, and x as it is afterwards."""
    import numpy as np

    def f(x):
        return np.sum(weights * np.asarray(x) ** 3)

    slopes = numerical_gradient(f, x) if h is None else numerical_gradient(f, x, h)
    return [slopes, x]


@probe
def measuring_waves(numerical_gradient, x, r, q):
    """Measure a function in which all entries meet: sin(r·x) + ½ (q·x)²."""
    import numpy as np

    return numerical_gradient(lambda x: np.sin(np.sum(r * x)) + 0.5 * np.sum(q * x) ** 2, x)


@probe
def measuring_and_counting(numerical_gradient, x):
    """Measure Σ x³ with h = 0.01; return how often it was asked for, and x as it is afterwards.

    More than three times is told as 3: a mistake is the same whether f(x) itself is asked for once
    or again at every entry.
    """
    import numpy as np

    asked = []

    def f(x):
        asked.append(1)
        return np.sum(np.asarray(x) ** 3)

    numerical_gradient(f, x, 0.01)
    return [min(len(asked), 3), x]


@exercise.check("returns slopes of the shape of x")
def same_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((4,), (2, 3), (2, 1, 2)):
        x = rng.integers(1, 9, shape) / 2
        slopes, _ = answer.probe(measuring_weighted_cubes, x, np.ones(shape))
        expect_shape(slopes, shape, what="the gradient")


@exercise.check("a cubic with h = 0.5, by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    # the central difference of x³ is 3x² + h², so h can be seen
    slopes, _ = answer.probe(
        measuring_weighted_cubes, np.array([1.0, 2.0, -1.0]), np.array([1.0, 1.0, 2.0]), 0.5
    )
    expect_close(
        slopes,
        np.array([3.25, 12.25, 6.5]),
        what="the gradient",
        why="for x³ at 1: (1.5³ − 0.5³) / 1 = 3.25",
    )
    x, weights = rng.integers(2, 9, 3) + 0.0, rng.integers(1, 5, 3) + 0.0
    slopes, _ = answer.probe(measuring_weighted_cubes, x, weights, 0.5)
    expect_close(
        slopes, weights * (3 * x**2 + 0.25), what="the gradient", why="for x³ it is 3x² + h²"
    )


@exercise.check("a function in which all entries meet, any shape", points=0.5)
def entries_meet(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((5,), (3, 2), (2, 2, 2)):
        x, r, q = rng.normal(size=(3, *shape))
        expected = np.cos(np.sum(r * x)) * r + np.sum(q * x) * q
        slopes = answer.probe(measuring_waves, x, r, q)
        expect_close(slopes, expected, rtol=1e-5, atol=1e-6, what="the gradient")


@exercise.check("whole numbers go in, fractions come out", points=0.5)
def whole_numbers(answer: Answer, rng: np.random.Generator) -> None:
    x, weights = rng.integers(-3, 4, size=(2, 3)), rng.uniform(0.5, 1.5, size=(2, 3)).round(1)
    slopes, _ = answer.probe(measuring_weighted_cubes, x, weights)
    expect_close(slopes, weights * 3.0 * x**2, atol=1e-7, what="the gradient")


@exercise.check("leaves x exactly as it was", points=0.5)
def leaves_x_alone(answer: Answer, rng: np.random.Generator) -> None:
    x = rng.normal(size=(3, 3))
    x[0] = 2.0, -2.0, 4.0  # 2 + 0.01 − 0.01 isn't 2 in a computer, nor is −2 − 0.01 + 0.01 −2
    asked, afterwards = answer.probe(measuring_and_counting, x)
    # Who measures nothing leaves x alone, too.
    expect_that(asked >= 3, "To measure slopes, `f` has to be asked more often.", got=asked)
    expect_equal(afterwards, x, what="x afterwards", why="to the last digit")


@exercise.wrong(caught_by=by_hand, hint=1)
def one_sided(f, x, h=1e-5):
    """You looked to one side only.

    That misses by an amount that shrinks like h; looking to both sides misses by one that shrinks
    like h².
    """
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h
        slopes[place] = (f(x + nudge) - f(x)) / h
    return slopes


@exercise.wrong(caught_by=by_hand, hint=1)
def divided_by_h(f, x, h=1e-5):
    """Your slopes are twice too large. How far apart are the two points that you compare?"""
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h
        slopes[place] = (f(x + nudge) - f(x - nudge)) / h
    return slopes


@exercise.wrong(caught_by=by_hand, hint=1)
def divided_by_two_then_multiplied(f, x, h=1e-5):
    """`/ 2 * h` divides by 2 and then multiplies by h. Python reads from left to right."""
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h
        slopes[place] = (f(x + nudge) - f(x - nudge)) / 2 * h
    return slopes


@exercise.wrong(caught_by=entries_meet, hint=4)
def bracket_left_out(f, x, h=1e-5):
    """In `f(…) - f(…) / (2 * h)` only the second value is divided: where do brackets belong?"""
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h
        slopes[place] = f(x + nudge) - f(x - nudge) / (2 * h)
    return slopes


@exercise.wrong(caught_by=whole_numbers, hint=2)
def whole_slopes(f, x, h=1e-5):
    """Your array of slopes has the type of x: with whole numbers every slope loses its fraction."""
    slopes = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h
        slopes[place] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


def _left_below(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += h
        above = f(x)
        x[place] -= 2 * h
        slopes[place] = (above - f(x)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_left_below,))
def nudges_pile_up(f, x, h=1e-5):
    """An entry that was moved isn't put back before the next one is measured.

    Each later slope is then measured at another place. With a tiny h you hardly notice.
    """
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    nudge = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        nudge[place] = h
        slopes[place] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=by_hand, hint=1)
def everything_at_once(f, x, h=1e-5):
    """You moved all entries together, so every slope is the sum of all of them."""
    x = np.array(x, dtype=float)
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@exercise.wrong(caught_by=by_hand, hint=2)
def own_h(f, x, h=1e-5):
    """You move the entries by an h of your own, whatever the caller asks for."""
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = 1e-5
        slopes[place] = (f(x + nudge) - f(x - nudge)) / 2e-5
    return slopes


@exercise.wrong(caught_by=same_shape, hint=2)
def one_slope_per_row(f, x, h=1e-5):
    """You walk along the first axis only: whole rows are moved together.

    That is right for vectors; a matrix has more places than rows.
    """
    x = np.array(x, dtype=float)
    slopes = np.empty(len(x))
    for i in range(len(x)):
        nudge = np.zeros(x.shape)
        nudge[i] = h
        slopes[i] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=same_shape, hint=2)
def left_flat(f, x, h=1e-5):
    """Your slopes are right but in one long row. They should lie like the entries of x."""
    x = np.array(x, dtype=float)
    slopes = np.empty(x.size)
    for i in range(x.size):
        nudge = np.zeros(x.size)
        nudge[i] = h
        nudge = nudge.reshape(x.shape)
        slopes[i] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=whole_numbers, hint=2)
def whole_numbers_stay_whole(f, x, h=1e-5):
    """An array of whole numbers has no room for fractions: they are cut off.

    In it 3 + 0.00001 is 3 again, and 3 − 0.00001 is 2.
    """
    x = np.array(x)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        higher, lower = x.copy(), x.copy()
        higher[place] = x[place] + h
        lower[place] = x[place] - h
        slopes[place] = (f(higher) - f(lower)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=same_shape, hint=2)
def not_quite_restored(f, x, h=1e-5):
    """You moved x itself, and afterwards it isn't exactly what it was.

    Is every step taken back, and did you know that 0.1 + 0.2 − 0.2 isn't 0.1 in a computer?
    """
    x = x if np.asarray(x).dtype == float else np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        x[place] += h
        above = f(x)
        x[place] -= 2 * h
        slopes[place] = (above - f(x)) / (2 * h)
        x[place] += h
    return slopes


def _all_slopes_are_zero(calls) -> bool:
    """Whether nothing but zeros was ever measured."""
    told = [call for call in calls if call.probe == "measuring_weighted_cubes" and call.value]
    return bool(told) and not any(np.any(call.value[0]) for call in told)


@exercise.wrong(caught_by=by_hand, hint=2, recognise=_all_slopes_are_zero)
def one_array_with_two_names(f, x, h=1e-5):
    """Every slope is 0: f is asked twice at one and the same point.

    Is there a line like `higher = x`, which makes no copy and gives x a second name? Or are both
    nudges alike?
    """
    x = np.array(x, dtype=float)
    higher, lower, slopes = x, x, np.empty(x.shape)
    for place in np.ndindex(x.shape):
        higher[place] += h
        lower[place] -= h
        slopes[place] = (f(higher) - f(lower)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=entries_meet, hint=2)
def rows_moved_together(f, x, h=1e-5):
    """In a matrix `x[i]` is a whole row. You move its entries together, and they share one slope.

    For vectors that is right; a matrix has more places than rows.
    """
    x = np.array(x, dtype=float)
    slopes = np.zeros(x.shape)
    for i in range(len(x)):
        nudge = np.zeros(x.shape)
        nudge[i] = h
        slopes[i] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


def _stops_at_a_matrix(calls) -> bool:
    """Whether vectors are measured and everything else raises."""
    return all(
        (call.error is None) == (np.ndim(call.args[0]) == 1)
        for call in calls
        if np.ndim(call.args[0]) < 3
    ) and any(call.error is not None for call in calls)


@exercise.wrong(caught_by=same_shape, hint=2, recognise=_stops_at_a_matrix)
def one_index_for_a_matrix(f, x, h=1e-5):
    """Your code measures vectors, and stops at a matrix: it counts the entries with one number.

    A matrix has rows *and* columns, and `x[i]` is a whole row of it.
    """
    x = np.array(x, dtype=float)
    slopes = np.zeros(x.size)
    for i in range(x.size):
        higher, lower = x.copy(), x.copy()
        higher[i] += h
        lower[i] -= h
        slopes[i] = (f(higher) - f(lower)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=same_shape, hint=2)
def nudge_of_one_row(f, x, h=1e-5):
    """Your nudge has an entry for each row of x. It needs the shape of x, whatever that is."""
    slopes = np.zeros(x.shape)
    for i in range(len(x)):
        nudge = np.zeros(len(x))
        nudge[i] = h
        slopes[i] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


def _asked_about_the_row_alone(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for i in range(len(x)):
        slopes[i] = (f(x[i] + h) - f(x[i] - h)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_asked_about_the_row_alone,))
def asked_about_the_entry_alone(f, x, h=1e-5):
    """You hand f a single entry. It wants the whole array, with only that entry moved."""
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        slopes[place] = (f(x[place] + h) - f(x[place] - h)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=same_shape, hint=2)
def one_slope_for_everything(f, x, h=1e-5):
    """You moved all entries together and got one number, the sum of all slopes.

    Each entry has a slope of its own, measured while the others stay.
    """
    x = np.array(x, dtype=float)
    return (f(x + h) - f(x - h)) / (2 * h)


def _fails_but_for_matrices(calls) -> bool:
    """Whether an error came wherever x was no matrix, and nowhere else."""
    return bool(calls) and all(
        (call.error is not None) == (np.ndim(call.args[0]) < 2) for call in calls
    )


@exercise.wrong(caught_by=same_shape, hint=2, recognise=_fails_but_for_matrices)
def rows_and_columns_only(f, x, h=1e-5):
    """Your loops ask for rows and columns, which only a matrix has. x may have any shape.

    There is a way to walk through all places, whatever the shape is.
    """
    x = np.array(x, dtype=float)
    slopes = np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            nudge = np.zeros(x.shape)
            nudge[i, j] = h
            slopes[i, j] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=by_hand, hint=2)
def moved_by_a_share(f, x, h=1e-5):
    """You move each entry by a share of itself: a large one goes far, and a 0 stays where it is.

    By how much does the task move every entry?
    """
    x = np.array(x, dtype=float)
    slopes = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h * x[place]
        slopes[place] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


@exercise.alternative
def in_place_and_back(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    slopes = np.zeros_like(x)
    for place, old in np.ndenumerate(x):
        x[place] = old + h
        above = f(x)
        x[place] = old - h
        slopes[place] = (above - f(x)) / (2 * h)
        x[place] = old
    return slopes


@exercise.alternative
def with_unit_vectors(f, x, h=1e-5):
    shape = np.shape(x)
    units = np.eye(np.size(x)).reshape(-1, *shape)
    slopes = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in units]
    return np.array(slopes).reshape(shape)


@exercise.alternative
def through_a_flat_vector(f, x, h=1e-5):
    x = np.asarray(x)
    slopes = np.empty(x.size)
    for i in range(x.size):
        higher, lower = x.astype(float).ravel(), x.astype(float).ravel()
        higher[i] += h
        lower[i] -= h
        slopes[i] = 0.5 * (f(higher.reshape(x.shape)) - f(lower.reshape(x.shape))) / h
    return slopes.reshape(x.shape)
