"""Concept question: inputs that are copies of each other."""

from annkit.exercises import Option, Question

exercise = Question(
    id="copies_question",
    title="The same input twice",
    points=1,
    prompt="""
        A linear neuron predicts juice (ml) from the mass of an orange. By mistake the table has
        that mass twice, in grams (weight $w_1$) and in kilograms (weight $w_2$), from one and the
        same weighing. A least-squares fit gives both weights. What do the data fix, whatever
        program does the fitting?
    """,
    options=(
        Option(
            "Both weights: in different units, the columns are no copies.",
            """
            One column is the other divided by 1000, so it says nothing new. Take 1 from $w_1$ and
            add 1000 to $w_2$: no prediction changes.
            """,
        ),
        Option(
            "Nothing: the fit fails, since no best weights exist.",
            """
            Best weights exist, too many of them: all pairs that predict alike fit equally well.
            Only a formula that expects exactly one best pair breaks down.
            """,
        ),
        Option(
            "The sum $w_1 + w_2/1000$ and the predictions; neither weight alone.",
            """
            A gram more is always a thousandth of a kilogram more, so the data tell only how much
            juice the two bring together. (0.4, 26) predicts exactly like (0, 426).
            """,
            correct=True,
        ),
        Option(
            "The sum $w_1 + w_2$ and the predictions; neither weight alone.",
            """
            So it is with two balances that both show grams. Here one gram more raises the second
            input by 0.001 only: what does that add to the prediction?
            """,
        ),
    ),
)

copies_question = exercise.answer
