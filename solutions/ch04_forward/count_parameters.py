"""How many numbers a network has to learn."""

from itertools import pairwise

import numpy as np

from annkit.exercises import Answer, Exercise, expect_equal, expect_shape

exercise = Exercise(
    id="count_parameters",
    title="How many numbers are there to learn?",
    points=1,
    size="about 1 to 3 lines",
    task="""`sizes` lists the units of a fully connected network, inputs first. Return the number
of its parameters: a weight for each connection between neighbouring layers, and a bias for each
unit that computes something.

Example: `[3, 2, 1]` has 3·2 + 2 = 8 numbers in the hidden layer and 2·1 + 1 = 3 in the output:
11 parameters.""",
    hints=(
        """
        Count one layer on paper: how many entries does `W` have, how many does `b`? Do the inputs
        have biases?
        """,
        """
        A layer from n to m units has n·m weights and m biases. Walk through the list in pairs:
        (first, second), (second, third), …
        """,
        """
        A relative: the handshakes between neighbouring rows of a cinema. Rows of `[4, 6, 5]`:
        `4*6 + 6*5 = 54`, from `sum(n * m for n, m in zip(rows, rows[1:]))`. Nobody shakes hands
        across two rows.
        """,
        """
        Skeleton:

        ```python
        total = 0
        for n_in, n_out in zip(sizes, sizes[1:]):
            total += ... + ...
        return total
        ```
        """,
    ),
)


@exercise.reference
def count_parameters(sizes):
    """Count the weights and biases of a fully connected network.

    Args:
        sizes: units per layer, inputs first, a list of at least two whole numbers.

    Returns:
        The number of parameters, an int.
    """
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


@exercise.check("gives back one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    expect_shape(answer([4, 3, 2]), ())


@exercise.check("a single layer", points=0.5)
def single_layer(answer: Answer, rng: np.random.Generator) -> None:
    expect_equal(answer([4, 3]), 15, why="4·3 weights and 3 biases")
    n, m = map(int, rng.integers(5, 30, 2))
    expect_equal(answer([n, m]), n * m + m, why=f"{n}·{m} weights and {m} biases")


@exercise.check("networks with hidden layers", points=0.5)
def hidden_layers(answer: Answer, rng: np.random.Generator) -> None:
    expect_equal(answer([4, 8, 1]), 49, why="4·8 + 8 + 8·1 + 1 = 49")
    for depth in (3, 5):
        sizes = [int(n) for n in rng.integers(2, 9, depth)]
        total = sum(np.zeros((n, m)).size + np.zeros(m).size for n, m in pairwise(sizes))
        expect_equal(answer(sizes), total)


@exercise.check("large networks, exactly")
def large(answer: Answer, rng: np.random.Generator) -> None:
    expect_equal(answer([784, 128, 64, 10]), 109386)
    many = int(rng.integers(500, 1000))
    expect_equal(answer([many, 400, 30]), 400 * many + 400 + 12_030)


@exercise.wrong(caught_by=single_layer, hint=1)
def biases_forgotten(sizes):
    """You counted the weights only. Each unit that computes something also has a bias."""
    return sum(n * m for n, m in pairwise(sizes))


@exercise.wrong(caught_by=single_layer, hint=1)
def biases_for_inputs(sizes):
    """You gave the inputs biases as well; but they compute nothing, they *are* the data."""
    return sum(n * m for n, m in pairwise(sizes)) + sum(sizes)


@exercise.wrong(caught_by=single_layer, hint=2)
def one_bias_per_layer(sizes):
    """You counted one bias per layer. Each unit has its own."""
    return sum(n * m + 1 for n, m in pairwise(sizes))


@exercise.wrong(caught_by=single_layer, hint=2)
def bias_with_the_wrong_layer(sizes):
    """A bias belongs to the unit a connection leads *into*, not to the one it comes from."""
    return sum((m + 1) * n for n, m in pairwise(sizes))


@exercise.wrong(caught_by=single_layer, hint=1)
def units_not_connections(sizes):
    """You counted units. The numbers to learn sit on the connections between them."""
    return sum(sizes)


@exercise.wrong(caught_by=hidden_layers, hint=2)
def first_layer_only(sizes):
    """Your count ends after the first layer."""
    return (sizes[0] + 1) * sizes[1]


@exercise.wrong(caught_by=hidden_layers, hint=3)
def everything_multiplied(sizes):
    """You multiplied the sizes of all layers with each other.

    Connections run between neighbours only, and layers add up.
    """
    product = 1
    for size in sizes:
        product *= size
    return product + sum(sizes[1:])


@exercise.wrong(caught_by=single_layer, hint=1)
def biases_of_hidden_units_only(sizes):
    """Your output units have no biases. They compute something as well."""
    return sum(n * m for n, m in pairwise(sizes)) + sum(sizes[1:-1])


@exercise.wrong(caught_by=single_layer, hint=3)
def last_layer_leads_to_the_first(sizes):
    """You connect the last layer with the first: index −1 is no error, but the last place.

    Where should your loop begin?
    """
    return sum(sizes[i - 1] * sizes[i] + sizes[i] for i in range(len(sizes)))


@exercise.wrong(caught_by=hidden_layers, hint=2)
def every_layer_with_every_later_one(sizes):
    """You connect each layer with all that follow. Only neighbours are connected."""
    weights = sum(n * m for i, n in enumerate(sizes) for m in sizes[i + 1 :])
    return weights + sum(sizes[1:])


@exercise.alternative
def with_a_loop(sizes):
    total = 0
    for layer in range(1, len(sizes)):
        total += sizes[layer - 1] * sizes[layer]
        total += sizes[layer]
    return total


@exercise.alternative
def by_making_the_arrays(sizes):
    arrays = []
    for n_in, n_out in pairwise(sizes):
        arrays += [np.empty((n_in, n_out)), np.empty(n_out)]
    return sum(array.size for array in arrays)


@exercise.alternative
def with_dot(sizes):
    return np.dot(np.array(sizes[:-1]) + 1, sizes[1:])
