"""Recall from chapter 3: a slope from the result."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_tanh_slope",
    title="The slope of tanh",
    points=0,
    prompt="A unit computed a = tanh(z) and got a = 0.6. What is the slope of tanh at that z?",
    options=(
        Option(
            "1 − 0.6 = 0.4",
            "Close to the pattern of the sigmoid, a(1 − a), but neither of the two.",
        ),
        Option(
            "1 − 0.6² = 0.64",
            """
            Yes. The slope follows from the result alone; z isn't needed any more. A program that
            keeps its results can use that.
            """,
            correct=True,
        ),
        Option(
            "0.6 · (1 − 0.6) = 0.24",
            "That belongs to the sigmoid.",
        ),
        Option(
            "you need z to say",
            "You can do without: tanh′(z) = 1 − tanh(z)², and tanh(z) is what you have.",
        ),
    ),
)
recall_tanh_slope = exercise.answer
