"""Recall from chapter 12: pixels in another order."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_scattered",
    title="Scattered pixels",
    points=0,
    prompt="""
        In chapter 12 all digits, those of the training and those of the test, got their pixels in
        the same secret order. The network read as well as before. Why?
    """,
    options=(
        Option(
            "it learned the order during the training",
            """
            It had nothing to learn: it never knew the old order either. First weights are random,
            so no pixel has a neighbour at the start.
            """,
        ),
        Option(
            "a weighted sum is the same in any order, if the weights stand in that order",
            """
            Yes. And so it knows nothing about neighbours. That will be expensive in a minute.
            """,
            correct=True,
        ),
        Option(
            "8×8 pixels are so few that the order hardly matters",
            "With a million pixels it would be the same: a dense layer adds up, in any order.",
        ),
    ),
)
recall_scattered = exercise.answer
