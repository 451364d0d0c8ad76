"""Let the test examples help to choose the inputs, and explain a success that is none."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_leak",
    title="Better than a coin",
    points=2,
    prompt="""
        The labels were tosses of a coin and the 500 inputs were noise. When the ten best inputs had
        been chosen with all 60 examples, the network was right about 76 % of the test examples,
        although it was trained on the other 30 alone. Explain in four or five sentences: where did
        the knowledge come from, why does no dashboard of the training show it, and in which order
        must choosing and splitting be done? Name one more step of preparing data that can leak in
        the same way.
    """,
    marking=(
        (
            """
            Says that among 500 useless inputs some go with the 60 labels by luck, that the test
            labels took part in choosing them, and that on new examples nothing of it would be left.
            """,
            1,
        ),
        (
            """
            Says that the training itself was in order, so its charts are; that one splits first and
            chooses with the training part only; and names another step: scaling, filling in missing
            values, choosing a learning rate or an epoch by the test cost, copies of one example.
            """,
            1,
        ),
    ),
    model="""
        Among 500 columns of noise a few agree with any 60 labels better than chance, by luck. The
        ten best of them were chosen while looking at all 60 labels, those of the test examples
        included, so their luck holds on the test examples too; on a sixty-first it would be gone.
        The network never saw a test example, its training was sound, and so is every chart of it:
        the leak happened before the training began. Split first, and let only the training part
        decide anything; then the test examples say 52 %, which is what a coin deserves. Scaling
        with the mean of all examples, filling in missing values from all of them, or picking the
        epoch with the best test cost leak in the same way, mostly less.
    """,
)
break_leak = exercise.model
