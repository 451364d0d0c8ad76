"""The first artificial neuron: count the excitation, obey the veto."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_equal,
    expect_shape,
    raises,
)

exercise = Exercise(
    id="mcculloch_pitts",
    title="A McCulloch–Pitts unit",
    points=2,
    size="about 3 lines",
    leads_to="`logic_gates` is built from this unit.",
    task="""
For each example (row), return 1 if the unit fires and 0 if not. It fires if *no* inhibitory input
is on **and** at least `threshold` excitatory inputs are on.

**Example.** Threshold 2. Excitatory rows `[1, 1, 0]` and `[1, 1, 1]`, inhibitory rows `[0]` and
`[1]`: the first unit fires, the second is vetoed: `[1, 0]`.""",
    hints=(
        """
        Two questions decide, and both must be answered for each row on its own. Which are they? Can
        many excitatory inputs make up for one inhibitory one?
        """,
        """
        Turn each question into an array of True and False, one entry per row. An adding up or an
        `any` over a table needs to know in which direction: along a row is `axis=1`.
        """,
        """
        A relative, worked: a row of temperatures per day; which days were nice, at most 30 °C or
        windy throughout? `t = np.array([[20, 34], [25, 29]])` and `wind = np.array([[0, 1], [0,
        0]])`: `t.max(axis=1) <= 30` is `[False, True]`, `wind.all(axis=1)` is `[False, False]`, and
        `(t.max(axis=1) <= 30) | wind.all(axis=1)` is `[False, True]`. Besides `|` (or) there are
        `&` (and) and `~` (not); comparisons need brackets around them.
        """,
        """
        The shape of one solution:

        ```python
        enough = ...     # (batch,) True or False
        vetoed = ...     # (batch,) True or False
        return ...       # (batch,) 0 or 1
        ```
        """,
    ),
)


@exercise.reference
def mcculloch_pitts(excitatory, inhibitory, threshold):
    """Decide for each example whether a McCulloch–Pitts unit fires.

    Args:
        excitatory: zeros and ones, an array (batch, n_excitatory).
        inhibitory: zeros and ones, an array (batch, n_inhibitory); n_inhibitory may
            be 0, and then nothing can veto.
        threshold: how many excitatory inputs must be on, a whole number, 0 or more.

    Returns:
        1 where the unit fires, 0 where not, (batch,).
    """
    vetoed = np.any(inhibitory, axis=1)
    enough = np.sum(excitatory, axis=1) >= threshold
    return (enough & ~vetoed).astype(int)


def _truth(excitatory, inhibitory, threshold):
    rows = zip(excitatory.tolist(), inhibitory.tolist(), strict=True)
    return np.array([int(e.count(1) >= threshold and 1 not in i) for e, i in rows])


@exercise.check("one answer per row")
def one_per_row(answer: Answer, rng: np.random.Generator) -> None:
    excitatory, inhibitory = rng.integers(2, size=(5, 3)), rng.integers(2, size=(5, 2))
    excitatory[0] = inhibitory[0] = 0  # a row that is quiet, and one that is vetoed
    inhibitory[1] = 1
    expect_shape(answer(excitatory, inhibitory, 2), (5,))


@exercise.check("counts the excitation", points=0.5)
def counts(answer: Answer, rng: np.random.Generator) -> None:
    excitatory = np.array([[0, 0, 0], [1, 0, 0], [1, 0, 1], [1, 1, 1]])
    none = np.zeros((4, 2), dtype=int)
    why = "0, 1, 2 and 3 inputs are on; with threshold 2, two are enough"
    expect_equal(answer(excitatory, none, 2), np.array([0, 0, 1, 1]), why=why)
    why = "threshold 3: all three must be on"
    expect_equal(answer(excitatory, none, 3), np.array([0, 0, 0, 1]), why=why)
    n_inputs, threshold = int(rng.integers(6, 10)), int(rng.integers(2, 4))
    excitatory = np.tri(n_inputs + 1, n_inputs, -1, dtype=int)[:, rng.permutation(n_inputs)]
    expected = np.array([int(on >= threshold) for on in range(n_inputs + 1)])
    why = f"0, 1, 2, … {n_inputs} inputs are on; the threshold is {threshold}"
    got = answer(excitatory, np.zeros((n_inputs + 1, 1), dtype=int), threshold)
    expect_equal(got, expected, why=why)


@exercise.check("obeys the veto", points=1)
def veto(answer: Answer, rng: np.random.Generator) -> None:
    excitatory = np.ones((4, 5), dtype=int)
    inhibitory = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    why = "one inhibitory input that is on is enough, against five excitatory ones"
    expect_equal(answer(excitatory, inhibitory, 2), np.array([1, 0, 0, 0]), why=why)
    excitatory, inhibitory = rng.integers(2, size=(40, 4)), rng.integers(2, size=(40, 2))
    for threshold in (1, 2, 3):
        expected = _truth(excitatory, inhibitory, threshold)
        expect_equal(answer(excitatory, inhibitory, threshold), expected)


@exercise.check("threshold 0, and no inhibitory inputs at all", points=0.5)
def edges(answer: Answer, rng: np.random.Generator) -> None:
    excitatory = np.array([[0, 0], [1, 0], [1, 1]])
    got = answer(excitatory, np.array([[0], [0], [1]]), 0)
    expect_equal(got, np.array([1, 1, 0]), why="threshold 0 needs no excitation, but obeys a veto")
    got = answer(excitatory, np.zeros((3, 0), dtype=int), 1)
    expect_equal(got, np.array([0, 1, 1]), why="without inhibitory inputs nothing can veto")
    excitatory, inhibitory = rng.integers(2, size=(12, 3)), rng.integers(2, size=(12, 2))
    got = answer(excitatory, inhibitory, 0)
    expect_equal(got, _truth(excitatory, inhibitory, 0), why="threshold 0: only the veto counts")
    got = answer(excitatory, np.zeros((12, 0), dtype=int), 2)
    expected = np.array([int(sum(row) >= 2) for row in excitatory.tolist()])
    expect_equal(got, expected, why="without inhibitory inputs nothing can veto")


def _can_be_outvoted(calls) -> bool:
    """Whether each inhibitory input takes some fixed number, or the threshold, off the count."""

    def takes(off) -> bool:
        for call in calls:
            excitatory, inhibitory, threshold = call.args
            size = threshold if off is None else off
            total = np.sum(excitatory, axis=1) - size * np.sum(inhibitory, axis=1)
            if not np.array_equal(call.value, total >= threshold):
                return False
        return bool(calls)

    return any(takes(off) for off in (1, 2, 3, 4, None))


@exercise.wrong(caught_by=veto, hint=1, recognise=_can_be_outvoted)
def veto_as_minus_one(excitatory, inhibitory, threshold):
    """Each inhibitory input takes something off the count, so enough excitation outvotes it.

    A veto cannot be outvoted.
    """
    total = np.sum(excitatory, axis=1) - np.sum(inhibitory, axis=1)
    return (total >= threshold).astype(int)


@exercise.wrong(caught_by=counts, hint=1)
def more_than_threshold(excitatory, inhibitory, threshold):
    """You ask for more inputs than the threshold says. With threshold 2, are two enough?"""
    return ((np.sum(excitatory, axis=1) > threshold) & ~np.any(inhibitory, axis=1)).astype(int)


def _all_of_some(excitatory, inhibitory, threshold):
    """A veto by all inhibitory inputs, if there are any."""
    vetoed = np.all(inhibitory, axis=1) & (inhibitory.shape[1] > 0)
    return ((np.sum(excitatory, axis=1) >= threshold) & ~vetoed).astype(int)


@exercise.wrong(caught_by=veto, hint=1, variants=(_all_of_some,))
def veto_needs_all(excitatory, inhibitory, threshold):
    """Your unit is silenced only if *all* inhibitory inputs are on. How many does a veto need?"""
    return ((np.sum(excitatory, axis=1) >= threshold) & ~np.all(inhibitory, axis=1)).astype(int)


@exercise.wrong(caught_by=veto, hint=1)
def inhibition_ignored(excitatory, inhibitory, threshold):
    """The inhibitory inputs have no effect on your result."""
    return (np.sum(excitatory, axis=1) >= threshold).astype(int)


@exercise.wrong(caught_by=veto, hint=2)
def veto_for_the_batch(excitatory, inhibitory, threshold):
    """One vetoed row silences the whole batch: the veto has to be looked up row by row."""
    return ((np.sum(excitatory, axis=1) >= threshold) & ~np.any(inhibitory)).astype(int)


@exercise.wrong(caught_by=counts, hint=1)
def any_input_is_enough(excitatory, inhibitory, threshold):
    """A single excitatory input is enough for your unit, whatever the threshold says."""
    return (np.any(excitatory, axis=1) & ~np.any(inhibitory, axis=1)).astype(int)


def _along(axis_of_sum, axis_of_veto):
    """A unit that looks along these axes; a veto along None is left out."""

    def unit(excitatory, inhibitory, threshold):
        enough = np.sum(excitatory, axis=axis_of_sum) >= threshold
        if axis_of_veto is None:
            return enough.astype(int)
        return (enough & ~np.any(inhibitory, axis=axis_of_veto)).astype(int)

    return unit


def _is_of_arrays(call) -> bool:
    """Whether a call did not end at a yes or no asked of many: that is a mistake of its own."""
    return call.error is None or "truth value" not in call.error.message


@exercise.wrong(
    caught_by=one_per_row,
    hint=2,
    variants=(_along(0, None), _along(0, 1), _along(1, 0)),
    where=_is_of_arrays,
)
def added_down_the_columns(excitatory, inhibitory, threshold):
    """You looked down the columns, over the examples, and not along each row.

    Each example is a row and stands for itself; if only one of your two questions goes down the
    columns, their lengths do not even fit. `axis` names the direction that disappears.
    """
    return _along(0, 0)(excitatory, inhibitory, threshold)


@exercise.wrong(caught_by=one_per_row, hint=3, recognise=raises("truth value of an array"))
def and_between_arrays(excitatory, inhibitory, threshold):
    """`and`, `or`, `not` and `if` decide once. Your arrays hold one True or False for each row."""
    enough = np.sum(excitatory, axis=1) >= threshold
    return np.array(enough and not np.any(inhibitory, axis=1), dtype=int)


@exercise.wrong(caught_by=one_per_row, hint=2)
def whole_table_at_once(excitatory, inhibitory, threshold):
    """There is one answer for the whole table: you counted over all rows together.

    Each row wants an answer of its own.
    """
    return int(np.sum(excitatory) >= threshold and not np.any(inhibitory))


def _every_row_against_every_row(calls) -> bool:
    shapes = [(np.shape(call.value), len(call.args[0])) for call in calls if call.error is None]
    return bool(shapes) and all(shape == (n, n) for shape, n in shapes)


@exercise.wrong(caught_by=one_per_row, hint=4, recognise=_every_row_against_every_row)
def a_column_met_a_row(excitatory, inhibitory, threshold):
    """An array of shape (batch,) met one of shape (batch, 1), so every row meets every other.

    Print both shapes: which axis is one too many?
    """
    enough = np.sum(excitatory, axis=1, keepdims=True) >= threshold
    return (enough & ~np.any(inhibitory, axis=1)).astype(int)


@exercise.wrong(caught_by=counts, hint=1)
def exactly_the_threshold(excitatory, inhibitory, threshold):
    """Your unit fires only if the count *equals* the threshold.

    With threshold 2, are three too many?
    """
    return ((np.sum(excitatory, axis=1) == threshold) & ~np.any(inhibitory, axis=1)).astype(int)


@exercise.wrong(caught_by=counts, hint=1)
def either_is_enough(excitatory, inhibitory, threshold):
    """For your unit one of the two conditions is enough. The task joins them by "and"."""
    return ((np.sum(excitatory, axis=1) >= threshold) | ~np.any(inhibitory, axis=1)).astype(int)


@exercise.wrong(caught_by=counts, hint=1)
def fires_when_vetoed(excitatory, inhibitory, threshold):
    """Your veto works the wrong way round: the unit fires only where an inhibitory input is on."""
    return ((np.sum(excitatory, axis=1) >= threshold) & np.any(inhibitory, axis=1)).astype(int)


def _one_column(column):
    """A unit that asks a single inhibitory input."""

    def unit(excitatory, inhibitory, threshold):
        vetoed = inhibitory[:, column] == 1
        return ((np.sum(excitatory, axis=1) >= threshold) & ~vetoed).astype(int)

    return unit


@exercise.wrong(caught_by=veto, hint=2, variants=(_one_column(-1),))
def one_inhibitory_input_asked(excitatory, inhibitory, threshold):
    """You ask a single inhibitory input. Each of them can veto, however many there are."""
    return _one_column(0)(excitatory, inhibitory, threshold)


@exercise.wrong(caught_by=one_per_row, hint=3)
def vetoed_rows_left_out(excitatory, inhibitory, threshold):
    """Rows with a veto get no answer at all. They want one, too: the unit does not fire."""
    kept = excitatory[~np.any(inhibitory, axis=1)]
    return (np.sum(kept, axis=1) >= threshold).astype(int)


@exercise.wrong(caught_by=one_per_row, hint=3)
def quiet_rows_left_out(excitatory, inhibitory, threshold):
    """Rows with too little excitation get no answer at all. They want one, too: 0."""
    vetoed, counts = np.any(inhibitory, axis=1), np.sum(excitatory, axis=1)
    fires = [
        int(not veto) for veto, n in zip(vetoed, counts, strict=True) if veto or n >= threshold
    ]
    return np.array(fires, dtype=int)


@exercise.wrong(caught_by=one_per_row, hint=2)
def one_veto_ends_all(excitatory, inhibitory, threshold):
    """A single veto anywhere in the table ends your function, with one 0 for all rows."""
    if np.any(inhibitory):
        return 0
    return (np.sum(excitatory, axis=1) >= threshold).astype(int)


def _vetoes_turned_by_bits(excitatory, inhibitory, threshold):
    return (np.sum(excitatory, axis=1) >= threshold) & ~np.sum(inhibitory, axis=1)


@exercise.wrong(caught_by=veto, hint=3, variants=(_vetoes_turned_by_bits,))
def count_taken_for_yes_or_no(excitatory, inhibitory, threshold):
    """One veto works, two together do not: you treat their *number* as if it were a yes or no.

    `1 - 2` and `~2` are not False. Compare the number with something first.
    """
    enough = np.sum(excitatory, axis=1) >= threshold
    return enough * (1 - np.sum(inhibitory, axis=1))


@exercise.wrong(caught_by=counts, hint=1)
def all_excitatory_inputs_needed(excitatory, inhibitory, threshold):
    """Your unit wants *all* excitatory inputs on. How many does the threshold ask for?"""
    return (np.all(excitatory, axis=1) & ~np.any(inhibitory, axis=1)).astype(int)


@exercise.wrong(caught_by=counts, hint=1)
def the_two_kinds_exchanged(excitatory, inhibitory, threshold):
    """You let the excitatory inputs veto and count the inhibitory ones. Which kind does what?"""
    return ((np.sum(inhibitory, axis=1) >= threshold) & ~np.any(excitatory, axis=1)).astype(int)


def _brackets_missing_behind(excitatory, inhibitory, threshold):
    return np.sum(excitatory, axis=1) >= (threshold & ~np.any(inhibitory, axis=1))


@exercise.wrong(caught_by=counts, hint=3, variants=(_brackets_missing_behind,))
def brackets_missing(excitatory, inhibitory, threshold):
    """`&` is worked out before `>=`, so what you compare with the threshold is no count any more.

    Put brackets around each comparison.
    """
    return (~np.any(inhibitory, axis=1) & np.sum(excitatory, axis=1)) >= threshold


@exercise.wrong(caught_by=veto, hint=1)
def minus_one_when_vetoed(excitatory, inhibitory, threshold):
    """A veto gives −1 in your result. There are two answers only: the unit fires, or not."""
    fires = np.sum(excitatory, axis=1) >= threshold
    return np.where(np.any(inhibitory, axis=1), -1, fires.astype(int))


@exercise.wrong(caught_by=veto, hint=1)
def veto_needs_the_threshold(excitatory, inhibitory, threshold):
    """The threshold counts for your inhibitory inputs as well. How many does a veto need?"""
    enough = np.sum(excitatory, axis=1) >= threshold
    return (enough & ~(np.sum(inhibitory, axis=1) >= threshold)).astype(int)


@exercise.wrong(caught_by=veto, hint=1)
def the_majority_wins(excitatory, inhibitory, threshold):
    """Your unit fires if more excitatory inputs are on than inhibitory ones.

    A veto is no vote: one is enough, against any number.
    """
    count, against = np.sum(excitatory, axis=1), np.sum(inhibitory, axis=1)
    return ((count >= threshold) & (count > against)).astype(int)


@exercise.alternative
def row_by_row(excitatory, inhibitory, threshold):
    result = []
    for e, i in zip(excitatory, inhibitory, strict=True):
        result.append(1 if sum(i) == 0 and sum(e) >= threshold else 0)
    return result


@exercise.alternative
def as_a_product(excitatory, inhibitory, threshold):
    open_gate = np.prod(1 - inhibitory, axis=1)
    return open_gate * np.heaviside(excitatory @ np.ones(excitatory.shape[1]) - threshold, 1.0)


@exercise.alternative
def one_big_negative_weight(excitatory, inhibitory, threshold):
    huge = excitatory.shape[1] + abs(threshold) + 1
    return excitatory.sum(axis=1) - huge * inhibitory.sum(axis=1) >= threshold
