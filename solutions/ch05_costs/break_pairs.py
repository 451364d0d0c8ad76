"""Let every prediction meet every observation, and explain what is learned then."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_pairs",
    title="What one missing axis did",
    points=2,
    prompt="""
        With prices of the shape (200,) instead of (200, 1), nothing complains and the cost falls
        smoothly, but in the end every house is predicted at the mean price. Explain it in four or
        five sentences: what did `A @ w - y` compute, why is the mean price the best answer to that
        cost, and how could you have noticed early?
    """,
    marking=(
        (
            """
            What was computed: says what the shapes became, and which predictions were compared with
            which prices.
            """,
            1,
        ),
        (
            """
            Why the mean, and how to notice: connects the cost of one prediction with what is
            cheapest against all prices, and names one check that would have shown it.
            """,
            1,
        ),
    ),
    model="""
        The predictions have the shape (200, 1) and the prices (200,), which NumPy reads as one row,
        (1, 200). The difference is a square of 200 × 200 misses: every prediction minus every
        price, of which only one is its own. So each house is asked for one number that is cheap
        against all prices of the town, and we know which number has the smallest mean squared miss:
        the mean price. Its features no longer matter, so their weights end at 0 and the cost ends
        at half the variance of the prices. To notice: look at the shape of the miss, which should
        be (200, 1); or at the spread of the predictions, which should not be 0; or compare the cost
        with that of a constant guess.
    """,
)
break_pairs = exercise.model
