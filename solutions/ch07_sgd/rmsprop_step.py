"""A step whose length does not depend on the size of the gradient."""

from functools import partial

import numpy as np

from annkit.exercises import Answer, Exercise, changes, expect_close, expect_that

exercise = Exercise(
    id="rmsprop_step",
    title="A step of RMSProp",
    points=1,
    size="about 2 lines",
    task="""Take one step of RMSProp. The mean square (a mean over the steps, one for each weight)
keeps the share `decay` of itself and gains the rest from the squared gradient,
`square ← decay · square + (1 − decay) · g²`; then each weight
moves by `−learning_rate · g` divided by `√square + eps`, with the **new** square. Note where `eps`
stands: outside the square root. Return weights and square.

Example: `g = 8`, `square = 0`, `decay = 0.75`, `eps = 0`: the square becomes 0.25 · 64 = 16, its
square root is 4, and with the learning rate 0.1 the weight moves by −0.1 · 8/4 = −0.2.""",
    hints=(
        """
        Work out the example with a pencil. Which number is squared, of what is the root taken, and
        on which side of the root does `eps` stand?
        """,
        """
        First update the running mean of g². Then divide the *gradient* by the square root of that
        mean, entry by entry. `eps` is added after the root is taken. (An array of whole numbers
        has no room for fractions.)
        """,
        """
        A running mean of another thing, temperatures: `mean = 0.9 * mean + 0.1 * today`. With mean
        20 and 30 degrees today: 21. Then a deviation in units of a spread: `(x - 21) /
        (np.sqrt(variance) + 0.001)`.
        """,
        """
        Skeleton:

        ```python
        square = ... * square + (...) * ...
        return w - ... / (np.sqrt(...) + ...), square
        ```
        """,
    ),
)


@exercise.reference
def rmsprop_step(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """One step of RMSProp.

    Args:
        w: weights, an array of any shape.
        g: gradient of the cost at w, same shape.
        square: running mean of the squared gradients, same shape; zeros before the first step.
        learning_rate: a positive number.
        decay: share of the old mean that is kept, 0 <= decay < 1.
        eps: added to the square root, so that nothing is divided by 0.

    Returns:
        (w, square): the new weights and the new mean square, new arrays of the same shape.
    """
    square = decay * square + (1 - decay) * g**2
    return w - learning_rate * g / (np.sqrt(square) + eps), square


def _case(rng, shape=(3, 2)):
    return rng.normal(size=shape), rng.normal(size=shape), rng.uniform(0.5, 2, size=shape)


@exercise.check("returns two things of the shape of w")
def two_things(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 2), (4,)):
        got = answer(*_case(rng, shape), 0.1)
        expect_that(
            isinstance(got, tuple | list) and [np.shape(part) for part in got] == [shape, shape],
            f"Return the weights and the mean square, both of shape {shape}.",
            got=got,
        )


@exercise.check("gets one step right by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    w, g, square = np.array([1.0, 0.0]), np.array([2.0, -6.0]), np.array([28.0, 0.0])
    expected = (np.array([0.8, 0.4]), np.array([22.0, 9.0]))
    got = answer(w, g, square, 0.2, decay=0.75, eps=0.0)
    # √22 is no round number: its weight is checked in the random cases
    expect_close(got[1], expected[1], what="square", why="0.75 · square + 0.25 · g²")
    expect_close(np.asarray(got[0])[1], 0.4, what="the second weight", why="0 − 0.2 · (−6)/√9")
    root = float(rng.integers(2, 20))
    got = answer(np.zeros(1), np.array([2 * root]), np.zeros(1), 0.2, decay=0.75, eps=0.0)
    why = f"the square root of the new mean square is {root:g}"
    expect_close(got[1], np.array([root**2]), what="square", why="a quarter of g²")
    expect_close(got[0], np.array([-0.4]), what="w", why=why)


@exercise.check("many steps in a row, with a large eps", points=0.5)
def many_steps(answer: Answer, rng: np.random.Generator) -> None:
    decay, rate, eps = float(rng.uniform(0.3, 0.7)), float(rng.uniform(0.05, 0.5)), 0.3
    gradients = rng.normal(size=(4, 2, 3)) * 2
    w, square = rng.normal(size=(2, 3)), np.zeros((2, 3))
    for t in range(4):
        shares = (1 - decay) * decay ** np.arange(t, -1, -1.0)
        mean = np.einsum("t,tij->ij", shares, np.square(gradients[: t + 1]))
        expected = w - rate * np.divide(gradients[t], mean**0.5 + eps)
        w, square = answer(w, gradients[t], square, rate, decay, eps)
        expect_close(square, mean, what=f"square after step {t + 1}")
        expect_close(w, expected, what=f"w after step {t + 1}", why="eps stands outside the root")


@exercise.check("uses decay 0.9 and eps 1e-8 if they are not given")
def usual_values(answer: Answer, rng: np.random.Generator) -> None:
    tiny = np.array([0.0, 1.0]), np.array([1e-8, 2.0]), np.array([1e-16, 3.0])
    as_said = tuple(map(np.asarray, answer(*tiny, 0.2, decay=0.9, eps=1e-8)))
    why = "with decay=0.9 and eps=1e-8, their usual values, your function gives this"
    expect_close(answer(*tiny, 0.2), as_said, atol=0, what="(w, square)", why=why)


@exercise.check("takes integers")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    whole = np.array([1, 2]), np.array([2, 0]), np.array([1, 4])
    said = {"decay": 0.75, "eps": 1.0}
    as_floats = tuple(map(np.asarray, answer(*(a + 0.0 for a in whole), 0.5, **said)))
    why = "the same numbers, as floats, give this"
    expect_close(answer(*whole, 0.5, **said), as_floats, what="(w, square)", why=why)


@exercise.wrong(caught_by=many_steps, hint=2)
def eps_inside_the_root(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """Your eps stands inside the square root.

    With 1e-8 nobody would notice, except where the gradient is nearly 0: √eps is 10 000 times
    larger than eps.
    """
    square = decay * square + (1 - decay) * g**2
    return w - learning_rate * g / np.sqrt(square + eps), square


@exercise.wrong(caught_by=many_steps, hint=2)
def eps_beside_the_fraction(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """Your eps is added to the weight, not below the line: a fraction ends before the next +."""
    square = decay * square + (1 - decay) * g**2
    return w - learning_rate * g / np.sqrt(square) + eps, square


@exercise.wrong(caught_by=by_hand, hint=1)
def squares_added_up(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """You add up all squares (an older method, AdaGrad): `decay` has no effect.

    The sum only grows, and the steps get shorter and shorter. A running mean forgets.
    """
    square = square + g**2
    return w - learning_rate * g / (np.sqrt(square) + eps), square


def _averaged_gradient(
    w, g, square, learning_rate, decay=0.9, eps=1e-8, *, of=np.positive, sizes=np.positive
):
    """A step with the mean of g, or of its size, in the place of that of g²."""
    square = decay * square + (1 - decay) * of(g)
    with np.errstate(invalid="ignore"):
        return w - learning_rate * g / (np.sqrt(sizes(square)) + eps), square


@exercise.wrong(
    caught_by=by_hand,
    hint=1,
    variants=(_averaged_gradient, partial(_averaged_gradient, of=np.abs)),
)
def not_squared(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """You average the gradient, with its sign or without. The task averages its square."""
    return _averaged_gradient(w, g, square, learning_rate, decay, eps, sizes=np.abs)


@exercise.wrong(caught_by=by_hand, hint=2)
def no_root(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """You divide by the mean square, not its square root: small gradients then take huge steps."""
    square = decay * square + (1 - decay) * g**2
    return w - learning_rate * g / (square + eps), square


@exercise.wrong(caught_by=by_hand, hint=1)
def old_square(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """The weights use the square from *before* this step.

    From zeros, the first step would divide by eps alone.
    """
    new = decay * square + (1 - decay) * g**2
    return w - learning_rate * g / (np.sqrt(square) + eps), new


@exercise.wrong(caught_by=by_hand, hint=1)
def sum_instead_of_mean(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """The squared gradient comes in whole; in a running mean it gets the share 1 − decay."""
    square = decay * square + g**2
    return w - learning_rate * g / (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=by_hand, hint=2)
def bracket_left_out(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """In `1 - decay * g**2` the product comes first: the share 1 − decay needs brackets."""
    square = decay * square + 1 - decay * g**2
    return w - learning_rate * g / (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=by_hand, hint=3)
def shares_swapped(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """The shares are swapped: `decay` says how much of the *old* mean is kept."""
    square = (1 - decay) * square + decay * g**2
    return w - learning_rate * g / (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=by_hand, hint=1)
def uphill(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """The weights moved along the gradient: uphill."""
    square = decay * square + (1 - decay) * g**2
    return w + learning_rate * g / (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=two_things, hint=2, recognise=changes("w", "g", "square"))
def in_place(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """`*=`, `+=` and `-=` write into the caller's arrays. `w = w - …` makes a new one."""
    square *= decay
    square += (1 - decay) * g**2
    return w - learning_rate * g / (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=by_hand, hint=2)
def one_mean_for_all(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """You averaged g² over the weights. The mean here runs over *time*: each weight has its own.

    One loud weight would make all the others take small steps.
    """
    square = decay * square + (1 - decay) * np.mean(g**2)
    return w - learning_rate * g / (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=two_things, hint=2)
def gradient_times_itself(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """`g @ g` adds up the squares of all weights, and for a matrix it is a matrix product.

    Each weight has its own square: entry by entry.
    """
    square = decay * square + (1 - decay) * g @ g
    return w - learning_rate * g / (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=usual_values, hint=2)
def other_usual_values(w, g, square, learning_rate, decay=0.99, eps=1e-8):
    """Where the caller gives none, `decay` or `eps` isn't as the `def` says."""
    new = (1 - decay) * g**2 + decay * square
    return w - learning_rate * g / (eps + np.sqrt(new)), new


@exercise.wrong(caught_by=takes_integers, hint=2)
def whole_squares(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """Your array has the type of the old square: with whole numbers every fraction is lost."""
    new = np.zeros_like(square)
    new[...] = decay * square + (1 - decay) * g**2
    return w - learning_rate * g / (np.sqrt(new) + eps), new


@exercise.wrong(caught_by=by_hand, hint=2)
def gradient_left_out(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """Your step has no g on top of the fraction: every weight moves down, whatever its slope."""
    square = decay * square + (1 - decay) * g**2
    return w - learning_rate / (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=by_hand, hint=2)
def share_squared_too(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """You square the share 1 − decay along with g. Only the gradient is squared."""
    square = decay * square + ((1 - decay) * g) ** 2
    return w - learning_rate * g / (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=by_hand, hint=2)
def times_the_root(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """You multiply by the square root, so that large gradients take even larger steps."""
    square = decay * square + (1 - decay) * g**2
    return w - learning_rate * g * (np.sqrt(square) + eps), square


@exercise.wrong(caught_by=by_hand, hint=2)
def squared_in_the_step(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """You square the gradient on top of the fraction as well: every weight moves down."""
    square = decay * square + (1 - decay) * g**2
    return w - learning_rate * g**2 / (np.sqrt(square) + eps), square


@exercise.wrong(
    caught_by=by_hand,
    hint=2,
    variants=(
        lambda w, g, square, learning_rate, decay=0.9, eps=1e-8: _root_returned(
            w, g, square, learning_rate, decay, eps, extra=0
        ),
    ),
)
def root_returned(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    """The weights are right where `square` is, but you hand back its square root.

    The next step begins with the mean square itself.
    """
    return _root_returned(w, g, square, learning_rate, decay, eps, extra=eps)


def _root_returned(w, g, square, learning_rate, decay, eps, extra):
    root = np.sqrt(decay * square + (1 - decay) * g**2)
    return w - learning_rate * g / (root + eps), root + extra


@exercise.alternative
def move_towards(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    square = square + (1 - decay) * (np.square(g) - square)
    scale = learning_rate / (eps + square**0.5)
    return w - scale * g, square


@exercise.alternative
def entry_by_entry(w, g, square, learning_rate, decay=0.9, eps=1e-8):
    w, square = np.array(w, dtype=float), np.array(square, dtype=float)
    for i in np.ndindex(w.shape):
        square[i] = decay * square[i] + (1 - decay) * g[i] * g[i]
        w[i] -= learning_rate * g[i] / (np.sqrt(square[i]) + eps)
    return w, square
