"""Recall from chapter 9: a value that is used twice."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_two_ways",
    title="Used twice",
    points=0,
    prompt="""
        The activation a goes to two units: C = f(2a) + g(−3a). Going backward you have found that C
        changes by 5 per unit of f's argument, and by 1 per unit of g's. What is ∂C/∂a?
    """,
    options=(
        Option(
            "10",
            "That is the way through f alone, 5 · 2. A nudge of a also arrives through g.",
        ),
        Option(
            "7",
            """
            Yes: 5 · 2 + 1 · (−3). Along a path multiply, where paths meet add. That is what the
            `+=` in the engine was for.
            """,
            correct=True,
        ),
        Option(
            "−30",
            """
            You multiplied the two ways with each other. Factors along *one* path are multiplied;
            different paths are added.
            """,
        ),
    ),
)
recall_two_ways = exercise.answer
