"""Self-test: mean and variance."""

from annkit.exercises import Option, Question

exercise = Question(
    id="recall_mean_variance",
    title="Mean and variance",
    points=0,
    prompt="""
        Mean and (population) variance of 1, 3, 8? The variance is the mean of the squared distances
        from the mean.
    """,
    options=(
        Option(
            "mean 4, variance 0",
            "The distances −3, −1, 4 do add up to 0; they always do. That is why they are squared.",
        ),
        Option(
            "mean 4, variance 26",
            "26 is the sum of the squares 9, 1 and 16. A mean needs one more step.",
        ),
        Option(
            "mean 3, variance 26/3",
            "3 is the median, the one in the middle. The mean is the sum divided by 3: 12/3.",
        ),
        Option(
            "mean 4, variance 26/3",
            "Yes: the distances are −3, −1, 4; their squares 9, 1, 16; the mean of those is 8.67.",
            correct=True,
        ),
    ),
)
recall_mean_variance = exercise.answer
