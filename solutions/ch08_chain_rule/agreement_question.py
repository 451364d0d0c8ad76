"""What an agreement at a few places is worth."""

from annkit.exercises import Option, Question

exercise = Question(
    id="agreement_question",
    title="Twelve ticks",
    points=1,
    prompt="""
        Your formula for a derivative agrees with the measured slope at twelve random places to
        seven digits. What do you know?
    """,
    options=(
        Option(
            "Nothing: twelve places are not infinitely many, and the thirteenth may differ",
            """
            A smooth formula that is wrong is wrong nearly everywhere. Twelve random hits by luck
            are about as likely as guessing eighty digits.
            """,
        ),
        Option(
            "It is proved: a wrong formula doesn't agree to seven digits",
            """
            A check is evidence, not a proof, and it doesn't say why the formula holds. The places
            came from one interval, and beyond it a kink or another branch may wait.
            """,
        ),
        Option(
            "A slip is as good as excluded where the places were drawn, but nothing is proved",
            """
            Yes. It would be another thing with twelve places of your own choice, all zero for
            instance: there wrong formulas pass too, as you have seen.
            """,
            correct=True,
        ),
        Option(
            "Only that formula and measurement agree: both may contain the same slip",
            """
            Measuring uses the values of E only, no rule of differentiation. Two such different ways
            don't make the same slip.
            """,
        ),
    ),
)
agreement_question = exercise.answer
