"""A reader of handwriting, judged on pictures nobody could have prepared for."""

from types import SimpleNamespace

import numpy as np

from annkit.data import digits
from annkit.exercises import Answer, Exercise, expect_that, outline, probe, raises
from annkit.lessons.capstone import parts
from annkit.lessons.capstone.reader import Reader
from annkit.lessons.capstone.redrawn import redrawn

exercise = Exercise(
    id="digits_model",
    title="Read digits nobody prepared you for",
    points=4,
    size="about 3 lines with your `MLP` (the next day: `mine.MLP`)",
    seconds=8,
    task="""Write a function that trains a reader and returns it: any object with `.predict(X)`.
`X` holds pictures of 64 pixels, 0 … 1, and `labels` what they are, integers 0 … 9. You choose
layers, learning rate and epochs; a training may take 8 seconds of processor time. First it gets
only 60 pictures and should read 40 % of others. Then it gets 1437 and is judged by the middle
accuracy of three trials on 360 pictures it has never seen: 0.96 or more. For each trial the
pictures are drawn anew, a little blended and tilted, their 64 pixels are put in a secret order and
the ten digits get secret names, so nothing can be looked up or known beforehand. (The bar is low
enough that luck doesn't decide. How far above it you get is up to your choices: 0.985 can be had.)

Example: `digits_model(X, labels, rng).predict(X[:5])` is an array of 5 integers.""",
    hints=(
        """
        Which of the course's parts do you need, and which numbers are you free to choose? Measure
        choices on examples that were kept out of the training.
        """,
        """
        Your `MLP` with a hidden layer of a few dozen units is enough. Between 90 and 96 % it has
        mostly learned too little yet: more epochs, or a larger learning rate, as long as the cost
        still falls.
        """,
        """
        Trying choices, with a pot of tea instead of a network:

        ```python
        def taste(minutes):
            return -((minutes - 4) ** 2)

        best = max([1, 2, 4, 8], key=taste)
        ```

        A trial for each choice, judged by something that wasn't used to brew it; then the best.
        """,
        """
        Skeleton:

        ```python
        model = MLP([64, ..., 10], rng)
        return model.fit(X, labels, learning_rate=..., n_epochs=..., batch_size=..., rng=rng)
        ```
        """,
    ),
)


@exercise.reference
def digits_model(X, labels, rng):
    """Train a reader of digits.

    Args:
        X: pictures, (n, 64), ink 0 … 1, in an order of pixels that nobody knows.
        labels: their classes, integers 0 … 9, (n,).
        rng: a NumPy random generator, the only source of chance.

    Returns:
        a fitted model: `model.predict(X)` gives labels (m,) for pictures (m, 64).
    """
    W1, b1 = rng.normal(size=(64, 64)) * np.sqrt(2 / 64), np.zeros(64)
    W2, b2 = rng.normal(size=(64, 10)) * np.sqrt(2 / 64), np.zeros(10)
    truth, rate = np.eye(10)[labels], 0.15
    for _ in range(60):
        order = rng.permutation(len(X))
        for start in range(0, len(X), 16):
            rows = order[start : start + 16]
            a = np.maximum(X[rows] @ W1 + b1, 0)
            z = a @ W2 + b2
            e = np.exp(z - z.max(axis=1, keepdims=True))
            delta = (e / e.sum(axis=1, keepdims=True) - truth[rows]) / len(rows)
            back = delta @ W2.T * (a > 0)
            W2, b2 = W2 - rate * a.T @ delta, b2 - rate * delta.sum(axis=0)
            W1, b1 = W1 - rate * X[rows].T @ back, b1 - rate * back.sum(axis=0)

    class Reader:
        def predict(self, X):
            return (np.maximum(X @ W1 + b1, 0) @ W2 + b2).argmax(axis=1)

    return Reader()


def as_python(X, labels, seed, others):
    """The lines one would type."""
    return (
        f"rng = np.random.default_rng({seed})\n"
        f"model = digits_model(X, labels, rng)  # X: {X.shape}, labels: {labels.shape}\n"
        f"model.predict(others)  # others: {others.shape}"
    )


@probe(shown=as_python)
def readings(digits_model, X, labels, seed, others):
    """Train and read: [labels of all others, labels of the first four asked one by one]."""
    import numpy as np

    model = digits_model(X.copy(), labels.copy(), np.random.default_rng(seed))
    return [model.predict(others.copy()), [model.predict(others[k : k + 1]) for k in range(4)]]


def trial(answer: Answer, rng: np.random.Generator, n_train: int, n_test: int):
    """One training on pictures in disguise: (what it reads, the truth), both (n_test,)."""
    X, labels = digits()
    X, names = redrawn(X, labels, rng)[:, rng.permutation(64)], rng.permutation(10)
    rows = rng.permutation(len(X))[: n_train + n_test]
    train, test = rows[:n_train], rows[n_train:]
    seed = int(rng.integers(2**31))
    got, singly = answer.probe(readings, X[train], names[labels[train]], seed, X[test])
    return expect_labels(got, n_test), singly, names[labels[test]]


def expect_labels(got, n: int) -> np.ndarray:
    """Expect one whole number of 0 … 9 for each picture; give them back."""
    got = np.asarray(got)
    is_whole = got.dtype.kind in "iuf" and bool((got == got.round()).all())  # 3.0 is a 3
    expect_that(
        got.shape == (n,) and is_whole,
        f"For {n} pictures, `predict` should give {n} whole numbers in an array of shape ({n},).",
        expected=(n,),
        got=got if got.size < 12 else getattr(got, "shape", None),
    )
    expect_that(bool(((got >= 0) & (got <= 9)).all()), "A label is one of 0 … 9.", got=got[:8])
    return got


@exercise.check("gives back something that reads one label for each picture")
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    trial(answer, rng, 60, 20)


@exercise.check("reads better than a guess after sixty examples", points=1)
def learns(answer: Answer, rng: np.random.Generator) -> None:
    got, singly, truth = trial(answer, rng, 60, 400)
    share = float(np.mean(got == truth))
    expect_that(
        share >= 0.4,
        "After 60 examples at least 40 % should be right; a guess gets 10 %.",
        expected="at least 0.4",
        got=share,
    )
    one_each = [int(np.asarray(one).reshape(-1)[0]) for one in singly]
    expect_that(
        one_each == got[:4].tolist(),
        "The same pictures were read differently when they were asked one by one.",
        expected=got[:4],
        got=one_each,
    )


@exercise.check("reads 96 % of digits it has never seen, the middle of three trials", points=3)
def generalises(answer: Answer, rng: np.random.Generator) -> None:
    # 360 pictures decide with a standard error of 0.8 %: a reader of 97.6 % falls below 96 % in one
    # trial of twenty, in two of three once in 140 times. A second round makes that 1 in 20 000.
    middle = _middle_of_three(answer, rng)
    if middle < 0.96:
        middle = max(middle, _middle_of_three(answer, rng))
    expect_that(
        middle >= 0.96,
        "In the middle of three trials 96 % of the digits should be right, and in three more "
        "it was not so either.",
        expected="at least 0.96",
        got=middle,
        why="1437 pictures to learn from, 360 others to read",
    )


def _middle_of_three(answer: Answer, rng: np.random.Generator) -> float:
    """The middle accuracy of three trials; two suffice if they agree about 96 %."""
    shares: list[float] = []
    for _ in range(3):
        got, _, truth = trial(answer, rng, 1437, 360)
        shares.append(float(np.mean(got == truth)))
        if len(shares) == 2 and (min(shares) >= 0.96 or max(shares) < 0.96):
            break
    return sorted(shares)[1]


@exercise.compared_by(where=lambda call: len(call.args[0]) == 60)
def traits(calls):
    """What the calls show of a reader, whatever weights were drawn."""
    return [_traits(call.args, call.value) for call in calls]


def _traits(args, value):
    _, labels, _, others = args
    if not isinstance(value, list) or len(value) != 2 or np.shape(value[0]) != (len(others),):
        return outline(value)
    got = np.asarray(value[0])
    if got.dtype.kind not in "iuf":
        return got.dtype.kind
    spread = len(np.unique(got))
    most = np.bincount(labels).argmax()
    return [spread == 1 and "the most frequent" * bool(got[0] == most), spread > 5]


class Fixed:
    """A model that reads by a function."""

    def __init__(self, read):
        self.read = read

    def predict(self, X):
        return self.read(X)


@exercise.wrong(caught_by=has_the_form, hint=4, recognise=raises("has no attribute 'predict'"))
def nothing_handed_back(X, labels, rng):
    """What came back has no `.predict`: is a `return` missing, or is it labels, or a function?"""


@exercise.wrong(caught_by=has_the_form, hint=3)
def probabilities(X, labels, rng):
    """`predict` gives ten numbers for each picture. A label is the place of the largest."""
    model = Reader([64, 32, 10], rng).fit(X, labels, 0.2, 10, 16, rng)
    return Fixed(lambda others: np.eye(10)[model.predict(others)])


@exercise.wrong(caught_by=learns, hint=2)
def most_frequent(X, labels, rng):
    """Every picture is read as the digit that was most frequent in the training."""
    most = int(np.bincount(labels).argmax())
    return Fixed(lambda others: np.full(len(others), most))


@exercise.wrong(caught_by=has_the_form, hint=4)
def texts(X, labels, rng):
    """The labels are texts, like "3". Whole numbers were asked for."""
    model = Reader([64, 32, 10], rng).fit(X, labels, 0.2, 10, 16, rng)
    return Fixed(lambda others: [str(one) for one in model.predict(others)])


@exercise.wrong(caught_by=learns, hint=2, recognise=lambda calls: _only_guesses(calls))
def never_trained(X, labels, rng):
    """It reads hardly better than a guess. Watch the cost over the epochs.

    If it hardly falls, the steps are missing, too short or too few; if it jumps, they are too long.
    """
    W = rng.normal(size=(64, 10))
    return Fixed(lambda others: (others @ W).argmax(axis=1))


@exercise.wrong(caught_by=generalises, hint=2, recognise=lambda calls: _stops_short(calls))
def learned_too_little(X, labels, rng):
    """Your reader is on its way, and stops below 96 %.

    More epochs, a larger learning rate or a hidden layer: measure which of them helps, on pictures
    kept out of the training.
    """
    means = np.array([X[labels == c].mean(axis=0) for c in range(10) if (labels == c).any()])
    met = np.unique(labels)
    return Fixed(lambda others: met[((others[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)])


def _stops_short(calls):
    """Whether a reader learned from sixty examples, and was never asked in vain for its form."""
    big = [call for call in calls if len(call.args[0]) > 1000 and call.value is not None]
    read = [np.asarray(call.value[0]) for call in big]
    is_varied = all(r.dtype.kind in "iuf" and len(np.unique(r)) == 10 for r in read)
    return bool(read) and is_varied and not _only_guesses(calls)


def _only_guesses(calls):
    """Whether many labels are read that have nothing to do with the most similar pictures."""
    agree = []
    for call in calls:
        X, labels, _, others = call.args
        got = np.asarray(call.value[0]) if isinstance(call.value, list) else np.zeros(0)
        if len(X) != 60 or got.shape != (len(others),) or got.dtype.kind not in "iuf":
            continue
        if len(np.unique(got)) > 1:
            gaps = ((others[:, None] - X) ** 2).sum(axis=2)
            agree.extend(got == labels[gaps.argmin(axis=1)])
    return bool(agree) and float(np.mean(agree)) < 0.3 and not _collapsed(calls)


def _collapsed(calls):
    """Whether after sixty examples nearly all get one label, and not the most frequent one."""
    found = [
        (np.bincount(np.asarray(call.value[0], dtype=int)) / len(call.args[3]), call.args[1])
        for call in calls
        if len(call.args[0]) == 60 and isinstance(call.value, list) and _are_labels(call)
    ]
    is_most = [shares.argmax() == np.bincount(labels).argmax() for shares, labels in found]
    return bool(found) and min(shares.max() for shares, _ in found) > 0.85 and not all(is_most)


def _are_labels(call):
    """Whether one whole number, 0 or more, was read for each picture."""
    got = np.asarray(call.value[0])
    is_list = got.shape == (len(call.args[3]),) and got.dtype.kind in "iuf"
    return is_list and bool(np.isfinite(got).all() and (got >= 0).all())


@exercise.wrong(caught_by=learns, hint=1, recognise=_collapsed)
def one_label_for_nearly_all(X, labels, rng):
    """Nearly all pictures get one and the same label, as from a network whose units have died.

    Steps that are too long do that, and so do many layers at a rate that suits one of them.
    """
    least = int(np.bincount(labels, minlength=10).argmin())
    return Fixed(lambda others: np.full(len(others), least))


@exercise.alternative
def nearest_neighbours(X, labels, rng):
    """The most similar picture of the training lends its label; no network at all."""

    def read(others):
        gaps = (others**2).sum(axis=1)[:, None] - 2 * others @ X.T + (X**2).sum(axis=1)
        return labels[gaps.argmin(axis=1)]

    return Fixed(read)


@exercise.alternative
def tanh_with_momentum(X, labels, rng):
    """A layer of tanh, centred pixels, momentum; labels come back as a list."""
    mean = X.mean(axis=0)
    params = [rng.normal(size=(64, 48)) / 8, np.zeros(48), rng.normal(size=(48, 10)) / 7]
    pace = [np.zeros_like(p) for p in params]
    truth = np.eye(10)[labels]
    for _ in range(60):
        for rows in np.array_split(rng.permutation(len(X)), -(-len(X) // 32)):
            a = np.tanh((X[rows] - mean) @ params[0] + params[1])
            e = np.exp(a @ params[2])
            delta = (e / e.sum(axis=1, keepdims=True) - truth[rows]) / len(rows)
            back = delta @ params[2].T * (1 - a**2)
            grads = [(X[rows] - mean).T @ back, back.sum(axis=0), a.T @ delta]
            pace = [0.9 * v + g for v, g in zip(pace, grads, strict=True)]
            params = [p - 0.05 * v for p, v in zip(params, pace, strict=True)]

    def read(others):
        scores = np.tanh((np.asarray(others) - mean) @ params[0] + params[1]) @ params[2]
        return scores.argmax(axis=1).tolist()

    return Fixed(read)


mine = SimpleNamespace(
    init_params=parts.init_params,
    minibatches=parts.minibatches,
    classifier_gradients=parts.classifier_gradients,
    sgd_step=parts.sgd_step,
    MLP=Reader,
)


@exercise.alternative
def class_on_the_table(X, labels, rng):
    """The class that section 1 has put with the parts."""
    return mine.MLP([64, 32, 10], rng).fit(X, labels, 0.3, 30, 32, rng)


@exercise.alternative
def parts_on_the_table(X, labels, rng):
    """The parts of section 1 once more, without the class."""
    params = mine.init_params([64, 40, 10], rng)
    for _ in range(30):
        for X_b, labels_b in mine.minibatches(X, labels, 32, rng):
            params = mine.sgd_step(params, mine.classifier_gradients(X_b, labels_b, params)[1], 0.4)
    (W1, b1), (W2, b2) = params
    return Fixed(lambda others: (np.maximum(others @ W1 + b1, 0) @ W2 + b2).argmax(axis=1))
