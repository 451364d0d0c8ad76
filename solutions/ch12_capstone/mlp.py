"""All parts of the course in one class: a network that is built, trained and asked."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_that,
    outline,
    probe,
)
from annkit.exercises.cards.case import code
from annkit.lessons.capstone import parts
from annkit.nn import softmax

exercise = Exercise(
    id="mlp",
    object_name="MLP",
    title="Your own network",
    points=5,
    size="about 25 lines with your own functions",
    leads_to="`digits_model` and the drawing pad can run on it.",
    seconds=20,
    task="""Put your parts together in a class `MLP`, a classifier of fully connected layers.
`MLP(sizes, rng)` draws its first weights from `rng`; `sizes` runs from the number of inputs to the
number of classes, and `[64, 10]` has no hidden layer. `fit` trains it by stochastic gradient
descent with softmax cross-entropy and returns the object itself; `predict` gives labels and
`predict_proba` probabilities. Hidden layers need the activation whose slope your gradient uses: for
`classifier_gradients` it is a ReLU. (Another one passes too, with a gradient of its own.)

Example: `MLP([2, 8, 3], rng).fit(X, labels, 0.1, 20, 32, rng).predict(X)`, with 50 examples in `X`,
shape (50, 2), is an array of 50 integers, each 0, 1 or 2.""",
    hints=(
        """
        What must the object remember between `fit` and `predict`? That is all that `__init__` has
        to make.
        """,
        """
        The parts on the table are called with `mine.` in front. `__init__` keeps a list of (W, b).
        `fit` is your `train` of chapter 10 with that list as the start, and at its end the list is
        replaced. `predict_proba` is a forward pass with softmax at the end, and `predict` asks
        which column is largest.
        """,
        """
        The same pattern with a much smaller model, a guess that is corrected again and again:

        ```python
        class Guess:
            def __init__(self, rng):
                self.value = rng.normal()

            def fit(self, numbers, rate, n_epochs):
                for _ in range(n_epochs):
                    for number in numbers:
                        self.value -= rate * (self.value - number)
                return self

            def predict(self, n):
                return np.full(n, self.value)
        ```
        """,
        """
        Skeleton:

        ```python
        class MLP:
            def __init__(self, sizes, rng):
                self.params = ...

            def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
                for _ in range(n_epochs):
                    for X_b, labels_b in ...:
                        _, grads = ...
                        self.params = ...
                return ...

            def predict_proba(self, X):
                a = X
                for W, b in self.params[:-1]:
                    a = ...
                ...

            def predict(self, X):
                return ...
        ```
        """,
    ),
)


@exercise.reference
class MLP:
    """A classifier of fully connected layers, trained by stochastic gradient descent.

    Args:
        sizes: units per layer, [n_in, …, n_classes]; two numbers mean no hidden layer.
        rng: a NumPy random generator, the only source of the first weights.
    """

    def __init__(self, sizes, rng):
        """Draw the first weights; biases are 0."""
        self.params = [
            (rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in), np.zeros(n_out))
            for n_in, n_out in pairwise(sizes)
        ]

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        """Train on examples X (n, n_in) with labels (n,), integers 0 … n_classes − 1.

        Args:
            X: examples, (n, n_in).
            labels: true classes, (n,).
            learning_rate: a positive number.
            n_epochs: how often all examples are used; 0 trains nothing.
            batch_size: examples per step; the last batch of an epoch may be smaller.
            rng: a NumPy random generator, the only source of the order.

        Returns:
            the object itself.
        """
        n_classes = len(self.params[-1][1])
        truth = np.eye(n_classes)[labels]
        for _ in range(n_epochs):
            order = rng.permutation(len(X))
            for start in range(0, len(X), batch_size):
                rows = order[start : start + batch_size]
                grads = self._gradients(X[rows], truth[rows])
                self.params = [
                    (W - learning_rate * dW, b - learning_rate * db)
                    for (W, b), (dW, db) in zip(self.params, grads, strict=True)
                ]
        return self

    def _gradients(self, X, truth):
        activations = [X]
        for W, b in self.params[:-1]:
            activations.append(np.maximum(activations[-1] @ W + b, 0))
        delta = (self._output(activations[-1]) - truth) / len(X)
        grads = []
        for (W, _), a in zip(reversed(self.params), reversed(activations), strict=True):
            grads.append((a.T @ delta, delta.sum(axis=0)))
            delta = delta @ W.T * (a > 0)
        return grads[::-1]

    def _output(self, a):
        W, b = self.params[-1]
        z = a @ W + b
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def predict_proba(self, X):
        """Return the probability of every class for examples X (n, n_in): (n, n_classes)."""
        a = X
        for W, b in self.params[:-1]:
            a = np.maximum(a @ W + b, 0)
        return self._output(a)

    def predict(self, X):
        """Return the most probable class of every example: (n,), integers."""
        return self.predict_proba(X).argmax(axis=1)


def _in_rows(X):
    """An array as Python, a row on each line."""
    return code(X).replace("], [", "],\n    [")


@probe(
    shown=lambda sizes, seed, X: (
        f"X = {_in_rows(X)}\nmodel = MLP({sizes}, np.random.default_rng({seed}))\n"
        "model.predict_proba(X), model.predict(X)"
    )
)
def untrained(MLP, sizes, seed, X):
    """Build a network and ask it: probabilities, labels, and those for inputs far out."""
    import numpy as np

    model = MLP(list(sizes), np.random.default_rng(seed))
    return [model.predict_proba(X), model.predict(X), model.predict_proba(X * 1e4)]


def as_python(sizes, seed, X, labels, rate, n_epochs, batch_size):
    """The lines one would type to train a network once."""
    return f"""X = {_in_rows(X)}
labels = {code(labels)}
model = MLP({sizes}, np.random.default_rng({seed}))
before, rng = model.predict_proba(X), np.random.default_rng({seed + 2})
after = model.fit(X, labels, {rate:g}, {n_epochs}, {batch_size}, rng).predict_proba(X)
change = np.log(after) - np.log(before)
before, after, change - change.mean(axis=1, keepdims=True)"""


@probe(shown=as_python)
def trained(MLP, sizes, seed, X, labels, rate, n_epochs, batch_size):
    """Build and train a network.

    Returns:
        [probabilities before, probabilities after, labels after, whether `fit` gave the object
        back, probabilities of a second object of the same class, built first and never trained].
    """
    import numpy as np

    bystander = MLP(list(sizes), np.random.default_rng(seed + 1))
    model = MLP(list(sizes), np.random.default_rng(seed))
    before, beside = model.predict_proba(X), bystander.predict_proba(X)
    fitted = model.fit(X, labels, rate, n_epochs, batch_size, np.random.default_rng(seed + 2))
    unchanged = bystander.predict_proba(X)
    return [before, model.predict_proba(X), model.predict(X), fitted is model, beside, unchanged]


def seed_of(rng: np.random.Generator) -> int:
    """A seed for the answer, drawn from the check's own generator."""
    return int(rng.integers(2**31))


def truth_of(labels, n_classes):
    """One-hot rows, (n, n_classes)."""
    return (labels[:, None] == np.arange(n_classes)).astype(float)


def after(X, labels, start, rate, sizes_of_batches):
    """Probabilities of a network without hidden layer, trained on copies of one example.

    Its scores z are all that matters: one step of rate η changes them by −η (1 + ‖x‖²)(p − y).

    Args:
        X: equal rows, (n, n_in).
        labels: equal labels, (n,).
        start: probabilities before, (n, C).
        rate: η.
        sizes_of_batches: of all steps; the size cancels, for the gradient is a mean.
    """
    z, truth = np.log(start[0]), truth_of(labels[:1], start.shape[1])[0]
    for _ in sizes_of_batches:
        p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        z = z - rate * (1 + X[0] @ X[0]) * (p - truth)
    return np.exp(z - z.max()) / np.exp(z - z.max()).sum()


def moved(start, end):
    """How the scores of every example moved, up to what softmax cannot see, (n, C)."""
    change = np.log(end) - np.log(start)
    return change - change.mean(axis=1, keepdims=True)


def downhill(X, labels, start, rate, bias=1.0):
    """How the scores should move in one step of a network without hidden layer, (n, C)."""
    error = (start - truth_of(labels, start.shape[1])) / len(X)
    change = -rate * (X @ X.T + bias) @ error
    return change - change.mean(axis=1, keepdims=True)


def _are_whole(labels) -> bool:
    """Whether these are whole numbers, by value: 3.0 is a 3."""
    return labels.dtype.kind in "iuf" and bool((labels == labels.round()).all())


def expect_rows(p, shape, why) -> np.ndarray:
    """Expect rows of probabilities; give them back as an array."""
    p = np.asarray(p)
    expect_that(
        p.dtype.kind == "f" and p.shape == shape,
        f"`predict_proba` should give an array of shape {shape}: a row for each example.",
        expected=shape,
        got=getattr(p, "shape", None),
        why=why,
    )
    is_share = np.isfinite(p).all() and (p >= 0).all() and np.allclose(p.sum(axis=1), 1)
    expect_that(
        bool(is_share), "Each row of `predict_proba` should be positive and sum to 1.", got=p[:2]
    )
    return p


def expect_doubt(p, shape, why) -> np.ndarray:
    """Expect rows of probabilities none of which is 0: the scores are small where this is asked."""
    p = expect_rows(p, shape, why)
    expect_that(
        bool((p > 0).all()),
        "A probability is exactly 0, and softmax gives none for scores as small as these.",
        got=p[:2],
        why=why,
    )
    return p


@probe(
    shown=lambda sizes, seed, X, labels, rate, n_epochs, batch_size, new: (
        f"model = MLP({sizes}, np.random.default_rng({seed}))\n"
        f"# X: {len(X)} points, X_new: {len(new)} others of the same kind\n"
        f"rng = np.random.default_rng({seed + 2})\n"
        f"model.fit(X, labels, {rate:g}, {n_epochs}, {batch_size}, rng).predict(X_new)"
    )
)
def reading(MLP, sizes, seed, X, labels, rate, n_epochs, batch_size, new):
    """Train a network, and have it read what it has not seen."""
    import numpy as np

    model = MLP(list(sizes), np.random.default_rng(seed))
    model.fit(X, labels, rate, n_epochs, batch_size, np.random.default_rng(seed + 2))
    return model.predict(new)


@exercise.check("answers with a row of probabilities and a label, whatever the depth", points=0.5)
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    alike = []
    for sizes in ([3, 4], [2, 5, 3], [4, 6, 5, 3], [3, 4, 2]):
        X = rng.normal(size=(7, sizes[0]))
        p, labels, far = answer.probe(untrained, sizes, seed_of(rng), X)
        shape, why = (7, sizes[-1]), f"sizes = {sizes}, 7 examples"
        p = expect_rows(p, shape, why)
        alike += [sizes] if np.ptp(p, axis=0).max() <= 1e-9 else []
        expect_that(
            len(alike) < 2,  # once is chance: a small layer may be silent for seven examples
            "Before training all examples get the same probabilities: are the first weights 0?",
            got=p[:2],
            why=why,
        )
        expect_rows(far, shape, f"{why}, inputs as large as 10 000")
        labels = np.asarray(labels)
        expect_that(
            labels.shape == (7,) and _are_whole(labels),
            "`predict` should give an array of whole numbers, one label for each example.",
            expected=(7,),
            got=labels,
            why=why,
        )
        expect_close(labels, p.argmax(axis=1), what="labels", why="the column that is largest")


@exercise.check("without a hidden layer, one batch is one step down the gradient", points=1)
def one_step(answer: Answer, rng: np.random.Generator) -> None:
    for n_in, n_classes, n, batch_size in ((2, 3, 2, 2), (3, 4, 6, 6), (2, 3, 9, 20)):
        X = rng.normal(size=(n, n_in))
        labels = rng.permutation(np.arange(n) % (n_classes - 1))  # the last class is not met
        rate, sizes = round(float(rng.uniform(0.1, 0.4)), 3), [n_in, n_classes]
        got = answer.probe(trained, sizes, seed_of(rng), X, labels, rate, 1, batch_size)
        before, end, _, is_itself, *_ = got
        expect_that(
            is_itself is True,
            "`fit` should return the object itself, so that calls can be chained.",
        )
        before, end = (expect_doubt(p, (n, n_classes), f"{n} examples") for p in (before, end))
        expect_close(
            moved(before, end),
            downhill(X, labels, before, rate),
            rtol=1e-6,
            what="the change of log(probabilities), the mean of each row taken off",
            why=f"sizes = {sizes}, {n} examples in one batch, learning_rate {rate:.3g}",
        )


@exercise.check("one step per batch, each from where the last one ended", points=1)
def steps(answer: Answer, rng: np.random.Generator) -> None:
    # Copies of one example: however they are dealt, every batch has the same gradient.
    for n, batch_size, n_epochs in ((5, 2, 2), (4, 1, 3), (6, 3, 0)):
        X, labels = np.tile(rng.normal(size=3), (n, 1)), np.full(n, int(rng.integers(3)))
        rate, parts = round(float(rng.uniform(0.05, 0.2)), 3), -(-n // batch_size)
        got = answer.probe(trained, [3, 4], seed_of(rng), X, labels, rate, n_epochs, batch_size)
        before, end = (expect_doubt(p, (n, 4), f"{n} examples") for p in got[:2])
        expect_close(
            end[0],
            after(X, labels, before, rate, range(n_epochs * parts)),
            rtol=1e-6,
            what="the probabilities at the end",
            why=f"{n} copies of one example in batches of {batch_size}, {n_epochs} epochs: "
            f"{n_epochs * parts} steps",
        )


@exercise.check("the generators decide the first weights and the order", points=0.5)
def chance(answer: Answer, rng: np.random.Generator) -> None:
    X, labels, seeds = rng.normal(size=(30, 2)), np.arange(30) % 3, [seed_of(rng), seed_of(rng)]
    runs = [
        answer.probe(trained, [2, 6, 3], seed, X, labels, 0.5, 3, 4) for seed in (*seeds, seeds[0])
    ]
    starts, ends, beside, unchanged = (
        [expect_rows(run[place], (30, 3), "30 examples") for run in runs] for place in (0, 1, 4, 5)
    )
    expect_that(
        np.array_equal(beside[0], unchanged[0]),
        "Training one object changed another one: do they share their parameters?",
    )
    expect_that(
        np.array_equal(starts[0], starts[2]) and np.array_equal(ends[0], ends[2]),
        "Two objects with the same seeds differ: `rng` must be the only source of chance.",
    )
    expect_that(
        not np.allclose(starts[0], starts[1]), "Two generators gave the same first weights."
    )


@exercise.check("learns what no line can part: two moons, and rings in three classes", points=2)
def learns(answer: Answer, rng: np.random.Generator) -> None:
    for name, drawn, sizes in (
        ("two moons", _moons, [2, 16, 2]),
        ("three rings", _rings, [2, 16, 16, 3]),
    ):
        (X, labels), (new, hidden) = drawn(rng, 120), drawn(rng, 300)
        best = 0.0
        for _ in range(3):
            read = answer.probe(reading, sizes, seed_of(rng), X, labels, 0.5, 200, 8, new)
            read = np.asarray(read)
            best = max(best, float(read.shape == hidden.shape and np.mean(read == hidden)))
            if best >= 0.95:
                break
        expect_that(
            best >= 0.95,
            f"On {name} at least 95 % of new points should be right after 200 epochs, in the best "
            "of three training runs. The hidden layers decide here, on the way there and back.",
            expected="at least 0.95",
            got=best,
            why=f"sizes = {sizes}, learning rate 0.5, batches of 8",
        )


def _moons(rng, n):
    """Two half circles with noise: (X, labels)."""
    labels = rng.permutation(np.arange(n) % 2)
    angle = rng.uniform(0, np.pi, n)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    X = np.where(labels[:, None] == 0, upper, [1.0, 0.5] - upper)
    return X + rng.normal(size=(n, 2)) * 0.1, labels


def _rings(rng, n):
    """Three rings around the origin, radius 0.4, 1.2 and 2: (X, labels)."""
    labels = rng.permutation(np.arange(n) % 3)
    angle, radius = rng.uniform(0, 2 * np.pi, n), 0.4 + 0.8 * labels
    X = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return X + rng.normal(size=(n, 2)) * 0.08, labels


def _is_training(call):
    """Whether the call trains a network without hidden layer: then its steps can be computed."""
    return call.probe == "trained" and len(call.args[0]) == 2


@exercise.compared_by(where=lambda call: call.probe == "untrained" or _is_training(call))
def traits(calls):
    """What the calls show of how somebody trains, whatever weights and orders were drawn."""
    return [_traits(call.args, call.value) for call in calls]


def _traits(args, value):
    if not isinstance(value, list) or len(args) < 5:
        return _form(value)
    if [np.shape(one) for one in value[:2]] != 2 * [(len(args[2]), args[0][-1])]:
        return outline(value)
    X, labels, rate, n_epochs, _ = args[2:]
    before, end = (np.asarray(p, dtype=float) for p in value[:2])
    if not ((before > 0).all() and (end > 0).all()):
        return [value[3], "no probabilities"]
    if n_epochs == 1:
        there = moved(before, end)
        return [value[3], *(_share(there, downhill(X, labels, before, rate, b)) for b in (1, 0))]
    return [value[3], _steps(X, labels, before, end, rate)]


def _form(value):
    if not isinstance(value, list):
        return outline(value)
    is_finite = [bool(np.isfinite(np.asarray(one, dtype=float)).all()) for one in value]
    sums = [round(float(np.sum(one)), 6) for one in value[:1] if is_finite[0]]
    return [*(np.shape(one) for one in value), np.asarray(value[1]).dtype.kind, *is_finite, *sums]


def _share(there, expected):
    """The factor between two arrays; None if there is none."""
    factor = float(np.sum(there * expected) / max(np.sum(expected**2), 1e-300))
    return round(factor, 4) if np.allclose(there, factor * expected, atol=1e-7) else None


def _steps(X, labels, before, end, rate):
    """How many steps of the right length lead from one to the other; None if no number does."""
    for count in range(31):
        if np.allclose(after(X, labels, before, rate, range(count)), end[0], rtol=1e-6):
            return count
    return None


class Built:
    """A right class of the course's parts, for wrong ones that differ in one piece."""

    def __init__(self, sizes, rng):
        self.params = parts.init_params(sizes, rng)

    def slopes(self, X, labels):
        """Gradients of one batch."""
        return parts.classifier_gradients(X, labels, self.params)[1]

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        for _ in range(n_epochs):
            for some, theirs in parts.minibatches(X, labels, batch_size, rng):
                grads = self.slopes(some, theirs)
                self.params = parts.sgd_step(self.params, grads, learning_rate)
        return self

    def bend(self, z):
        """The activation of the hidden layers."""
        return np.maximum(z, 0)

    def scores(self, X):
        """Scores of the last layer, (n, C)."""
        a = np.asarray(X)
        for W, b in self.params[:-1]:
            a = self.bend(a @ W + b)
        return a @ self.params[-1][0] + self.params[-1][1]

    def predict_proba(self, X):
        return softmax(self.scores(X))

    def predict(self, X):
        return self.scores(X).argmax(axis=1)


@exercise.wrong(caught_by=one_step, hint=4)
class FitGivesNothing(Built):
    """`fit` trains, and hands something else back than the object, on which a chain could go on."""

    def fit(self, *given):
        super().fit(*given)


@exercise.wrong(caught_by=has_the_form, hint=2)
class LabelsAreProbabilities(Built):
    """`predict` gives the probabilities. A label is the number of the column that is largest."""

    def predict(self, X):
        return self.predict_proba(X)


@exercise.wrong(caught_by=has_the_form, hint=2)
class ScoresAreNoProbabilities(Built):
    """`predict_proba` gives the scores of the last layer; softmax makes probabilities of them."""

    def predict_proba(self, X):
        return self.scores(X)


@exercise.wrong(caught_by=has_the_form, hint=2)
class SoftmaxDownTheColumns(Built):
    """Your softmax divides by the sum over the batch: it is the row of an example that sums to 1.

    Which axis counts the classes?
    """

    def predict_proba(self, X):
        z = self.scores(X)
        e = np.exp(z - z.max(axis=0))
        return e / e.sum(axis=0)


@exercise.wrong(caught_by=has_the_form, hint=2)
class OverflowingSoftmax(Built):
    """Your softmax overflows for large scores. Take the largest of each row off first."""

    def predict_proba(self, X):
        with np.errstate(all="ignore"):
            e = np.exp(self.scores(X))
            return e / e.sum(axis=1, keepdims=True)


@exercise.wrong(caught_by=one_step, hint=2)
class SumInsteadOfMean(Built):
    """Your steps are too long by the number of examples in the batch: the cost is a mean."""

    def slopes(self, X, labels):
        return [(dW * len(X), db * len(X)) for dW, db in super().slopes(X, labels)]


@exercise.wrong(caught_by=one_step, hint=2)
class Uphill(Built):
    """You step up the slope: the cost grows. The gradient points to where it rises."""

    def slopes(self, X, labels):
        return [(-dW, -db) for dW, db in super().slopes(X, labels)]


@exercise.wrong(caught_by=one_step, hint=2)
class BiasesStayZero(Built):
    """The weights learn, and the biases stay as they are. Each layer has two gradients."""

    def slopes(self, X, labels):
        return [(dW, 0 * db) for dW, db in super().slopes(X, labels)]


@exercise.wrong(caught_by=one_step, hint=2)
class StepsThrownAway(Built):
    """`fit` computes steps, and the object keeps its first weights.

    Where does `predict` look for what was learned?
    """

    def fit(self, *given):
        before = list(self.params)
        super().fit(*given)
        self.params = before
        return self


@exercise.wrong(caught_by=steps, hint=1)
class OneStepPerEpoch(Built):
    """You take one step per epoch, with all examples at once: `batch_size` has no effect."""

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        return super().fit(X, labels, learning_rate, n_epochs, max(len(X), 1), rng)


@exercise.wrong(caught_by=steps, hint=1)
class LastBatchDropped(Built):
    """The last, smaller batch never gets its step."""

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        for _ in range(n_epochs):
            rows = rng.permutation(len(X))[: max(1, len(X) // batch_size) * batch_size]
            super().fit(X[rows], labels[rows], learning_rate, 1, batch_size, rng)
        return self


@exercise.wrong(caught_by=one_step, hint=1)
class FullBatchesOnly(Built):
    """Only full batches get a step. What is left over is lost: all examples, if they fill none."""

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        for _ in range(n_epochs):
            full = rng.permutation(len(X))[: len(X) // batch_size * batch_size]
            if len(full):
                super().fit(X[full], labels[full], learning_rate, 1, batch_size, rng)
        return self


class _NoLoopOverEpochs(Built):
    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        return super().fit(X, labels, learning_rate, 1, batch_size, rng)


@exercise.wrong(caught_by=steps, hint=1, variants=(_NoLoopOverEpochs,))
class OneEpochOnly(Built):
    """`fit` goes through the examples once, however large `n_epochs` is."""

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        return super().fit(X, labels, learning_rate, min(n_epochs, 1), batch_size, rng)


@exercise.wrong(
    caught_by=one_step,
    hint=2,
    recognise=lambda calls: any(
        call.error is not None
        and _is_training(call)
        and call.error.type == "ValueError"
        and "broadcast" in call.error.message
        for call in calls
    ),
)
class ClassesOfTheBatch(Built):
    """You count the classes by the labels that are met. `sizes[-1]` says how many there are."""

    def slopes(self, X, labels):
        truth = np.eye(int(labels.max()) + 1)[labels]
        return [(0 * W, self.predict_proba(X) - truth) for W, _ in self.params]


def _starts_flat(calls):
    """Whether every untrained network gives all examples the same probabilities."""
    asked = [call.value for call in calls if call.probe == "untrained" and call.value is not None]
    return bool(asked) and all(np.ptp(np.asarray(p), axis=0).max() < 1e-9 for p, *_ in asked)


def _starts_alike(calls):
    """Whether networks of other generators had the same first weights, and not all of them 0."""
    starts = {
        call.args[1]: np.asarray(call.value[0])  # by its seed
        for call in calls
        if call.probe == "trained" and call.value is not None and len(call.args[2]) == 30
    }
    if len(starts) < 2:
        return False
    one, other, *_ = starts.values()
    return bool(np.ptp(one, axis=0).max() > 1e-9 and np.allclose(one, other))


@exercise.wrong(caught_by=chance, hint=1, recognise=_starts_alike)
class OwnGenerator(Built):
    """Your class draws its first weights from a generator of its own, not from `rng`."""

    def __init__(self, sizes, rng):
        super().__init__(sizes, np.random.default_rng(0))


def _labels_went_elsewhere(calls):
    """Whether one step was right for the same labels in another order."""
    from itertools import permutations  # the notebook imports what stands at the top

    for call in calls:
        if not (_is_training(call) and len(call.args[2]) <= 6 and call.args[5] == 1):
            continue
        if call.value is None or not (np.asarray(call.value[1]) > 0).all():
            continue
        _, _, X, labels, rate, *_ = call.args
        before, end = (np.asarray(p) for p in call.value[:2])
        there = moved(before, end)
        orders = {tuple(order) for order in permutations(labels.tolist())} - {tuple(labels)}
        if any(
            np.allclose(there, downhill(X, np.array(order), before, rate), atol=1e-7)
            for order in orders
        ):
            return True
    return False


@exercise.wrong(caught_by=one_step, hint=2, recognise=_labels_went_elsewhere)
class LabelsLeftBehind(Built):
    """The examples are shuffled, and their labels are not: each learns another one's label."""

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        for _ in range(n_epochs):
            order = rng.permutation(len(X))
            for start in range(0, len(X), batch_size):
                rows = slice(start, start + batch_size)
                grads = self.slopes(X[order[rows]], labels[rows])
                self.params = parts.sgd_step(self.params, grads, learning_rate)
        return self


def _rows_for_labels(calls):
    """Whether every training fails where a label should say which column it is."""
    words = ("arrays used as indices must be", "could not be broadcast together with shapes")
    full = [c for c in calls if _is_training(c) and c.args[5] > 0 and c.args[6] > 1]
    errors = [call.error for call in full]
    return bool(errors) and all(
        error is not None and error.type == "IndexError" and any(w in error.message for w in words)
        for error in errors
    )


@exercise.wrong(caught_by=one_step, hint=2, recognise=_rows_for_labels)
class OneHotForLabels(Built):
    """Your gradient gets rows of 0 and 1. `classifier_gradients` wants labels: whole numbers, (n,).

    It finds the right columns by itself.
    """

    def slopes(self, X, labels):
        p, truth = self.predict_proba(X), truth_of(labels, len(self.params[-1][1]))
        p[np.arange(len(X)), truth] -= 1
        return []


@exercise.wrong(caught_by=has_the_form, hint=2)
class LargestOfAll(Built):
    """`predict` asks for the largest of the whole table. Each row has a label of its own."""

    def predict(self, X):
        return self.scores(X).argmax()


@exercise.wrong(caught_by=has_the_form, hint=2)
class LargestOfEachColumn(Built):
    """`predict` asks each column which row is the largest. It is each row that has a label."""

    def predict(self, X):
        return self.scores(X).argmax(axis=0)


@exercise.wrong(caught_by=has_the_form, hint=2, recognise=_starts_flat)
class FirstWeightsZero(Built):
    """Your first weights are 0, so every hidden unit computes the same and hears the same.

    What did chapter 11 start with?
    """

    def __init__(self, sizes, rng):
        self.params = [(np.zeros((n, m)), np.zeros(m)) for n, m in pairwise(sizes)]


def _bent_twice(calls):
    """Whether untrained networks never get beyond what a softmax makes of 1 and zeros."""
    asked = [call.value[2] for call in calls if call.probe == "untrained" and call.value]
    shares = [np.asarray(far, dtype=float) for far in asked]
    return bool(shares) and all(
        p.ndim == 2 and np.allclose(p.max(), np.e / (np.e + p.shape[1] - 1), rtol=1e-3)
        for p in shares
    )


@exercise.wrong(caught_by=one_step, hint=2, recognise=_bent_twice)
class SoftmaxTwice(Built):
    """Your probabilities have been through softmax twice: none is ever near 1. Once is enough."""

    def predict_proba(self, X):
        return softmax(super().predict_proba(X))


def _scores_end_at_0(calls):
    """Whether in many rows of untrained networks several classes share the least probability."""
    asked = [call.value[0] for call in calls if call.probe == "untrained" and call.value]
    rows = [row for p in asked if np.shape(p)[-1] > 2 for row in np.asarray(p, dtype=float)]
    tied = [np.sum(np.isclose(row, row.min(), rtol=1e-12, atol=0)) > 1 for row in rows]
    return not _starts_flat(calls) and bool(tied) and float(np.mean(tied)) > 0.15


@exercise.wrong(caught_by=one_step, hint=2, recognise=_scores_end_at_0)
class NegativeScoresCutOff(Built):
    """The scores of your last layer are cut off at 0, as by a ReLU. A class may have less."""

    def scores(self, X):
        return np.maximum(super().scores(X), 0)


def _changes_without_an_epoch(calls):
    """Whether `fit` with no epoch at all leaves a network behind to which no steps lead."""
    none = [call for call in calls if _is_training(call) and call.args[5] == 0 and call.value]
    return any(
        not np.allclose(*call.value[:2]) and _traits(call.args, call.value)[-1] is None
        for call in none
    )


@exercise.wrong(caught_by=one_step, hint=1, recognise=_changes_without_an_epoch)
class DrawnAnewByFit(Built):
    """`fit` throws the first weights away and draws others. Training begins where the object is."""

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        sizes = [len(W) for W, _ in self.params] + [len(self.params[-1][1])]
        self.params = parts.init_params(sizes, rng)
        return super().fit(X, labels, learning_rate, n_epochs, batch_size, rng)


def _answers_only_when_trained(calls):
    """Whether whoever asks before `fit` misses something, and whoever asks after it nothing."""
    early = [call.error for call in calls if call.probe in ("untrained", "trained")]
    late = [call.error for call in calls if call.probe == "reading"]
    missing = ("AttributeError", "TypeError")
    return (
        bool(early and late)
        and all(error is not None and error.type in missing for error in early)
        and not any(late)
    )


@exercise.wrong(caught_by=has_the_form, hint=1, recognise=_answers_only_when_trained)
class WeightsMadeByFit(Built):
    """Your object can answer only once `fit` has run: what `predict_proba` reads is made there.

    `MLP(sizes, rng)` makes it, from its own `rng`.
    """

    def __init__(self, sizes, rng):
        self.sizes = sizes

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        self.params = parts.init_params(self.sizes, rng)
        return super().fit(X, labels, learning_rate, n_epochs, batch_size, rng)


def _levels_off(calls):
    """Whether inputs as large as 10 000 leave doubt behind hidden layers, and only there."""
    asked = [call for call in calls if call.probe == "untrained" and call.value is not None]
    far = [(len(call.args[0]) > 2, np.asarray(call.value[2], dtype=float)) for call in asked]
    doubts = [
        (deep, np.median(p.max(axis=1)) < 1 - 1e-9) for deep, p in far if np.allclose(p.sum(1), 1)
    ]
    return len({deep for deep, _ in doubts}) == 2 and all(deep == doubt for deep, doubt in doubts)


def _is_straight(calls):
    """Whether the scores of untrained hidden layers only weigh their inputs and add them up."""
    asked = [call for call in calls if call.probe == "untrained" and call.value is not None]
    deep = [(call.args[2], np.asarray(call.value[0])) for call in asked if len(call.args[0]) > 2]
    return bool(deep) and not _starts_flat(calls) and all(_lies_in_a_plane(X, p) for X, p in deep)


def _lies_in_a_plane(X, p):
    if p.ndim != 2 or not (p > 0).all():
        return False
    scores, inputs = moved(1.0, p), np.column_stack([X, np.ones(len(X))])
    plane = np.linalg.lstsq(inputs, scores, rcond=None)[0]
    return np.allclose(inputs @ plane, scores, atol=1e-9)


@exercise.wrong(caught_by=learns, hint=2, recognise=_is_straight)
class NothingBends(Built):
    """Nothing bends on the way to your probabilities: all your layers together are a single one.

    What stands between a hidden layer's `a @ W + b` and the next layer?
    """

    def bend(self, z):
        return z


class _SigmoidForward(Built):
    def bend(self, z):
        return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@exercise.wrong(caught_by=learns, hint=2, recognise=_levels_off, variants=(_SigmoidForward,))
class ReluGradientOnly(Built):
    """Your hidden units level off, as tanh and sigmoid do. Does the way back use *their* slope?

    The gradient of chapter 10, `classifier_gradients`, is that of a ReLU, forward and backward.
    """

    def bend(self, z):
        return np.tanh(z)


@exercise.alternative
class TanhUnits:
    """Tanh units, Xavier's weights, a list for weights and a list for biases."""

    def __init__(self, sizes, rng):
        self.weights = [rng.normal(0, (2 / (n + m)) ** 0.5, (n, m)) for n, m in pairwise(sizes)]
        self.biases = [np.zeros((1, m)) for m in sizes[1:]]

    def f(self, z):
        return np.tanh(z)

    def slope(self, a):
        return 1 - a**2

    def layers(self, X):
        kept = [np.asarray(X, dtype=float)]
        for W, b in zip(self.weights[:-1], self.biases[:-1], strict=True):
            kept.append(self.f(kept[-1] @ W + b))
        return [*kept, kept[-1] @ self.weights[-1] + self.biases[-1]]

    def predict_proba(self, X):
        z = self.layers(X)[-1]
        z = z - z.max(axis=1, keepdims=True)
        return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        for _ in range(n_epochs):
            for rows in np.split(rng.permutation(len(X)), range(batch_size, len(X), batch_size)):
                self._step(X[rows], labels[rows], learning_rate)
        return self

    def _step(self, X, labels, learning_rate):
        kept, delta = self.layers(X), self.predict_proba(X)
        delta[np.arange(len(X)), labels] -= 1
        delta /= len(X)
        for layer in range(len(self.weights) - 1, -1, -1):
            back = delta @ self.weights[layer].T * self.slope(kept[layer])
            self.weights[layer] = self.weights[layer] - learning_rate * kept[layer].T @ delta
            self.biases[layer] = self.biases[layer] - learning_rate * delta.sum(axis=0)
            delta = back


@exercise.alternative
class SigmoidUnits(TanhUnits):
    """The same with sigmoids and larger first weights."""

    def __init__(self, sizes, rng):
        super().__init__(sizes, rng)
        self.weights = [rng.normal(size=(n, m)) for n, m in pairwise(sizes)]

    def f(self, z):
        return 0.5 + 0.5 * np.tanh(z / 2)

    def slope(self, a):
        return a * (1 - a)


mine = SimpleNamespace(
    init_params=parts.init_params,
    minibatches=parts.minibatches,
    classifier_gradients=parts.classifier_gradients,
    sgd_step=parts.sgd_step,
    softmax=softmax,
)


@exercise.alternative
class PutTogether:
    """Nothing but the parts on the table of section 1."""

    def __init__(self, sizes, rng):
        self.params = mine.init_params(sizes, rng)

    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        for _ in range(n_epochs):
            for X_b, labels_b in mine.minibatches(X, labels, batch_size, rng):
                _, grads = mine.classifier_gradients(X_b, labels_b, self.params)
                self.params = mine.sgd_step(self.params, grads, learning_rate)
        return self

    def predict_proba(self, X):
        a = X
        for W, b in self.params[:-1]:
            a = np.maximum(a @ W + b, 0)
        W, b = self.params[-1]
        return mine.softmax(a @ W + b)

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)
