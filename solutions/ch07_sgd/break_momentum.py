"""Switch momentum on and change nothing else, and explain the explosion."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_momentum",
    title="Momentum switched on",
    points=2,
    prompt="""
        With one house per step and the rate 0.1, plain SGD hovers and momentum blows up. Momentum
        at the rate 0.01 hovers like plain SGD at 0.1. With all houses per step, momentum at 0.1
        finds the lowest point. Explain all three in four or five sentences: what does momentum with
        β = 0.9 do to the length of the steps, and why does a rate that works with all houses
        together blow up with single ones?
    """,
    marking=(
        (
            """
            The length of the steps: says how a velocity adds up gradients that agree, by which
            factor, and why a tenth of the rate therefore behaves like plain SGD.
            """,
            1,
        ),
        (
            """
            Single houses against all: says that each house has a bowl of its own, steeper than the
            mean of all bowls (or that its pull is much larger), so that a rate that is safe for the
            mean overshoots for single houses.
            """,
            1,
        ),
    ),
    model="""
        The velocity adds up past gradients with the weights 1, 0.9, 0.81 and so on, which sum
        to 10. What the gradients of many houses have in common is therefore followed ten times as
        far: momentum at 0.1 goes as far as plain SGD at 1, and momentum at 0.01 as far as plain SGD
        at 0.1, and hovers as far away. The cost of all houses curves with at most 1.86, so a rate
        of 1 stays below the edge 2/1.86. But a step sees the bowl of one house, and that one curves
        with the squared length of the house's inputs, 5 on average and up to 12. There a rate of 1
        overshoots: each step throws the weights further off than the step before has left them,
        and the next house answers to the larger miss. In the mean over all houses those throws
        cancel, because they point in different directions.
    """,
)
break_momentum = exercise.model
