"""How strong a negative weight has to be to act like a veto."""

from annkit.exercises import Option, Question

exercise = Question(
    id="veto_question",
    title="How negative is a veto?",
    points=1,
    prompt="""
        A unit without veto adds up ten excitatory inputs, each with weight +1, and one inhibitory
        input with a negative whole-number weight. It is on where the sum is at least 3. Which
        weight, as close to zero as possible, makes the inhibitory input as strong as a veto?
    """,
    options=(
        Option(
            "−1",
            """
            That is one vote against ten: with all of them on the sum is 10 − 1 = 9, and the unit is
            on. A veto cannot be outvoted.
            """,
        ),
        Option(
            "−3",
            """
            It takes back what the threshold asks for, so it silences a unit with 3, 4 or 5 inputs
            on. With six the sum is 6 − 3 = 3, and the unit is on again.
            """,
        ),
        Option(
            "−7",
            "Nearly. With all ten on the sum is 10 − 7 = 3, and at least 3 means that 3 is enough.",
        ),
        Option(
            "−8",
            """
            Yes: even with all ten on, 10 − 8 = 2 stays below 3. A veto can be imitated by a weight,
            but how large it has to be depends on how many inputs there are.
            """,
            correct=True,
        ),
    ),
)
veto_question = exercise.answer
