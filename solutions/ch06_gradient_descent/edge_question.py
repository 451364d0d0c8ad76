"""Concept question: what decides the largest learning rate, and what decides the waiting time."""

from annkit.exercises import Option, Question

exercise = Question(
    id="edge_question",
    title="One more flat direction",
    points=1,
    prompt="""
        A bowl has the curvatures 4 and 1. You add a third parameter that hardly matters: its
        curvature is 0.001, and it is as far from its best value as the others. You want all three
        within 1 % of their best values. What changes?
    """,
    options=(
        Option(
            "The edge falls from 0.5 to about 0.0005, and training takes longer.",
            """
            The edge is 2/λmax, and λmax is still 4. A flat direction never makes gradient descent
            fly apart.
            """,
        ),
        Option(
            "The edge rises, because the mean curvature is smaller now.",
            """
            No mean is involved. Each direction has its own factor |1 − ηλ|, and the first one to
            exceed 1 is that of the largest λ.
            """,
        ),
        Option(
            "Nothing: a direction that hardly matters can be ignored.",
            """
            For the *cost* that may be so. But the question asks for the parameters, and this one
            shrinks by at most a factor 1 − 0.5·0.001 per step.
            """,
        ),
        Option(
            "The edge stays at 0.5, and training takes about a thousand times longer.",
            """
            The steepest direction sets the speed limit, the flattest sets the length of the road.
            With factor 0.9995 one needs more than 9000 steps for 1 %; before, with the rate
            0.4 and the factor 0.6, it was ten.
            """,
            correct=True,
        ),
    ),
)
edge_question = exercise.answer
