"""A stack of linear layers is one linear layer: compute it."""

from itertools import pairwise

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that

exercise = Exercise(
    id="linear_collapse",
    title="Ten layers in one",
    points=2,
    size="about 4 lines",
    task="""`params` is a list of `(W, b)` pairs, input side first. With no activation, each layer
turns its input `a` into `a @ W + b`. Return the one pair `(W, b)` that does the work of the whole
stack. Layers may be of any width, and there may be only one.

Example: the layers `([[2, -1]], [1, 0])` and `([[3], [4]], [5])`. The input 1 becomes
(3, −1), then 3·3 − 1·4 + 5 = 10. The single layer `([[2]], [8])` gives 2·1 + 8 = 10 as well.""",
    hints=(
        """
        Write two layers as one line, `(x @ W1 + b1) @ W2 + b2`, and multiply the bracket out on
        paper. Which matrix stands behind `x`, and what is left that has no `x`?
        """,
        """
        The matrices multiply in the order in which the input meets them. A bias has a longer way:
        it is added early, so it passes through every *later* layer, as any activation does.
        """,
        """
        The same with money: 2 % interest, then a deposit of 100, then 5 % interest, then a deposit
        of 10. Capital x becomes (1.02x + 100)·1.05 + 10 = 1.071x + 115. The rates multiply to
        1.071; the early deposit has grown to 105 before the late one is added.
        """,
        """
        Skeleton:

        ```python
        W, b = params[0]
        for W_next, b_next in params[1:]:
            W = ...
            b = ...
        return W, b
        ```
        """,
    ),
)


@exercise.reference
def linear_collapse(params):
    """Replace a stack of linear layers by the single layer that does the same.

    Args:
        params: the layers, input side first: a list of pairs (W, b) with W of shape
            (n_in, n_out) and b of shape (n_out,). One layer's n_out is the next one's n_in.

    Returns:
        A pair (W, b), W of shape (first n_in, last n_out) and b of shape (last n_out,), such that
        x @ W + b is what the whole stack makes of x. params itself is left unchanged.
    """
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


def random_stack(
    rng: np.random.Generator, sizes: tuple[int, ...]
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Layers with the given sizes, biases far from zero."""
    return [
        (rng.normal(size=(n_in, n_out)), rng.normal(size=n_out) + 2)
        for n_in, n_out in pairwise(sizes)
    ]


def send_through(x: np.ndarray, params: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Apply the layers one after the other to x, (batch, n_in)."""
    for W, b in params:
        x = np.einsum("bi,io->bo", x, W) + b
    return x


@exercise.check("returns a pair (W, b) with the right shapes")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(random_stack(rng, (2, 4, 3, 5)))
    expect_that(
        isinstance(got, tuple | list) and len(got) == 2, "A pair (W, b) was expected.", got=got
    )
    expect_shape(got[0], (2, 5), what="W")
    expect_shape(got[1], (5,), what="b")


@exercise.check("gets two small layers right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    params = [
        (np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([1.0, 3.0])),
        (np.array([[2.0, 0.0], [1.0, 1.0]]), np.array([10.0, 20.0])),
    ]
    expected = (np.array([[4.0, 2.0], [-1.0, -1.0]]), np.array([15.0, 23.0]))
    expect_close(answer(params), expected, what="(W, b)")
    params = [
        (rng.integers(-3, 4, size=(2, 2)), rng.integers(1, 6, size=2)),
        (rng.integers(1, 4, size=(2, 2)), rng.integers(1, 6, size=2)),
    ]
    b = send_through(np.zeros((2, 2)), params)
    expect_close(answer(params), (send_through(np.eye(2), params) - b, b[0]), what="(W, b)")


@exercise.check("the weights do the work of a stack of three layers", points=0.5)
def weights_of_three(answer: Answer, rng: np.random.Generator) -> None:
    params = random_stack(rng, (3, 4, 2, 5))
    expected = send_through(np.eye(3), params) - send_through(np.zeros((3, 3)), params)
    got = answer(params)
    expect_that(
        isinstance(got, tuple | list) and len(got) == 2, "A pair (W, b) was expected.", got=got
    )
    expect_close(got[0], expected, what="W")


@exercise.check("the bias is what the stack makes of zero", points=0.5)
def bias_of_three(answer: Answer, rng: np.random.Generator) -> None:
    params = random_stack(rng, (3, 3, 3, 3))
    got = answer(params)
    expect_that(
        isinstance(got, tuple | list) and len(got) == 2, "A pair (W, b) was expected.", got=got
    )
    expect_close(got[1], send_through(np.zeros((1, 3)), params)[0], what="b")


@exercise.check("one layer stays what it is; ten collapse too", points=0.5)
def one_and_ten(answer: Answer, rng: np.random.Generator) -> None:
    for sizes in ((3, 2), (4, *[3] * 9, 2)):
        params = random_stack(rng, sizes)
        b = send_through(np.zeros((1, sizes[0])), params)
        W = send_through(np.eye(sizes[0]), params) - b
        expect_close(answer(params), (W, b[0]), rtol=1e-6, atol=1e-6, what="(W, b)")


@exercise.wrong(caught_by=keeps_shape, hint=2)
def biases_only_added(params):
    """Your biases are added up as they are; the early ones never pass through the later layers.

    Where all layers have the same width this even runs. Follow b1 on its way to the output.
    """
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W, b = W @ W_next, b + b_next
    return W, b


@exercise.wrong(caught_by=by_hand, hint=2)
def biases_added_where_they_fit(params):
    """Early biases are added as they are, or dropped where the widths differ.

    They should pass through the later layers. Follow b1 on its way to the output.
    """
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W = W @ W_next
        b = b + b_next if b.shape == b_next.shape else b_next
    return W, b


@exercise.wrong(caught_by=by_hand, hint=1)
def only_the_last_bias(params):
    """You kept the bias of the last layer and lost the earlier ones on the way."""
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W, b = W @ W_next, b_next
    return W, b


@exercise.wrong(caught_by=by_hand, hint=3)
def later_biases_lost(params):
    """The first bias travels as it should, but the later layers' own biases are never added."""
    W, b = params[0]
    for W_next, _ in params[1:]:
        W, b = W @ W_next, b @ W_next
    return W, b


@exercise.wrong(caught_by=by_hand, hint=3)
def bias_before_weights(params):
    """You add the next layer's bias before its weights are applied.

    A layer first weighs and sums, then adds its own bias.
    """
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W = W @ W_next
        b = (b + b_next if b.shape == b_next.shape else b) @ W_next
    return W, b


@exercise.wrong(caught_by=keeps_shape, hint=2)
def reversed_order(params):
    """You multiply the matrices in the reverse order.

    With rows as examples, x meets W1 first: it stands on the left.
    """
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W, b = W_next @ W, b @ W_next + b_next
    return W, b


@exercise.wrong(caught_by=keeps_shape, hint=2)
def elementwise_product(params):
    """You multiplied the matrices entry by entry (`*`). Layers in a row need the matrix product."""
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W, b = W * W_next, b * W_next + b_next
    return W, b


def _return_in_the_loop(params):
    return only_two_layers(params) if len(params) > 1 else None


@exercise.wrong(caught_by=keeps_shape, hint=1, variants=(_return_in_the_loop,))
def only_two_layers(params):
    """You combine the first two layers only; the rest of the stack is missing."""
    if len(params) == 1:
        return params[0]
    (W1, b1), (W2, b2) = params[:2]
    return W1 @ W2, b1 @ W2 + b2


@exercise.wrong(caught_by=one_and_ten, hint=4)
def fails_on_one_layer(params):
    """With a single layer in the list there is no second one to combine it with."""
    (W, b), (W_next, b_next) = params[0], params[1]
    W, b = W @ W_next, b @ W_next + b_next
    for W_next, b_next in params[2:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@exercise.wrong(caught_by=keeps_shape, hint=2)
def bias_through_all_weights(params):
    """You send the bias through the *product* of all matrices so far, its own layer's included.

    Which matrices still lie ahead of a bias once it has been added?
    """
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W = W @ W_next
        b = b @ W + b_next
    return W, b


@exercise.wrong(caught_by=keeps_shape, hint=2)
def matrices_added(params):
    """You added the matrices. A layer after another multiplies what comes out of it."""
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W, b = W + W_next, b + b_next
    return W, b


@exercise.wrong(caught_by=keeps_shape, hint=4)
def first_layer_twice(params):
    """Your loop begins with the first layer, which you had put into W and b already."""
    W, b = params[0]
    for W_next, b_next in params:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@exercise.wrong(caught_by=keeps_shape, hint=4)
def last_layer_missing(params):
    """The last layer is missing.

    How many turns does your loop take, and how many layers are there?
    """
    W, b = params[0]
    for W_next, b_next in params[1:-1]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@exercise.wrong(caught_by=keeps_shape, hint=4)
def list_used_up(params):
    """You take the pairs out of the caller's own list, or write into its arrays.

    `pop` leaves the list shorter; `params[0]` and `params[1:]` look without taking.
    """
    W, b = params.pop(0)
    while params:
        W_next, b_next = params.pop(0)
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


@exercise.wrong(caught_by=keeps_shape, hint=1)
def last_layer_only(params):
    """You return the last layer as it is. What the layers before it do is missing."""
    return params[-1]


@exercise.alternative
def from_the_output_side(params):
    W, b = params[-1]
    for W_earlier, b_earlier in reversed(params[:-1]):
        b = b_earlier @ W + b
        W = W_earlier @ W
    return W, b


@exercise.alternative
def by_asking_the_stack(params):
    n_in = params[0][0].shape[0]
    x = np.vstack([np.zeros(n_in), np.eye(n_in)])
    for W, b in params:
        x = x @ W + b
    return x[1:] - x[0], x[0]


@exercise.alternative
def with_homogeneous_coordinates(params):
    n_in = params[0][0].shape[0]
    total = np.eye(n_in + 1)
    for W, b in params:
        layer = np.zeros((W.shape[0] + 1, W.shape[1] + 1))
        layer[:-1, :-1], layer[-1, :-1], layer[-1, -1] = W, b, 1
        total = total @ layer
    return [total[:-1, :-1], total[-1, :-1]]


@exercise.alternative
def by_recursion(params):
    if len(params) == 1:
        return params[0]
    (W1, b1), (W2, b2), *rest = params
    return by_recursion([(np.einsum("ij,jk->ik", W1, W2), b1 @ W2 + b2), *rest])
