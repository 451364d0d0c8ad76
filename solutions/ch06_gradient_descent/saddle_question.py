"""Concept question: a gradient of zero is not yet an answer."""

from annkit.exercises import Option, Question

exercise = Question(
    id="saddle_question",
    title="The gradient is zero. Now what?",
    points=1,
    prompt="""
        A training run has come to rest: the gradient is exactly zero, and no parameter moves any
        more. You measure the Hessian there. Of its 13 eigenvalues 12 are positive and one is −0.14.
        What is true?
    """,
    options=(
        Option(
            "It is a local minimum, since nearly all curvatures are positive.",
            "A minimum needs all of them. One direction that bends down is enough to get away.",
        ),
        Option(
            """
            It is a saddle. A small random nudge is enough: gradient descent then leaves by itself.
            """,
            """
            Yes. Any part of the nudge along the direction that bends down grows by the factor
            1 + 0.14η per step, slowly at first, like interest, and nothing pulls it back.
            """,
            correct=True,
        ),
        Option(
            "It is a saddle, and gradient descent will leave it without any nudge.",
            """
            With a gradient of exactly zero every step is exactly zero. Had it been zero up to
            rounding only, the rounding might have done the nudging. Something has to.
            """,
        ),
        Option(
            "The learning rate is too small; a larger one will go on.",
            "Zero times a larger rate is zero.",
        ),
    ),
)
saddle_question = exercise.answer
