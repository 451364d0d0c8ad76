"""A transposed weight matrix that nothing complains about."""

from annkit.exercises import Option, Question

exercise = Question(
    id="shapes_question",
    title="The bug that fits",
    points=1,
    prompt="""
        Somebody wrote a layer from 4 inputs to 4 neurons with one neuron per *row* of `W`, and
        hands it to your `dense`. The batch has 200 houses. What happens?
    """,
    options=(
        Option(
            "NumPy raises a ValueError: the inner numbers don't agree.",
            "They do: (200, 4) times (4, 4). With 4 inputs and 3 neurons the error would save you.",
        ),
        Option(
            "Nothing bad: `X @ W` and `X @ W.T` are equal for a square matrix.",
            """
            Only for a symmetric one. In general entry (i, j) and entry (j, i) are different
            weights, between different units.
            """,
        ),
        Option(
            "It runs, all shapes are right, and the numbers are wrong.",
            """
            Yes. Shapes catch a transposed matrix only if it isn't square. That is why tests use
            layers whose sizes all differ.
            """,
            correct=True,
        ),
        Option(
            "It runs, and z comes out with shape (4, 200).",
            "Rows stay rows: (200, 4) @ (4, 4) is (200, 4), whatever the numbers in it mean.",
        ),
    ),
)
shapes_question = exercise.answer
