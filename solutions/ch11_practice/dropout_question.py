"""What the next layer sees of dropout."""

from annkit.exercises import Option, Question

exercise = Question(
    id="dropout_question",
    title="Where is the noise?",
    points=1,
    prompt="""
        A layer of 100 ReLUs is trained with a dropout of ½. What the next unit receives is a
        weighted sum of the hundred. The trained network is then used, without dropout. Compared
        with training, what has changed in that sum?
    """,
    options=(
        Option(
            "it is twice as large, since all units are there",
            """
            It would be if nobody had doubled the survivors. The factor 1/(1 − rate) makes up for
            the missing half while training.
            """,
        ),
        Option(
            "nothing: the same units are off as in the last step",
            "A mask belongs to one step of training. When the network is used, nobody is off.",
        ),
        Option(
            "mean and variance are the same",
            """
            A unit that is 2a or 0 by the toss of a coin has the mean a, but it jumps. Without
            dropout it does not.
            """,
        ),
        Option(
            "its mean is the same, and its noise is gone",
            """
            Yes. The survivors were doubled, so the mean over the masks was right all along. Each
            term's variance, a², has gone.
            """,
            correct=True,
        ),
    ),
)
dropout_question = exercise.answer
