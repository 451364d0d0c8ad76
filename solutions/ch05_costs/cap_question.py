"""What a small number added inside a logarithm does to learning."""

from annkit.exercises import Option, Question

exercise = Question(
    id="cap_question",
    title="A small number for safety",
    points=1,
    prompt="""
        To avoid ln 0, somebody computes p = σ(z), clips it to 10⁻⁷ … 1 − 10⁻⁷, and takes −ln p of
        that. There is no warning and no infinity any more. A house with z = −30 has been sold. What
        does this house teach the network?
    """,
    options=(
        Option(
            "Nothing: the cost there is flat, 16.1 whatever z is, so its slope in z is 0.",
            """
            Yes. The true loss is 30, with slope −1. With the clip, exactly the examples that are
            most wrong fall silent, and no message says so.
            """,
            correct=True,
        ),
        Option(
            "The same as without the clip: 10⁻⁷ is too small to matter.",
            """
            p is 10⁻¹³ here, far below the clip. The clip replaces it, and a nudge of z changes
            nothing.
            """,
        ),
        Option(
            "More than it should: the clip makes the loss larger.",
            "It makes it smaller: 16.1 instead of 30.",
        ),
        Option(
            "It makes the cost NaN, as before.",
            "That is what the clip does prevent. It prevents something else as well.",
        ),
    ),
)
cap_question = exercise.answer
