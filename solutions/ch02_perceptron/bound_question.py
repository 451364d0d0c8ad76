"""Concept question: what the convergence theorem counts."""

from annkit.exercises import Option, Question

exercise = Question(
    id="bound_question",
    title="What the bound counts",
    points=1,
    prompt=r"""
        A separable set has $(R/\gamma)^2 = 50$. You photocopy its table of examples ten times, so
        that the set is eleven times as long, and train from zero again. Which is the strongest
        statement that the theorem makes?
    """,
    options=(
        Option(
            "At most 550 corrections, because there are eleven times as many examples.",
            """
            R is the largest and γ the smallest over the examples: copies change neither. The number
            of examples is not in the bound.
            """,
        ),
        Option(
            "At most 50 epochs.",
            """
            The bound counts corrections. An epoch with at least one correction uses up at least one
            of them, so this is nearly true (51, with the quiet one), but it is not what is counted.
            """,
        ),
        Option(
            "At most 50 corrections, as before.",
            """
            Neither R nor γ has changed. What grows is the number of examples looked at, not
            corrected.
            """,
            correct=True,
        ),
        Option(
            "Exactly 50 corrections, in some order of the examples.",
            "It is an upper bound. How much of it is used depends on the data and on the order.",
        ),
    ),
)

bound_question = exercise.answer
