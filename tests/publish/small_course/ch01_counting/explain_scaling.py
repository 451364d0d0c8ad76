"""A task answered in words."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="explain_scaling",
    title="What a factor does",
    points=2,
    prompt="What happens to the mean and to the variance when every number is doubled?",
    marking=(("the mean doubles", 1), ("the variance is multiplied by four", 1)),
    model="The mean is linear, so it doubles; the variance is a mean of squares: four times.",
)
explain_scaling = exercise.model
