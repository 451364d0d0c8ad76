"""What a current at the rheobase does, however long one waits."""

from annkit.exercises import Option, Question

exercise = Question(
    id="rheobase_question",
    title="Exactly enough, for an hour",
    points=1,
    prompt="""
        Our model cell has a rheobase of 1.5 nA. It gets a steady current of exactly 1.5 nA, not for
        100 ms but for an hour. What happens?
    """,
    options=(
        Option(
            "It fires, but rarely: reaching the threshold takes long, and an hour is long enough.",
            """
            That would be right for a bucket without a hole. This membrane leaks, and the closer the
            voltage is to its target, the slower it climbs: each time constant leaves 37 % of the
            way that was left. Something is always left.
            """,
        ),
        Option(
            "It never fires. The voltage comes ever closer to the threshold and never gets there.",
            """
            Yes. The target is −65 + 10 · 1.5 = −50 mV, the threshold itself, and a voltage nears
            its target without reaching it. (A computer keeps 16 digits, so a simulation may round
            the last crumb away. That is its limit, not the model's.)
            """,
            correct=True,
        ),
        Option(
            "It fires once, when the current is switched on, and then falls silent.",
            """
            Some real cells do that, because their threshold adapts. Nothing in this model can: one
            spike at a steady current means that the voltage can climb to the threshold, and after
            the reset it would climb there again.
            """,
        ),
        Option(
            """
            It never fires, and the voltage stays at −65 mV, because the input is ignored up to the
            rheobase.
            """,
            """
            The first half is right. But nothing is ignored: 1.5 nA lifts the voltage by nearly
            15 mV. There is no *spike*, so nothing reaches the other cells; inside, a lot happens.
            """,
        ),
    ),
)
rheobase_question = exercise.answer
