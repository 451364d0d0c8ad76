"""Recall from chapter 0: shapes of a layer."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_affine_shape",
    title="One layer, many examples",
    points=0,
    prompt="""
        `X` has shape (20, 3): twenty examples with three features. A layer has four units. Which
        shapes do `W`, `b` and `X @ W + b` have in this course?
    """,
    options=(
        Option(
            "(4, 3), (4,), (4, 20)",
            """
            That is the other convention, in which examples are columns. Here rows are examples, so
            W must start with the 3 features.
            """,
        ),
        Option(
            "(3, 4), (4,), (20, 4)",
            """
            Yes. The 3 in the middle is summed over, the twenty rows stay, and the four biases are
            added to every row.
            """,
            correct=True,
        ),
        Option(
            "(3, 4), (20,), (20, 4)",
            "The weights fit, but a bias belongs to a unit, not to an example: there are four.",
        ),
        Option(
            "(20, 4), (4,), (3, 4)",
            "The weights don't know how many examples there will be; the 20 can't be in W.",
        ),
    ),
)
recall_affine_shape = exercise.answer
