"""What a maximum over all places can't tell apart."""

from annkit.exercises import Option, Question

exercise = Question(
    id="where_question",
    title="What it can't see",
    points=1,
    prompt="""
        The layer of section 3, kernels of 5×5 and the maximum over all places, gets a blank frame,
        so that no patch is lost. Which task can it **not** learn, however many kernels it has and
        however long it is trained?
    """,
    options=(
        Option(
            "whether there is a cross or a ring on the sheet, wherever it lies",
            "It is made for that: a kernel that fits a cross finds it anywhere.",
        ),
        Option(
            "whether a single small cross lies in the left or in the right half of the sheet",
            """
            Yes. Both sheets hold the same patches, so every maximum is the same, and so is every
            score. What is invariant to shifts can't say where. (To find out *where* things are, one
            keeps the map of answers instead of its maximum.)
            """,
            correct=True,
        ),
        Option(
            "whether a stroke is vertical or horizontal",
            """
            A kernel isn't turned on its way over the sheet: the two edge detectors of section 2
            answer differently to the two strokes.
            """,
        ),
        Option(
            "whether a dot lies one pixel to the left or to the right of a stroke",
            """
            Both fit into one patch, so a single kernel sees dot and stroke *together*. What is lost
            is the place of the whole, not the arrangement within a patch.
            """,
        ),
    ),
)
where_question = exercise.answer
