"""Learning until an epoch passes without a mistake."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_equal,
    expect_shape,
    expect_that,
)

exercise = Exercise(
    id="perceptron_fit",
    title="Learning until nothing is wrong",
    points=3,
    size="about 12 lines",
    task="""Train a perceptron from `w = 0`, `b = 0`: go through the examples in order, again and
again, correcting after each wrong one (learning rate 1). Stop after the first epoch without a
correction, or after `max_epochs`; return `(w, b, n_updates)`.

*Example:* two examples with one feature, 0 (label −1) and 2 (label +1). The corrections lead from
(w, b) = (0, 0) to (0, −1), (2, 0) and (2, −1); then a whole epoch is quiet, and the result is
`([2.0], -1.0, 3)`.""",
    hints=(
        """
        Three things can be counted here: examples looked at, corrections, epochs. Which one is
        returned, and which one limits the loop? What exactly makes it stop?
        """,
        """
        Two loops: epochs outside, examples inside. Within an epoch each example meets the weights
        the previous example has left behind. A counter of this epoch's corrections, set back at the
        start of every epoch, tells you when to stop.
        """,
        """
        Bubble sort stops by the same idea. `[3, 1, 2]`: pass 1 swaps twice → `[1, 2, 3]`; pass 2
        swaps nothing → done. Per pass, one counter is reset; over all passes, another one adds up
        to 2. The pass without a swap is needed: only it proves that the list is in order.
        """,
        """
        ```python
        w, b, n_updates = np.zeros(...), 0.0, 0
        for epoch in range(max_epochs):
            before = n_updates
            for ... in zip(X, y):
                if ...:          # this example is wrong
                    ...
            if ...:              # nothing happened in this epoch
                break
        return w, b, n_updates
        ```
        """,
    ),
)


@exercise.reference
def perceptron_fit(X, y, max_epochs=1000):
    """Learn weights and bias by Rosenblatt's rule with learning rate 1, starting from zeros.

    Args:
        X: examples, (batch, features), shown in this order in every epoch.
        y: labels, (batch,), each -1 or +1.
        max_epochs: largest number of passes through the examples. Take a loop: Python stops a
            function that calls itself for every epoch long before 1000 are over.

    Returns:
        (w, b, n_updates): weights (features,), bias, and the total number of corrections.
        The learning stops after the first epoch without a correction. A score of 0 is corrected.
    """
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                n_updates += 1
        if n_updates == before:
            break
    return w, b, n_updates


def _by_counting(X, y, max_epochs):
    """Oracle in the dual form: count how often each example was corrected, never store w.

    Args:
        X: examples, (batch, features).
        y: labels, (batch,).
        max_epochs: largest number of passes.

    Returns:
        (w, b, n_updates), rebuilt from the counts.
    """
    gram = np.einsum("if,jf->ij", X, X) + 1.0
    counts = np.zeros(len(X))
    for _ in range(max_epochs):
        before = counts.sum()
        for i in range(len(X)):
            counts[i] += y[i] * np.sum(counts * y * gram[i]) <= 0
        if counts.sum() == before:
            break
    return np.einsum("i,i,if->f", counts, y, X), float(np.sum(counts * y)), int(counts.sum())


def _separable(rng, n, n_features):
    """Whole-number examples on both sides of a random plane that misses the origin.

    Args:
        rng: source of randomness.
        n: number of examples.
        n_features: number of features.

    Returns:
        (X, y): (n, n_features) floats without fractional part, and labels (n,).
    """
    normal = rng.integers(1, 4, size=n_features)
    X = rng.integers(-6, 7, size=(6 * n, n_features))
    score = X @ normal - 5
    keep = np.flatnonzero(np.abs(score) >= 2)[:n]
    return X[keep].astype(float), np.where(score[keep] > 0, 1, -1)


@exercise.check("returns weights, bias and a count")
def returns_three_things(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(np.array([[2.0, 0.0, 1.0], [-2.0, 1.0, 0.0]]), np.array([1, -1]))
    expect_that(
        isinstance(got, tuple | list) and len(got) == 3,
        "Three things were expected, (w, b, n_updates): weights, bias, number of corrections.",
        got=got,
    )
    expect_shape(got[0], (3,), what="w")
    expect_shape(got[1], (), what="b")
    expect_shape(got[2], (), what="n_updates")


@exercise.check("learns the gates AND and NOR", points=1)
def learns_and(answer: Answer, rng: np.random.Generator) -> None:
    # in this order the learning is not yet over when the last example is right for once
    X = np.array([[1.0, 1.0], [0.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    y = np.array([1, -1, -1, -1])
    w, b, n_updates = answer(X, y)
    again = answer(X, y)
    expect_that(
        bool(np.array_equal(w, again[0]) and n_updates == again[2]),
        "Two calls with the same examples gave two results: something in yours is random.",
        expected=(w, b, n_updates),
        got=again,
    )
    expect_close(
        (w, b), (np.array([3.0, 2.0]), -4.0), what="(w, b)", why="from zeros, in this order"
    )
    expect_equal(n_updates, 20, what="n_updates", why="20 corrections in all")
    # NOR has every label right an epoch before the last score of 0 is gone. In any order but one
    # that begins with (0, 0) the first example is right before the others are.
    order = rng.permutation(4)
    X = X[order if X[order[0]].any() else order[::-1]]
    y = np.where(X.sum(axis=1) > 0, -1, 1)
    w, b, n_updates = answer(X, y)
    expected = _by_counting(X, y, 1000)
    expect_close((w, b), expected[:2], what="(w, b)", why="from zeros, in this order")
    expect_equal(n_updates, expected[2], what="n_updates")
    X = X * round(float(rng.uniform(0.5, 2)), 2)  # AND again, smaller or larger
    y = np.where(X.sum(axis=1) > 1.5 * X.max(), 1, -1)
    expected = _by_counting(X, y, 1000)
    expect_close(answer(X, y), expected, what="(w, b, n_updates)", why="AND in another size")


@exercise.check("random separable examples", points=1)
def random_separable(answer: Answer, rng: np.random.Generator) -> None:
    for n_features in (2, 3):
        X, y = _separable(rng, 10, n_features)
        w, b, n_updates = answer(X, y, max_epochs=300)
        expected = _by_counting(X, y, 300)
        expect_close((w, b), expected[:2], what="(w, b)")
        expect_equal(n_updates, expected[2], what="n_updates")


@exercise.check("gives up after max_epochs where no line exists", points=1)
def gives_up(answer: Answer, rng: np.random.Generator) -> None:
    # XOR: every epoch makes four corrections and comes back to zero
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([-1, 1, 1, -1])
    max_epochs = int(rng.integers(5, 30))
    got = answer(X, y, max_epochs=max_epochs)
    expect_close(
        got, (np.zeros(2), 0.0, 4 * max_epochs), what="(w, b, n_updates)", why="XOR: 4 per epoch"
    )
    # one epoch is not enough for AND
    got = answer(X, np.array([-1, -1, -1, 1]), max_epochs=1)
    expect_close(
        got, (np.array([1.0, 1.0]), 0.0, 2), what="(w, b, n_updates)", why="one epoch only"
    )
    # one and the same example under both labels: two corrections in each of the 1000 epochs
    x = round(float(rng.uniform(0.5, 5)), 2)
    got = answer(np.array([[x], [x]]), np.array([1, -1]))
    expect_equal(got[2], 2000, what="n_updates", why="without max_epochs: 1000 epochs")


@exercise.wrong(caught_by=learns_and, hint=2)
def no_bias(X, y, max_epochs=1000):
    """The bias is not learned: your boundary is tied to the origin. The learning may never end."""
    w, n_updates = np.zeros(X.shape[1]), 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w) <= 0:
                w = w + y_i * x_i
                n_updates += 1
        if n_updates == before:
            break
    return w, 0.0, n_updates


@exercise.wrong(caught_by=learns_and, hint=1)
def never_starts(X, y, max_epochs=1000):
    """Nothing is ever corrected. At the start all scores are 0, and your test lets 0 pass."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) < 0:
                w = w + y_i * x_i
                b = b + y_i
                n_updates += 1
        if n_updates == before:
            break
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=1)
def asks_the_prediction(X, y, max_epochs=1000):
    """You compare the predicted label with the true one.

    At a score of exactly 0 the prediction is +1, so an example of that class passes as right.
    Here a score of 0 is a mistake, whatever the label.
    """
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            predicted = 1 if x_i @ w + b >= 0 else -1
            if predicted != y_i:
                w = w + y_i * x_i
                b = b + y_i
                n_updates += 1
        if n_updates == before:
            break
    return w, b, n_updates


def _twice_the_step_by_prediction(X, y, max_epochs=1000):
    w, b, n_updates = asks_the_prediction(X, y, max_epochs)
    return 2 * w, 2 * b, n_updates


@exercise.wrong(caught_by=learns_and, hint=1, variants=(_twice_the_step_by_prediction,))
def twice_the_step(X, y, max_epochs=1000):
    """Your steps are twice as long: label minus prediction is ±2, and Rosenblatt's rule uses ±1."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + 2 * y_i * x_i
                b = b + 2 * y_i
                n_updates += 1
        if n_updates == before:
            break
    return w, b, n_updates


def _counts_busy_epochs(X, y, max_epochs=1000):
    w, b, n_epochs = counts_epochs(X, y, max_epochs)
    return w, b, n_epochs - bool(np.all(y * (X @ w + b) > 0))


def _numbers_epochs_from_zero(X, y, max_epochs=1000):
    w, b, n_epochs = counts_epochs(X, y, max_epochs)
    return w, b, n_epochs - 1


@exercise.wrong(
    caught_by=learns_and, hint=1, variants=(_counts_busy_epochs, _numbers_epochs_from_zero)
)
def counts_epochs(X, y, max_epochs=1000):
    """The weights are right; the number you return counts epochs, not corrections."""
    w, b, n_epochs = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        changed = False
        n_epochs += 1
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                changed = True
        if not changed:
            break
    return w, b, n_epochs


@exercise.wrong(caught_by=learns_and, hint=1)
def counts_examples(X, y, max_epochs=1000):
    """The weights are right; the number you return counts every example shown, right or wrong."""
    w, b, n_shown = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        changed = False
        for x_i, y_i in zip(X, y, strict=True):
            n_shown += 1
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                changed = True
        if not changed:
            break
    return w, b, n_shown


@exercise.wrong(caught_by=learns_and, hint=3)
def counts_examples_and_never_rests(X, y, max_epochs=1000):
    """Your counter grows with every example shown, so no epoch ever looks quiet.

    What should it count, and where in the loop does that happen?
    """
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            n_updates += 1
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
        if n_updates == before:
            break
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=3)
def count_reset_each_epoch(X, y, max_epochs=1000):
    """You return the corrections of the last epoch only: your count starts again in every epoch."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        n_updates = 0
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                n_updates += 1
        if n_updates == 0:
            break
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=1)
def stops_at_the_first_right(X, y, max_epochs=1000):
    """You stop at the first example that is right. The others have not been asked yet."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) > 0:
                return w, b, n_updates
            w = w + y_i * x_i
            b = b + y_i
            n_updates += 1
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=2)
def stale_weights(X, y, max_epochs=1000):
    """All examples of an epoch are judged with the weights from its start.

    Here each one sees the newest.
    """
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        wrong = y * (X @ w + b) <= 0
        if not wrong.any():
            break
        w = w + (y[wrong, None] * X[wrong]).sum(axis=0)
        b = b + y[wrong].sum()
        n_updates += int(wrong.sum())
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=2)
def starts_over_after_each(X, y, max_epochs=1000):
    """After each correction you go back to the first example. Late examples wait their turn."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                n_updates += 1
                break
        if n_updates == before:
            break
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=3)
def last_example_decides(X, y, max_epochs=1000):
    """You stop as soon as the *last* example of an epoch was right: the flag is reset too often."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        changed = False
        for x_i, y_i in zip(X, y, strict=True):
            changed = bool(y_i * (x_i @ w + b) <= 0)
            if changed:
                w = w + y_i * x_i
                b = b + y_i
                n_updates += 1
        if not changed:
            break
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=2)
def compares_the_weights(X, y, max_epochs=1000):
    """You stop when an epoch ends with the weights that it began with.

    Corrections can cancel within an epoch, and the bias may have moved. What was to be asked?
    """
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = w
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                n_updates += 1
        if np.array_equal(w, before):
            break
    return w, b, n_updates


def _until_right(X, y, max_epochs=1000, counts_each=True):
    """Stay with every example until it is right; count each correction, or each such example."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            corrections = 0
            while y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                corrections += 1
            n_updates += corrections if counts_each else min(corrections, 1)
        if n_updates == before:
            break
    return w, b, n_updates


def _stays_until_right(calls) -> bool:
    return bool(calls) and any(
        all(
            _same(call, _until_right(*call.args, **{**call.kwargs, "counts_each": each}))
            for call in calls
        )
        for each in (True, False)
    )


def _same(call, wanted) -> bool:
    w, b, n_updates = call.value
    close = np.shape(w) == np.shape(wanted[0]) and np.allclose(w, wanted[0])
    return bool(close and np.isclose(b, wanted[1]) and n_updates == wanted[2])


@exercise.wrong(caught_by=learns_and, hint=1, recognise=_stays_until_right)
def corrects_until_right(X, y, max_epochs=1000):
    """You stay with an example until it is right. It gets one correction, then the next one comes.

    If your `perceptron_update` does the correcting, look there: does it ask with `if`?
    """
    return _until_right(X, y, max_epochs)


@exercise.wrong(caught_by=learns_and, hint=1)
def stops_when_labels_are_right(X, y, max_epochs=1000):
    """You stop as soon as every predicted label is right.

    A score of exactly 0 predicts +1, and yet asks for a correction. Which epochs are quiet?
    """
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                n_updates += 1
        if np.all(np.where(X @ w + b >= 0, 1, -1) == y):
            break
    return w, b, n_updates


def _shuffles(calls) -> bool:
    """Whether chance has a say, or the results are those of a shuffle with a fixed seed.

    A generator that all code shares is set back after each call, which then gives the same again.
    """
    if any({"random", "np.random"} & set(call.changed) for call in calls):
        return True
    first: dict[str, object] = {}
    if any(not _same(call, first.setdefault(repr(call.request), call.value)) for call in calls):
        return True
    return bool(calls) and any(
        all(_same(call, _in_random_order(seed, *call.args, **call.kwargs)) for call in calls)
        for seed in (0, 1, 42)  # those that people write
    )


def _in_random_order(seed, X, y, max_epochs=1000):
    rng = np.random.default_rng(seed)
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = n_updates
        for i in rng.permutation(len(X)):
            if y[i] * (X[i] @ w + b) <= 0:
                w = w + y[i] * X[i]
                b = b + y[i]
                n_updates += 1
        if n_updates == before:
            break
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=2, recognise=_shuffles)
def shuffled(X, y, max_epochs=1000):
    """You go through the examples in another order, or something is left over from another call.

    Here every epoch goes through them in order, and a call begins with zeros and a count of 0.
    """
    return _in_random_order(42, X, y, max_epochs)


@exercise.wrong(caught_by=learns_and, hint=1)
def one_epoch_only(X, y, max_epochs=1000):
    """You go through the examples once. A correction for one example can spoil another."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for x_i, y_i in zip(X, y, strict=True):
        if y_i * (x_i @ w + b) <= 0:
            w = w + y_i * x_i
            b = b + y_i
            n_updates += 1
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=2)
def unit_length_each_time(X, y, max_epochs=1000):
    """You rescale the weights after each correction.

    The boundary stays, but later corrections weigh more.
    """
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                length = np.sqrt(w @ w + b * b)
                w, b = w / length, b / length
                n_updates += 1
        if n_updates == before:
            break
    return w, b, n_updates


def _corrects_everything_until_right(X, y, max_epochs=1000):
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        w, b, n_updates = w + y @ X, b + y.sum(), n_updates + len(X)
        if np.all(y * (X @ w + b) > 0):
            break
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=1, variants=(_corrects_everything_until_right,))
def corrects_everything(X, y, max_epochs=1000):
    """Every example is added, right or wrong. The weights grow for ever and no epoch is quiet."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        for x_i, y_i in zip(X, y, strict=True):
            w = w + y_i * x_i
            b = b + y_i
            n_updates += 1
    return w, b, n_updates


@exercise.wrong(caught_by=gives_up, hint=1)
def limit_ignored(X, y, max_epochs=1000):
    """`max_epochs` has no effect on your loop: without a separating line it goes on too long."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(500):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + y_i * x_i
                b = b + y_i
                n_updates += 1
        if n_updates == before:
            break
    return w, b, n_updates


def _itself(label):
    return label


def _learn(X, y, max_epochs, w=0.0, b=0.0, step=_itself, bias_step=_itself):
    """The loop with another start, or another step of the weights or of the bias."""
    w, n_updates = np.full(X.shape[1], w), 0
    for _ in range(max_epochs):
        before = n_updates
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w = w + step(y_i) * x_i
                b = b + bias_step(y_i)
                n_updates += 1
        if n_updates == before:
            break
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=2)
def label_missing_from_the_bias(X, y, max_epochs=1000):
    """Your bias grows with every correction. For one of the two labels it should shrink."""
    return _learn(X, y, max_epochs, bias_step=lambda label: 1)


def _from_a_bias_of_one(X, y, max_epochs=1000):
    return _learn(X, y, max_epochs, b=1.0)


def _from_ones(X, y, max_epochs=1000):
    return _learn(X, y, max_epochs, w=1.0, b=1.0)


@exercise.wrong(caught_by=learns_and, hint=1, variants=(_from_a_bias_of_one, _from_ones))
def starts_elsewhere(X, y, max_epochs=1000):
    """Your learning does not begin with weights and a bias of 0. Another start, another path."""
    return _learn(X, y, max_epochs, w=1.0)


def _one_epoch_more(X, y, max_epochs=1000):
    return _learn(X, y, max_epochs + 1)


@exercise.wrong(caught_by=gives_up, hint=1, variants=(_one_epoch_more,))
def one_epoch_off(X, y, max_epochs=1000):
    """You make one epoch more or fewer than `max_epochs` allows. Where does your count begin?"""
    return _learn(X, y, max_epochs - 1)


@exercise.wrong(caught_by=learns_and, hint=2)
def pushed_away(X, y, max_epochs=1000):
    """Your corrections point the wrong way: after one, the example is further on the wrong side."""
    return _learn(X, y, max_epochs, step=lambda label: -label, bias_step=lambda label: -label)


@exercise.wrong(caught_by=learns_and, hint=2)
def label_missing_from_the_weights(X, y, max_epochs=1000):
    """Every wrong example is added to the weights, whatever its label."""
    return _learn(X, y, max_epochs, step=lambda label: 1)


@exercise.wrong(caught_by=learns_and, hint=2)
def starts_again_each_epoch(X, y, max_epochs=1000):
    """Your weights go back to 0 at the start of every epoch, so nothing learned is ever kept."""
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        w, b, corrections = _learn(X, y, 1)
        n_updates += corrections
        if corrections == 0:
            break
    return w, b, n_updates


@exercise.wrong(caught_by=learns_and, hint=3)
def first_example_decides(X, y, max_epochs=1000):
    """You stop as soon as the *first* example of an epoch is right.

    An epoch is quiet or not when all examples have been asked. How far is that question indented?
    """
    w, b, n_updates = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        changed = False
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w, b, n_updates, changed = w + y_i * x_i, b + y_i, n_updates + 1, True
            if not changed:
                return w, b, n_updates
    return w, b, n_updates


@exercise.alternative
def augmented(X, y, max_epochs=1000):
    """A column of ones carries the bias; a while loop counts the epochs."""
    signed = np.asarray(y)[:, None] * np.hstack([X, np.ones((len(X), 1))])
    w_hat = np.zeros(signed.shape[1])
    n_updates = epoch = 0
    mistakes = len(signed)
    while mistakes and epoch < max_epochs:
        mistakes = 0
        for s in signed:
            if s @ w_hat <= 0:
                w_hat = w_hat + s
                mistakes += 1
        n_updates += mistakes
        epoch += 1
    return w_hat[:-1], w_hat[-1], n_updates


@exercise.alternative
def by_counting(X, y, max_epochs=1000):
    """The dual form: remember only how often each example was corrected."""
    return _by_counting(np.asarray(X), np.asarray(y), max_epochs)


@exercise.alternative
def in_plain_python(X, y, max_epochs=1000):
    """Lists and loops; compare signs instead of multiplying."""
    examples = [(list(map(float, x)), int(t)) for x, t in zip(X, y, strict=True)]
    w, b, n_updates = [0.0] * len(examples[0][0]), 0.0, 0
    for _ in range(max_epochs):
        quiet = True
        for x, t in examples:
            score = b + sum(v * u for v, u in zip(w, x, strict=True))
            if (score >= 0 and t < 0) or (score <= 0 and t > 0):
                w = [v + t * u for v, u in zip(w, x, strict=True)]
                b += t
                n_updates += 1
                quiet = False
        if quiet:
            break
    return w, b, n_updates


@exercise.picture
def own_boundary(answer: Answer):
    """The learner's own line through the fruits."""
    from annkit.data import FRUIT_FEATURES, fruits
    from annkit.lessons.perceptron.pictures import boundary_line

    X, y = fruits()
    w, b, n_updates = answer(X, y)
    caption = f"Your perceptron after {n_updates} corrections, on the six fruits."
    return boundary_line(X, y, w, b, ("lemon", "orange"), FRUIT_FEATURES, caption)
