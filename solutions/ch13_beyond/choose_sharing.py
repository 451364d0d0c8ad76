"""Choose a layer for a task, and say what it takes for granted."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="choose_sharing",
    title="A bet on the data",
    points=2,
    prompt="""
        A recording of a heart, 24 hours long, 250 numbers a second. Somewhere in it, perhaps, a few
        single beats have a wrong shape; a beat lasts about a second. You have 300 recordings, and
        for each only the answer yes or no. Which of the four layers would you begin with? Explain
        in five or six sentences: what it shares, what it takes for granted and why that is true
        here, why *one* of the others would be worse, and an experiment that would show that your
        layer relies on what you say.
    """,
    marking=(
        (
            """
            Names a layer and what it takes for granted, and ties that to the recording: a wrong
            beat looks the same at any time, and is seen within a second or so. (A convolution with
            a maximum over time fits best; another choice counts if it is argued from the data.)
            """,
            1,
        ),
        (
            """
            Says with a number or a mechanism why one other layer is worse (21.6 million inputs for
            a dense one; vanishing over as many steps; n² comparisons), and names an experiment
            that could fail: shifted or scattered recordings, for instance.
            """,
            1,
        ),
    ),
    model="""
        I would begin with a convolution: kernels a second or so long, 250 weights each, and the
        maximum over the whole day. It shares its weights over time, so it takes for granted that a
        wrong beat looks the same at three in the morning as at noon, and that a second around it is
        enough to see it; both are what a physician does, too. A day has 24 · 3600 · 250 = 21.6
        million numbers. A dense layer would need that many weights per unit and 300 recordings to
        find them, and would have to learn the wrong beat anew for each moment. A recurrence has few
        weights, but the blame of the answer would have to travel back through millions of steps,
        and attention would compare 21.6 million places with each other, nearly 5 · 10¹⁴ pairs. The
        experiment: move all test recordings by an hour, which should change nothing, and put all
        numbers of each recording into one secret order, in training and test, which should ruin
        it. If the scattered ones were read as well, it would rely on something else, for example on
        how large the numbers are.
    """,
)
choose_sharing = exercise.model
