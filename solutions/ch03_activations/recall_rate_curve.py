"""Recall from chapter 1: the f–I curve."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_rate_curve",
    title="The firing rate of a cell",
    points=0,
    prompt="""
        A steady current flows into the leaky integrate-and-fire cell of chapter 1. It grows from
        zero. What does the firing rate do?
    """,
    options=(
        Option(
            "It is 0 up to a certain current, then it rises.",
            """
            Yes: below the rheobase the leak wins and no spike comes. Keep the shape in mind, flat
            and then rising: you will meet it again in this chapter under another name.
            """,
            correct=True,
        ),
        Option(
            "It rises in proportion to the current from the start.",
            """
            A small current only lifts the voltage to a level below the threshold; the leak carries
            the rest away, and no spike comes at all.
            """,
        ),
        Option(
            "It jumps from 0 to its largest value at a certain current.",
            """
            One spike is all or nothing; the *rate* of spikes is not. It grows with the current,
            until the refractory period limits it.
            """,
        ),
        Option(
            "It falls, because the cell gets tired.",
            "Real cells do adapt, but the model of chapter 1 has no memory beyond its last spike.",
        ),
    ),
)
recall_rate_curve = exercise.answer
