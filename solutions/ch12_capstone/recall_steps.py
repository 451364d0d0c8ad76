"""Recall from chapter 7: how many steps an epoch has."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_steps",
    title="Steps in an epoch",
    points=0,
    prompt="""
        1438 examples are dealt into batches of 32, and none is left out. How many steps does the
        training take in 20 epochs?
    """,
    options=(
        Option(
            "20",
            "An epoch is one pass over all examples, and each batch is a step.",
        ),
        Option(
            "880",
            """
            That is 44 steps an epoch: the last 30 examples, which don't fill a batch, were left
            out.
            """,
        ),
        Option(
            "900",
            "Yes: 44 full batches and one of 30 examples are 45 steps an epoch.",
            correct=True,
        ),
        Option(
            "28 760",
            "That is one step for each example. A batch of 32 takes one step together.",
        ),
    ),
)
recall_steps = exercise.answer
