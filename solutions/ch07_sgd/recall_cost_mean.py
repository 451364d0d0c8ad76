"""Recall from chapter 5: loss and cost."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_cost_mean",
    title="Loss and cost",
    points=0,
    prompt="""
        For three houses the half squared errors are 1, 4 and 7. You copy all three houses, so that
        the data hold six. What happens to the *cost*?
    """,
    options=(
        Option(
            "It doubles, from 12 to 24",
            "That is the sum of the losses. In this course a cost is their mean.",
        ),
        Option(
            "It stays 4",
            """
            Yes: the cost is the mean of the losses, and a mean doesn't care about copies. Nor does
            its gradient. That is why a sample of houses can stand for all of them.
            """,
            correct=True,
        ),
        Option(
            "It halves, from 4 to 2",
            "The sum doubles as well as the number it is divided by.",
        ),
    ),
)
recall_cost_mean = exercise.answer
