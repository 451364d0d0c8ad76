"""A spike that only the computer saw: too long a time step."""

from annkit.exercises import Explanation

exercise = Explanation(
    id="break_time_step",
    title="A spike that is not there",
    points=2,
    prompt="""
        With `dt = 15` ms the simulated cell fires at 1.4 nA, although the rheobase is 1.5 nA.
        Explain in three or four sentences where the spike comes from, and how you could find out
        that it is the computer's and not the cell's, even without knowing the rheobase.
    """,
    marking=(
        (
            """
            Names the cause: what Euler assumes during a step, and where the voltage lands because
            of it.
            """,
            1,
        ),
        ("Gives a test that tells an artefact of the computation from a property of the cell.", 1),
    ),
    model="""
        At the start the slope is 14 mV / 10 ms = 1.4 mV/ms. The true slope falls as the voltage
        nears its target of −51 mV, but Euler keeps the first one for the whole step of 15 ms and
        adds 21 mV: it lands at −44 mV, beyond the target and above the threshold of −50 mV. The
        cell never gets there; the step does. A property of the cell must not depend on how finely
        we compute: halve dt, and halve it again. The spike is gone at dt = 7.5 ms and stays away,
        so it came from the step. Comparing with the exact exponential would show the same.
    """,
)
break_time_step = exercise.model
