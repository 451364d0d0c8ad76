"""Recall from chapter 5: the cost of knowing nothing."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_guessing_cost",
    title="The cost of guessing",
    points=0,
    prompt="""
        A classifier of three classes gives ⅓ to each class, whatever it sees. What is its mean
        cross-entropy?
    """,
    options=(
        Option(
            "⅔ = 0.667",
            """
            That is the share of wrong answers. The cross-entropy looks at the probability given to
            the truth: −ln ⅓.
            """,
        ),
        Option(
            "ln 3 = 1.0986",
            """
            Yes: −log of the probability that the truth got, and it gets ⅓ every time. A number
            worth recognising when you see it on a screen.
            """,
            correct=True,
        ),
        Option(
            "0, since it is not more wrong than right",
            "Zero is the cost of somebody who gave the truth the probability 1, every time.",
        ),
    ),
)
recall_guessing_cost = exercise.answer
