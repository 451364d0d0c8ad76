"""Why layer by layer is cheaper than sharing."""

from annkit.exercises import Option, Question

exercise = Question(
    id="swell_question",
    title="What sharing can't find",
    points=1,
    prompt="""
        With six layers, the derivatives written whole take 35 385 operations. Sharing equal pieces
        leaves 456; going layer by layer takes 133. Where does the last difference come from?
    """,
    options=(
        Option(
            "Layer by layer leaves out paths that hardly count: it is an approximation",
            "Both give the same numbers, to rounding.",
        ),
        Option(
            "Sharing has overlooked equal pieces: it doesn't search the formulas to the end",
            """
            Equal pieces are found mechanically, and hardly one is left. What would help isn't in
            these formulas at all.
            """,
        ),
        Option(
            "The sums of paths that layer by layer hands down don't occur in the formulas at all",
            """
            Yes. Sharing can only use pieces that are there, and the formulas follow the paths from
            each parameter anew. Another order of the same additions and multiplications makes
            better pieces, which serve all parameters below.
            """,
            correct=True,
        ),
        Option(
            "Layer by layer runs in NumPy, and NumPy is faster than SymPy's formulas",
            "Operations were counted, not time.",
        ),
    ),
)
swell_question = exercise.answer
