"""What reverse mode pays with."""

from annkit.exercises import Option, Question

exercise = Question(
    id="memory_question",
    title="What does the way back cost?",
    points=1,
    prompt="""
        An engine computes a cost by a million operations, one after the other. Reverse mode then
        finds all derivatives in about the time of a few such computations. What does it pay with?
    """,
    options=(
        Option(
            "With accuracy: errors add up over a million steps",
            "Rounding is much like that of the computation itself. No step size is involved.",
        ),
        Option(
            "With memory: a million numbers are kept",
            """
            Yes: all results, or their slopes, until the way back has used them. Forward mode can
            forget each number when it is used up; the way back starts at the end and needs them
            all.
            """,
            correct=True,
        ),
        Option(
            "With a formula a million terms long",
            "No formula is ever written. Each operation contributes one number per input.",
        ),
        Option(
            "With nothing: it is free",
            "Look at what a node holds besides its value, and for how long.",
        ),
    ),
)
memory_question = exercise.answer
