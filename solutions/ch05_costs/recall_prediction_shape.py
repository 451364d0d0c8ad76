"""Recall from chapter 4: what comes out of a network for a batch."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_prediction_shape",
    title="The shape of a prediction",
    points=0,
    prompt="""
        Five houses with four features each, `X (5, 4)`, go through a network with one output. What
        is the shape of the predictions `y_hat`?
    """,
    options=(
        Option(
            "(5, 1)",
            """
            Yes: a row per house, a column per output. The observed prices must have this shape too.
            What happens if they have the shape (5,) is one of this chapter's surprises.
            """,
            correct=True,
        ),
        Option(
            "(5,)",
            """
            One number per house, yes, but the last layer is `a @ W + b` with W of shape (n, 1), and
            the axis of the outputs stays.
            """,
        ),
        Option(
            "(1, 5)",
            "Rows are examples in this course: five houses, five rows.",
        ),
        Option(
            "(5, 4)",
            "The four features are mixed into one output; only the axis of the examples stays.",
        ),
    ),
)
recall_prediction_shape = exercise.answer
