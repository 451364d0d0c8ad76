"""What larger batches buy, and what they cost."""

from annkit.exercises import Option, Question

exercise = Question(
    id="batch_question",
    title="Bigger batches",
    points=1,
    prompt="""
        A friend has a machine that works on 256 houses as fast as on one. She goes from batches of
        16 to batches of 256, and tunes the learning rate each time. What may she expect?
    """,
    options=(
        Option(
            "A sixteenth of the time: sixteen times the houses per step",
            """
            That would need batches far below the noise scale. Well above it the gradient is already
            exact enough, and the edge 2/λₘₐₓ caps every step.
            """,
        ),
        Option(
            "Fewer steps, but not sixteen times fewer; she looks at more houses in all",
            """
            Yes. On her machine it pays until the gradient is exact enough; from there on, more
            houses in a batch buy nothing. On a machine that works one by one it costs time.
            """,
            correct=True,
        ),
        Option(
            "The same number of steps: a step is a step",
            """
            A cleaner gradient bears a larger learning rate, so fewer steps are needed, up to a
            point.
            """,
        ),
        Option(
            "More steps, because small batches escape from local minima",
            """
            The cost of linear regression has no local minima to escape from. (Whether noise helps
            where there are some is tested next.)
            """,
        ),
    ),
)
batch_question = exercise.answer
