"""From 97 % in the test to one's own digits: explain the gap."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="own_hand",
    title="97 % there, fewer here",
    points=2,
    prompt="""
        Your network read 97 of 100 held-back digits, and fewer of your own. Draw at least ten,
        note how many were read with each preparation, and explain the gap in four or five
        sentences: what was different about your drawings, which part of the gap did the preparation
        close and why, and what would you do about the rest?
    """,
    marking=(
        (
            """
            Says that the data were shifted and scaled before, that the drawings were not, and why a
            dense layer can't make up for it (a moved picture is another set of inputs); gives own
            counts.
            """,
            1,
        ),
        (
            """
            Says what remains: other hands, other pens; and names a sensible remedy, such as
            collecting digits from those who will use it, adding shifted copies to the training, or
            testing on writers that were kept out.
            """,
            1,
        ),
    ),
    model="""
        Of twenty digits, 11 were read as drawn, 11 when centred, and 17 when centred and scaled.
        The digits of the data fill their square, because they were shifted and stretched before
        anyone trained on them. Mine were smaller and stood elsewhere. For a dense layer every pixel
        has weights of its own, so a shifted 3 is another list of 64 numbers, for which nothing was
        learned. Scaling brings my drawings back to what the weights know. The three that are still
        misread are written differently: my 1 has a long upstroke, my 7 a bar. In the training such
        hands were rare or missing. I would collect digits from people like me and add them, and I
        would test on writers who are not in the training at all.
    """,
)
own_hand = exercise.model
