"""Recall from chapter 8: paths that meet."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_shared",
    title="One weight, two places",
    points=0,
    prompt="""
        The same weight w stands in two places of a network. If only the first of them is nudged,
        the cost rises by 3 for each unit of the nudge; if only the second, it falls by 1. What is
        the derivative of the cost with respect to w?
    """,
    options=(
        Option(
            "1, the mean",
            "Nudge w, and *both* places are nudged, each by all of it: what they do is added.",
        ),
        Option(
            "2, the sum",
            """
            Yes: 3 − 1. Two paths lead from w to the cost, and paths that meet are added up. Today
            a weight will stand in sixty-four places.
            """,
            correct=True,
        ),
        Option(
            "3, the larger one",
            "The second place is nudged as well, and takes 1 away again.",
        ),
    ),
)
recall_shared = exercise.answer
