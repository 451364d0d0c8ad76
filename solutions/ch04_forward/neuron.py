"""One neuron: a weighted sum, then an activation."""

import math

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, probe

exercise = Exercise(
    id="neuron",
    title="One neuron looks at one house",
    points=1,
    size="1 line",
    leads_to="`dense` puts several of these side by side.",
    task=r"""A neuron does two things, in this order: it sums its weighted inputs and its bias to
$z = \sum_i x_i w_i + b$, then it answers with $f(z)$. The activation `f` is handed to you as a
function.

Example: $x = (1, -2)$, $w = (3, 1)$, $b = -2$ and ReLU. The sum is $3 - 2 - 2 = -1$, and the
answer is 0. With $b = 4$ the sum is 5, and so is the answer.""",
    hints=(
        "How often is `f` called for one neuron? What is the number that goes into it?",
        "First the sum, complete with the bias: one number. Only then the activation, once.",
        """
        A relative: the length of a vector squares, *then* adds, *then* takes one root. For (3, 4):
        9 + 16 = 25, and `math.sqrt(25)` is 5. Taking roots before adding would give 7. The order of
        summing and bending matters.
        """,
        """
        Skeleton:

        ```python
        z = ...          # one number
        return ...       # what f makes of it
        ```
        """,
    ),
)


@exercise.reference
def neuron(x, w, b, f):
    """Return what one neuron answers to one example.

    Args:
        x: the inputs, (n,).
        w: one weight per input, (n,).
        b: the bias, one number.
        f: the activation, a function of one number.

    Returns:
        The activation of the weighted sum, one number.
    """
    return float(f(np.dot(x, w) + b))


@probe
def with_activation(neuron, x, w, b, name):
    """Ask a neuron with the activation of this name."""
    import numpy as np

    known = {
        "identity": lambda z: z,
        "relu": lambda z: np.maximum(z, 0),
        "tanh": np.tanh,
        "square": lambda z: z * z,
    }
    return neuron(x, w, b, known[name])


@exercise.check("gives back one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    got = answer.probe(with_activation, rng.normal(size=3), rng.normal(size=3), 0.5, "tanh")
    expect_shape(got, ())


@exercise.check("without an activation it is the weighted sum", points=0.5)
def weighted_sum_inside(answer: Answer, rng: np.random.Generator) -> None:
    x, w = np.array([2.0, -1.0, 0.5]), np.array([1.0, 3.0, 4.0])
    expect_close(
        answer.probe(with_activation, x, w, 10.0, "identity"), 11.0, why="2 − 3 + 2 + 10 = 11"
    )
    b = float(rng.integers(0, 20)) + 0.5  # a sum above 0, which ReLU lets pass
    got = answer.probe(with_activation, x, w, b, "identity")
    expect_close(got, 1.0 + b, why=f"2 − 3 + 2 + ({b:g}) = {1 + b:g}")


@exercise.check("sums first, then bends", points=0.5)
def sums_then_bends(answer: Answer, rng: np.random.Generator) -> None:
    x, w = np.array([1.0, -2.0]), np.array([3.0, 2.0])
    expect_close(
        answer.probe(with_activation, x, w, 5.0, "relu"), 4.0, why="relu(3 − 4 + 5) = relu(4)"
    )
    expect_close(
        answer.probe(with_activation, x, w, -2.0, "relu"), 0.0, why="relu(3 − 4 − 2) = relu(−3)"
    )
    b = float(rng.integers(6, 90))
    got = answer.probe(with_activation, x, w, b, "relu")
    expect_close(got, b - 1, why=f"relu(3 − 4 + {b:g}) = relu({b - 1:g})")


@exercise.check("any activation, any number of inputs")
def any_activation(answer: Answer, rng: np.random.Generator) -> None:
    for n in (1, 4):
        x, w, b = rng.normal(size=n), rng.normal(size=n), float(rng.normal() + 1)
        z = sum(x[i] * w[i] for i in range(n)) + b
        expect_close(answer.probe(with_activation, x, w, b, "tanh"), math.tanh(z), what="tanh(z)")
        expect_close(answer.probe(with_activation, x, w, b, "square"), z**2, what="z²")


@exercise.wrong(caught_by=weighted_sum_inside, hint=1)
def bias_forgotten(x, w, b, f):
    """The bias never reaches the sum."""
    return float(f(np.dot(x, w)))


@exercise.wrong(caught_by=sums_then_bends, hint=2)
def bias_after_the_activation(x, w, b, f):
    """You added the bias after the activation.

    It belongs to the sum: it decides *where* the activation bends.
    """
    return float(f(np.dot(x, w)) + b)


@exercise.wrong(caught_by=sums_then_bends, hint=3)
def bends_each_product(x, w, b, f):
    """You sent each product through the activation and added afterwards.

    A neuron bends once, when everything is summed; otherwise no input could outweigh another.
    """
    return float(sum(f(x[i] * w[i]) for i in range(len(x))) + b)


@exercise.wrong(caught_by=sums_then_bends, hint=1)
def activation_forgotten(x, w, b, f):
    """This is the weighted sum. What was `f` handed to you for?"""
    return float(np.dot(x, w) + b)


@exercise.wrong(caught_by=weighted_sum_inside, hint=2)
def bias_per_input(x, w, b, f):
    """The bias was counted once for each input."""
    return float(f(np.sum(np.asarray(x) * w + b)))


@exercise.wrong(caught_by=one_number, hint=2)
def not_summed(x, w, b, f):
    """There is still one number per input: the sum is missing."""
    return f(np.asarray(x) * w + b)


@exercise.wrong(caught_by=weighted_sum_inside, hint=1)
def always_tanh(x, w, b, f):
    """You always bend with tanh, whichever activation is handed over."""
    return float(np.tanh(np.dot(x, w) + b))


@exercise.wrong(caught_by=any_activation, hint=1)
def always_relu(x, w, b, f):
    """You always cut off below 0, whichever activation is handed over as `f`."""
    return float(np.maximum(np.dot(x, w) + b, 0))


@exercise.wrong(caught_by=sums_then_bends, hint=1)
def bends_the_inputs(x, w, b, f):
    """You sent the inputs through the activation. It is the sum that a neuron bends."""
    return float(sum(f(x[i]) * w[i] for i in range(len(x))) + b)


@exercise.alternative
def with_a_loop(x, w, b, f):
    z = b
    for i in range(len(x)):
        z += x[i] * w[i]
    return f(z)


@exercise.alternative
def with_zip(x, w, b, f):
    return f(sum(each * weight for each, weight in zip(x, w, strict=True)) + b)


@exercise.alternative
def bias_as_a_weight(x, w, b, f):
    return f(np.append(x, 1) @ np.append(w, b))
