"""Recall from chapter 3: what softmax does not notice."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_score_shift",
    title="What softmax does not notice",
    points=0,
    prompt="""
        The scores 2, 1, 0 become the shares 0.665, 0.245, 0.090 by softmax. Which other scores
        become the same shares?
    """,
    options=(
        Option(
            "4, 2, 0",
            "Doubling the scores doubles their differences, and the largest share grows.",
        ),
        Option(
            "1002, 1001, 1000",
            """
            Yes: only differences count. That is why one may shift each row before the exponential,
            and with it you will write a cost that cannot overflow.
            """,
            correct=True,
        ),
        Option(
            "0, 1, 2",
            "The same numbers in another order: the shares change places with them.",
        ),
        Option(
            "0.665, 0.245, 0.090: shares stay shares",
            """
            Softmax of shares is something else, and much flatter. This is a bug that you will meet
            in this chapter.
            """,
        ),
    ),
)
recall_score_shift = exercise.answer
