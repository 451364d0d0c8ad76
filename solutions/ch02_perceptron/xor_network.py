"""XOR with two layers of thresholds."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_equal, expect_pairs

exercise = Exercise(
    id="xor_network",
    title="Two layers do it",
    points=2,
    size="about 3 lines",
    task=r"""Choose the weights of a network with two inputs, two hidden neurons and one output that
computes XOR. Every neuron is a step: its output is 1 where $z = xW + b \ge 0$ and 0
elsewhere. Column j of `W` holds the weights *into* neuron j of that layer.

*Example:* a network of the same shape that computes AND: the hidden neurons hand x₁ and x₂ on,
`W1 = [[1, 0], [0, 1]]`, `b1 = [-1, -1]`, and the output wants both, `W2 = [[1], [1]]`, `b2 =
[-2]`.""",
    hints=(
        """
        XOR is 1 if *at least one* input is on and *not both* are. Which two of the gates AND, OR,
        NAND, NOR are in that sentence, and which gate joins them?
        """,
        """
        Draw the four points and two parallel lines that cut off the corners (0,0) and (1,1). Each
        hidden neuron is one line; the output asks for the strip between them.
        """,
        """
        A strip on a line, worked: `1 where 2 ≤ x ≤ 5`. Hidden neurons: `x − 2 ≥ 0` and `5 − x ≥ 0`,
        so `W1 = [[1, -1]]`, `b1 = [-2, 5]`. The output wants both: `W2 = [[1], [1]]`, `b2 = [-2]`.
        For x = 7 the hidden values are 1 and 0, the output's z = 1 + 0 − 2 = −1, and the result is
        0.
        """,
        """
        ```python
        W1 = np.array([[..., ...],    # from x1 into the two hidden neurons
                       [..., ...]])   # from x2
        b1 = np.array([..., ...])
        W2 = np.array([[...], [...]])
        b2 = np.array([...])
        return [(W1, b1), (W2, b2)]
        ```
        """,
    ),
)

POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = [0, 1, 1, 0]


@exercise.reference
def xor_network():
    """Return the weights of a 2-2-1 network of steps that computes XOR.

    Returns:
        [(W1, b1), (W2, b2)] with shapes (2, 2), (2,), (2, 1), (1,); W[i, j] leads from input i
        of its layer to neuron j. Each neuron gives 1 where z = x @ W + b is 0 or more, else 0.
        Any weights that compute XOR are right.
    """
    # the first hidden neuron is OR, the second NAND; the output is their AND
    W1 = np.array([[1.0, -1.0], [1.0, -1.0]])
    b1 = np.array([-0.5, 1.5])
    W2 = np.array([[1.0], [1.0]])
    b2 = np.array([-1.5])
    return [(W1, b1), (W2, b2)]


def _outputs(params, fires=lambda z: z >= 0) -> list[int]:
    """The network's answers to the four inputs.

    Args:
        params: [(W1, b1), (W2, b2)].
        fires: what makes a neuron give 1, a function of z.

    Returns:
        four numbers, 0 or 1, for 00, 01, 10, 11.
    """
    a = POINTS
    for W, b in params:
        a = fires(a @ np.asarray(W, dtype=float) + np.asarray(b, dtype=float)).astype(float)
    return [int(value) for value in a[:, 0]]


def _network(answer: Answer):
    """Call the answer and expect two layers of the right shapes.

    Args:
        answer: the handle.

    Returns:
        [(W1, b1), (W2, b2)].
    """
    params = answer()
    expect_pairs(params, [(2, 2), (2, 1)], what="xor_network()")
    return params


@exercise.check("two layers with the shapes (2, 2), (2,), (2, 1), (1,)")
def has_the_shapes(answer: Answer, rng: np.random.Generator) -> None:
    _network(answer)


@exercise.check("computes XOR", points=2)
def computes_xor(answer: Answer, rng: np.random.Generator) -> None:
    outputs = _outputs(_network(answer))
    expect_equal(outputs, XOR, what="the output for 00, 01, 10, 11")


def _given(calls) -> list[tuple[np.ndarray, np.ndarray]]:
    """The latest answer, which must look like a 2-2-1 network.

    Args:
        calls: the recorded calls.

    Returns:
        [(W1, b1), (W2, b2)]; raises if it is anything else, and then no mistake is recognised.
    """
    (W1, b1), (W2, b2) = calls[-1].value
    return [
        (np.reshape(W1, (2, 2)), np.reshape(b1, 2)),
        (np.reshape(W2, (2, 1)), np.reshape(b2, 1)),
    ]


@exercise.compared_by()
def readings(calls):
    """Under which other reading the latest weights are XOR, or else which gate they are."""
    if np.shape(calls[-1].value[1][0]) == (1, 2):
        return "output weights in a row"
    (W1, b1), (W2, b2) = params = _given(calls)
    outputs = _outputs(params)
    other = {
        "with >": _outputs(params, lambda z: z > 0),
        "with thresholds": _outputs([(W1, -b1), (W2, -b2)]),
        "with rows": _outputs([(W1.T, b1), (W2, b2)]),
        # a hidden value of h stands for 2h − 1
        "with −1 and 1": _outputs([(W1, b1), (2 * W2, b2 - W2.sum(axis=0))]),
    }
    found = [name for name, given in other.items() if given == XOR != outputs]
    if len(found) == 1 or outputs == [1, 0, 0, 1]:
        return found or "opposite"
    if outputs == XOR:
        return "in other shapes"
    # Where two readings would do, what the weights compute as they are is the surer thing to say.
    # Whatever else there is to compute from two inputs, one neuron can do alone.
    return "always the same" if len(set(outputs)) == 1 else "one gate"


@exercise.wrong(caught_by=computes_xor, hint=3)
def hidden_plus_minus_one():
    """Your output would be right if hidden neurons gave −1 and +1; these steps give 0 and 1.

    What is the output's z if one hidden neuron is on and the other off?
    """
    return [
        (np.array([[1.0, -1.0], [1.0, -1.0]]), np.array([-0.5, 1.5])),
        (np.array([[1.0], [1.0]]), np.array([-0.5])),
    ]


def _one_hidden_is_enough():
    return [
        (np.array([[1.0, -1.0], [1.0, -1.0]]), np.array([-0.5, 1.5])),
        (np.array([[1.0], [1.0]]), np.array([-1.0])),
    ]


@exercise.wrong(caught_by=computes_xor, hint=3, variants=(_one_hidden_is_enough,))
def output_never_changes():
    """Your network gives the same output for all four inputs.

    Write the two hidden values of each input next to each other, then the output's z for each.
    """
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, 0.0])),
        (np.array([[1.0], [1.0]]), np.array([0.0])),
    ]


@exercise.wrong(caught_by=computes_xor, hint=1)
def inverted():
    """Your network answers the opposite of XOR in all four cases. Look at the output's signs."""
    return [
        (np.array([[1.0, -1.0], [1.0, -1.0]]), np.array([-1.0, 1.5])),
        (np.array([[-1.0], [-1.0]]), np.array([1.5])),
    ]


@exercise.wrong(caught_by=computes_xor, hint=3)
def strict_threshold():
    """This is XOR if a neuron needs *more* than 0 to fire. Here a z of exactly 0 fires too."""
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])),
        (np.array([[1.0], [-1.0]]), np.array([0.0])),
    ]


@exercise.wrong(caught_by=computes_xor, hint=3)
def biases_are_thresholds():
    """Your biases are the thresholds themselves.

    A bias is added: a sum that must reach t has b = −t.
    """
    return [
        (np.array([[1.0, -1.0], [1.0, -1.0]]), np.array([0.5, -1.5])),
        (np.array([[1.0], [1.0]]), np.array([1.5])),
    ]


@exercise.wrong(caught_by=computes_xor, hint=4)
def neurons_in_rows():
    """You wrote one neuron per row of W1. Rows belong to inputs here, columns to neurons."""
    return [
        (np.array([[1.0, 1.0], [-1.0, -1.0]]), np.array([-1.0, 1.5])),
        (np.array([[1.0], [1.0]]), np.array([-2.0])),
    ]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def output_weights_in_a_row():
    """W2 lies on its side. Two hidden neurons lead into one output."""
    return [
        (np.array([[1.0, -1.0], [1.0, -1.0]]), np.array([-1.0, 1.5])),
        (np.array([[1.0, 1.0]]), np.array([-2.0])),
    ]


@exercise.wrong(caught_by=computes_xor, hint=1)
def one_gate_only():
    """Your network computes a gate that one neuron alone can do.

    The two conditions are not joined.
    """
    return [
        (np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([-1.0, -2.0])),
        (np.array([[1.0], [1.0]]), np.array([-1.0])),
    ]


@exercise.alternative
def one_input_without_the_other():
    """Hidden neurons: x₁ and not x₂; x₂ and not x₁. The output is OR. Lists of whole numbers."""
    return [([[1, -1], [-1, 1]], [-1, -1]), ([[1], [1]], [-1])]


@exercise.alternative
def or_minus_and():
    """Hidden neurons OR and AND; AND outvotes OR in the output."""
    layers = (
        (np.ones((2, 2)), -np.array([0.5, 1.5])),
        (np.array([1, -2]).reshape(2, 1), np.array([-0.5])),
    )
    return layers


@exercise.alternative
def far_from_the_corners():
    """The lines in the middle between the corners, with large weights."""
    W1 = 20 * np.array([[1, -1], [1, -1]])
    return [(W1, np.array([-10, 30])), (np.full((2, 1), 20), np.array([-30]))]


@exercise.picture
def own_regions(answer: Answer):
    """Where the learner's own network says 1."""
    from annkit.lessons.perceptron.pictures import hidden_lines

    return hidden_lines(answer(), POINTS, [-1, 1, 1, -1])
