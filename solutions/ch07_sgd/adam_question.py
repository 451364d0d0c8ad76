"""What a change of units does to Adam and to SGD."""

from annkit.exercises import Option, Question

exercise = Question(
    id="adam_question",
    title="A cost a thousand times as large",
    points=1,
    prompt="""
        Somebody multiplies the *cost* by 1000. Every gradient is then 1000 times as large. Same
        start, same batches, same learning rate, and ε so small that it doesn't matter. What happens
        to the steps of plain SGD and of Adam?
    """,
    options=(
        Option(
            "Both take steps 1000 times as long.",
            """
            Adam divides the mean gradient by the square root of the mean square. Both contain the
            factor 1000.
            """,
        ),
        Option(
            "SGD's become 1000 times as long, Adam's stay as they are.",
            """
            Yes: 1000 in the numerator, √(1000²) in the denominator. This is why usual rates for
            Adam, like 0.001, travel well from problem to problem.
            """,
            correct=True,
        ),
        Option(
            "SGD's become 1000 times as long, Adam's 1000 times as short.",
            "The numerator, m, also contains the gradient. The factor cancels.",
        ),
        Option(
            "Neither changes: only the direction of a gradient counts.",
            "For SGD the length counts: a step is η times the gradient, whole.",
        ),
    ),
)
adam_question = exercise.answer
