"""Recall from chapters 6 and 7: the price of a measured gradient."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_two_costs",
    title="The price of measuring",
    points=0,
    prompt="""
        A network has 10 000 weights. You measure the gradient of its cost with central differences.
        How many times must the cost be computed?
    """,
    options=(
        Option(
            "2 times: once a little up, once a little down",
            "That would move all weights at once, and tell you one slope, in one direction.",
        ),
        Option(
            "10 000 times",
            "For one-sided differences nearly so. Central ones look to both sides.",
        ),
        Option(
            "20 000 times",
            """
            Yes, two for each weight. Keep the number in mind: by the end of this chapter it will be
            one computation, and one walk back.
            """,
            correct=True,
        ),
        Option(
            "100 million times, each weight with each other",
            """
            That many it takes to measure all second derivatives. A gradient has one number per
            weight.
            """,
        ),
    ),
)
recall_two_costs = exercise.answer
