"""Recall from chapter 3: what layers without an activation are worth."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_linear_stack",
    title="Five layers without a bend",
    points=0,
    prompt="""
        Five layers in a row, each `a @ W + b`, no activation anywhere. What can they compute that a
        single layer can't?
    """,
    options=(
        Option(
            "XOR, because there are hidden units.",
            "A hidden unit that doesn't bend folds nothing: XOR stays impossible.",
        ),
        Option(
            "Nothing: all five are worth one.",
            """
            Yes: five matrices and biases come to one of each. You wrote `linear_collapse`, which
            finds that one layer.
            """,
            correct=True,
        ),
        Option(
            "Curves with up to five corners.",
            "Corners come from activations. Sums of straight lines are straight.",
        ),
        Option(
            "Everything, if they are wide enough.",
            "Width doesn't bend either. You will see below what width does *with* an activation.",
        ),
    ),
)
recall_linear_stack = exercise.answer
