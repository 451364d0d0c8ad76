"""Which cost for data with a few absurd entries?"""

from annkit.exercises import Option, Question

exercise = Question(
    id="typo_question",
    title="Prices with typing errors",
    points=1,
    prompt="""
        In a list of sales about one price in a hundred has a digit too many. You can't find them
        all. You fit the model once with the squared error and once with the absolute error. What do
        you expect?
    """,
    options=(
        Option(
            "No difference: both are smallest when all misses are 0.",
            """
            True, but no model makes all misses 0. The costs differ in how they trade a large miss
            against many small ones.
            """,
        ),
        Option(
            "The squared error copes better: it takes large misses more seriously.",
            """
            It does take them more seriously, and that is the trouble: the large misses here are
            typing errors, and it bends the model towards them.
            """,
        ),
        Option(
            "The absolute error copes better: a miss ten times as large pulls no harder.",
            """
            Yes: its slope is ±1 whatever the size of the miss, so an absurd price has one vote like
            any other. With the squared error its pull is as large as its miss.
            """,
            correct=True,
        ),
        Option(
            "Both fail: a cost cannot help if the data are wrong.",
            """
            The choice of a cost is an assumption about how data go wrong. The median of the five
            houses on the street hardly noticed the villa.
            """,
        ),
    ),
)
typo_question = exercise.answer
