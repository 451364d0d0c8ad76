"""Recall from chapter 4: shapes on the way through a network."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_layer_shapes",
    title="What fits",
    points=0,
    prompt="""
        A batch of 32 examples goes through two layers, W1 (4, 10) and W2 (10, 3). Let `d` be an
        array with the shape of z2. Which of these products exists and has the shape of a1?
    """,
    options=(
        Option(
            "`d @ W2`",
            "z2 is (32, 3), so that is (32, 3) times (10, 3): the inner sizes, 3 and 10, differ.",
        ),
        Option(
            "`d @ W2.T`",
            "Yes: (32, 3) times (3, 10) is (32, 10), the shape of a1. Keep that product in mind.",
            correct=True,
        ),
        Option(
            "`W2 @ d`",
            """
            (10, 3) times (32, 3): the inner sizes differ. Rows are examples here, so the batch
            stands on the left.
            """,
        ),
        Option(
            "`d.T @ W2.T`",
            "(3, 32) times (3, 10) doesn't fit. Transposing d would put the examples into columns.",
        ),
    ),
)
recall_layer_shapes = exercise.answer
