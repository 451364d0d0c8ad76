"""What a current below the rheobase does, however long one waits."""

from annkit.exercises import Option, Question

exercise = Question(
    id="rheobase_question",
    title="Almost enough, for an hour",
    points=1,
    prompt="""
        Our model cell has a rheobase of 1.5 nA. It gets a steady 1.4 nA, not for 100 ms but for an
        hour. What happens?
    """,
    options=(
        Option(
            "It fires, but very slowly: charge keeps piling up until the threshold is reached.",
            """
            That would be right for a bucket without a hole. This membrane leaks, and the higher the
            voltage, the faster it leaks: the charge stops piling up once as much leaves as comes
            in.
            """,
        ),
        Option(
            "It never fires. The voltage stops 1 mV below the threshold and stays there.",
            """
            Yes. The target is −65 + 10 · 1.4 = −51 mV; it is nearly reached after a few time
            constants, and waiting longer changes nothing.
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
            It never fires, and the voltage stays at −65 mV, because the input is ignored below the
            rheobase.
            """,
            """
            The first half is right. But nothing is ignored: 1.4 nA lifts the voltage by 14 mV.
            There is no *spike*, so nothing reaches the other cells; inside, a lot happens.
            """,
        ),
    ),
)
rheobase_question = exercise.answer
