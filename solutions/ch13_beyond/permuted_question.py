"""Which layer would notice that the order is gone."""

from annkit.exercises import Option, Question

exercise = Question(
    id="permuted_question",
    title="One secret order",
    points=1,
    prompt="""
        100 measurements in a row, always put into the same secret order, in the training and in the
        test. Four networks are trained anew on them; each reads all 100 and gives one answer. For
        attention, each measurement carries a number that says where it stands *in the secret
        order*. Which ones have lost something they relied on?
    """,
    options=(
        Option(
            "the convolution only",
            """
            It has. But the recurrence relied on something as well: what is near in time stays near
            in its state. After the shuffling, what belongs together may lie 90 steps apart.
            """,
        ),
        Option(
            "the convolution and the recurrence",
            """
            Yes. Both take for granted that neighbours in the row belong together. The dense layer
            and attention look at all places alike; for them a place is a name, and any name will
            do.
            """,
            correct=True,
        ),
        Option(
            "the convolution, the recurrence and attention",
            """
            Attention compares all with all. That place 17 is now called 64, always, changes nothing
            it relied on.
            """,
        ),
        Option(
            "all four",
            "The dense layer loses nothing: you have seen it in chapter 12, to the last digit.",
        ),
    ),
)
permuted_question = exercise.answer
