"""Two hidden neurons whose weights say what they look for."""

from functools import partial

import numpy as np

from annkit.exercises import Answer, Exercise, expect_shape, expect_that

exercise = Exercise(
    id="house_neurons",
    title="Two neurons you can name",
    points=1,
    size="about 6 lines",
    task="""The inputs are standardised: Area, Bedrooms, Distance (to the centre), Age, in this
order. Choose the weights of two ReLU neurons. Neuron 0 answers strongly to a house that is
**large and close**; neuron 1 to one that is **new and has many bedrooms**. An input that isn't in
the name gets the weight 0. Only signs and zeros of `W` count; `b` is free.

Example: a neuron for "few bedrooms, far out" would have the column (0, −1, 2, 0): fewer bedrooms
than usual and more kilometres than usual both raise its sum.""",
    hints=(
        """
        What is the sign of a standardised distance for a house *close* to the centre? And of the
        age of a *new* one?
        """,
        """
        A neuron is excited by an input when weight and input have the same sign. So ask for each
        word of the name: is the input it wants above the mean (+) or below (−)? Then ask which
        inputs the name doesn't mention.
        """,
        """
        Another pair, for cars with the inputs speed, price, noise: neuron 0 “fast and quiet”,
        neuron 1 “cheap”. One *column* per neuron:

        ```python
        W = np.array([[1, 0],     # speed
                      [0, -1],    # price
                      [-1, 0]])   # noise
        ```
        """,
        """
        Skeleton:

        ```python
        W = np.array([
            [..., ...],  # area into neuron 0, into neuron 1
            [..., ...],  # bedrooms
            [..., ...],  # distance
            [..., ...],  # age
        ])
        b = np.zeros(2)
        return W, b
        ```
        """,
    ),
)

WANTED = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])
INPUTS = ("area", "bedrooms", "distance", "age")
NAMES = ("large and close", "new, many bedrooms")


@exercise.reference
def house_neurons():
    """Return the weights of two neurons for standardised houses.

    Returns:
        W (4, 2): row i holds the weights of input i (Area, Bedrooms, Distance, Age), column j the
        weights into neuron j; b (2,): the biases. Column 0 looks for large and close, column 1 for
        new with many bedrooms. Judged: which entries of W are positive, negative, or exactly 0.
    """
    W = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])
    b = np.array([1.0, 1.0])
    return W, b


@exercise.check("a pair: W of shape (4, 2), b of shape (2,)")
def has_the_shapes(answer: Answer, rng: np.random.Generator) -> None:
    got = answer()
    expect_that(
        isinstance(got, tuple | list) and len(got) == 2, "A pair (W, b) was expected.", got=got
    )
    expect_shape(got[0], (4, 2), what="W")
    expect_shape(got[1], (2,), what="b")
    expect_that(
        bool(np.isfinite(np.asarray(got[0], dtype=float)).all()), "W should hold numbers.", got=got
    )


@exercise.check("inputs that the name doesn't mention have weight 0", points=0.5)
def unused_are_zero(answer: Answer, rng: np.random.Generator) -> None:
    W = np.asarray(answer()[0], dtype=float)
    for j in (0, 1):
        for i in np.flatnonzero(WANTED[:, j] == 0):
            expect_that(
                W[i, j] == 0,
                f"Neuron {j} is called “{NAMES[j]}”, but {INPUTS[i]} has a say in it.",
                expected=0,
                got=W[i, j],
            )


@exercise.check("the others have the sign that the name asks for", points=0.5)
def signs_are_right(answer: Answer, rng: np.random.Generator) -> None:
    W = np.asarray(answer()[0], dtype=float)
    for j in (0, 1):
        for i in np.flatnonzero(WANTED[:, j]):
            sign = "a positive" if WANTED[i, j] > 0 else "a negative"
            expect_that(
                np.sign(W[i, j]) == WANTED[i, j],
                f"Neuron {j} is called “{NAMES[j]}”: {INPUTS[i]} should have {sign} weight.",
                got=W[i, j],
            )


@exercise.compared_by()
def signs(calls):
    """The signs of the latest W; or that every input has a say everywhere."""
    found = np.sign(np.asarray(calls[-1].value[0], dtype=float))
    return "all are used" if found.shape == (4, 2) and (found != 0).all() else found


@exercise.wrong(caught_by=signs_are_right, hint=1)
def bigger_is_better():
    """You want large numbers everywhere: far out, and old.

    Close means a distance *below* the mean, and standardised that is a negative number.
    """
    return np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]]), np.zeros(2)


@exercise.wrong(caught_by=signs_are_right, hint=1)
def new_is_a_high_age():
    """Your neuron 1 answers to *old* houses with many bedrooms."""
    return np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, 1.0]]), np.zeros(2)


@exercise.wrong(caught_by=signs_are_right, hint=1)
def close_is_a_high_distance():
    """Your neuron 0 answers to large houses that are *far* from the centre."""
    return np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, -1.0]]), np.zeros(2)


@exercise.wrong(caught_by=unused_are_zero, hint=2)
def neurons_swapped():
    """Your two neurons have changed places: column 0 is neuron 0."""
    return np.array([[0.0, 1.0], [1.0, 0.0], [0.0, -1.0], [-1.0, 0.0]]), np.zeros(2)


def _inputs_in_order(*order):
    """The right rows, one for each input, in another order."""
    return WANTED[list(order)].astype(float), np.zeros(2)


@exercise.wrong(
    caught_by=unused_are_zero,
    hint=2,
    variants=tuple(
        partial(_inputs_in_order, 0, *rest) for rest in ((1, 3, 2), (2, 3, 1), (3, 1, 2))
    ),
)
def inputs_in_another_order():
    """The right rows stand in another order than the inputs: Area, Bedrooms, Distance, Age.

    Write the name of its input beside each row.
    """
    return _inputs_in_order(0, 2, 1, 3)


@exercise.wrong(caught_by=has_the_shapes, hint=3)
def neurons_in_rows():
    """You wrote one neuron per row. In this course rows of W are inputs, columns are neurons."""
    return np.array([[1.0, 0.0, -1.0, 0.0], [0.0, 1.0, 0.0, -1.0]]), np.zeros(2)


@exercise.wrong(caught_by=has_the_shapes, hint=3)
def rows_that_changed_places():
    """You wrote one neuron per row, and neuron 1 first. Rows of W are inputs, columns neurons."""
    return np.array([[0.0, 1.0, 0.0, -1.0], [1.0, 0.0, -1.0, 0.0]]), np.zeros(2)


@exercise.wrong(caught_by=unused_are_zero, hint=2)
def small_weights_instead_of_zero():
    """Every input has a say in both neurons, if only a small one.

    A weight of 0.1 is not 0: multiplied by 3 standard deviations it counts.
    """
    return np.array([[1.0, 0.1], [0.1, 1.0], [-1.0, 0.1], [0.1, -1.0]]), np.zeros(2)


@exercise.wrong(caught_by=signs_are_right, hint=2)
def half_of_the_name():
    """Each neuron looks for one half of its name only: large, and many bedrooms."""
    return np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]]), np.zeros(2)


@exercise.alternative
def as_lists():
    return [[2, 0], [0, 5], [-3, 0], [0, -4]], [0, 0]


@exercise.alternative
def column_by_column():
    W = np.zeros((4, 2))
    W[0, 0], W[2, 0] = 0.01, -7
    W[1, 1], W[3, 1] = 12, -0.5
    return W, np.array([-3, 40])


@exercise.alternative
def from_two_vectors():
    return np.transpose([[1, 0, -1, 0], [0, 1, 0, -1]]), np.array([-0.5, -0.5])


@exercise.picture
def own_neurons(answer: Answer):
    """The learner's two neurons with their connections, and how many houses they answer to."""
    from annkit import data, show

    W, b = answer()
    houses, _ = data.houses(400, np.random.default_rng(4))
    standard = (houses - houses.mean(axis=0)) / houses.std(axis=0)
    first, second = np.sum(standard @ np.asarray(W) + np.asarray(b) > 0, axis=0)
    caption = (
        "Solid blue excites, dashed orange inhibits, dotted grey is a weight of 0. "
        f"Of 400 houses {first} get an answer above 0 from neuron 0, {second} from neuron 1: "
        "that is what `b` decides."
    )
    return show.network([(W, b)], ["area", "bedr.", "dist.", "age"], ["0", "1"], caption)
