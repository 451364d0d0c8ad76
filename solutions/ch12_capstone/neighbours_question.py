"""What survives a permutation of the inputs."""

from annkit.exercises import Option, Question

exercise = Question(
    id="neighbours_question",
    title="Who would notice?",
    points=1,
    prompt="""
        Every picture, whether it is to learn from or held back, gets its pixels in the same secret
        order. Four methods are trained anew on these pictures. Which of them reads worse than
        before?
    """,
    options=(
        Option(
            "the nearest mean",
            "A sum of squared differences over all pixels doesn't ask where they stand.",
        ),
        Option(
            "a network without a hidden layer",
            "Each score is a weighted sum, and its weights may be put into the same order.",
        ),
        Option(
            "the most similar picture of the training lends its label",
            "How similar two pictures are is a sum over pixels again, in whatever order.",
        ),
        Option(
            "a network whose units each look at a square of 3×3 neighbouring pixels",
            """
            Yes. Such a unit can find a piece of a stroke, because a stroke is made of neighbours.
            After the permutation its nine pixels have nothing to do with each other. That is where
            chapter 13 begins.
            """,
            correct=True,
        ),
    ),
)
neighbours_question = exercise.answer
