"""A step of a recurrent layer: what is heard now, and what is remembered, make the new state."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="rnn_step",
    title="One step of memory",
    points=1,
    size="about 1 line",
    task=r"""Return the new state of a recurrent layer: the hyperbolic tangent of what the input `x`
brings through `W_xh`, plus what the old state `h` brings through `W_hh`, plus the bias:
$h' = \tanh(x W_{xh} + h W_{hh} + b)$, with examples in rows. A sum may be large; the state is then
±1.

Example: one input, one unit, `x = [[2]]`, `h = [[0.5]]`, `W_xh = [[1]]`, `W_hh = [[-3]]`, `b =
[0.1]`: the sum is 2 − 1.5 + 0.1 = 0.6, and the new state is tanh 0.6, `[[0.537]]`.""",
    hints=(
        """
        Write the shape under each letter of the formula. What do the two products have to have in
        common so that they can be added?
        """,
        """
        It is a dense layer with two inputs, today's and yesterday's, each with weights of its own.
        Add up first, and bend once, at the end.
        """,
        """
        Today's mood from today's weather and yesterday's mood, without a bend: `weather = [[1, 0]]`
        through `[[3], [5]]` gives `[[3]]`, `mood = [[2]]` through `[[0.5]]` gives `[[1]]`. With the
        bias `[10]` the sum is `[[14]]`.
        """,
        """
        Skeleton:

        ```python
        z = x @ ... + ... @ ... + ...
        return ...
        ```
        """,
    ),
)


@exercise.reference
def rnn_step(x, h, W_xh, W_hh, b):
    """One step of a recurrent layer.

    Args:
        x: inputs of this step, (batch, n_in).
        h: state after the last step, (batch, n). It is not changed.
        W_xh: weights from inputs to units, (n_in, n).
        W_hh: weights from units to units, (n, n): row i holds what unit i tells the others.
        b: biases, (n,).

    Returns:
        The new state, tanh(x W_xh + h W_hh + b), (batch, n); where the sum is large, 1 or −1.
    """
    return np.tanh(x @ W_xh + h @ W_hh + b)


def _layer(rng, batch, n_in, n):
    """Random (x, h, W_xh, W_hh, b)."""
    shapes = (batch, n_in), (batch, n), (n_in, n), (n, n), (n,)
    return tuple(rng.normal(size=shape) * 0.7 for shape in shapes)


def _unit_by_unit(x, h, W_xh, W_hh, b):
    """The same for every example and unit by itself."""
    return np.array(
        [
            [
                np.tanh(b[j] + np.sum(x[i] * W_xh[:, j]) + np.sum(h[i] * W_hh[:, j]))
                for j in range(len(b))
            ]
            for i in range(len(x))
        ]
    )


@exercise.check("an array like h")
def has_the_shape(answer: Answer, rng: np.random.Generator) -> None:
    x, h, W_hh = np.array([[1.0, 2.0]]), np.array([[0.5]]), np.array([[1.0]])
    expect_shape(answer(x, h, np.array([[1.0], [0.0]]), W_hh, np.zeros(1)), (1, 1))
    for batch, n_in, n in ((4, 3, 2), (1, 2, 5), (3, 1, 3)):
        expect_shape(answer(*_layer(rng, batch, n_in, n)), (batch, n))


@exercise.check("two units by hand")
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    x, h = np.array([[1.0]]), np.array([[0.5, -1.0]])
    W_xh, W_hh = np.array([[2.0, 0.0]]), np.array([[0.0, 1.0], [3.0, 0.0]])
    got = answer(x, h, W_xh, W_hh, np.array([0.0, 0.2]))
    expected = np.array([[np.tanh(-1.0), np.tanh(0.7)]])
    expect_close(got, expected, what="h", why="tanh(2 − 3 + 0) and tanh(0 + 0.5 + 0.2)")
    a, b, c = map(float, rng.integers(1, 9, 3) / 10)
    got = answer(
        np.array([[1.0]]), np.array([[a]]), np.array([[b]]), np.array([[2.0]]), np.array([c])
    )
    expected = np.array([[np.tanh(b + 2 * a + c)]])
    expect_close(got, expected, what="h", why=f"tanh({b:g} + 2·{a:g} + {c:g})")


@exercise.check("any sizes")
def any_sizes(answer: Answer, rng: np.random.Generator) -> None:
    for batch, n_in, n in ((4, 3, 2), (3, 3, 3), (1, 2, 5), (6, 1, 4)):
        given = _layer(rng, batch, n_in, n)
        expect_close(answer(*given), _unit_by_unit(*given), what="h")


@exercise.check("step after step, it remembers")
def remembers(answer: Answer, rng: np.random.Generator) -> None:
    _, _, W_xh, W_hh, b = _layer(rng, 2, 3, 4)
    states = []
    for first in (1.0, -1.0):
        h = np.zeros((2, 4))
        for step in range(3):
            x = np.full((2, 3), first if step == 0 else 0.5)
            expected = _unit_by_unit(x, h, W_xh, W_hh, b)
            h = answer(x, h, W_xh, W_hh, b)
            expect_close(h, expected, what=f"h after step {step + 1}")
            h = np.asarray(h)
        states.append(h)


@exercise.check("is 1 or −1 where the sum is large")
def far_out(answer: Answer, rng: np.random.Generator) -> None:
    x, W_xh = np.array([[1.0], [-1.0]]), rng.integers(800, 900, (1, 2)) * np.array([[1.0, -1.0]])
    got = answer(x, np.zeros((2, 2)), W_xh, np.eye(2), np.zeros(2))
    expect_close(got, np.array([[1.0, -1.0], [-1.0, 1.0]]), what="h")


@exercise.wrong(caught_by=far_out, hint=2)
def exponentials_overflow(x, h, W_xh, W_hh, b):
    """You build tanh from exponentials, and beyond 709 they are infinite: ∞/∞ is NaN.

    `np.tanh` knows how to go on.
    """
    z = x @ W_xh + h @ W_hh + b
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


@exercise.wrong(caught_by=by_hand, hint=2)
def forgetful(x, h, W_xh, W_hh, b):
    """The old state has no effect: this layer remembers nothing."""
    return np.tanh(x @ W_xh + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def deaf(x, h, W_xh, W_hh, b):
    """The input has no effect: this layer hears nothing."""
    return np.tanh(h @ W_hh + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def not_bent(x, h, W_xh, W_hh, b):
    """The hyperbolic tangent is missing; after some steps the state would grow without limit."""
    return x @ W_xh + h @ W_hh + b


@exercise.wrong(caught_by=has_the_shape, hint=2)
def matrices_exchanged(x, h, W_xh, W_hh, b):
    """The input goes through W_hh and the state through W_xh. Read the letters: from x, to h."""
    return np.tanh(x @ W_hh + h @ W_xh + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_forgotten(x, h, W_xh, W_hh, b):
    """The bias is missing."""
    return np.tanh(x @ W_xh + h @ W_hh)


@exercise.wrong(caught_by=by_hand, hint=1)
def state_through_the_transpose(x, h, W_xh, W_hh, b):
    """The old state goes through W_hh transposed; the matrix is square, so nothing complains.

    Row i holds what unit i *tells*: examples are rows, and W_hh stands on the right as it is.
    """
    return np.tanh(x @ W_xh + h @ W_hh.T + b)


@exercise.wrong(
    caught_by=by_hand,
    hint=2,
    variants=(
        lambda x, h, W_xh, W_hh, b: np.tanh(x @ W_xh) + np.tanh(h @ W_hh) + b,
        lambda x, h, W_xh, W_hh, b: np.tanh(x @ W_xh + b) + np.tanh(h @ W_hh),
    ),
)
def bent_one_by_one(x, h, W_xh, W_hh, b):
    """You bend each part and then add: the state may reach 2. Add first, and bend the sum."""
    return np.tanh(x @ W_xh) + np.tanh(h @ W_hh + b)


@exercise.wrong(
    caught_by=by_hand,
    hint=2,
    variants=(lambda x, h, W_xh, W_hh, b: np.tanh(x @ W_xh) + h @ W_hh + b,),
)
def state_not_bent(x, h, W_xh, W_hh, b):
    """What the old state brings is added behind the tanh, so the state may grow without limit."""
    return np.tanh(x @ W_xh + b) + h @ W_hh


@exercise.wrong(
    caught_by=by_hand,
    hint=2,
    variants=(lambda x, h, W_xh, W_hh, b: x @ W_xh + np.tanh(h @ W_hh) + b,),
)
def input_not_bent(x, h, W_xh, W_hh, b):
    """What the input brings is added outside the tanh. The bend is for the whole sum."""
    return x @ W_xh + np.tanh(h @ W_hh + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def state_bent_early(x, h, W_xh, W_hh, b):
    """You bend the old state again before it goes through W_hh. It is the result of a tanh."""
    return np.tanh(x @ W_xh + np.tanh(h) @ W_hh + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def state_added(x, h, W_xh, W_hh, b):
    """You add the old state to the result as well. It counts once, through W_hh."""
    return h + np.tanh(x @ W_xh + h @ W_hh + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def state_without_weights(x, h, W_xh, W_hh, b):
    """The old state goes in without its weights: W_hh has no effect."""
    return np.tanh(x @ W_xh + h + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def through_both(x, h, W_xh, W_hh, b):
    """What the input brings goes through W_hh as well: brackets in the wrong place?"""
    return np.tanh((x @ W_xh + h) @ W_hh + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def sigmoid_for_tanh(x, h, W_xh, W_hh, b):
    """You bend with the sigmoid; the hyperbolic tangent is asked for, from −1 to 1."""
    return 1 / (1 + np.exp(-(x @ W_xh + h @ W_hh + b)))


@exercise.wrong(caught_by=by_hand, hint=2)
def relu_for_tanh(x, h, W_xh, W_hh, b):
    """You bend with a ReLU; the hyperbolic tangent is asked for."""
    return np.maximum(x @ W_xh + h @ W_hh + b, 0)


@exercise.wrong(
    caught_by=has_the_shape,
    hint=1,
    variants=(lambda x, h, W_xh, W_hh, b: np.tanh(W_xh @ x + W_hh @ h + b),),
)
def weights_from_the_left(x, h, W_xh, W_hh, b):
    """Your weights stand on the left. With examples in rows they stand on the right: `h @ W_hh`."""
    return np.tanh(x @ W_xh + W_hh @ h + b)


@exercise.wrong(
    caught_by=has_the_shape,
    hint=1,
    variants=(
        lambda x, h, W_xh, W_hh, b: np.tanh(x * W_xh + h * W_hh + b),
        lambda x, h, W_xh, W_hh, b: np.tanh(x * W_xh + h @ W_hh + b),
    ),
)
def entry_by_entry(x, h, W_xh, W_hh, b):
    """`*` multiplies entry by entry; every unit should hear all inputs and all others: `@`."""
    return np.tanh(x @ W_xh + h * W_hh + b)


@exercise.wrong(caught_by=has_the_shape, hint=4)
def state_twice(x, h, W_xh, W_hh, b):
    """You return two things; the new state alone is asked for."""
    h = np.tanh(x @ W_xh + h @ W_hh + b)
    return h, h


@exercise.wrong(caught_by=has_the_shape, hint=4)
def in_place(x, h, W_xh, W_hh, b):
    """You write into the caller's old state. It is needed again, on the way back."""
    h[...] = np.tanh(x @ W_xh + h @ W_hh + b)
    return h


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_outside(x, h, W_xh, W_hh, b):
    """The bias is added behind the hyperbolic tangent; it belongs to the sum that is bent."""
    return np.tanh(x @ W_xh + h @ W_hh) + b


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_in_both_parts(x, h, W_xh, W_hh, b):
    """The bias comes in twice, with the input and with the state; a unit has one."""
    return np.tanh(x @ W_xh + h @ W_hh + 2 * b)


@exercise.wrong(caught_by=by_hand, hint=2)
def multiplied_together(x, h, W_xh, W_hh, b):
    """You multiply what the input brings by what the state brings. Both are added."""
    return np.tanh((x @ W_xh) * (h @ W_hh) + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def own_state_alone(x, h, W_xh, W_hh, b):
    """Each unit hears its own old state and no other's. Every unit tells all others: `h @ W_hh`."""
    return np.tanh(x @ W_xh + h * np.diag(W_hh) + b)


@exercise.wrong(caught_by=has_the_shape, hint=2)
def input_for_the_state(x, h, W_xh, W_hh, b):
    """The input goes through both matrices. Through W_hh goes the old state, h."""
    return np.tanh(x @ W_xh + x @ W_hh + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def tangent(x, h, W_xh, W_hh, b):
    """`np.tan` is the tangent of an angle. The hyperbolic tangent is `np.tanh`."""
    return np.tan(x @ W_xh + h @ W_hh + b)


@exercise.alternative
def as_one_dense_layer(x, h, W_xh, W_hh, b):
    return np.tanh(np.hstack([x, h]) @ np.vstack([W_xh, W_hh]) + b)


@exercise.alternative
def with_einsum(x, h, W_xh, W_hh, b):
    z = np.einsum("bi,ij->bj", x, W_xh)
    z += np.einsum("bi,ij->bj", h, W_hh) + b[None, :]
    return 1 - 2 / (np.exp(2 * z) + 1)


@exercise.alternative
def unit_by_unit(x, h, W_xh, W_hh, b):
    return [
        [np.tanh(np.dot(row, W_xh[:, j]) + np.dot(old, W_hh[:, j]) + b[j]) for j in range(len(b))]
        for row, old in zip(x, h, strict=True)
    ]
