"""Recall from chapter 7: what a measured gradient costs."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_measured_cost",
    title="The price of measuring",
    points=0,
    prompt="""
        A network has 1000 parameters. You measure the gradient of its cost with central
        differences. How often is the cost computed?
    """,
    options=(
        Option(
            "Twice",
            "Two costs give one slope. There are a thousand parameters to nudge.",
        ),
        Option(
            "1000 times",
            "Each parameter is nudged up and down.",
        ),
        Option(
            "2000 times",
            """
            Yes, and each time through the whole network. As a judge of a few numbers, measuring is
            unbeatable, and that is how we use it today. As a way to train it is hopeless.
            """,
            correct=True,
        ),
        Option(
            "A million times",
            "So many *second* derivatives there are, the entries of the Hessian.",
        ),
    ),
)
recall_measured_cost = exercise.answer
