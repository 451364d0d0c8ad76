"""Where the 1/n of a mean sits."""

from annkit.exercises import Option, Question

exercise = Question(
    id="mean_question",
    title="Somebody else's learning rate",
    points=1,
    prompt="""
        Somebody's code has no 1/n anywhere: it descends on the *sum* of the losses, with batches of
        50 and the learning rate 0.02. Your code descends on the mean. Which learning rate makes
        your steps the same as theirs?
    """,
    options=(
        Option(
            "0.02, the gradient points the same way",
            "It does, but it is 50 times as long there. The step is rate times gradient.",
        ),
        Option(
            "0.0004",
            "The other way round: your gradient is the *shorter* one, by the factor 50.",
        ),
        Option(
            "1.0",
            """
            Yes: their gradient is 50 times yours, so 0.02 · 50 = 1. And note that their steps
            change when they change the batch size; yours don't.
            """,
            correct=True,
        ),
        Option(
            "0.14",
            """
            √50 times as much. The noise of a mean goes with the square root; the sum of 50 numbers
            is 50 times their mean.
            """,
        ),
    ),
)
mean_question = exercise.answer
