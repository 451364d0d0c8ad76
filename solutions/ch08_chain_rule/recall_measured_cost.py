"""Recall from chapter 6: what a smaller nudge costs."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_measured_cost",
    title="What a smaller nudge costs",
    points=0,
    prompt="""
        You measure a slope of the cost by central differences, with a nudge of 0.00001, and it is
        right to ten digits. A friend takes a nudge of 0.0000000001, to be on the safe side. How
        good is hers?
    """,
    options=(
        Option(
            "Better: the smaller the nudge, the closer to the slope",
            """
            On paper. A computer keeps sixteen digits, and two costs that lie so close together
            share nearly all of theirs.
            """,
        ),
        Option(
            "Worse: the difference of the two costs drowns in rounding",
            """
            Yes: what rounding costs is divided by the nudge. So measuring has a best step, and a
            formula has none. Today you derive formulas, and measuring is their judge.
            """,
            correct=True,
        ),
        Option(
            "The same: ten digits are all that is to be had",
            "It needn't stay at ten. What is left of the digits depends on the size of the nudge.",
        ),
        Option(
            "It is exactly 0, always",
            """
            That happens once the nudge is too small to change the stored number at all. Hers still
            changes it, but few digits of the change are true.
            """,
        ),
    ),
)
recall_measured_cost = exercise.answer
