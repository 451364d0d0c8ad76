"""Recall from chapters 5 and 10: what the gradient of a classifier begins with."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_logits",
    title="The first delta",
    points=0,
    prompt="""
        A classifier of three classes gives p = (0.5, 0.3, 0.2) for one example whose class is the
        second. What is delta, the derivative of its cross-entropy with respect to the
        three scores?
    """,
    options=(
        Option(
            "(0.5, −0.7, 0.2)",
            "Yes: p − y with y = (0, 1, 0). The right score is pulled up, the others go down.",
            correct=True,
        ),
        Option(
            "(−0.5, 0.7, −0.2)",
            "That is y − p. It is where the scores should go; the derivative points the other way.",
        ),
        Option(
            "(0, −1/0.3, 0)",
            """
            That is the derivative with respect to the *probability* of the truth. Going back
            through softmax changes it: every score moves all three probabilities.
            """,
        ),
        Option(
            "(0.125, −0.147, 0.032)",
            """
            That is (p − y) times p(1 − p). The slope of softmax has already met the 1/p of the
            logarithm, and both have gone.
            """,
        ),
    ),
)
recall_logits = exercise.answer
