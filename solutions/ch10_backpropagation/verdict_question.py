"""Reading a fingerprint."""

from annkit.exercises import Option, Question

exercise = Question(
    id="verdict_question",
    title="Reading a fingerprint",
    points=1,
    prompt="""
        Three layers now: two hidden ones of tanh and a sigmoid output. Compared with central
        differences, dW3 and db3 are right. The others are not (ratio / cosine): dW2 1.73 / 0.78,
        db2 1.93 / 0.82, dW1 1.92 / 0.92, db1 2.08 / 0.85. One line is to blame for all of it. What
        happened?
    """,
    options=(
        Option(
            "the 1/n is missing",
            """
            Then layer 3 would be wrong as well, and every cosine would be 1: too long, but not
            turned.
            """,
        ),
        Option(
            "the slope of the first hidden layer is missing",
            """
            That slope is used last, on the way into layer 1. Without it dW1 and db1 are wrong, but
            dW2 and db2 were finished before.
            """,
        ),
        Option(
            "dW2 is computed with z1 instead of a1",
            "That spoils dW2 alone. No other array is made from dW2.",
        ),
        Option(
            "the slope of the second hidden layer is missing",
            """
            Yes. Layer 3 is right and everything below it wrong, so the error was spoiled on the way
            into layer 2. It was turned, not only stretched, so something differs from unit to unit:
            a slope, and without it (it is at most 1) most of it comes out too long.
            """,
            correct=True,
        ),
    ),
)
verdict_question = exercise.answer
