"""How exact a measured accuracy is."""

from annkit.exercises import Option, Question

exercise = Question(
    id="half_percent_question",
    title="Half a percent better",
    points=1,
    prompt="""
        Two networks were tested once, each on its own 1000 digits. One got 97.5 %, the other 98.0
        %. The square root of 0.975 · 0.025 / 1000 is 0.005. What can you say?
    """,
    options=(
        Option(
            "the second one is better",
            """
            Each of the two shares is off by half a percent or so, and their difference by about 0.7
            %. Toss the same coin a thousand times, twice: half a percent apart is nothing unusual.
            """,
        ),
        Option(
            "nothing yet: the difference is as large as the luck of the test",
            """
            Yes. The difference of the two is off by √2 · 0.5 % ≈ 0.7 %. Test both on the *same*
            digits and look at those on which they disagree: most of the luck is shared then.
            """,
            correct=True,
        ),
        Option(
            "they are equally good",
            """
            That isn't known either. A true difference of half a percent would look like this, and
            so would none.
            """,
        ),
        Option(
            "the second one has been trained on its test digits",
            "It may have been, but 98 % after 97.5 % is no sign of it.",
        ),
    ),
)
half_percent_question = exercise.answer
