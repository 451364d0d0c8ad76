"""Why layer by layer is cheaper than sharing."""

from annkit.exercises import Option, Question

exercise = Question(
    id="swell_question",
    title="What sharing can't find",
    points=1,
    prompt="""
        All derivatives of a network with six layers, two units wide, take 35 385 operations if each
        is written whole. Sharing equal pieces leaves 456. Going layer by layer (once forwards, for
        all activations, and once backwards, for one δ per unit) takes 133. Where does the
        difference between 456 and 133 come from?
    """,
    options=(
        Option(
            "Layer by layer leaves out paths that hardly count: it is an approximation",
            "Both give the same numbers, to rounding.",
        ),
        Option(
            "Sharing has overlooked equal pieces: it doesn't search the formulas to the end",
            """
            Equal pieces are found mechanically, and hardly one is left. What would help are pieces
            that become equal only when a factor is taken out.
            """,
        ),
        Option(
            """
            A weight's formula multiplies its last factor into every path; layer by layer adds the
            paths first
            """,
            """
            Yes. p·s + p·r and p·(s + r) are equal, but they are different pieces, and sharing finds
            only pieces that look alike. Adding the paths first makes one sum, δ, which serves all
            parameters of a unit and all layers below.
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
