"""Explain what one wrong label does to the perceptron."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_perceptron",
    title="One wrong label",
    points=2,
    prompt="""
        The first lemon is now called an orange. In your own words, about five sentences: why does
        the learning never stop, why could a person who only watches the share of right answers miss
        that, and what would you do with such data?
    """,
    marking=(
        (
            """
            Why it never stops: says what is true of every line here, with a reason, and what that
            does to the weights.
            """,
            1,
        ),
        (
            "What the share of right answers does meanwhile, and what alone would show the end.",
            0.5,
        ),
        ("Names a remedy, and says why it suits such data.", 0.5),
    ),
    model="""
        With the wrong label no line has all six fruits on their right sides: three times the first
        fruit and once the second are four times the third, so a line that puts the first two on one
        side cannot have the third on the other. Whatever the weights are, some fruit is wrong, and
        a wrong fruit changes the weights, so there is no point at which the rule could rest. Most
        fruits are right at any time: after each epoch the share stands at four or five sixths,
        which looks like a finished machine with a small flaw. Only an epoch without a correction
        would show the end, and it cannot come. I would limit the number of epochs, keep the best
        weights so far in a pocket, and look again at the three fruits in the certificate: one of
        their labels may be wrong. Averaging the weights would do as well, and so would a method
        made for classes that overlap. The fruit that is corrected most often is no safe clue: here
        it is the third, whose label is right.
    """,
)

break_perceptron = exercise.model
