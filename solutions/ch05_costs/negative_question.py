"""Can a cost be negative?"""

from annkit.exercises import Option, Question

exercise = Question(
    id="negative_question",
    title="A cost below zero",
    points=1,
    prompt="""
        Two training runs print a negative cost. In the first the cost is `gaussian_nll` of prices
        in millions, with σ = 0.025. In the second the model gives every house a probability of
        being sold within a month, and the cost is the mean −ln p of what happened. In which of them
        do you look for a bug?
    """,
    options=(
        Option(
            "In both: a cost cannot be negative.",
            """
            A density can be larger than 1, and then −ln p is below 0. For which of the two is p a
            density?
            """,
        ),
        Option(
            "Only in the second: there p is a probability, at most 1, so −ln p is at least 0.",
            """
            Yes. A Gaussian gives densities: with σ = 0.025 a hit has p = 16 (per million) and costs
            −2.8. In thousands the same hit has p = 0.016 and costs 4.1: another unit, another cost.
            """,
            correct=True,
        ),
        Option(
            "Only in the first: it is a squared error, and squares are never negative.",
            """
            It is a squared error plus ln σ + 0.919, and ln 0.025 is −3.7. So near a hit the cost is
            below 0, and that is no bug.
            """,
        ),
        Option(
            "In neither: only differences of costs matter.",
            """
            For finding the smallest cost, yes. But for the sales a negative cost would need a
            probability above 1, so some formula must be wrong, often a minus sign.
            """,
        ),
    ),
)
negative_question = exercise.answer
