"""Recall from the chapter on neurons: the smallest current that makes a cell fire."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_rheobase",
    title="Below the rheobase",
    points=0,
    prompt="""
        A leaky integrate-and-fire cell gets a constant current just below its rheobase. What does
        its voltage do?
    """,
    options=(
        Option(
            "It climbs slowly, and the cell fires after a long time.",
            """
            Without the leak it would. The leak grows with the voltage until it balances the
            current.
            """,
        ),
        Option(
            "It climbs and levels off below the threshold: no spike, ever.",
            r"It approaches $v_\text{rest} + R\,I$, which lies below the threshold.",
            correct=True,
        ),
        Option(
            "It stays at rest: too small a current has no effect.",
            "Every current moves the voltage. Whether it moves far enough is another question.",
        ),
    ),
)

recall_rheobase = exercise.answer
