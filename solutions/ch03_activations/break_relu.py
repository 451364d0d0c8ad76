"""Kill a layer of ReLUs with a learning rate, and explain how it happened."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_relu",
    title="How a layer died",
    points=2,
    prompt="""
        With the learning rate 1 the cost stands still at 0.258 for ever, even after you go back to
        the good rate of 0.2. With leaky ReLUs the same accident heals. Explain both in four or five
        sentences: why does the plain ReLU layer never recover, and what does the leak change?
    """,
    marking=(
        (
            """
            Why the plain layer never recovers: says what is true of every z, what follows for a
            nudge of a weight or a bias, and why the learning rate doesn't matter any more.
            """,
            1,
        ),
        (
            """
            What the leak changes: says what reaches the weights now and how strongly, and where
            that leads in the end.
            """,
            1,
        ),
    ),
    model="""
        Two steps with the large learning rate overshot: the answers were too high on average, so
        the biases were pushed down, so far that no temperature makes any z positive. From then on
        each ReLU works on its flat half. A small change of a weight or bias changes no output, so
        the measured slope of the cost is exactly 0 and every further step adds 0, whatever the
        learning rate. The network answers 0 everywhere, which costs 0.258. A leaky ReLU has slope
        0.01 on that half: the cost does react, a hundredth as strongly, and in the right direction.
        So the units creep back until some z is positive, and from then on they learn at full speed.
    """,
)
break_relu = exercise.model
