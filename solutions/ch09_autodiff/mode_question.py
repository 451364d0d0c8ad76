"""Which direction is cheaper?"""

from annkit.exercises import Option, Question

exercise = Question(
    id="mode_question",
    title="Which way round?",
    points=1,
    prompt="""
        A simulation turns 3 parameters (wind, rain, heat) into 40 000 numbers, a weather map. You
        want the derivative of every number of the map by every parameter, exact up to rounding.
        What is cheapest?
    """,
    options=(
        Option(
            "Reverse mode: one walk back",
            "One walk back explains one output. You would need 40 000 of them.",
        ),
        Option(
            "Forward mode: three walks",
            """
            Yes: one walk per parameter, and each brings the derivatives of the whole map. Reverse
            mode wins where there are few outputs, as with a cost.
            """,
            correct=True,
        ),
        Option(
            "Both cost the same: the number of derivatives decides",
            "The same 120 000 numbers come out, but one way needs 3 walks and the other 40 000.",
        ),
        Option(
            "Central differences, since the parameters are few",
            """
            6 simulations may well be as cheap as 3 walks. But what comes out has an error that
            depends on the step, and exact numbers were wanted.
            """,
        ),
    ),
)
mode_question = exercise.answer
