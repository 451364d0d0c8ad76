"""What happens to a signal whose weights have the wrong spread."""

from annkit.exercises import Option, Question

exercise = Question(
    id="spread_question",
    title="Twenty layers",
    points=1,
    prompt="""
        A network has 20 hidden layers of 50 ReLUs each, and its weights were drawn with variance
        1/25, which is 2/n. By mistake somebody draws them with *standard deviation* 1/25. By which
        factor does the size of z change from one layer to the next?
    """,
    options=(
        Option(
            "by 5: it explodes",
            "The standard deviation should be 1/5: its square is 1/25. These weights are smaller.",
        ),
        Option(
            "by 1/25: it vanishes",
            """
            That is the factor of the mean *square*. The size is its root; after twenty layers the
            difference is fourteen powers of ten.
            """,
        ),
        Option(
            "by ⅕: it vanishes",
            """
            Yes. The variance is now 1/625 instead of 1/25, a twenty-fifth, so a size becomes a
            fifth in every layer: 5⁻²⁰ after all of them, about 10⁻¹⁴.
            """,
            correct=True,
        ),
        Option(
            "it stays: both are 1/25",
            """
            The number is the same, what it measures is not. A variance of 1/25 is a standard
            deviation of 1/5.
            """,
        ),
    ),
)
spread_question = exercise.answer
