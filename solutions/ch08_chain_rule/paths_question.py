"""What two paths do to a nudge."""

from annkit.exercises import Option, Question

exercise = Question(
    id="paths_question",
    title="Two paths to the output",
    points=1,
    prompt="""
        An input x feeds two units, and both feed y. The slopes at the present place: u by x is 2, v
        by x is −1, y by u is 3, y by v is 4. By how much does y change per unit of x?
    """,
    options=(
        Option(
            "−24",
            """
            This is the product of all four. Slopes are multiplied *along* a path. No nudge runs
            through all four one after the other.
            """,
        ),
        Option(
            "2",
            """
            Yes: 2 · 3 + (−1) · 4. Along a path multiply, over paths add. The two paths may even
            cancel each other.
            """,
            correct=True,
        ),
        Option(
            "7",
            """
            These are the slopes into y, added. That is what y does if u and v both rise by 1. Here
            they rise by 2 and by −1.
            """,
        ),
        Option(
            "6",
            "This is the stronger path alone. Both units move at once; the other takes 4 away.",
        ),
    ),
)
paths_question = exercise.answer
