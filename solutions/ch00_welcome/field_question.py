"""Which kind of network suits which kind of data."""

from annkit.exercises import Option, Question

exercise = Question(
    id="field_question",
    title="Which network for which data?",
    points=1,
    prompt="""
        Three jobs: (1) the price of a house from its area, rooms, age and distance to the city; (2)
        whether there is a cat in a photo, wherever it sits; (3) the next word of a sentence. Which
        network was *made* for which?
    """,
    options=(
        Option(
            "(1) convolutional, (2) dense, (3) recurrent",
            """
            In a table, neighbouring columns mean nothing: swap area and age, and the job is the
            same. A sliding detector has nothing to slide over there; in a photo it has.
            """,
        ),
        Option(
            "(1) dense, (2) convolutional, (3) recurrent",
            """
            Yes: no order in the columns, a pattern that may sit anywhere, a sequence that has to be
            remembered.
            """,
            correct=True,
        ),
        Option(
            "(1) dense, (2) recurrent, (3) convolutional",
            """
            (2) and (3) have changed places. What matters in a photo is *near in space*; in a
            sentence it is *what came before*.
            """,
        ),
        Option(
            "All dense: a dense network can do everything.",
            """
            It can be given all three, and you will classify small images with one in
            chapter 12. But it has to learn the cat anew at each position. To be able to is not to
            be made for it.
            """,
        ),
    ),
)
field_question = exercise.answer
