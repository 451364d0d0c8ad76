"""Concept question: inputs that are copies of each other."""

from annkit.exercises import Option, Question

exercise = Question(
    id="copies_question",
    title="The same input twice",
    points=1,
    prompt="""
        A linear neuron predicts juice (ml) from the mass of an orange in grams. By mistake the
        table has that column twice. A least-squares fit of the doubled table gives weights $w_1$
        and $w_2$ for the two copies. What do the data fix, whatever program does the fitting?
    """,
    options=(
        Option(
            "Each copy gets half of the weight the single column had.",
            """
            One of infinitely many best solutions looks like that; NumPy's `lstsq` picks it, as the
            shortest; another program may pick another. Nothing in the data prefers it.
            """,
        ),
        Option(
            "The fit fails: no best weights exist.",
            """
            Best weights exist, too many of them: all pairs with the right sum fit equally well.
            Only a formula that expects exactly one best pair breaks down.
            """,
        ),
        Option(
            "The sum $w_1 + w_2$ and the predictions; not $w_1$ or $w_2$ alone.",
            """
            A gram more always changes both copies at once, so the data tell only about the sum.
            (1000, −999.4) predicts exactly like (0.3, 0.3).
            """,
            correct=True,
        ),
        Option(
            "The larger of the two shows which copy matters more.",
            """
            They are the same numbers: neither can matter more. Sizes of weights cannot be read as
            importance when inputs move together.
            """,
        ),
    ),
)

copies_question = exercise.answer
