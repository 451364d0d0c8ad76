"""Where too much certainty comes from, and what it costs."""

from annkit.exercises import Option, Question

exercise = Question(
    id="sure_question",
    title="Trained until it boasts",
    points=1,
    prompt="""
        All 1438 training digits have been read correctly since epoch 30. You train on, until
        epoch 300. The accuracy on the held-back digits stays where it is. What do you expect of the
        *cross-entropy* on the held-back digits?
    """,
    options=(
        Option(
            "it stays the same, like the accuracy",
            """
            The accuracy only asks which score is largest. Cross-entropy asks how sure the network
            was of the truth, and that goes on changing.
            """,
        ),
        Option(
            "it falls, because the training cost falls",
            """
            On the training digits more certainty is always rewarded. Of the held-back ones a few
            are read wrongly, and there the same certainty is punished.
            """,
        ),
        Option(
            "it rises, because the few digits it gets wrong are wrong with more certainty",
            """
            Yes. A wrong digit at 60 % costs −ln 0.4 ≈ 0.9, at 99.9 % it costs −ln 0.001 ≈ 6.9. A
            few of these outweigh what hundreds of right ones gain.
            """,
            correct=True,
        ),
    ),
)
sure_question = exercise.answer
