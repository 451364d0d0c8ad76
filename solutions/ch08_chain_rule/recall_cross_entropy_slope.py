"""Recall from chapter 5: the slope of the cross-entropy in the score."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_cross_entropy_slope",
    title="The pull of a mistake",
    points=0,
    prompt="""
        A sigmoid unit gives the probability p = 0.9 to an event that didn't happen (y = 0). The
        loss is the binary cross-entropy. What is its slope in the score z?
    """,
    options=(
        Option(
            "0.9",
            """
            Yes: p − y. In chapter 5 you measured it and used it. In this chapter you see where
            everything else went.
            """,
            correct=True,
        ),
        Option(
            "0.9 · 0.1 · 0.9 = 0.081",
            """
            That is the half squared error's slope: miss times the sigmoid's slope. The
            cross-entropy has no such brake.
            """,
        ),
        Option(
            "10",
            "That is 1/(1 − p), the slope in p. The sigmoid stands between p and z.",
        ),
        Option(
            "−0.1",
            "That would be right if the event had happened: p − 1.",
        ),
    ),
)
recall_cross_entropy_slope = exercise.answer
