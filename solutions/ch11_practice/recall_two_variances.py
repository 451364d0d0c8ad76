"""Recall from chapter 7: what a factor and a sum do to a variance."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_two_variances",
    title="Two variances",
    points=0,
    prompt="""
        Two independent numbers have mean 0 and variance 1. You multiply the first by 3 and add the
        second. What is the variance of the result?
    """,
    options=(
        Option(
            "4",
            "That adds 3 and 1. A variance is a square: the factor 3 makes it 9 times as large.",
        ),
        Option(
            "10",
            """
            Yes: a factor counts with its square, and variances of independent numbers add, 9 + 1.
            This chapter's longest calculation is no more than that.
            """,
            correct=True,
        ),
        Option(
            "16",
            """
            (3 + 1)² would be right if the two always moved together. They are independent and
            often pull against each other.
            """,
        ),
    ),
)
recall_two_variances = exercise.answer
