"""A smaller nudge is not a better one."""

from annkit.exercises import Option, Question

exercise = Question(
    id="nudge_question",
    title="To be on the safe side",
    points=1,
    prompt="""
        A gradient check in float64 with central differences and h = 10⁻⁵ shows a relative error of
        10⁻¹⁰. To be on the safe side somebody repeats it with h = 10⁻¹². What comes out?
    """,
    options=(
        Option(
            "about 10⁻²⁴, the error goes with h²",
            """
            That is the error of the *formula*, and it is indeed tiny. But costs are stored with 16
            digits, and two costs that differ by 10⁻¹² have lost most of them.
            """,
        ),
        Option(
            "about 10⁻⁴, and nothing is wrong with the gradient",
            """
            Yes: rounding, some 10⁻¹⁶, is divided by h = 10⁻¹². The measurement got worse, not the
            gradient.
            """,
            correct=True,
        ),
        Option(
            "10⁻¹⁰ again, since the gradient is the same",
            "The gradient is, the measurement isn't: its error depends on h.",
        ),
        Option(
            "an error larger than before; so the gradient had a bug that h = 10⁻⁵ hid",
            """
            A larger number does appear, but draw the curve before you search for a bug: below the
            best h every right gradient looks worse.
            """,
        ),
    ),
)
nudge_question = exercise.answer
