"""Recall from chapter 4: standardised inputs."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_common_scale",
    title="On a common scale",
    points=0,
    prompt="""
        The areas of many houses have mean 140 m² and standard deviation 58 m². What is the
        standardised area of a house of 198 m²?
    """,
    options=(
        Option(
            "58",
            """
            That is how far it lies above the mean, still in m². Divide by the standard deviation.
            """,
        ),
        Option(
            "1",
            "Yes: (198 − 140) / 58. One standard deviation above the mean, and no unit any more.",
            correct=True,
        ),
        Option(
            "1.41",
            "That is 198/140, a ratio to the mean. Standardising subtracts the mean first.",
        ),
        Option(
            "3.4",
            "That is 198/58: the mean was not subtracted.",
        ),
    ),
)
recall_common_scale = exercise.answer
