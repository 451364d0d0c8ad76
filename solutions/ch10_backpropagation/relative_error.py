"""How different are two arrays, measured by their own size?"""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="relative_error",
    title="How far apart, by their own measure",
    points=1,
    size="about 3 lines",
    leads_to="`gradient_check` compares by it.",
    task="""Return ‖a − b‖ / (‖a‖ + ‖b‖), where ‖a‖ is the length of an array: the square root of
the sum of all its squared entries, whatever its shape. If both are zero everywhere they are the
same: 0.

Example: `a = [0, 3]` and `b = [0, 5]` lie 2 apart and are 3 and 5 long: 2/8 = 0.25. Two arrays a
thousand times larger, or smaller, have the same relative error.""",
    hints=(
        "When is the denominator 0? What is the answer then, and what would Python say to 0/0?",
        """
        Three lengths are needed: of the difference, of a and of b. The length of an array is the
        root of the sum of its squares, over *all* entries: a matrix has one length, not one per
        row.
        """,
        """
        A length, worked: `[[1, 2], [0, 2]]` has the squares 1, 4, 0, 4, their sum is 9 and the
        length is 3. `np.linalg.norm` says the same, if you give it the array and nothing else.
        """,
        """
        Skeleton:

        ```python
        size = ... + ...
        if size == 0:
            return ...
        return ... / size
        ```
        """,
    ),
)


@exercise.reference
def relative_error(a, b):
    """Distance of two arrays relative to their lengths.

    Args:
        a: an array of any shape.
        b: an array of the same shape.

    Returns:
        ‖a − b‖ / (‖a‖ + ‖b‖), a number from 0 (equal) to 1 (opposite, or one of them 0); 0 if
        both are 0 everywhere.
    """
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / size if size > 0 else 0.0


def length(x) -> float:
    """Root of the sum of squares, one number after the other."""
    return float(sum(abs(float(entry)) ** 2 for entry in np.ravel(x)) ** 0.5)


@exercise.check("returns one number, for any shape")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3,), (4, 2), (2, 3, 2), (1, 1)):
        a, b = rng.integers(1, 9, size=(2, *shape)) / 2
        expect_shape(answer(a, b), ())


@exercise.check("two small arrays by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    error = answer(np.array([3.0, 4.0]), np.array([3.0, -4.0]))
    expect_close(error, 0.8, why="they lie 8 apart, each is 5 long")
    n = float(rng.integers(2, 50))
    a, b = np.array([[1.0, 2.0], [0.0, 2.0]]), np.array([[-2.0, 4.0], [0.0, -4.0]])
    why = f"they lie {7 * n:g} apart and are {3 * n:g} and {6 * n:g} long"
    expect_close(answer(n * a, n * b), 7 / 9, why=why)


@exercise.check("random arrays of any shape, size and type", points=0.5)
def any_arrays(answer: Answer, rng: np.random.Generator) -> None:
    for shape, scale in (((5,), 1.0), ((3, 4), 1e-9), ((2, 2, 3), 1e6)):
        a, b = rng.normal(size=(2, *shape)) * scale
        expect_close(answer(a, b), length(a - b) / (length(a) + length(b)))
    a, b = rng.integers(1, 9, size=(2, 3, 2))
    expect_close(answer(a, b), length(a - b) / (length(a) + length(b)))
    expect_close(answer(a, a), 0.0, why="an array and itself")


@exercise.check("0 if both are zero, 1 if one of them is")
def zeros(answer: Answer, rng: np.random.Generator) -> None:
    expect_close(answer(np.zeros((2, 3)), np.zeros((2, 3))), 0.0, why="both are 0 everywhere")
    expect_close(answer(np.zeros(4), rng.normal(size=4)), 1.0, why="one of them is 0")
    expect_close(answer(rng.normal(size=(2, 2)), np.zeros((2, 2))), 1.0, why="one of them is 0")
    a = rng.normal(size=3)
    expect_close(answer(a, 3 * a), 0.5, why="none is 0; they lie two lengths of a apart")
    a = np.array([3.0, -3.0])
    expect_close(answer(a, a / 3), 0.5, why="none is 0, though the entries of each add up to 0")


@exercise.wrong(caught_by=by_hand, hint=2)
def absolute_error(a, b):
    """This is the distance alone. Whether 0.001 is much depends on how large the arrays are."""
    return np.linalg.norm(a - b)


@exercise.wrong(caught_by=by_hand, hint=2)
def measured_by_the_first(a, b):
    """You divide by the length of a only: swap a and b, and the error is another one."""
    size = np.linalg.norm(a)
    return np.linalg.norm(a - b) / size if size else 0.0


@exercise.wrong(caught_by=by_hand, hint=2)
def length_of_the_sum(a, b):
    """You divide by the length of a + b. Opposite arrays would cancel there: add the lengths."""
    size = np.linalg.norm(a + b)
    return np.linalg.norm(a - b) / size if size else 0.0


@exercise.wrong(caught_by=by_hand, hint=2)
def difference_of_lengths(a, b):
    """You compare the lengths. Arrays of equal length may point anywhere, even opposite ways."""
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return abs(np.linalg.norm(a) - np.linalg.norm(b)) / size if size else 0.0


@exercise.wrong(caught_by=zeros, hint=1)
def nothing_by_nothing(a, b):
    """For two arrays of zeros you divide 0 by 0, which is NaN. They are the same."""
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@exercise.wrong(caught_by=zeros, hint=1)
def one_for_equal_zeros(a, b):
    """Two arrays of zeros are equal, not as different as can be."""
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / size if size else 1.0


@exercise.wrong(caught_by=by_hand, hint=2)
def squared_lengths(a, b):
    """These are sums of squares: the square root is missing."""
    size = np.sum(a**2) + np.sum(b**2)
    return np.sum((a - b) ** 2) / size if size else 0.0


@exercise.wrong(caught_by=by_hand, hint=2)
def largest_entries(a, b):
    """You compare the largest entries; the length takes all of them."""
    size = np.max(np.abs(a)) + np.max(np.abs(b))
    return np.max(np.abs(a - b)) / size if size else 0.0


@exercise.wrong(caught_by=by_hand, hint=2)
def sums_of_entries(a, b):
    """You add up absolute values; a length is the square root of the sum of *squares*."""
    size = np.sum(np.abs(a)) + np.sum(np.abs(b))
    return np.sum(np.abs(a - b)) / size if size else 0.0


def _of_entries(combine):
    """The entries' relative errors combined, otherwise guarded: by a floor, and not at all."""

    def floored(a, b):
        return combine(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-8))

    def bare(a, b):
        with np.errstate(invalid="ignore"):
            return combine(np.abs(a - b) / (np.abs(a) + np.abs(b)))

    return floored, bare


@exercise.wrong(caught_by=by_hand, hint=3, variants=_of_entries(np.mean))
def entry_by_entry(a, b):
    """You average the relative errors of the entries: a tiny entry then counts like a large one."""
    size = np.abs(a) + np.abs(b)
    return np.mean(np.abs(a - b) / np.where(size > 0, size, 1))


@exercise.wrong(caught_by=by_hand, hint=3, variants=_of_entries(np.max))
def worst_entry(a, b):
    """You take the worst of the entries' relative errors; the arrays are compared as wholes."""
    size = np.abs(a) + np.abs(b)
    return np.max(np.abs(a - b) / np.where(size > 0, size, 1))


def _lengths(call):
    """Lengths of a − b, a and b of a call."""
    a, b = (np.asarray(array, dtype=float) for array in call.args)
    return np.linalg.norm(a - b), np.linalg.norm(a), np.linalg.norm(b)


def _keeps_from_zero(calls):
    """Is something small added to the sum of the lengths, or the sum kept above it?"""
    told = [(call.value, *_lengths(call)) for call in calls if np.shape(call.value) == ()]
    if len(told) < len(calls) or all(np.isclose(g, d / (a + b or 1)) for g, d, a, b in told):
        return False
    return any(
        all(np.isclose(g, d / (a + b + small)) for g, d, a, b in told)
        or all(np.isclose(g, d / max(a + b, small)) for g, d, a, b in told)
        for small in 10.0 ** np.arange(-12, -3)
    )


@exercise.wrong(caught_by=by_hand, hint=4, where=lambda call: all(map(np.any, call.args)))
def divided_before_adding(a, b):
    """You divide by ‖a‖ and then add ‖b‖: the sum of the lengths wants brackets."""
    size = np.linalg.norm(a)
    return np.linalg.norm(a - b) / size + np.linalg.norm(b) if size else 0.0


@exercise.wrong(caught_by=any_arrays, hint=1, recognise=_keeps_from_zero)
def small_number_added(a, b):
    """A small number below the line keeps you from dividing by 0; tiny arrays seem too near.

    Ask for the one case that needs a guard; all others need none.
    """
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-8)


def _largest_stretch(a, b):
    """`ord=2` where NumPy has it, the right length elsewhere."""
    order = 2 if np.ndim(a) < 3 else None
    size = np.linalg.norm(a, order) + np.linalg.norm(b, order)
    return np.linalg.norm(a - b, order) / size if size else 0.0


@exercise.wrong(caught_by=one_number, hint=3, variants=(_largest_stretch,))
def order_of_the_norm(a, b):
    """With `ord=2` a matrix is measured by how far it can stretch a vector.

    Arrays of three axes have no such number. The length takes all entries, whatever the shape.
    """
    size = np.linalg.norm(a, 2) + np.linalg.norm(b, 2)
    return np.linalg.norm(a - b, 2) / size if size else 0.0


@exercise.wrong(caught_by=by_hand, hint=2)
def larger_of_the_two(a, b):
    """You divide by the larger of the two lengths. Here it is their sum, so that 1 is the most."""
    size = max(np.sqrt(np.sum(a**2)), np.sqrt(np.sum(b**2)))
    return np.sqrt(np.sum((a - b) ** 2)) / size if size else 0.0


@exercise.wrong(caught_by=by_hand, hint=2)
def one_root_for_both(a, b):
    """You take one root of both arrays' squares. Each has a length of its own, and they add up."""
    size = np.sqrt(np.sum(a**2) + np.sum(b**2))
    return np.sqrt(np.sum((a - b) ** 2)) / size if size else 0.0


@exercise.wrong(caught_by=zeros, hint=1)
def zero_if_either(a, b):
    """You return 0 as soon as *one* of the arrays is 0. Only two arrays of zeros are the same."""
    if not np.any(a) or not np.any(b):
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def _if_all_add_up_to_zero(a, b):
    """The sums of both arrays in one."""
    if np.sum(a) + np.sum(b) == 0:
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@exercise.wrong(caught_by=zeros, hint=1, variants=(_if_all_add_up_to_zero,))
def zero_sums_taken_for_zero(a, b):
    """You ask whether the entries *add up* to 0, as 3 and −3 do. Is every single one 0?"""
    if np.sum(a) == 0 and np.sum(b) == 0:
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@exercise.wrong(caught_by=by_hand, hint=1)
def some_zero_taken_for_all(a, b):
    """You return 0 as soon as each array has *some* 0 in it. When is an array 0 everywhere?"""
    if not np.all(a) and not np.all(b):
        return 0.0
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@exercise.wrong(caught_by=any_arrays, hint=1)
def tiny_taken_for_zero(a, b):
    """Arrays that are tiny you take for 0. Relative to their own size they may be far apart.

    Ask whether the size *is* 0; nothing else needs a guard.
    """
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / size if size > 1e-8 else 0.0


@exercise.wrong(caught_by=one_number, hint=2)
def one_per_entry(a, b):
    """You get an error for every entry: nothing is added up. An array has one length."""
    with np.errstate(invalid="ignore"):
        return np.abs(a - b) / (np.abs(a) + np.abs(b))


@exercise.wrong(caught_by=one_number, hint=3)
def one_per_row(a, b):
    """You get one error per row, or per column. An array has one length."""
    axis = np.ndim(a) - 1
    size = np.linalg.norm(a, axis=axis) + np.linalg.norm(b, axis=axis)
    return np.linalg.norm(a - b, axis=axis) / np.where(size > 0, size, 1)


@exercise.alternative
def with_flat_vectors(a, b):
    a, b = np.ravel(a).astype(float), np.ravel(b).astype(float)
    d = a - b
    size = (a @ a) ** 0.5 + (b @ b) ** 0.5
    return float((d @ d) ** 0.5 / size) if size else 0


@exercise.alternative
def with_sums_of_squares(a, b):
    if not np.any(a) and not np.any(b):
        return 0.0
    return np.sqrt(np.sum((a - b) ** 2)) / (np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(b**2)))


@exercise.alternative
def equal_first(a, b):
    if np.array_equal(a, b):
        return 0.0
    return np.sqrt(((a - b) ** 2).sum()) / sum(np.sqrt((x**2).sum()) for x in (a, b))
