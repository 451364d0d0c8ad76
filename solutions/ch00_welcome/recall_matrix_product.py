"""Self-test: a matrix product and its shape."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_matrix_product",
    title="A matrix product",
    points=0,
    prompt="""
        `X` has shape (2, 3), its first row is `[1, 0, 2]`. `W` has shape (3, 4), its first column
        is `[5, 7, 1]`. What is `(X @ W)[0, 0]`, and which shape does `X @ W` have?
    """,
    options=(
        Option(
            "13, and (2, 4)",
            "13 adds the numbers of the column. Each has to meet its partner in the row first.",
        ),
        Option(
            "7, and (4, 2)",
            "The number is right: 1·5 + 0·7 + 2·1. The shape has the rows of `X` first.",
        ),
        Option(
            "7, and (2, 4)",
            """
            Yes: row times column, 1·5 + 0·7 + 2·1 = 7; the inner 3s meet and vanish, the outer 2
            and 4 stay.
            """,
            correct=True,
        ),
        Option(
            "It cannot be computed: (2, 3) and (3, 4) are different shapes.",
            "`*` needs matching shapes. `@` needs only the inner two numbers to agree, and 3 is 3.",
        ),
    ),
)
recall_matrix_product = exercise.answer
