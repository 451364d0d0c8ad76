"""Why softmax and cross-entropy leave so little."""

from annkit.exercises import Option, Question

exercise = Question(
    id="cancel_question",
    title="Where did the slope go?",
    points=1,
    prompt="""
        Class 1 is the true one, but its share is tiny: p₁ = 0.001. You raise its score z₁. By how
        much per unit does the loss fall if the loss is −ln p₁? And if somebody takes 1 − p₁ for a
        loss?
    """,
    options=(
        Option(
            "0.999 with both: the nudge goes through the same softmax",
            """
            It does, and the softmax's slope there is p₁(1 − p₁), about 0.001. What makes 0.999 of
            it is the slope of the loss in p₁, and that is not the same.
            """,
        ),
        Option(
            "0.999 with −ln p₁, but about 0.001 with 1 − p₁",
            """
            Yes. The softmax brings p₁(1 − p₁), about 0.001. The slope of −ln p₁ is −1/p₁, which
            cancels the small p₁: the logarithm undoes the exponential. The slope of 1 − p₁ is −1
            and cancels nothing. The half squared error has no 1/p₁ either: where the true class has
            almost no share, it learns next to nothing.
            """,
            correct=True,
        ),
        Option(
            "About 0.001 with both: the softmax hardly moves where p₁ is tiny",
            "p₁ hardly moves, but −ln p₁ is steep there: its slope is −1000.",
        ),
        Option(
            "1000 with −ln p₁, and 1 with 1 − p₁",
            "These are the slopes in p₁. The score lies one step further back, behind the softmax.",
        ),
    ),
)
cancel_question = exercise.answer
