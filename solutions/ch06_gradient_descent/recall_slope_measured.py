"""Recall from chapter 3: the central difference."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_slope_measured",
    title="A slope, measured",
    points=0,
    prompt="""
        You measure the slope of $f(z) = z^2$ at z = 3 by a central difference with h = 1. What do
        you get?
    """,
    options=(
        Option(
            "7",
            """
            That is one-sided: (f(4) − f(3)) / 1 = 16 − 9. A central difference looks to both sides.
            """,
        ),
        Option(
            "6",
            "Yes: (f(4) − f(2)) / 2 = (16 − 4) / 2. On a parabola it is exact, however large h is.",
            correct=True,
        ),
        Option(
            "12",
            "You divided by h. The two points are 2h apart.",
        ),
        Option(
            "9",
            "That is the height at 3, not the slope.",
        ),
    ),
)
recall_slope_measured = exercise.answer
