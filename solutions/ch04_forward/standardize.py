"""Inputs on one scale: each column gets mean 0 and standard deviation 1."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that

exercise = Exercise(
    id="standardize",
    title="Square metres and kilometres on one scale",
    points=1,
    size="about 5 lines",
    leads_to="Chapter 6 shows what it does to the way downhill.",
    task=r"""Rows are houses, columns are features. Shift and divide each column so that its mean is
0 and its standard deviation is 1. (We mean the *population's* standard deviation: the square root
of the mean of the squared distances from the mean; divide by n, not by n − 1.) Return the new array
**and** the mean and scale you used, because every house that comes later has to be treated with
the same numbers. A column in which all entries are equal becomes zeros, with scale 1.

Example: the column 80, 100, 120 has mean 100 and scale $\sqrt{(400 + 0 + 400)/3} = 16.33$. It
becomes −1.225, 0, 1.225.""",
    hints=(
        """
        How many means do you need: one for the whole table, one per house, or one per feature?
        Which `axis` has to disappear?
        """,
        """
        Three steps: the mean of each column, the spread of each column, then (entry − mean) /
        spread; NumPy stretches `(features,)` over all rows by itself. Before you divide: which
        columns have no spread? Ask for the largest and the smallest entry, as in the task; a
        computed spread may miss 0 by a rounding error. All three results go back to the caller.
        """,
        """
        A relative: bring each column to the range 0…1. For `X = [[2, 7], [6, 7]]` the lowest is
        `[2, 7]` and the range `[4, 0]`. The 0 would divide 0 by 0, so `np.where(high == low, 1,
        high - low)` makes the range `[4, 1]`, and the result is `[[0, 0], [1, 0]]`.
        """,
        """
        Skeleton:

        ```python
        mean = ...                  # (features,)
        scale = ...                 # (features,)
        scale = np.where(..., 1.0, scale)
        return ..., mean, scale
        ```
        """,
    ),
)


@exercise.reference
def standardize(X):
    """Bring every column to mean 0 and standard deviation 1.

    Args:
        X: (batch, features), at least one row; floats or integers, each column in its own unit.

    Returns:
        X_std (batch, features), the standardised columns; mean (features,) and scale (features,),
        the population standard deviation, so that X_std = (X - mean) / scale. Where the largest
        entry of a column equals the smallest, X_std is 0 and scale is 1.
    """
    mean = np.mean(X, axis=0)
    scale = np.where(np.max(X, axis=0) == np.min(X, axis=0), 1.0, np.std(X, axis=0))
    return (X - mean) / scale, mean, scale


def expect_three(got) -> None:
    """Expect a triple."""
    expect_that(
        isinstance(got, tuple | list) and len(got) == 3,
        "Three things were expected: X_std, mean, scale.",
        got=got,
    )


@exercise.check("returns X_std, mean and scale with the right shapes")
def has_the_shapes(answer: Answer, rng: np.random.Generator) -> None:
    X = np.stack([rng.permutation(n) for n in (np.arange(3.0), np.arange(0.0, 30.0, 10.0))], axis=1)
    got = answer(X)
    expect_three(got)
    for part, name, shape in zip(
        got, ("X_std", "mean", "scale"), ((3, 2), (2,), (2,)), strict=True
    ):
        expect_shape(part, shape, what=name)


@exercise.check("gets a small table right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    X = np.array([[1.0, 40.0], [3.0, 0.0], [1.0, 40.0], [3.0, 0.0]])
    got = answer(X)
    expect_three(got)
    expect_close(got[1], [2.0, 20.0], what="mean")
    expect_close(got[2], [1.0, 20.0], what="scale")
    expect_close(got[0], [[-1, 1], [1, -1], [-1, 1], [1, -1]], what="X_std")
    middle, spread = map(int, rng.integers(2, 50, 2))
    got = answer(middle + spread * np.array([[-1.0], [1.0], [1.0], [-1.0]]))
    expect_three(got)
    expect_close(got[1], [middle], what="mean")
    expect_close(got[2], [spread], what="scale")
    expect_close(got[0], [[-1], [1], [1], [-1]], what="X_std")


@exercise.check("works for houses: other columns, other units", points=0.5)
def houses(answer: Answer, rng: np.random.Generator) -> None:
    X = rng.normal(size=(6, 4)) * [60, 1.5, 7, 20] + [150, 4, 12, 40]
    got = answer(X)
    expect_three(got)
    mean = np.einsum("bf->f", X) / 6
    scale = np.sqrt(np.einsum("bf,bf->f", X, X) / 6 - mean**2)
    expect_close(got[1], mean, what="mean")
    expect_close(got[2], scale, what="scale")
    # A little room: whoever adds 1e-8 to every scale should hear of it from the check it fails.
    expect_close(
        got[0] * scale + mean,
        X,
        atol=1e-6,
        what="X_std · scale + mean",
        why="this gives X back",
    )


@exercise.check("takes whole numbers")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    X = np.stack([rng.permutation(5), rng.permutation(5) * 3], axis=1)
    got = answer(X)
    expect_three(got)
    expect_close(got[0], (X / [1, 3] - 2) / np.sqrt(2), what="X_std")
    expect_close(got[1], [2.0, 6.0], what="mean")


@exercise.check("a column of equal entries becomes zeros, with scale 1")
def equal_entries(answer: Answer, rng: np.random.Generator) -> None:
    first, last = (rng.permutation(4) * step + 0.0 for step in rng.integers(2, 30, 2))
    X = np.stack([first, np.full(4, 3.0), last], axis=1)
    got = answer(X)
    expect_three(got)
    expect_close(got[2][1], 1.0, what="scale of the column of threes")
    expect_close(np.asarray(got[0])[:, 1], np.zeros(4), what="X_std of the column of threes")
    expect_close(np.asarray(got[2]), np.array([X[:, 0].std(), 1.0, X[:, 2].std()]), what="scale")


@exercise.check("a column of equal entries, even where its computed spread is not quite 0")
def nearly_zero(answer: Answer, rng: np.random.Generator) -> None:
    X = np.stack([np.full(7, 0.1), rng.normal(size=7)], axis=1)
    got = answer(X)
    expect_three(got)
    why = "seven times 0.1 are equal, though np.std says 1.4e-17"
    expect_close(got[2][0], 1.0, what="scale of the column of 0.1", why=why)
    expect_close(np.asarray(got[0])[:, 0], np.zeros(7), what="X_std of the column of 0.1", why=why)


@exercise.check("a column in a tiny unit is no column of equal entries")
def tiny_unit(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.permutation(np.repeat([-1.0, 1.0], 3))
    for middle, spread, why in (
        (3e-9, 1e-10, "in another unit the same entries are 29 and 31"),
        (2e-14, 1e-14, "in another unit the same entries are 1 and 3"),
        (2e-30, 1e-30, "in another unit the same entries are 1 and 3"),
    ):
        got = answer(np.stack([middle + spread * z, rng.normal(size=6)], axis=1))
        expect_three(got)
        scale = np.asarray(got[2])[0]
        expect_close(scale, spread, atol=0, what="scale of the first column", why=why)
        expect_close(np.asarray(got[0])[:, 0], z, what="X_std of the first column", why=why)


@exercise.check("a single house becomes zeros")
def one_house(answer: Answer, rng: np.random.Generator) -> None:
    X = rng.normal(size=(1, 3)) + 5
    expect_close(
        answer(X),
        (np.zeros((1, 3)), X[0], np.ones(3)),
        what="(X_std, mean, scale)",
        why="in one row, every column is constant",
    )


@exercise.wrong(caught_by=by_hand, hint=1)
def one_mean_for_all(X):
    """You took one mean and one spread for the whole table.

    Then square metres are mixed with bedrooms. Each feature has a middle of its own.
    """
    X = np.asarray(X, dtype=float)
    features = X.shape[1]
    mean, scale = np.full(features, X.mean()), np.full(features, X.std() or 1.0)
    return (X - mean) / scale, mean, scale


def _one_per_house(calls) -> bool:
    """Whether the means are those of the rows, in whatever shape."""
    return all(np.allclose(np.ravel(call.value[1]), call.args[0].mean(axis=1)) for call in calls)


@exercise.wrong(caught_by=has_the_shapes, hint=1, recognise=_one_per_house)
def mean_of_each_house(X):
    """You averaged along each row: the mean of an area and a number of bedrooms means nothing."""
    X = np.asarray(X, dtype=float)
    mean, scale = X.mean(axis=1), X.std(axis=1)
    scale = np.where(scale == 0, 1.0, scale)
    return (X - mean[:, None]) / scale[:, None], mean, scale


def _all_vary(call) -> bool:
    """Whether no column has equal entries; what is done about those is a matter of its own."""
    return bool(np.all(np.ptp(call.args[0], axis=0) > 0))


def _a_little_more(calls) -> bool:
    """The standard deviation, plus something tiny; seen where a column has equal entries."""
    for call in calls:
        X, scale = np.asarray(call.args[0], dtype=float), np.asarray(call.value[2])
        same = np.ptp(X, axis=0) == 0
        right = np.allclose(scale[~same], X[:, ~same].std(axis=0), rtol=1e-4, atol=0.01)
        if not right or not np.all((scale[same] > 1e-14) & (scale[same] < 0.01)):
            return False
    return any(np.any(np.ptp(call.args[0], axis=0) == 0) for call in calls)


def _small_ones_become_one(calls) -> bool:
    """Right scales, but for columns that vary by very little: those are taken for constant."""
    tiny_taken = False
    for call in calls:
        X, scale = np.asarray(call.args[0], dtype=float), np.asarray(call.value[2])
        right = np.where(np.ptp(X, axis=0) == 0, 1.0, X.std(axis=0))
        tiny = right < 1e-6
        if not np.allclose(scale[~tiny], right[~tiny], rtol=1e-6):
            return False
        tiny_taken = tiny_taken or bool(np.any(scale[tiny] == 1))
    return tiny_taken


@exercise.wrong(caught_by=has_the_shapes, hint=1)
def no_axis(X):
    """You took one mean and one spread, single numbers, for the whole table.

    Without `axis` NumPy goes over all entries: square metres and bedrooms are mixed.
    """
    return (X - np.mean(X)) / np.std(X), np.mean(X), np.std(X)


@exercise.wrong(caught_by=has_the_shapes, hint=1)
def axis_of_the_features(X):
    """`axis=1` makes the *columns* disappear: one mean per house, which doesn't fit the table.

    The axis you name is the one that vanishes.
    """
    mean, scale = np.mean(X, axis=1), np.std(X, axis=1)
    return (X - mean) / scale, mean, scale


@exercise.wrong(caught_by=by_hand, hint=2, where=_all_vary)
def sample_deviation(X):
    """You divided by n − 1. The task asks for the population's standard deviation: divide by n."""
    X = np.asarray(X, dtype=float)
    mean = X.mean(axis=0)
    spread = X.std(axis=0, ddof=1) if len(X) > 1 else np.zeros(X.shape[1])
    scale = np.where(X.max(axis=0) == X.min(axis=0), 1.0, spread)
    return (X - mean) / scale, mean, scale


@exercise.wrong(caught_by=by_hand, hint=2, where=_all_vary)
def variance_as_scale(X):
    """Your scale is the variance. It is measured in squared units; one step is missing."""
    X = np.asarray(X, dtype=float)
    mean = X.mean(axis=0)
    scale = np.where(X.max(axis=0) == X.min(axis=0), 1.0, X.var(axis=0))
    return (X - mean) / scale, mean, scale


@exercise.wrong(caught_by=by_hand, hint=2, where=_all_vary)
def sum_for_mean(X):
    """You take the square root of the *sum* of the squared distances. Their mean is asked for."""
    X = np.asarray(X, dtype=float)
    mean = X.mean(axis=0)
    spread = np.sqrt(np.sum((X - mean) ** 2, axis=0))
    scale = np.where(X.max(axis=0) == X.min(axis=0), 1.0, spread)
    return (X - mean) / scale, mean, scale


@exercise.wrong(caught_by=by_hand, hint=3, where=_all_vary)
def range_as_scale(X):
    """You divided by the range, largest − smallest; the task asks for the standard deviation."""
    X = np.asarray(X, dtype=float)
    mean, spread = X.mean(axis=0), X.max(axis=0) - X.min(axis=0)
    scale = np.where(spread == 0, 1.0, spread)
    return (X - mean) / scale, mean, scale


@exercise.wrong(caught_by=by_hand, hint=2)
def only_divided(X):
    """You divided but did not shift: the columns still have their old middle, only scaled."""
    X = np.asarray(X, dtype=float)
    mean = X.mean(axis=0)
    scale = np.where(X.max(axis=0) == X.min(axis=0), 1.0, X.std(axis=0))
    return X / scale, mean, scale


@exercise.wrong(caught_by=has_the_shapes, hint=2)
def only_the_array(X):
    """You return the new array alone. Mean and scale are needed again for every later house."""
    scale = np.where(np.max(X, axis=0) == np.min(X, axis=0), 1.0, np.std(X, axis=0))
    return (X - np.mean(X, axis=0)) / scale


@exercise.wrong(caught_by=equal_entries, hint=2)
def divides_zero_by_zero(X):
    """A column of equal entries has the spread 0, and 0 / 0 is not a number."""
    mean, scale = np.mean(X, axis=0), np.std(X, axis=0)
    return (X - mean) / scale, mean, scale


@exercise.wrong(caught_by=equal_entries, hint=2)
def scale_stays_zero(X):
    """Your X_std is right, but the scale you hand back for a column of equal entries is 0.

    The next house that is treated with it is divided by 0.
    """
    mean, scale = np.mean(X, axis=0), np.std(X, axis=0)
    return np.nan_to_num((X - mean) / scale), mean, scale


@exercise.wrong(caught_by=equal_entries, hint=2, recognise=_a_little_more)
def a_little_added(X):
    """You keep the spread a tiny bit away from 0, so that nothing is divided by 0.

    For a column of equal entries the scale should be 1, and this one is tiny.
    """
    X = np.asarray(X, dtype=float)
    mean, scale = X.mean(axis=0), X.std(axis=0) + 1e-8
    return (X - mean) / scale, mean, scale


@exercise.wrong(caught_by=nearly_zero, hint=2)
def spread_is_exactly_zero(X):
    """You ask whether the computed spread is exactly 0.

    Seven entries of 0.1 have the computed mean 0.09999999999999999, so their spread comes out as
    1.4e-17. Equal entries can be recognised in another way.
    """
    mean, scale = np.mean(X, axis=0), np.std(X, axis=0)
    scale = np.where(scale == 0, 1.0, scale)
    return (X - mean) / scale, mean, scale


@exercise.wrong(caught_by=tiny_unit, hint=2, recognise=_small_ones_become_one)
def small_spread_taken_for_none(X):
    """You take a small spread for none.

    How small a number is depends on its unit: a current of some nanoamperes, written in amperes,
    varies by less than 10⁻⁸ and may carry everything. The task asks for equal entries.
    """
    mean, scale = np.mean(X, axis=0), np.std(X, axis=0)
    scale = np.where(np.isclose(scale, 0), 1.0, scale)
    return (X - mean) / scale, mean, scale


@exercise.alternative
def column_by_column(X):
    columns, means, scales = [], [], []
    for column in np.asarray(X, dtype=float).T:
        same = all(value == column[0] for value in column)
        means.append(sum(column) / len(column))
        variance = sum((value - means[-1]) ** 2 for value in column) / len(column)
        scales.append(1.0 if same else variance**0.5)
        columns.append((column - means[-1]) / scales[-1])
    return np.array(columns).T, means, scales


@exercise.alternative
def with_ptp(X):
    X = np.array(X, dtype=float)
    centred = X - X.mean(axis=0)
    scale = np.sqrt((centred**2).mean(axis=0))
    scale[np.ptp(X, axis=0) == 0] = 1
    return centred / scale, X.mean(axis=0), scale


@exercise.alternative
def in_lists(X):
    rows = np.asarray(X, dtype=float).tolist()
    columns = list(zip(*rows, strict=True))
    mean = [sum(column) / len(rows) for column in columns]
    scale = [
        1.0
        if max(column) == min(column)
        else (sum((value - middle) ** 2 for value in column) / len(rows)) ** 0.5
        for column, middle in zip(columns, mean, strict=True)
    ]
    centred = [[(v - m) / s for v, m, s in zip(row, mean, scale, strict=True)] for row in rows]
    return centred, mean, scale


@exercise.alternative
def constant_columns_set_to_zero(X):
    X = np.asarray(X, dtype=float)
    varies = (X[0] != X).any(axis=0)
    mean, scale = np.average(X, axis=0), np.ones(X.shape[1])
    scale[varies] = X[:, varies].std(axis=0)
    return np.where(varies, (X - mean) / scale, 0.0), mean, scale
