"""Explain what one wrong label does to the perceptron."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_perceptron",
    title="One wrong label",
    points=2,
    prompt="""One fruit was labelled wrongly: the first lemon is called an orange. In your own
    words, about five sentences: why does the learning never stop now, why can a long list of right
    answers not tell you so, and what would you do with such data?""",
    marking=(
        (
            "Why it never stops: no line separates the changed data (a certificate or picture "
            "says so), so every "
            "line makes at least one mistake, and every mistake changes the weights",
            1,
        ),
        (
            "Accuracy can stay high or fluctuate while the weights keep moving, so it is no sign "
            "of an end; "
            "the sign is an epoch without a correction",
            0.5,
        ),
        (
            "A sensible remedy: stop after a limit and keep the best weights (pocket), average "
            "them, "
            "look at the example corrected most often, or use a method made for overlapping "
            "classes",
            0.5,
        ),
    ),
    model="""After the change, no line has all six fruits on the right side: the mislabelled lemon
    lies among the lemons, and a mixture of "oranges" equals a mixture of lemons, so the
    certificate exists. Whatever the weights are, at least one fruit is wrong, and a wrong fruit
    changes the weights: there is no point at which the rule could rest. Most fruits are right most
    of the time, so the share of right answers looks healthy; it jumps up and down by sixths, but
    it does not say whether the learning has ended. Only an epoch without a correction says so, and
    that epoch cannot come. I would limit the number of epochs, keep the weights with the fewest
    mistakes in a "pocket", and look at the fruit that is corrected most often, because it is the
    first suspect for a wrong label.""",
)

break_perceptron = exercise.model
