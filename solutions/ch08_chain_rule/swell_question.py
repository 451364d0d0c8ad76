"""Why layer by layer is cheaper than sharing."""

from annkit.exercises import Option, Question

exercise = Question(
    id="swell_question",
    title="What sharing can't find",
    points=1,
    prompt="With six layers, the derivatives written whole take 35 385 operations. Sharing equal "
    "pieces leaves 456; going layer by layer takes 133. Where does the last difference come from?",
    options=(
        Option(
            "Layer by layer is an approximation",
            "Both give the same numbers, to rounding.",
        ),
        Option(
            "Sharing has overlooked equal pieces",
            "Equal pieces are found mechanically, and hardly one is left. What would help isn't in "
            "these formulas at all.",
        ),
        Option(
            "Layer by layer adds up the paths of a layer at once and hands on one number per unit; "
            "the formulas follow the paths from each parameter anew, so those sums don't occur in "
            "them.",
            "Yes. Sharing can only use pieces that are there. Another order of the same additions "
            "and multiplications makes better pieces, which serve all parameters below.",
            correct=True,
        ),
        Option(
            "NumPy is faster than SymPy",
            "Operations were counted, not time.",
        ),
    ),
)
swell_question = exercise.answer
