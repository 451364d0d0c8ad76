"""Recall from chapter 5: the mean half squared error."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_half_square",
    title="What two misses cost",
    points=0,
    prompt="""
        A model predicts 3 and 5; the truth is 1 and 5. What is the cost, the mean of the half
        squared errors?
    """,
    options=(
        Option(
            "1",
            "Yes: the losses are ½ · 2² = 2 and 0, and their mean is 1.",
            correct=True,
        ),
        Option(
            "2",
            """
            That is the sum of the two losses, or the mean without the half. The cost is the mean of
            the half squares.
            """,
        ),
        Option(
            "4",
            "That is the squared error of the first example alone.",
        ),
        Option(
            "0.5",
            """
            Half of the mean miss: the square is missing. Twice the miss costs four times as much.
            """,
        ),
    ),
)
recall_half_square = exercise.answer
