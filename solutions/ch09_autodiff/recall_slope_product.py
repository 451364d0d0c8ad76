"""Recall from chapter 8: the chain rule at a fork, with numbers."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_slope_product",
    title="Two paths from x to z",
    points=0,
    prompt="""
        Two numbers are made from x: u with the slope 2, and v with the slope 5. From both of them z
        is made: its slope is 3 towards u and −1 towards v. You nudge x up by 0.01. By how much does
        z move, to first order?
    """,
    options=(
        Option(
            "by −0.3, since 2 · 3 · 5 · (−1) = −30",
            """
            Slopes multiply along *one* path. There are two here, and the nudge takes both.
            """,
        ),
        Option(
            "by +0.01, since 2 · 3 + 5 · (−1) = 1",
            """
            Yes: multiply along each path, then add the paths up. This chapter makes every link a
            little object that knows its own factor, and the adding is where engines go wrong.
            """,
            correct=True,
        ),
        Option(
            "by +0.06, since 2 · 3 = 6",
            "That is the share that goes through u. What does v do in the meantime?",
        ),
        Option(
            "by +0.09, since 2 + 3 + 5 − 1 = 9",
            "What is added up are paths. Along a path, each link stretches what the last has left.",
        ),
    ),
)
recall_slope_product = exercise.answer
