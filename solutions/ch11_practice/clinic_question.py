"""A patient on paper: read the chart, name the illness."""

from annkit.exercises import Option, Question

exercise = Question(
    id="clinic_question",
    title="A patient on paper",
    points=1,
    prompt="""
        Three classes, and one label in ten is wrong on purpose. After the last epoch the batches of
        that epoch had a mean cost of 0.27. Then the finished network is asked about the same
        training examples: 44 % are right; of those held back 40 %. No layer is mostly silent, the
        deltas are of a sound size, dropout and batch norm are not in use. What is wrong?
    """,
    options=(
        Option(
            "the labels lost their examples when they were shuffled",
            """
            Then nothing could be learned from any batch, and the cost would stay near ln 3 = 1.10.
            Here the batches are cheap; only the network as it is *afterwards* is bad.
            """,
        ),
        Option(
            "the examples come class by class and are never shuffled",
            """
            Yes. While a class lasts, the network learns to say its name, and each batch is cheap,
            cheaper than the wrong labels would allow an honest network. Then it forgets the other
            two.
            """,
            correct=True,
        ),
        Option(
            "overfitting",
            """
            A network that overfits is right about its *training* examples. This one is wrong about
            more than half of them.
            """,
        ),
        Option(
            "the learning rate is too small",
            """
            Then the cost would fall slowly, and be as high during the epoch as after it. The two
            disagree here: something happens *within* an epoch.
            """,
        ),
    ),
)
clinic_question = exercise.answer
