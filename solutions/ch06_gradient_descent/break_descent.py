"""Take the scaling of the inputs away, and explain what no learning rate can repair."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_descent",
    title="What the units changed",
    points=2,
    prompt="""
        With standardised inputs the learning rate 0.9 brought the model to within 1 % of the best
        cost in 12 steps. With inputs in m², km and years the same rate made the cost infinite, and
        the rate just inside the edge had not arrived after 10 000 steps. Explain both in four to
        six sentences: why did it fly apart, and why does a smaller rate not repair it?
    """,
    marking=(
        (
            """
            Why it flew apart: says what large inputs do to the largest curvature, and compares the
            rate with the edge (or the factor per step with 1).
            """,
            1,
        ),
        (
            """
            Why a smaller rate is no repair: says that one rate serves all directions, and what a
            rate that is safe for the steepest one means for the flattest.
            """,
            1,
        ),
    ),
    model="""
        The curvature along a weight is the mean square of its input. An area of some 150 m² has a
        mean square of about 24 000, so the largest curvature grew from about 2 to 26 000 and the
        edge 2/λmax fell from about 1 to 0.00008. A rate of 0.9 is far beyond it: along the steepest
        direction each step multiplied the error by about −23 000, and soon no number could hold it.
        Below the edge it no longer flies apart, but the same small rate must serve all directions.
        The flattest has the curvature 0.08 (mostly the bias, whose input is 1), and with a rate of
        0.00007 its error shrinks by a few millionths per step. The ratio of the two curvatures, 315
        000 instead of 15, says how long it takes, and no learning rate changes a ratio.
        Standardising does.
    """,
)
break_descent = exercise.model
