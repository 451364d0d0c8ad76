"""Novikoff's bound on the number of corrections."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that

exercise = Exercise(
    id="mistake_bound",
    title="How many corrections at most",
    points=2,
    size="about 4 lines",
    task=r"""Compute the bound $(R/\gamma)^2$ that a separator $(w, b)$ proves for the perceptron
that learns its bias too. So give every example the constant 1 as one more coordinate, take `b`
as that coordinate's weight, and measure both $R$ and $\gamma$ there.

*Example:* one feature, the examples 3 (label +1) and 1 (label −1), separated by `w = (1,)`, `b =
-2`. They become (3, 1) and (1, 1): R² = 10. The scores are 1 and −1, and (1, −2) has length √5: γ
= 1/√5. The bound is 10 · 5 = 50.""",
    hints=(
        "Which two vectors grow by one coordinate, and which lengths change because of that?",
        """
        First build the longer examples and the longer weight vector. R is the length of the longest
        example; γ is the smallest signed distance, as in `margin`, but of these longer vectors.
        """,
        """
        Only lengths, worked: the points (2, 2) and (0, 1), each with a 1 appended, are (2,
        2, 1) and (0, 1, 1). Their lengths are √9 = 3 and √2, the largest is 3, its
        square 9. `np.linalg.norm(A, axis=1)` gives the length of each row; without `axis` it gives
        one number for the whole matrix.
        """,
        """
        ```python
        X_hat = np.column_stack([X, ...])
        w_hat = np.append(w, ...)
        R = np.max(...)
        gamma = np.min(...) / ...
        return ...
        ```
        """,
    ),
)


@exercise.reference
def mistake_bound(X, y, w, b):
    """Return the bound on the perceptron's corrections that the separator (w, b) proves.

    Args:
        X: examples, (batch, features).
        y: labels, (batch,), each -1 or +1.
        w: weights of a separator, (features,), of any length: y·(x·w + b) > 0 for all examples.
        b: its bias.

    Returns:
        The number (R/γ)²: R is the length of the longest example and γ the smallest distance
        from the separator, both with the constant 1 as one more coordinate of every example.
    """
    X_hat = np.column_stack([X, np.ones(len(X))])
    w_hat = np.append(w, b)
    R = np.max(np.linalg.norm(X_hat, axis=1))
    gamma = np.min(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return (R / gamma) ** 2


def _separated(rng, n_features):
    """Random examples with gaps of at least 1/2 in score around a known separator.

    Args:
        rng: source of randomness.
        n_features: number of features.

    Returns:
        (X, y, w, b): (9, n_features), (9,), (n_features,), number.
    """
    w, b = rng.normal(size=n_features) + 0.5, float(rng.uniform(0.6, 1.5))
    X = rng.normal(size=(9, n_features)) * 2
    score = X @ w + b
    y = np.where(score > 0, 1, -1)
    X = X + (y * 0.5)[:, None] * w / (w @ w)  # half a unit of score away from the line
    return X, y, w, b


def _number_by_number(X, y, w, b):
    """The bound in plain Python: squared lengths, and the smallest score."""
    longest = max(sum(v * v for v in x) + 1 for x in X)
    smallest = min(
        t * (sum(u * v for u, v in zip(x, w, strict=True)) + b) for x, t in zip(X, y, strict=True)
    )
    return float(longest * (sum(v * v for v in w) + b * b) / smallest**2)


@exercise.check("returns a single number")
def returns_a_number(answer: Answer, rng: np.random.Generator) -> None:
    expect_shape(answer(*_separated(rng, 3)), (), what="the bound")


@exercise.check("two examples by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    X, y = np.array([[2.0, 2.0], [0.0, 0.5]]), np.array([1, -1])
    # squared lengths 9 and 1.25; scores 2 and -1.5; the squared length of (1, 1, -2) is 6
    got = answer(X, y, np.array([1.0, 1.0]), -2.0)
    expect_close(got, 9 * 6 / 2.25, what="the bound", why="R² = 9, γ = 1.5/√6")
    # squared length 4.25; scores 2.5 and -1
    got = answer(X, y, np.array([1.0, 1.0]), -1.5)
    expect_close(got, 38.25, what="the bound", why="R² = 9, γ = 1/√4.25; no rounding")
    # one feature; the scores are 2p + 1/2 and −(2q − 1/2)
    p = round(float(rng.uniform(1, 5)), 2)
    q = p + round(float(rng.uniform(1, 4)), 2)
    got = answer(np.array([[p], [-q]]), y, np.array([2.0]), 0.5)
    longest, smallest = q**2 + 1, 2 * p + 0.5
    why = f"R² = {longest:.5g}, γ = {smallest:g}/√4.25"
    expect_close(got, longest * 4.25 / smallest**2, what="the bound", why=why)


@exercise.check("random separable examples", points=1)
def random_examples(answer: Answer, rng: np.random.Generator) -> None:
    for n_features in (1, 2, 4):
        X, y, w, b = _separated(rng, n_features)
        expect_close(answer(X, y, w, b), _number_by_number(X, y, w, b), what="the bound")


@exercise.check("a separator twice as long proves the same bound")
def scale_does_not_matter(answer: Answer, rng: np.random.Generator) -> None:
    X, y, w, b = _separated(rng, 2)
    once, doubled = answer(X, y, w, b), answer(X, y, 2 * w, 2 * b)
    expect_that(
        bool(np.isclose(once, doubled)),
        "2w and 2b draw the same boundary, so they prove the same bound.",
        expected=once,
        got=doubled,
    )


@exercise.check("no perceptron makes more corrections", points=0.5)
def covers_the_perceptron(answer: Answer, rng: np.random.Generator) -> None:
    # run the rule itself, in the longer coordinates, on three examples and on random ones
    three = np.array([[1.0, 1.0], [-1.0, 0.5], [0.0, 1.5]]), np.array([1, 1, -1])
    for X, y in (three, _separated(rng, 2)[:2]):
        signed = y[:, None] * np.column_stack([X, np.ones(len(X))])
        w_hat, corrections = np.zeros(3), 0
        while np.any(signed @ w_hat <= 0):
            for s in signed:
                if s @ w_hat <= 0:
                    w_hat, corrections = w_hat + s, corrections + 1
        got = answer(X, y, w_hat[:2], float(w_hat[2]))
        expect_that(
            np.ndim(got) == 0 and bool(got >= corrections * (1 - 1e-9)),
            "A perceptron needs more corrections than your bound allows.",
            expected=f"at least {corrections}",
            got=got,
        )
        longest = np.max(np.sum(signed**2, axis=1))
        expected = longest * (w_hat @ w_hat) / np.min(signed @ w_hat) ** 2
        expect_close(got, float(expected), what="the bound")


@exercise.wrong(caught_by=by_hand, hint=1)
def radius_without_one(X, y, w, b):
    """The extra coordinate is missing in R: this number can be smaller than the true count."""
    w_hat = np.append(w, b)
    gamma = np.min(y * (X @ w + b)) / np.linalg.norm(w_hat)
    return (np.max(np.linalg.norm(X, axis=1)) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=1)
def margin_without_bias(X, y, w, b):
    """Your γ is a distance among the examples as given; here b belongs to the length."""
    X_hat = np.column_stack([X, np.ones(len(X))])
    gamma = np.min(y * (X @ w + b)) / np.linalg.norm(w)
    return (np.max(np.linalg.norm(X_hat, axis=1)) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=1)
def features_only(X, y, w, b):
    """Both R and γ are measured without the extra coordinate, but this perceptron learns a bias."""
    gamma = np.min(y * (X @ w + b)) / np.linalg.norm(w)
    return (np.max(np.linalg.norm(X, axis=1)) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=4)
def not_squared(X, y, w, b):
    """This is R/γ. The number of corrections is bounded by its square."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.min(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return np.max(np.linalg.norm(X_hat, axis=1)) / gamma


@exercise.wrong(caught_by=by_hand, hint=3)
def norm_of_the_matrix(X, y, w, b):
    """Your R adds up all rows of the matrix. R belongs to one example."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.min(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return (np.linalg.norm(X_hat) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def score_for_margin(X, y, w, b):
    """γ is not divided by the length of (w, b), so a longer separator seems to prove more."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    return (np.max(np.linalg.norm(X_hat, axis=1)) / np.min(y * (X_hat @ w_hat))) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def shortest_example(X, y, w, b):
    """R is the length of the shortest example here; the bound has to cover the longest."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.min(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return (np.min(np.linalg.norm(X_hat, axis=1)) / gamma) ** 2


def _whole(calls) -> bool:
    """Whether every result is the bound made whole: cut off, rounded, or rounded up."""
    made_whole = (np.floor, np.rint, np.ceil)
    pairs = [(call.value, _number_by_number(*call.args)) for call in calls]
    return bool(pairs) and any(
        # what is 24 on paper may be 23.999… in floats
        all(got in (make(wanted - 1e-9), make(wanted + 1e-9)) for got, wanted in pairs)
        for make in made_whole
    )


@exercise.wrong(caught_by=by_hand, hint=4, recognise=_whole)
def made_whole(X, y, w, b):
    """The bound is the number (R/γ)² itself. You made a whole number of it.

    Floats make that risky, too: what is 24 on paper may arrive as 23.999…
    """
    return int(_number_by_number(X, y, w, b))


@exercise.wrong(caught_by=by_hand, hint=3)
def average_length(X, y, w, b):
    """Your R is an average. A single long example makes a large correction: which length counts?"""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.min(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return (np.mean(np.linalg.norm(X_hat, axis=1)) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=3)
def lengths_of_the_columns(X, y, w, b):
    """You took lengths down the columns. An example is a row."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.min(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return (np.max(np.linalg.norm(X_hat, axis=0)) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=3)
def largest_number(X, y, w, b):
    """Your R is the largest single coordinate. A length is made of all those of an example."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.min(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return (np.max(np.abs(X_hat)) / gamma) ** 2


def _only_gamma_squared(X, y, w, b):
    return _number_by_number(X, y, w, b) / np.sqrt(np.max(np.sum(np.square(X), axis=1)) + 1)


@exercise.wrong(caught_by=by_hand, hint=4, variants=(_only_gamma_squared,))
def half_of_it_squared(X, y, w, b):
    """Only one of R and γ is squared. In (R/γ)² the square belongs to the whole fraction."""
    w_hat = np.append(w, b)
    return _number_by_number(X, y, w, b) * np.min(y * (X @ w + b)) / np.linalg.norm(w_hat)


@exercise.wrong(caught_by=by_hand, hint=2)
def largest_margin(X, y, w, b):
    """Your γ is the distance of the farthest example. The bound rests on the closest one."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.max(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return (np.max(np.linalg.norm(X_hat, axis=1)) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def score_without_bias(X, y, w, b):
    """Your scores leave the bias out. In the longer coordinates it is one more weight, on the 1."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.min(y * (X @ w)) / np.linalg.norm(w_hat)
    return (np.max(np.linalg.norm(X_hat, axis=1)) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_as_the_coordinate(X, y, w, b):
    """You put b itself beside the examples. Their new coordinate is 1, and b is its *weight*."""
    X_hat, w_hat = np.column_stack([X, np.full(len(X), b)]), np.append(w, 1.0)
    gamma = np.min(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return (np.max(np.linalg.norm(X_hat, axis=1)) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def labels_forgotten(X, y, w, b):
    """The labels play no part in your γ: you take the lowest score, not the one closest to 0."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.min(X_hat @ w_hat) / np.linalg.norm(w_hat)
    return (np.max(np.linalg.norm(X_hat, axis=1)) / gamma) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def squared_length(X, y, w, b):
    """You divide the score by the *square* of the length of (w, b). Take its square root."""
    w_hat = np.append(w, b)
    return _number_by_number(X, y, w, b) * (w_hat @ w_hat)


@exercise.wrong(caught_by=by_hand, hint=2)
def average_margin(X, y, w, b):
    """Your γ is an average of the distances. The bound rests on the smallest of them."""
    X_hat, w_hat = np.column_stack([X, np.ones(len(X))]), np.append(w, b)
    gamma = np.mean(y * (X_hat @ w_hat)) / np.linalg.norm(w_hat)
    return (np.max(np.linalg.norm(X_hat, axis=1)) / gamma) ** 2


@exercise.alternative
def in_squares(X, y, w, b):
    """No square root is needed: R² ‖(w, b)‖² / (smallest score)²."""
    longest = np.max(np.sum(np.square(X), axis=1)) + 1
    smallest = np.min(y * (X @ w + b))
    return longest * (np.dot(w, w) + b**2) / smallest**2


@exercise.alternative
def separator_of_unit_length(X, y, w, b):
    """Signed, longer examples and a unit separator."""
    signed = np.asarray(y).reshape(-1, 1) * np.hstack([X, np.ones((len(X), 1))])
    u = np.concatenate([w, [b]])
    u = u / np.sqrt(u @ u)
    return float(max(s @ s for s in signed) / min(s @ u for s in signed) ** 2)
