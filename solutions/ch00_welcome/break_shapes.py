"""A subtraction that quietly makes a table."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_shapes",
    title="A cost that is wrong without an error",
    points=2,
    prompt="""
        The same four predictions and the same four targets gave two different mean squared errors,
        and NumPy did not complain. Say in two or three sentences what NumPy did in the second case,
        and how you would notice it in code of your own.
    """,
    marking=(
        ("Says what became of the two shapes, and which pairs were subtracted.", 1),
        ("Names a way to notice it when no right number stands beside the wrong one.", 1),
    ),
    model="""
        The predictions have shape (4,), the targets (4, 1). NumPy stretches both to (4, 4) and
        subtracts every target from every prediction, so the mean runs over sixteen differences of
        which only four belong together. I notice it by looking at the shape of the difference,
        which should be that of the predictions, and by making sure that both have the same shape
        before I subtract.
    """,
)
break_shapes = exercise.model
