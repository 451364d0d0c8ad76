"""What the approximation theorem promises, and what it doesn't."""

from annkit.exercises import Option, Question

exercise = Question(
    id="approximation_question",
    title="What was promised?",
    points=1,
    prompt="""
        “One hidden layer of ReLUs, wide enough, comes as close as you like to any continuous
        function on an interval.” Which of these follows?
    """,
    options=(
        Option(
            "Training such a layer on enough data will find that function.",
            """
            The theorem says that good weights *exist*, and we placed ours by hand, knowing the
            curve. Finding them from examples is another matter.
            """,
        ),
        Option(
            "Deeper networks are pointless: one layer is enough.",
            """
            Enough to exist, but perhaps at an absurd width. Ten folded units made 32 straight
            pieces; in a single layer that takes 32.
            """,
        ),
        Option(
            "Outside of the interval the network comes as close as inside.",
            "Nothing is said about outside. Our bumps all end there, whatever the curve does.",
        ),
        Option(
            "For any tolerance, some width and some weights are good enough.",
            """
            Yes, everywhere on the interval, and no more than that. How wide depends on the
            function, and on whether the kinks stand where they are needed.
            """,
            correct=True,
        ),
    ),
)
approximation_question = exercise.answer
