"""What can and what cannot wake a dead ReLU."""

from annkit.exercises import Option, Question

exercise = Question(
    id="dying_question",
    title="Waking the dead",
    points=1,
    prompt="""
        A ReLU in the **first** hidden layer has z < 0 for every example of the training set. You go
        on training on the same examples, step by step down the slope of the cost. What wakes it up?
    """,
    options=(
        Option(
            "A smaller learning rate",
            """
            It would have helped before. Now the slope of the cost in the unit's weights is exactly
            0, and 0 times any learning rate is 0.
            """,
        ),
        Option(
            "More epochs; its bias still learns, since it multiplies no input",
            """
            The bias sits inside z as well: nudge it a little and z is still < 0, so the output
            doesn't move, nor does the cost.
            """,
        ),
        Option(
            "Nothing: all of its slopes are 0, and its inputs never change",
            """
            Yes. In a deeper layer there is some hope, since the layers below may move its inputs.
            In the first layer the inputs are the data, and they stay.
            """,
            correct=True,
        ),
        Option(
            "The other units: they push it back when it is needed",
            """
            Units meet only through the cost, and the cost doesn't notice small changes of this
            unit.
            """,
        ),
    ),
)
dying_question = exercise.answer
