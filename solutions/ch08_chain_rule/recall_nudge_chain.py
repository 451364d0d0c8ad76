"""Recall from chapter 3: ten slopes in a row."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_nudge_chain",
    title="A nudge through two sigmoids",
    points=0,
    prompt="""
        Two sigmoid units in a row, both weights 1. Their slopes at the present input are 0.2 and
        0.1. You raise the input by 0.01. By how much does the output rise, roughly?
    """,
    options=(
        Option(
            "0.003",
            """
            That adds the slopes. The second unit doesn't see your nudge; it sees what the first one
            leaves of it.
            """,
        ),
        Option(
            "0.0002",
            """
            Yes: 0.01 · 0.2 arrives at the second unit, and a tenth of that comes out. Slopes in a
            row are multiplied. Today you learn why, and what happens at a fork.
            """,
            correct=True,
        ),
        Option(
            "0.001",
            "That is what the second unit alone would make of it. It stands behind another one.",
        ),
        Option(
            "0.01",
            "Only slopes of 1 would pass it on whole.",
        ),
    ),
)
recall_nudge_chain = exercise.answer
