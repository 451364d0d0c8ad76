"""Recall from the welcome chapter: the weighted sum."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_weighted_sum",
    title="One number from many",
    points=0,
    prompt="""
        `x = (2, -1, 3)`, `w = (1, 4, 2)` and `b = -1`. What is the weighted sum of `x`, bias
        included?
    """,
    options=(
        Option("`(2, -4, 6)`", "These are the three products. Add them, and the bias."),
        Option("3", "2·1 − 1·4 + 3·2 − 1 = 2 − 4 + 6 − 1 = 3.", correct=True),
        Option(
            "4", "Almost: 2 − 4 + 6 = 4 is the sum of the products. The bias −1 is still missing."
        ),
        Option("11", "Check the sign of the second product: (−1)·4 is −4."),
    ),
)

recall_weighted_sum = exercise.answer
