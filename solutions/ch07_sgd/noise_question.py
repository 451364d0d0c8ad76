"""Learning rate and batch size change the same noise."""

from annkit.exercises import Option, Question

exercise = Question(
    id="noise_question",
    title="The same ball",
    points=1,
    prompt="""
        SGD with batches of 8 and the learning rate 0.02 hovers about the lowest point, at an excess
        cost of 0.004. You go to batches of 32, drawn afresh from many houses, and want the hovering
        to look the same as before. Which learning rate do you try?
    """,
    options=(
        Option(
            "0.08",
            """
            Yes: for small rates the excess grows like η/B. Four times the batch bears four times
            the rate, as long as that stays well below the edge 2/λₘₐₓ.
            """,
            correct=True,
        ),
        Option(
            "0.005",
            """
            Smaller steps *and* larger batches both calm it: the excess would be 16 times lower, and
            the way there four times longer.
            """,
        ),
        Option(
            "0.02, the noise depends on the rate only",
            "It depends on both. At the same rate, batches of 32 hover at a quarter of the excess.",
        ),
        Option(
            "0.04, since the error of a mean shrinks like 1/√B",
            """
            The *distance* does shrink like that. But the excess cost goes with the distance
            squared, and it grows in proportion to η.
            """,
        ),
    ),
)
noise_question = exercise.answer
