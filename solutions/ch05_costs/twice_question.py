"""A cost that stops at 1.46."""

from annkit.exercises import Option, Question

exercise = Question(
    id="twice_question",
    title="A cost that stops at 1.46",
    points=1,
    prompt="""
        A network for ten kinds of houses starts with the cost 2.30. It gets nearly every house of
        the training set right, but the cost never falls below 1.46. What is the likeliest cause?
    """,
    options=(
        Option(
            "The learning rate is too small; it needs more time.",
            """
            With a small rate the cost falls slowly, but it goes on falling. And nearly every house
            is right already.
            """,
        ),
        Option(
            "The houses are hard to tell apart: some cost is unavoidable.",
            "Then the accuracy would be low as well. Here nearly every house is right.",
        ),
        Option(
            "The logarithm has the base 2 or 10.",
            """
            Another base multiplies the cost by a constant: it would start at 3.32 or 1.00, and it
            could still fall to 0.
            """,
        ),
        Option(
            "The cost takes logits, but is handed probabilities: softmax is applied twice.",
            """
            Yes. At best the row (1, 0, …, 0) goes through softmax once more, and the largest share
            is e/(e + 9) = 0.232, which costs 1.461. At the start both are uniform, so 2.30 looks
            right.
            """,
            correct=True,
        ),
    ),
)
twice_question = exercise.answer
