"""Which digit was taken for which: a table of counts."""

import numpy as np

from annkit import show
from annkit.exercises import Answer, Exercise, expect_close, expect_that

exercise = Exercise(
    id="confusion_matrix",
    title="Who is taken for whom",
    points=1,
    size="about 3 lines",
    task="""Count how often each true class was given each label. Row `i`, column `j` of the result
is the number of examples whose true class is `i` and which were predicted as `j`; so right answers
stand on the diagonal. A class that does not occur has a row of zeros.

Example: `confusion_matrix(labels=[0, 1, 1, 2], predicted=[0, 2, 1, 2], n_classes=3)` is
`[[1, 0, 0], [0, 1, 1], [0, 0, 1]]`: one of the two examples of class 1 was taken for a 2.""",
    hints=(
        """
        Take one example whose true class is 1 and which was predicted as 2. Which single entry of
        the table does it belong to?
        """,
        """
        Begin with a table of zeros and add 1 for each example, at the row of its truth and the
        column of its prediction.
        """,
        """
        Counting the throws of two dice works in the same way; the faces are 1 … 6:

        ```python
        seen = np.zeros((6, 6), dtype=int)
        for first, second in zip([3, 1, 3], [6, 1, 6]):
            seen[first - 1, second - 1] += 1
        ```

        Afterwards `seen[2, 5]` is 2. Beware: `seen[[2, 0, 2], [5, 0, 5]] += 1` counts
        the repeated pair once only.
        """,
        """
        Skeleton:

        ```python
        counts = np.zeros((..., ...), dtype=int)
        for truth, guess in zip(..., ...):
            counts[..., ...] += 1
        return counts
        ```
        """,
    ),
)


@exercise.reference
def confusion_matrix(labels, predicted, n_classes):
    """Count how often each true class was taken for each class.

    Args:
        labels: true classes, integers 0 … n_classes − 1, (n,).
        predicted: predicted classes, integers 0 … n_classes − 1, (n,).
        n_classes: number of classes C.

    Returns:
        whole numbers, (C, C): rows are true classes, columns predicted ones.
    """
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (np.asarray(labels), np.asarray(predicted)), 1)
    return counts


def counted(labels, predicted, n_classes):
    """The same counts, one cell of the table at a time."""
    classes = range(n_classes)
    pairs = list(zip(np.asarray(labels).tolist(), np.asarray(predicted).tolist(), strict=True))
    return np.array([[pairs.count((i, j)) for j in classes] for i in classes])


def expect_counts(answer: Answer, labels, predicted, n_classes, why: str) -> None:
    """Expect the table of counts."""
    expect_close(
        answer(labels, predicted, n_classes), counted(labels, predicted, n_classes), why=why
    )


@exercise.check("counts a few examples")
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    why = "rows: the truth, columns: the prediction"
    expect_counts(answer, np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), 2, why)
    truth, guess = rng.integers(3, size=(2, 6))
    truth[:2], guess[:2], truth[2] = 0, 2, 1  # every class occurs, one pair twice, not symmetric
    expect_counts(answer, truth, guess, 3, why)


@exercise.check("has a row and a column for each class, whether it occurs or not")
def absent_classes(answer: Answer, rng: np.random.Generator) -> None:
    for n_classes, n in ((4, 5), (6, 8), (3, 0)):
        labels = rng.integers(max(n_classes - 1, 1), size=n)
        predicted = rng.integers(max(n_classes - 1, 1), size=n)
        why = f"n_classes is {n_classes}; class {n_classes - 1} does not occur"
        expect_counts(answer, labels, predicted, n_classes, why)
        expect_counts(answer, labels + (1 if n else 0), predicted, n_classes, why)


@exercise.check("counts many examples, each once")
def many(answer: Answer, rng: np.random.Generator) -> None:
    labels = rng.integers(10, size=300)
    predicted = np.where(rng.random(300) < 0.8, labels, rng.integers(10, size=300))
    got = np.asarray(answer(labels, predicted, 10))
    expect_that(
        got.shape == (10, 10) and int(got.sum()) == 300,
        "The entries should sum to the number of examples.",
        expected=300,
        got=int(got.sum()) if got.dtype.kind in "iuf" else got,
    )
    expect_close(got, counted(labels, predicted, 10), why="300 examples of 10 classes")


@exercise.picture
def draw(answer: Answer):
    """The learner's own table of a reader that is right in nine of ten."""
    rng = np.random.default_rng(0)
    labels = rng.integers(10, size=400)
    predicted = np.where(rng.random(400) < 0.9, labels, (labels + 1) % 10)
    return show.confusion_matrix(answer(labels, predicted, 10), caption="Counted by your function.")


@exercise.wrong(caught_by=by_hand, hint=1)
def transposed(labels, predicted, n_classes):
    """Rows and columns are swapped: the truth chooses the row, the prediction the column."""
    return counted(labels, predicted, n_classes).T


@exercise.wrong(caught_by=by_hand, hint=3)
def each_pair_once(labels, predicted, n_classes):
    """A pair that occurs several times is counted once: does every example add 1 to what is there?

    Given whole lists, `counts[rows, columns] += 1` doesn't. It writes each entry once.
    """
    return np.minimum(counted(labels, predicted, n_classes), 1)


def _table_of(classes, labels, predicted):
    """Counts for these classes only."""
    pairs = [np.sum((labels == i) & (predicted == j)) for i in classes for j in classes]
    return np.array(pairs, dtype=int).reshape(len(classes), len(classes))


@exercise.wrong(
    caught_by=absent_classes,
    hint=2,
    variants=(
        lambda labels, predicted, n_classes: _table_of(np.unique(labels), labels, predicted),
    ),
)
def only_the_classes_met(labels, predicted, n_classes):
    """The table has a row only for classes that occur. `n_classes` says how large it is."""
    met = np.union1d(labels, predicted).astype(int)
    return counted(labels, predicted, n_classes)[np.ix_(met, met)]


def _up_to_the_largest_label(labels, predicted, n_classes):
    """A table as large as the truths want it; a larger prediction has no column."""
    size = max(labels) + 1
    counts = np.zeros((size, size), dtype=int)
    for truth, guess in zip(labels, predicted, strict=True):
        counts[truth, guess] += 1
    return counts


@exercise.wrong(caught_by=absent_classes, hint=2, variants=(_up_to_the_largest_label,))
def up_to_the_largest(labels, predicted, n_classes):
    """The table ends at the largest label that occurs. `n_classes` says how large it is."""
    size = int(max([*labels, *predicted], default=-1)) + 1
    return counted(labels, predicted, size)


def _over(counts, total):
    """Shares as they come out of a bare division: NaN where nothing was counted."""
    with np.errstate(invalid="ignore"):
        return counts / total


@exercise.wrong(
    caught_by=by_hand,
    hint=1,
    variants=(
        lambda labels, predicted, n_classes: _over(
            counted(labels, predicted, n_classes),
            counted(labels, predicted, n_classes).sum(axis=1, keepdims=True),
        ),
    ),
)
def shares_of_the_rows(labels, predicted, n_classes):
    """Each row was divided by its sum. Shares read well, but here counts were asked for."""
    counts = counted(labels, predicted, n_classes)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@exercise.wrong(
    caught_by=by_hand,
    hint=1,
    variants=(
        lambda labels, predicted, n_classes: (
            100
            * _over(
                counted(labels, predicted, n_classes),
                counted(labels, predicted, n_classes).sum(axis=1, keepdims=True),
            )
        ),
    ),
)
def percent_of_the_rows(labels, predicted, n_classes):
    """Each row is in percent of its sum. Here counts were asked for."""
    return 100 * shares_of_the_rows(labels, predicted, n_classes)


@exercise.wrong(
    caught_by=by_hand,
    hint=1,
    variants=(
        lambda labels, predicted, n_classes: _over(
            counted(labels, predicted, n_classes), len(labels)
        ),
    ),
)
def shares_of_all(labels, predicted, n_classes):
    """The table was divided by the number of examples. Counts were asked for, not shares."""
    return counted(labels, predicted, n_classes) / max(len(labels), 1)


@exercise.wrong(caught_by=by_hand, hint=1)
def errors_only(labels, predicted, n_classes):
    """The diagonal is empty: right answers are counted as well, there."""
    counts = counted(labels, predicted, n_classes)
    return counts - np.diag(np.diag(counts))


@exercise.wrong(caught_by=by_hand, hint=1)
def right_answers_only(labels, predicted, n_classes):
    """Off the diagonal there is nothing: wrong answers are counted too, each in its column."""
    return np.diag(np.diag(counted(labels, predicted, n_classes)))


@exercise.wrong(caught_by=by_hand, hint=4)
def first_example_alone(labels, predicted, n_classes):
    """Only the first example is counted: is the `return` inside the loop? See its indentation."""
    return counted(labels[:1], predicted[:1], n_classes) if len(labels) else None


@exercise.wrong(caught_by=by_hand, hint=2)
def last_example_left_out(labels, predicted, n_classes):
    """The last example is not counted: where does your loop end?"""
    return counted(labels[:-1], predicted[:-1], n_classes)


@exercise.wrong(caught_by=by_hand, hint=2)
def one_row_for_all(labels, predicted, n_classes):
    """All rows of your table are the same: each example is counted in every one of them.

    `[[0] * n] * n` is one row, n times under another name.
    """
    return np.tile(counted(labels, predicted, n_classes).sum(axis=0), (n_classes, 1))


@exercise.wrong(caught_by=by_hand, hint=1)
def counted_from_one(labels, predicted, n_classes):
    """Every count stands one row and one column too early. Labels begin at 0, like the rows."""
    return np.roll(counted(labels, predicted, n_classes), -1, axis=(0, 1))


@exercise.wrong(
    caught_by=by_hand,
    hint=1,
    variants=(
        lambda labels, predicted, n_classes: _over(
            counted(labels, predicted, n_classes),
            counted(labels, predicted, n_classes).sum(axis=1),
        ),
    ),
)
def shares_by_columns(labels, predicted, n_classes):
    """You divided the columns of your table by sums. Counts were asked for, not shares."""
    counts = counted(labels, predicted, n_classes)
    return _over(counts, counts.sum(axis=0))


@exercise.wrong(caught_by=by_hand, hint=2)
def first_example_left_out(labels, predicted, n_classes):
    """The first example is not counted: where does your loop begin?"""
    return counted(labels[1:], predicted[1:], n_classes)


@exercise.wrong(caught_by=by_hand, hint=2)
def as_many_as_classes(labels, predicted, n_classes):
    """Only the first `n_classes` examples are counted. Does your loop run over the classes?"""
    return _at(range(n_classes), labels, predicted, n_classes)


@exercise.wrong(caught_by=by_hand, hint=2)
def labels_for_places(labels, predicted, n_classes):
    """Your loop takes labels for places: `for i in labels` hands out classes.

    `range(len(labels))` counts places.
    """
    return _at(labels, labels, predicted, n_classes)


def _at(places, labels, predicted, n_classes):
    """Counts of the examples at these places."""
    counts = np.zeros((n_classes, n_classes), dtype=int)
    for place in places:
        counts[labels[place], predicted[place]] += 1
    return counts


@exercise.wrong(caught_by=by_hand, hint=3)
def everyone_with_everyone(labels, predicted, n_classes):
    """Every label meets every prediction: two loops, one inside the other.

    An example has one label and one prediction: walk through both lists together.
    """
    by_class = np.bincount(labels, minlength=n_classes), np.bincount(predicted, minlength=n_classes)
    return np.outer(*by_class)


@exercise.alternative
def by_one_hot(labels, predicted, n_classes):
    """One-hot rows of both, and a matrix product that sums over the examples."""
    table = np.eye(n_classes)
    return table[np.asarray(labels, dtype=int)].T @ table[np.asarray(predicted, dtype=int)]


@exercise.alternative
def by_flat_numbers(labels, predicted, n_classes):
    """A number for each pair, counted by bincount."""
    flat = np.asarray(labels, dtype=int) * n_classes + np.asarray(predicted, dtype=int)
    return np.bincount(flat, minlength=n_classes**2).reshape(n_classes, n_classes)


@exercise.alternative
def as_lists(labels, predicted, n_classes):
    """Nested lists, and the examples one by one."""
    counts = [[0] * n_classes for _ in range(n_classes)]
    for truth, guess in zip(labels, predicted, strict=True):
        counts[int(truth)][int(guess)] += 1
    return counts
