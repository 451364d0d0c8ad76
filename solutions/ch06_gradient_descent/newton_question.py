"""Concept question: why large networks are not trained by Newton's method."""

from annkit.exercises import Option, Question

exercise = Question(
    id="newton_question",
    title="A million weights",
    points=1,
    prompt="""
        A network has a million weights, stored as 8-byte numbers. Which is the first thing that
        stops you from taking a Newton step?
    """,
    options=(
        Option(
            "The Hessian has 10¹² entries: 8 terabytes.",
            """
            Yes, and solving with it would take some 3 · 10¹⁷ multiplications. A gradient has a
            million entries, 8 megabytes.
            """,
            correct=True,
        ),
        Option(
            "Newton's step needs a learning rate, and nobody knows a good one.",
            """
            It is the reverse: the pure Newton step has no learning rate. The curvature sets its
            length.
            """,
        ),
        Option(
            "Networks with ReLUs have no gradient at the kinks.",
            "They hardly ever stand on one, and gradient descent would have the same trouble.",
        ),
        Option(
            "Newton's step depends on the units of the inputs, so everything must be scaled first.",
            """
            That is gradient descent. Newton's path is the same whatever the units; you have seen
            it.
            """,
        ),
    ),
)
newton_question = exercise.answer
