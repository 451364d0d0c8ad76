"""Recall from chapter 8: the chain rule with numbers."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_slope_product",
    title="Three links of a chain",
    points=0,
    prompt="""
        A number u is made from x, y from u, and z from y. At the present values the slopes are
        ∂u/∂x = 2, ∂y/∂u = 3 and ∂z/∂y = −1. You nudge x up by 0.01. By how much does z move, to
        first order?
    """,
    options=(
        Option(
            "by +0.04, since 2 + 3 − 1 = 4",
            """
            Slopes along one way multiply. What adds up is something else: several ways between the
            same two ends.
            """,
        ),
        Option(
            "by −0.06, since 2 · 3 · (−1) = −6",
            """
            Yes: each link stretches the nudge by its own slope. This chapter makes every link a
            little object that knows its own factor.
            """,
            correct=True,
        ),
        Option(
            "by −0.01, since the last slope decides",
            """
            The last link alone turns the sign. The first two have made the nudge six times as long
            before.
            """,
        ),
        Option(
            "it cannot be said without the formulas",
            """
            The formulas served to find the slopes. Once you have the three numbers, nothing else is
            needed.
            """,
        ),
    ),
)
recall_slope_product = exercise.answer
