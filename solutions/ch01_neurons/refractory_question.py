"""What limits the firing rate for very strong currents."""

from annkit.exercises import Option, Question

exercise = Question(
    id="refractory_question",
    title="Turn it up",
    points=1,
    prompt="""
        Refractory period 2 ms, time constant 10 ms. The current is made larger and larger, without
        end. Where does the firing rate go?
    """,
    options=(
        Option(
            "It grows without end.",
            """
            It would, if the pause of 2 ms after every spike were not there. The climb to the
            threshold can be made as short as you like; the pause cannot.
            """,
        ),
        Option(
            "Towards 100 Hz, one spike per time constant.",
            """
            The time constant says how long the voltage takes for a fixed *share* of its way to the
            target. A strong current moves the target so far up that the threshold is a tiny share
            of the way.
            """,
        ),
        Option(
            "It rises to a maximum and then falls again, because the cell gets tired.",
            """
            Real cells can do that when strong currents keep their sodium channels shut
            (depolarisation block). Nothing in our model tires: each spike resets everything.
            """,
        ),
        Option(
            "Towards 500 Hz, and never above.",
            """
            Yes: the climb shrinks to nothing, the pause of 2 ms remains, and 1000 ms / 2 ms = 500
            spikes per second.
            """,
            correct=True,
        ),
    ),
)
refractory_question = exercise.answer
