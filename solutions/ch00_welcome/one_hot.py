"""Labels as rows of zeros with a single one."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_error,
    expect_shape,
    raises,
)

exercise = Exercise(
    id="one_hot",
    title="One-hot rows",
    points=1,
    size="3 to 5 lines",
    leads_to="From chapter 5 on, a network's probabilities are compared with such rows.",
    task="""
Turn class numbers into rows: row `i` is all zeros except for a single 1 in column `labels[i]`.
Classes are counted from 0, so with `n_classes` classes the only labels there can be are `0 …
n_classes − 1`. If another one turns up, stop with a `ValueError`; the line for that is
`raise ValueError("what is wrong")`.

**Example.** `one_hot(np.array([1, 0]), 3)` is `[[0, 1, 0], [1, 0, 0]]`.""",
    hints=(
        """
        Write the result for `labels = [2, 2, 0]` and four classes on paper. How many rows, how many
        columns? Which of the two numbers comes from the labels, which from `n_classes`?
        """,
        """
        Each row depends on its own label alone. Start from a block of zeros of the right shape and
        put the ones in, or pick ready-made rows. Look at the labels before you use them: NumPy does
        not mind an index of −1, it counts from the end.
        """,
        """
        A relative: mark in a seat plan who sits where. Seats `[3, 1]` in a row of 4: person 0 gives
        `[0, 0, 0, 1]`, person 1 gives `[0, 1, 0, 0]`. Seat 4 does not exist and seat −1 is not the
        last one: both are refused at the door, with `raise ValueError("no such seat")`.
        """,
        """
        The shape of one solution:

        ```python
        labels = np.asarray(labels)
        if ...:                      # any label too small or too large
            raise ValueError(...)
        rows = np.zeros(...)         # (batch, n_classes)
        for i, label in enumerate(labels):
            ...
        return rows
        ```
        """,
    ),
)


@exercise.reference
def one_hot(labels, n_classes):
    """Write each label as a row with a single 1.

    Args:
        labels: class numbers, an array of integers from 0 to n_classes − 1, (batch,).
        n_classes: how many classes there are, also those that do not occur in labels.

    Returns:
        Zeros and ones, (batch, n_classes).

    Raises:
        ValueError: a label is negative, or n_classes or more.
    """
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError(f"labels must lie between 0 and {n_classes - 1}")
    return np.eye(n_classes)[labels]


@exercise.check("one row per label, one column per class")
def rows_and_columns(answer: Answer, rng: np.random.Generator) -> None:
    expect_shape(answer(np.array([2, 0, 3, 1, 0]), 4), (5, 4))
    expect_shape(answer(np.array([1, 0]), 6), (2, 6))


@exercise.check("a case worked out by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    expect_close(
        answer(np.array([2, 0, 1]), 3),
        np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
        why="label 2 means a 1 in the column with index 2",
    )
    labels = rng.permutation(6)
    why = f"label {labels[0]} means a 1 in the column with index {labels[0]}"
    expect_close(answer(labels, 6), np.eye(6)[labels], why=why)


@exercise.check("random labels")
def random_labels(answer: Answer, rng: np.random.Generator) -> None:
    for n_classes in (2, 5, 9):
        labels = rng.integers(n_classes, size=7)
        got = answer(labels, n_classes)
        expect_close(got, (labels[:, None] == np.arange(n_classes)).astype(float))


@exercise.check("refuses labels that do not exist", points=0.5)
def refuses(answer: Answer, rng: np.random.Generator) -> None:
    too_low = "−1 is no class; as an index it would mean the last one"
    expect_error(answer, ValueError, np.array([0, -1, 2]), 3, why=too_low)
    too_high = "with 3 classes the highest label is 2"
    expect_error(answer, ValueError, np.array([0, 3, 2]), 3, why=too_high)
    n = int(rng.integers(4, 50))
    too_high = f"with {n} classes the highest label is {n - 1}"
    expect_error(answer, ValueError, np.array([0, n, 2]), n, why=too_high)
    expect_error(answer, ValueError, np.array([-1, -2]), 3, why="neither −1 nor −2 is a class")
    got = answer(np.array([0, 2]), 3)
    expect_close(got, np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]), why="0 and 2 are classes")


@exercise.wrong(caught_by=refuses, hint=2)
def not_checked(labels, n_classes):
    """The rows are right, but nobody looks at the labels first.

    What does NumPy make of the index −1?
    """
    return np.eye(n_classes)[np.asarray(labels)]


def _prints_where_it_should_raise(calls) -> bool:
    """Whether a label that does not exist is answered with printed words, and only that."""
    printed = []
    for call in calls:
        labels, n_classes = call.args
        exist = bool(np.all((labels >= 0) & (labels < n_classes)))
        if exist and (call.printed.strip() or call.error is not None):
            return False
        if not exist and call.error is None:
            printed.append(bool(call.printed.strip()))
    return bool(printed) and all(printed)


@exercise.wrong(caught_by=refuses, hint=3, recognise=_prints_where_it_should_raise)
def printed_not_raised(labels, n_classes):
    """You *printed* that something is wrong: people see that, the caller's code does not.

    To stop with an error, a function uses another word than `print`.
    """
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        print("ValueError")
        return None
    return np.eye(n_classes)[labels]


def _stops_with_another_error(calls) -> bool:
    kinds = set()
    for call in calls:
        labels, n_classes = call.args
        exist = bool(np.all((labels >= 0) & (labels < n_classes)))
        if exist == (call.error is not None):
            return False
        if call.error is not None:
            kinds.add(call.error.type)
    return bool(kinds) and "ValueError" not in kinds


@exercise.wrong(caught_by=refuses, hint=3, recognise=_stops_with_another_error)
def another_kind_of_error(labels, n_classes):
    """Your function stops at such labels, but with another kind of error.

    A caller who is prepared for a ValueError does not catch that one.
    """
    labels = np.asarray(labels)
    assert np.all((labels >= 0) & (labels < n_classes)), "no such label"
    return np.eye(n_classes)[labels]


@exercise.wrong(caught_by=refuses, hint=2)
def refuses_only_if_all_are_bad(labels, n_classes):
    """You refuse labels only if *every* one of them is out of range. One is enough."""
    labels = np.asarray(labels)
    if np.all((labels < 0) | (labels >= n_classes)):
        raise ValueError("no such label")
    return np.eye(n_classes)[labels]


def _do_not_fit(call) -> bool:
    labels, n_classes = call.args
    return len(labels) != n_classes and min(len(labels), n_classes) > 1


@exercise.wrong(caught_by=rows_and_columns, hint=2, recognise=raises("truth value of an array"))
def or_between_arrays(labels, n_classes):
    """`if`, `and` and `or` want a single yes or no; `labels < 0` holds one for each label.

    What must be true of the many answers for the whole batch to be refused?
    """
    if np.asarray(labels) < 0 or np.asarray(labels) >= n_classes:
        raise ValueError("no such label")
    return np.eye(n_classes)[labels]


@exercise.wrong(
    caught_by=rows_and_columns,
    hint=1,
    recognise=raises("operands could not be broadcast together", where=_do_not_fit),
)
def labels_beside_classes(labels, n_classes):
    """Two flat arrays meet place by place in your code: (batch,) and (n_classes,).

    Every label has to meet every class. For that, do the labels stand as a row or as a column?
    """
    return (np.arange(n_classes) == np.asarray(labels)).astype(float)


@exercise.wrong(caught_by=refuses, hint=3)
def returned_not_raised(labels, n_classes):
    """You made an error and *returned* it, so to the caller it looks like a result.

    To stop with an error, a function uses another word than `return`.
    """
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        return ValueError("no such label")
    return np.eye(n_classes)[labels]


@exercise.wrong(caught_by=refuses, hint=2)
def only_upper_end(labels, n_classes):
    """Labels that are too large are refused, but the range has two ends."""
    labels = np.asarray(labels)
    if np.any(labels >= n_classes):
        raise ValueError("label too large")
    return np.eye(n_classes)[labels]


@exercise.wrong(caught_by=refuses, hint=1)
def off_by_one_end(labels, n_classes):
    """Your range of allowed labels is one too long.

    If counting starts at 0, what is the last of 3 classes?
    """
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels > n_classes)):
        raise ValueError("no such label")
    return np.eye(n_classes)[labels]


@exercise.wrong(caught_by=rows_and_columns, hint=1)
def columns_are_examples(labels, n_classes):
    """Rows and columns have changed places. In this course every example is a row."""
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError("no such label")
    return np.eye(n_classes)[labels].T


@exercise.wrong(caught_by=rows_and_columns, hint=1)
def width_from_labels(labels, n_classes):
    """The width was read off the labels that happen to occur.

    A class without examples still gets its column.
    """
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError("no such label")
    return np.eye(int(labels.max()) + 1)[labels]


@exercise.wrong(caught_by=by_hand, hint=1)
def counted_from_one(labels, n_classes):
    """The ones sit one column too far to the left.

    Classes are counted from 0 here, like everything in Python.
    """
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError("no such label")
    return np.eye(n_classes)[labels - 1]


def _index_rows(call) -> bool:
    """Whether the labels could be taken for the numbers of rows."""
    labels = call.args[0]
    return call.error is None and len(labels) > labels.max() and labels.min() >= 0


@exercise.wrong(caught_by=by_hand, hint=2, where=_index_rows)
def whole_rows(labels, n_classes):
    """You filled whole rows: one index alone picks a *row*, and the label names a *column*.

    A single 1 needs both, its row and its column.
    """
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError("no such label")
    rows = np.zeros((max(len(labels), n_classes), n_classes))
    rows[labels] = 1
    return rows[: len(labels)]


@exercise.wrong(caught_by=by_hand, hint=2, where=_index_rows)
def whole_columns(labels, n_classes):
    """There is a 1 in *every* row of these columns.

    Either you picked whole columns, or all rows are one and the same list: `[[0] * n] * m` repeats
    a list without copying it.
    """
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError("no such label")
    rows = np.zeros((len(labels), n_classes))
    rows[:, labels] = 1
    return rows


@exercise.wrong(caught_by=by_hand, hint=2)
def return_in_the_loop(labels, n_classes):
    """Only the first row has its 1.

    `return` ends a function at once: how often does your loop get to run?
    """
    rows = np.zeros((len(labels), n_classes))
    for i, label in enumerate(labels):
        if not 0 <= label < n_classes:
            raise ValueError("no such label")
        rows[i, label] = 1
        break
    return rows


@exercise.wrong(caught_by=random_labels, hint=2)
def labels_as_positions(labels, n_classes):
    """`for i in labels` hands you a label each time, and you use it as a position in `labels`.

    In which row does a label belong that stands at the end?
    """
    if any(not 0 <= label < n_classes for label in labels):
        raise ValueError("no such label")
    rows = np.zeros((len(labels), n_classes))
    for i in labels:
        rows[i, labels[i]] = 1
    return rows


@exercise.wrong(caught_by=by_hand, hint=1)
def label_written(labels, n_classes):
    """You wrote the label itself into its place. The place says which class it is; a 1 marks it."""
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError("no such label")
    return np.eye(n_classes)[labels] * labels[:, None]


@exercise.wrong(caught_by=rows_and_columns, hint=1)
def a_row_per_class(labels, n_classes):
    """Your block of zeros has a row for each class. How many rows does the batch need?"""
    rows = np.zeros((n_classes, n_classes))
    for i, label in enumerate(labels):
        if not 0 <= label < n_classes:
            raise ValueError("no such label")
        rows[i, label] = 1
    return rows


@exercise.wrong(caught_by=rows_and_columns, hint=2)
def labels_never_used(labels, n_classes):
    """You return one row for each class, in order. Which row belongs to each label?"""
    labels = np.asarray(labels)
    if np.any((labels < 0) | (labels >= n_classes)):
        raise ValueError("no such label")
    return np.eye(n_classes)


@exercise.alternative
def with_comparison(labels, n_classes):
    labels = np.array(labels)
    columns = np.arange(n_classes)
    rows = labels[:, np.newaxis] == columns
    if not rows.any(axis=1).all():
        raise ValueError("a label is out of range")
    return rows.astype(float)


@exercise.alternative
def with_loop(labels, n_classes):
    rows = np.zeros((len(labels), n_classes), dtype=int)
    for i, label in enumerate(labels):
        if not 0 <= label < n_classes:
            raise ValueError(f"label {label} out of range")
        rows[i, label] = 1
    return rows


@exercise.alternative
def with_lists(labels, n_classes):
    if any(label not in range(n_classes) for label in labels):
        raise ValueError("out of range")
    return [[1.0 if column == label else 0.0 for column in range(n_classes)] for label in labels]
