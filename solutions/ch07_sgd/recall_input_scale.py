"""Recall from chapters 2 and 4: inputs on comparable scales."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_input_scale",
    title="Standardised inputs",
    points=0,
    prompt="""
        You standardise the area of all houses: subtract the mean, divide by the standard deviation.
        A house has the standardised area −1. What do you know about it?
    """,
    options=(
        Option(
            "Its area is 1 m² below the mean.",
            "The unit is no longer m²: it is one standard deviation, here about 58 m².",
        ),
        Option(
            "It is smaller than the average house by one standard deviation.",
            """
            Yes. All inputs now count in the same unit, their own usual spread, and a step of one
            learning rate means the same for each of their weights.
            """,
            correct=True,
        ),
        Option(
            "Something went wrong: an area can't be negative.",
            """
            A standardised number says where something lies relative to the mean; about half of all
            houses lie below it.
            """,
        ),
        Option(
            "It is among the 1 % smallest.",
            "About one house in five is smaller than that.",
        ),
    ),
)
recall_input_scale = exercise.answer
